"""Choices that stand in groups: radios or checkboxes under headings, with those that few need folded."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField

from proviso.web.fields import ChoiceGroup

register = template.Library()


@dataclass(frozen=True)
class _Box:
    id: str
    value: str
    label: str
    is_checked: bool


@dataclass(frozen=True)
class _Group:
    heading: str
    is_folded: bool
    boxes: list[_Box]


@register.inclusion_tag("policies/parts/grouped_choices.html")
def grouped_choices(bound: BoundField, groups: Mapping[str, Sequence[ChoiceGroup]], title: str = "") -> dict[str, Any]:
    """Show the choices of a form's field, each group under its heading; a label that is the page's title is not seen
    twice."""
    value = bound.value()
    chosen = {str(each) for each in (value if isinstance(value, list | tuple) else [value]) if each}
    numbers = iter(range(1, sum(len(group.choices) for group in groups[bound.name]) + 1))
    shown = [
        _Group(group.heading, group.is_folded, [_box(bound, next(numbers), each, chosen) for each in group.choices])
        for group in groups[bound.name]
    ]
    return {
        "field": bound,
        "groups": shown,
        "is_title": bool(title) and str(bound.label) == str(title),
        "is_one": not isinstance(bound.field.widget, forms.CheckboxSelectMultiple),
    }


def _box(bound: BoundField, number: int, choice: tuple[str, str], chosen: set[str]) -> _Box:
    # The error summary leads to the first of them, which has the field's own id.
    named = bound.auto_id if number == 1 else f"{bound.auto_id}-{number}"
    return _Box(str(named), choice[0], choice[1], choice[0] in chosen)
