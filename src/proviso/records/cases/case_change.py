"""A change of a case: what it seals, and what it enters in the chronology."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from proviso.records.cases.models import Case, ChronologyEntry
from proviso.records.files.vaults import read_text, seal_text
from proviso.records.people.actors import Actor
from proviso.records.people.change import Change, change

Kind = ChronologyEntry.Kind


@dataclass(frozen=True)
class CaseChange:
    """An open change of a case."""

    actor: Actor
    case: Case
    changed: Change[Case]
    now: datetime

    def seal(self, text: str) -> bytes:
        """Return a text sealed under the key of the case."""
        return seal_text(self.case.vault, text)

    def read(self, sealed: bytes | memoryview) -> str:
        """Return a sealed text of the case."""
        return read_text(self.case.vault, sealed)

    def enter(self, kind: str, text: str, corrects: ChronologyEntry | None = None) -> ChronologyEntry:
        """Enter something in the chronology, under the name of whoever acts."""
        sealed = self.seal(text or "–")
        entry = ChronologyEntry(
            case=self.case, kind=kind, author=self.actor.person, at=self.now, text=sealed, corrects=corrects
        )
        return self.changed.add(entry)


@contextmanager
def case_change(actor: Actor, action: str, case: Case, now: datetime) -> Iterator[CaseChange]:
    """Change a case; the log names the case by its reference, whatever was added to it. Errors as `change`."""
    with change(actor, action, case, now) as changed:
        changed.named = changed.record
        changed.details["reference"] = changed.record.reference
        yield CaseChange(actor, changed.record, changed, now)
