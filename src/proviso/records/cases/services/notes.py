"""Write in the chronology of a case, and correct what was written by a later entry."""

from datetime import datetime

from django.utils.translation import gettext as _

from proviso.records.cases.case_change import case_change
from proviso.records.cases.models import Case, ChronologyEntry
from proviso.records.cases.texts import without_pasted_content
from proviso.records.people.actors import Actor
from proviso.records.people.change import NotPossible


def write_note(actor: Actor, case: Case, text: str, *, now: datetime) -> ChronologyEntry:
    """Write a note; it cannot be changed, only corrected by a later entry.

    Raises:
        NotPossible: nothing is written, or the case is not open.
    """
    with case_change(actor, "case.noted", case, now) as writing:
        return writing.enter(ChronologyEntry.Kind.NOTE, _checked(writing.case, text))


def correct_entry(actor: Actor, entry: ChronologyEntry, text: str, *, now: datetime) -> ChronologyEntry:
    """Correct an entry by a later one; both stay. It can be done in a case that is closed, too.

    Raises:
        NotPossible: nothing is written.
    """
    with case_change(actor, "case.corrected", entry.case, now) as writing:
        words = _checked(writing.case, text)
        return writing.enter(ChronologyEntry.Kind.CORRECTION, words, corrects=entry)


def _checked(case: Case, text: str) -> str:
    if not text.strip():
        raise NotPossible({"text": _("Write what happened.")})
    return without_pasted_content(text, links=not case.has_sexual_image)
