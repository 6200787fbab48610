"""What the reader of a page may do in an establishment, and where things that wait are done."""

from typing import Any

from django import template
from django.urls import reverse

from proviso.records.people.models import Establishment
from proviso.records.people.needs import Target
from proviso.records.people.permissions import allowed

register = template.Library()


@register.filter
def address(target: Target) -> str:
    """Return where a page is that records name."""
    return reverse(target.name, args=target.args) + (f"?{target.query}" if target.query else "")


@register.simple_tag(takes_context=True)
def allowed_in(context: dict[str, Any], establishment: Establishment) -> frozenset[str]:
    """Return the actions that whoever asks may do there."""
    return allowed(context["request"].actor, establishment)
