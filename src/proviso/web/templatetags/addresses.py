"""Where pages are that records name."""

from django import template
from django.urls import reverse

from proviso.records.people.needs import Target

register = template.Library()


@register.filter
def address(target: Target) -> str:
    """Return where a page is that records name."""
    return reverse(target.name, args=target.args) + (f"?{target.query}" if target.query else "")
