"""The forms of evidence."""

import re
import secrets
from datetime import datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from proviso.records.evidence.formats.pictures import Box
from proviso.records.evidence.services.entering import LONGEST_TEXT, Found
from proviso.records.files.uploads import SealedUpload
from proviso.web.fields import DayField
from proviso.web.kit.uploads import UploadField

LONGEST_ADDRESS = 2000
LONGEST_NOTE = 4000
_BOX = re.compile(r"\s*(\d{1,5})\s*[,; ]\s*(\d{1,5})\s*[,; ]\s*(\d{1,5})\s*[,; ]\s*(\d{1,5})\s*")
_LINES = re.compile(r"(\d{1,6})(?:\s*[-–]\s*(\d{1,6}))?")
_TIME = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)")


class SeveralFiles(forms.FileInput):
    """A control with which several files are chosen."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: MultiValueDict[str, Any], name: str) -> Any:
        return files.getlist(name)


class UploadsField(UploadField):
    """Several files that came in by `UploadLimits`."""

    def clean(self, data: Any, initial: Any = None) -> list[SealedUpload]:
        if not data:
            raise ValidationError(self.error_messages["required"], code="required")
        uploads = [super(UploadsField, self).clean(each, initial) for each in data]
        return [upload for upload in uploads if isinstance(upload, SealedUpload)]


class FoundForm(forms.Form):
    """Where and when something was seen, and what there is to say about it."""

    address = forms.CharField(
        label=_("Address of the page (optional)"),
        help_text=_("Copy it from the top of the browser. It is not opened."),
        required=False,
        max_length=LONGEST_ADDRESS,
    )
    seen_on = DayField(label=_("When it was seen (optional)"), required=False)
    seen_at = forms.CharField(
        label=_("At what time (optional)"),
        help_text=_("For example 14:30."),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5"}),
    )
    note = forms.CharField(
        label=_("Note (optional)"),
        help_text=_("Who saw it and what it shows. It cannot be changed later."),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    once = forms.RegexField("^[A-Za-z0-9_-]{8,40}$", widget=forms.HiddenInput, required=False)

    def __init__(self, data: QueryDict | None = None, files: Any = None) -> None:
        super().__init__(data, files, initial={"once": secrets.token_urlsafe(16)})

    def clean_seen_at(self) -> time | None:
        text = self.cleaned_data["seen_at"].strip()
        if not text:
            return None
        match = _TIME.fullmatch(text)
        if match is None:
            raise ValidationError(_("Enter a time as hours and minutes, for example 14:30."))
        return time(int(match[1]), int(match[2]))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("seen_at") and not given.get("seen_on") and "seen_on" not in self.errors:
            self.add_error("seen_on", _("Enter the day as well."))
        found = self.seen()
        if found and found > timezone.now():
            self.add_error("seen_on", _("Enter a day and a time that have passed."))
        return given

    def seen(self) -> datetime | None:
        """Return when it was seen; a day without a time is its beginning."""
        day, at = self.cleaned_data.get("seen_on"), self.cleaned_data.get("seen_at")
        return timezone.make_aware(datetime.combine(day, at or time())) if day else None

    def found(self) -> Found:
        """Return what was entered."""
        given = self.cleaned_data
        return Found(given["address"], self.seen(), given["note"], given.get("once") or "")


class FilesForm(FoundForm):
    """Files, and where and when they were seen."""

    field_order = ("uploads", "address", "seen_on", "seen_at", "note")
    uploads = UploadsField(
        label=_("Files"),
        help_text=_(
            "Pictures and screenshots, PDF, Word, Excel, text, emails (.eml, .msg) and saved pages (.mhtml, .warc, "
            ".wacz). You can choose several."
        ),
        widget=SeveralFiles(attrs={"multiple": "multiple"}),
        error_messages={"required": _("Choose a file."), "empty": _("The file is empty.")},
    )


class TextForm(FoundForm):
    """A pasted text, and where and when it was seen."""

    field_order = ("text", "address", "seen_on", "seen_at", "note")
    text = forms.CharField(
        label=_("Text"),
        help_text=_("Paste it exactly as it was written, with the name of the account."),
        strip=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
        error_messages={"required": _("Paste the text that you saw.")},
    )


class RedactTextForm(forms.Form):
    """What is blacked out in a text: words wherever they stand, and whole lines."""

    words = forms.CharField(
        label=_("Words to black out"),
        help_text=_("One name or phrase to a line. Each is blacked out wherever it stands."),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    lines = forms.CharField(
        label=_("Whole lines to black out"), help_text=_("For example 3, 7-9."), required=False, max_length=200
    )
    note = forms.CharField(label=_("What the copy is for (optional)"), required=False, max_length=300)

    def clean_lines(self) -> list[int]:
        numbers: list[int] = []
        for part in filter(None, (each.strip() for each in self.cleaned_data["lines"].split(","))):
            match = _LINES.fullmatch(part)
            if match is None:
                raise ValidationError(_("Enter numbers of lines, for example 3, 7-9."))
            first, last = int(match[1]), int(match[2] or match[1])
            numbers += range(first, min(last, first + 10_000) + 1)
        return numbers

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not self.errors and not given.get("words", "").strip() and not given.get("lines"):
            self.add_error("words", _("Say what is to be blacked out."))
        return given


class RedactPictureForm(forms.Form):
    """What is blacked out in a picture: boxes, by their numbers."""

    boxes = forms.CharField(
        label=_("Boxes to black out"),
        help_text=_("One box to a line, as four numbers of pixels: from the left, from the top, width, height."),
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
        error_messages={"required": _("Enter at least one box, for example 20, 40, 200, 60.")},
    )
    note = forms.CharField(label=_("What the copy is for (optional)"), required=False, max_length=300)

    def clean_boxes(self) -> list[Box]:
        boxes = []
        for number, line in enumerate(self.cleaned_data["boxes"].splitlines(), 1):
            match = _BOX.fullmatch(line)
            if match is not None:
                boxes.append(Box(*(int(part) for part in match.groups())))
            elif line.strip():
                raise ValidationError(
                    _("Line %(number)d is not four numbers: write it as 20, 40, 200, 60."), params={"number": number}
                )
        return boxes


class AdviceForm(forms.Form):
    """Who advised to remove something."""

    adviser = forms.CharField(
        label=_("Who advised it"),
        help_text=_("Name or number, and for whom they work."),
        max_length=120,
        error_messages={"required": _("Enter who advised it, and for whom they work.")},
    )
    reference = forms.CharField(
        label=_("Their reference"),
        max_length=60,
        error_messages={"required": _("Enter their reference, such as a police reference number.")},
    )


class WhyForm(forms.Form):
    """A reason."""

    why = forms.CharField(
        label=_("Why"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say why.")},
    )
