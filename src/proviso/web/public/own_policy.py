"""Try it: a policy of one's own is read and shown place by place. Nothing is kept: no row, no file, no copy."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from proviso.records.files.uploads import MEGABYTE
from proviso.rules.reading import Document, Statement, UnreadableError, read_apart
from proviso.web.comparisons import Graded, findings_in_text
from proviso.web.kit.forms import INVALID, FormPage, form_page, posted, saved
from proviso.web.kit.pages import render_page
from proviso.web.kit.uploads import UploadField, accepts_upload
from proviso.wording import outcomes, phrases
from proviso.wording.audiences import audience
from proviso.wording.unreadable import why_unreadable

MOST_BYTES = 10 * MEGABYTE
AT_ONCE = 2
LONGEST_REVIEWED = 400_000  # characters
UNSURE = 0.45
_TURNS = threading.BoundedSemaphore(AT_ONCE)


class OwnPolicyForm(forms.Form):
    """A policy."""

    file = UploadField(
        label=gettext_lazy("Policy"),
        help_text=gettext_lazy("Word (.docx), PDF with text, HTML, Markdown or plain text, in English, up to 10 MB."),
        widget=forms.FileInput(attrs={"accept": ".docx,.pdf,.html,.htm,.md,.txt"}),
        error_messages={
            "required": gettext_lazy("Choose a file."),
            "empty": gettext_lazy("The file is empty. Choose the file that holds the policy."),
        },
    )


@dataclass(frozen=True)
class StatementShown:
    """A statement in words."""

    statement: Statement
    force: str
    who: str
    topics: str
    is_unsure: bool
    sure: int


@dataclass(frozen=True)
class Section:
    """The statements under one heading."""

    heading: str
    statements: list[StatementShown] = field(default_factory=list)


@accepts_upload(MOST_BYTES)
@never_cache
def own_policy(request: HttpRequest) -> HttpResponse:
    """Choose a file, and read it."""
    form = OwnPolicyForm(posted(request), request.FILES or None)
    documents: list[Document] = []
    if saved(form, lambda: documents.append(_read(form.cleaned_data["file"]))):
        return render_page(request, "own_policy.html", _shown(documents[0]))
    page = FormPage(
        title=_("Read a policy of your own"),
        button=_("Read it"),
        lead=_("See what each statement of your policy asks, of whom and about what, and how sure that reading is."),
        note=_("Nothing is kept. The file is read once and then forgotten."),
    )
    return form_page(request, form, page, {"redirect_field": ""}, INVALID if form.errors else 200)


def _read(upload: Any) -> Document:
    """Read a file while there is a turn free.

    Raises:
        ValidationError: it cannot be read, or too many others are being read.
    """
    if not _TURNS.acquire(timeout=5):
        raise ValidationError({"file": _("Other policies are being read. Try again in a minute.")})
    try:
        return read_apart(upload.read(), upload.name or "")
    except UnreadableError as error:
        raise ValidationError({"file": f"{capfirst(why_unreadable(error))}."}) from error
    finally:
        _TURNS.release()


def _shown(document: Document) -> dict[str, Any]:
    sections = list(_sections(document))
    shown = [each for section in sections for each in section.statements]
    return {
        "document": document,
        "sections": sections,
        "count": len(shown),
        "unsure": sum(each.is_unsure for each in shown),
        "graded": _reviewed(document),
    }


def _reviewed(document: Document) -> list[Graded]:
    """Return what a review finds; nothing where the document is longer than any policy, as that would take long."""
    if sum(map(len, document.lines)) > LONGEST_REVIEWED:
        return []
    return findings_in_text(document.lines, document.title, timezone.localdate())


def _sections(document: Document) -> Iterator[Section]:
    for heading, statements in groupby(document.statements, key=lambda each: each.heading):
        yield Section(heading, [_in_words(statement) for statement in statements])


def _in_words(statement: Statement) -> StatementShown:
    return StatementShown(
        statement,
        outcomes.force(statement.force),
        capfirst(", ".join(audience(code) for code in statement.who)),
        ", ".join(phrases.topic(name) for name in statement.topics),
        statement.confidence.least < UNSURE,
        round(statement.confidence.least * 100),
    )
