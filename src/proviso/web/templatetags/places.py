"""What the reader of a page may do in an establishment."""

from typing import Any

from django import template

from proviso.records.people.models import Establishment
from proviso.records.people.permissions import allowed

register = template.Library()


@register.simple_tag(takes_context=True)
def allowed_in(context: dict[str, Any], establishment: Establishment) -> frozenset[str]:
    """Return the actions that whoever asks may do there."""
    return allowed(context["request"].actor, establishment)
