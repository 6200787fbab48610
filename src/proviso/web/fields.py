"""Fields that the design system asks for and Django does not have."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


class DayInput(forms.MultiWidget):
    """A date as three boxes: nobody has to know an order or a sign between them."""

    PARTS = (("day", _("Day")), ("month", _("Month")), ("year", _("Year")))

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({name: forms.TextInput() for name, _label in self.PARTS}, attrs)

    def decompress(self, value: date | None) -> list[str]:
        return [str(value.day), str(value.month), str(value.year)] if value else ["", "", ""]

    def id_for_label(self, id_: str) -> str:
        return f"{id_}-day"


class DayField(forms.MultiValueField):
    """A date in three boxes; what was typed comes back as it was when it is no date."""

    widget = DayInput

    def __init__(self, **options: Any) -> None:
        fields = tuple(forms.CharField(required=False, max_length=8) for _part in DayInput.PARTS)
        options.setdefault("error_messages", {"required": _("Enter a date.")})
        super().__init__(fields=fields, require_all_fields=False, **options)

    def compress(self, data_list: list[str]) -> date | None:
        parts = [part.strip() for part in data_list or []]
        if not any(parts):
            if self.required:
                raise ValidationError(self.error_messages["required"], code="required")
            return None
        try:
            day, month, year = (int(part) for part in parts)
            return date(year, month, day)
        except ValueError:
            raise ValidationError(_("Enter a real date, for example 1 9 2026."), code="invalid") from None


def set_choices(form: forms.BaseForm, name: str, choices: Iterable[Any]) -> None:
    """Offer choices in a field of a form, where they depend on who asks.

    Raises:
        TypeError: a field without choices: a mistake in the program.
    """
    field = form.fields[name]
    if not isinstance(field, forms.ChoiceField):
        raise TypeError(f"{name} has no choices")
    field.choices = list(choices)


@dataclass(frozen=True)
class ChoiceGroup:
    """Choices that stand together under a heading; those that few need are folded."""

    heading: str
    choices: list[tuple[str, str]]
    is_folded: bool = False
