"""The forms of imports."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from proviso.records.imports.kinds import RowKind, Scope
from proviso.records.imports.models import ImportRun
from proviso.records.imports.parse import column_names
from proviso.web.kit.uploads import UploadField

NOT_IN_FILE = "-"


class UploadForm(forms.Form):
    """A file; and, where an import waits already, the wish to have this one instead."""

    replace = forms.BooleanField(label=_("Cancel that import and read another file"), required=False)
    file = UploadField(
        label=_("File"),
        help_text=_("A OneRoster zip, a CSV file or an Excel workbook (.xlsx), up to 20 MB."),
        widget=forms.FileInput(attrs={"accept": ".zip,.csv,.txt,.xlsx"}),
        error_messages={"required": _("Choose a file."), "empty": _("The file is empty. Choose the one you exported.")},
    )

    def __init__(self, waiting: ImportRun | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["replace"].required = waiting is not None
        self.fields["replace"].error_messages["required"] = _(
            "Tick the box to cancel the import that is waiting, or go to it."
        )
        if waiting is None:
            del self.fields["replace"]


class ColumnsForm(forms.Form):
    """For each of our columns, the column of the file that holds it."""

    def __init__(self, headings: Sequence[str], kind: RowKind, remembered: Mapping[str, str], *args: Any) -> None:
        super().__init__(*args)
        known = column_names(headings, kind, remembered)
        places = [(str(place), heading) for place, heading in enumerate(headings) if heading]
        for column in kind.columns:
            nothing = ("", _("Choose a column")) if column.required else (NOT_IN_FILE, _("Not in the file"))
            self.fields[column.name] = forms.ChoiceField(
                label=str(column.label if column.required else _("%(column)s (optional)") % {"column": column.label}),
                choices=[nothing, *places],
                required=column.required,
                initial=str(known.index(column.name)) if column.name in known else nothing[0],
                error_messages={"required": _("Choose the column for: %(column)s.") % {"column": column.label}},
            )

    def clean(self) -> dict[str, Any]:
        chosen = super().clean() or {}
        owners: dict[str, str] = {}
        for name, place in list(chosen.items()):
            if place in owners and place not in ("", NOT_IN_FILE):
                self.add_error(name, _("This column is chosen twice. Choose another one."))
            owners[place] = name
        return chosen

    def places(self) -> dict[str, int]:
        """Return our names of columns with the places of their headings."""
        return dict(self._places())

    def _places(self) -> Iterator[tuple[str, int]]:
        for name, place in self.cleaned_data.items():
            if place.isdecimal():
                yield name, int(place)


class ScopeForm(forms.Form):
    """Who is in a file."""

    scope = forms.ChoiceField(
        label=_("Is everybody in this file?"),
        choices=Scope.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether this is everybody.")},
    )
