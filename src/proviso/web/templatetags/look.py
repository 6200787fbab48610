"""Pieces of the visual language that the design system has not: urgency and charts. See docs/look.md."""

from datetime import date

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from proviso.web.kit.urgency import urgency_of

register = template.Library()


@register.simple_tag
def due(due_on: date | None, review: bool = False) -> SafeString:
    """How urgent something is that is due on a day, as a tag; nothing where there is time."""
    urgency = urgency_of(due_on, timezone.localdate())
    if urgency is None:
        return SafeString("")
    word = urgency.review_word if review else urgency.word
    return format_html('<strong class="govuk-tag app-due app-due--{}">{}</strong> ', urgency.grade, word)
