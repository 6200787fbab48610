"""How concerns and cases stand to people: who handles them, who shared them, whom they are about.

Whom a concern or case is about is refused everything on it, whatever their roles. Besides its handlers, those handle
it on a day who stand in for one of them, and, where it is about a pupil, whoever leads safeguarding that day.
"""

from collections.abc import Collection
from datetime import date
from typing import Any

from proviso.records.cases.models import Case, Concern, Letter, LetterTemplate, Matter, PartyRole
from proviso.records.people.models import Role
from proviso.records.people.relations import Relations
from proviso.records.tasks.models import Absence

SAFEGUARDING = (Role.Kind.DSL, Role.Kind.DEPUTY_DSL)


def concern_relations() -> Relations:
    """Return how a concern stands to people."""
    return Relations(
        lambda concern: concern.establishment,
        handlers=_handlers,
        stand_ins=_stand_ins,
        reporters=lambda concern: [concern.sharer_id] if concern.sharer_id else [],
        receipts=lambda concern: [concern.receipt_digest] if concern.receipt_digest else [],
        subjects=_subjects,
        fetch=("establishment__parent", "vault"),
    )


def case_relations() -> Relations:
    """Return how a case stands to people."""
    return Relations(
        lambda case: case.establishment,
        handlers=_handlers,
        stand_ins=_stand_ins,
        subjects=_subjects,
        fetch=("establishment__parent", "vault"),
    )


def part_relations() -> Relations:
    """Return how a part of a case (a step, a letter, somebody in it) stands to people: as the case does."""
    return Relations(
        lambda part: part.case.establishment,
        person=lambda part: part.approver_id if isinstance(part, Letter) else None,
        handlers=lambda part: _handlers(part.case),
        stand_ins=lambda part, on: _stand_ins(part.case, on),
        subjects=lambda part: _subjects(part.case),
        fetch=("case__establishment__parent", "case__vault"),
    )


def template_relations() -> Relations:
    """Return how a school's template of a letter stands to people."""
    return Relations(_place_of_template, fetch=("establishment__parent",))


def _place_of_template(template: LetterTemplate) -> Any:
    return template.establishment


def _handlers(record: Concern | Case) -> Collection[int]:
    return _people(record, PartyRole.HANDLER)


def _subjects(record: Concern | Case) -> Collection[int]:
    return _people(record, PartyRole.SUBJECT)


def _people(record: Concern | Case, role: PartyRole) -> frozenset[int]:
    parties = record.parties.filter(role=role, ended_at=None, person__isnull=False)
    return frozenset(parties.values_list("person", flat=True))


def _stand_ins(record: Concern | Case, on: date) -> frozenset[int]:
    """Return who stands in for a handler that day, and who leads safeguarding where it is about a pupil."""
    place, above = record.establishment_id, record.establishment.parent_id
    away = Absence.objects.on(on).filter(
        person__in=_handlers(record), establishment__in=[place, above], deputy__is_active=True
    )
    handling = set(away.values_list("deputy", flat=True))
    if record.matter == Matter.PUPIL:
        leads = Role.objects.on(on).filter(establishment=place, kind__in=SAFEGUARDING, person__is_active=True)
        handling |= set(leads.values_list("person", flat=True))
    return frozenset(handling)
