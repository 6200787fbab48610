"""What stands around a page: `{% frame as frame %}`."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from django import template

from proviso.web.kit.frame import Frame, frame_of

register = template.Library()


@register.simple_tag
def crumbs_class(around: Frame, crumbs: Sequence[Mapping[str, str]]) -> str:
    """Return the class of breadcrumbs: one that says no more than the row of the section stands on a phone alone."""
    marked = [place.url for place in around.rooms if place.current]
    return "app-crumbs-phone" if [crumb["href"] for crumb in crumbs] == marked else ""


@register.simple_tag(takes_context=True)
def frame(context: template.Context) -> Frame:
    """Whose site the page is, and where it leads."""
    values = cast(dict[str, Any], context.flatten())
    return frame_of(values.get("request"), values)
