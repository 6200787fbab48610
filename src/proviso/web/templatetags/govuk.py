"""GOV.UK components in Django templates.

`{% govuk "button" text=label preventDoubleClick=True %}` takes the parameters that the design system documents for its
macros; two underscores nest: `label__text=…` is `{"label": {"text": …}}`.
"""

from collections.abc import Mapping
from typing import Any

from django import template
from django.forms import BaseForm
from django.forms.boundfield import BoundField
from markupsafe import Markup

from proviso.web import components

register = template.Library()


@register.simple_tag
def govuk(component: str, params: Mapping[str, Any] | None = None, **more: Any) -> Markup:
    """One component; `params` may hold what a view prepared, and the keywords add to it."""
    return components.render(component, {**(params or {}), **_nested(more)})


@register.simple_tag
def govuk_field(bound: BoundField, heading: bool = False, hints: Mapping[str, str] | None = None) -> Markup:
    """A form's field; with `heading=True` its label is the title of a page that asks one question."""
    return components.field(bound, heading=heading, hints=hints)


@register.simple_tag
def govuk_errors(form: BaseForm) -> Markup:
    """The error summary that stands above a page's title."""
    return components.error_summary(form)


def _nested(flat: Mapping[str, Any]) -> dict[str, Any]:
    nested: dict[str, Any] = {}
    for key, value in flat.items():
        *path, last = key.split("__")
        node = nested
        for step in path:
            node = node.setdefault(step, {})
        node[last] = value
    return nested
