"""What stands around a page: `{% frame as frame %}`."""

from typing import Any, cast

from django import template

from proviso.web.kit.frame import Frame, frame_of

register = template.Library()


@register.simple_tag(takes_context=True)
def frame(context: template.Context) -> Frame:
    """Whose site the page is, and where it leads."""
    values = cast(dict[str, Any], context.flatten())
    return frame_of(values.get("request"), values)
