"""Cases as those who handle them see them: the list, the file, what it says, and who read it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from django.db.models import Exists, Model, OuterRef, QuerySet

from proviso.records.audit.models import Entry
from proviso.records.audit.selectors import entries_about
from proviso.records.cases.case_change import case_change
from proviso.records.cases.models import (
    Case,
    CaseParty,
    ChronologyEntry,
    Concern,
    Decision,
    Letter,
    Matter,
    PartyRole,
    Step,
    Transfer,
)
from proviso.records.cases.seen import cases_seen
from proviso.records.files.vaults import read_text
from proviso.records.people.actors import Actor
from proviso.records.people.change import about
from proviso.records.people.models import Establishment, Person, Role
from proviso.records.people.permissions import SIGNED_IN, Hidden, require, require_any
from proviso.rules import rulebook

M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class PartyShown:
    """Somebody in a case, with what is sealed opened."""

    party: CaseParty
    name: str
    wishes: str


@dataclass(frozen=True)
class StepShown:
    """A step, with what was said when it was settled."""

    step: Step
    reason: str
    is_late: bool


@dataclass(frozen=True)
class EntryShown:
    """An entry of the chronology with its text; `corrected` says that a later entry corrects it."""

    entry: ChronologyEntry
    text: str
    corrected: bool


@dataclass(frozen=True)
class DecisionShown:
    """A decision with what was known or weighed, and the reasons."""

    decision: Decision
    answers: Mapping[str, str]
    reasons: str


@dataclass(frozen=True)
class LetterShown:
    """A letter with its texts."""

    letter: Letter
    recipient: str
    subject: str
    body: str


@dataclass(frozen=True)
class CaseFile:
    """Everything in a case."""

    case: Case
    title: str
    closing_reasons: str
    steps: Sequence[StepShown]
    chronology: Sequence[EntryShown]
    parties: Sequence[PartyShown]
    concerns: Sequence[Concern]
    decisions: Sequence[DecisionShown]
    letters: Sequence[LetterShown]

    @property
    def open_steps(self) -> list[StepShown]:
        return [each for each in self.steps if each.step.is_open]

    @property
    def next_due(self) -> date | None:
        """By when the next step is due, where one is."""
        return min((each.step.due_on for each in self.open_steps if each.step.due_on), default=None)

    def of_role(self, role: str) -> list[PartyShown]:
        return [each for each in self.parties if each.party.role == role and each.party.ended_at is None]


def cases_of(actor: Actor, establishment: Establishment) -> QuerySet[Case]:
    """Return the cases of an establishment that somebody may open, the latest first."""
    require(actor, "case.list", establishment)
    rows = cases_seen(actor, establishment)
    return rows.select_related("vault", "establishment").order_by("-opened_at", "-pk")


def titled(_actor: Actor, cases: Sequence[Case]) -> list[tuple[Case, str]]:
    """Return cases with what each is about; they come from `cases_of` or `earlier_matters` for the same actor."""
    return [(case, read_text(case.vault, case.title)) for case in cases]


def found(actor: Actor, establishment: Establishment, find: str) -> list[Case]:
    """Return the cases that somebody may open in whose title, chronology and names each word is found."""
    rows = list(cases_of(actor, establishment).prefetch_related("chronology", "parties__person"))
    words = find.casefold().split()[:6]
    return [case for case in rows if all(word in _searched(case) for word in words)]


def _searched(case: Case) -> str:
    texts = [case.reference, read_text(case.vault, case.title)]
    texts += [read_text(case.vault, entry.text) for entry in case.chronology.all()]
    for party in case.parties.all():
        texts.append(party.person.name if party.person else read_text(case.vault, party.name))
    return " ".join(texts).casefold()


def case_named(actor: Actor, establishment: Establishment, reference: str) -> Case:
    """Return a case by its reference, unread, for somebody who may change it.

    Raises:
        Hidden: not there, or not for this actor.
    """
    rows = Case.objects.filter(establishment=establishment, reference=reference)
    case = rows.select_related("establishment__parent", "vault").first()
    if case is None:
        raise Hidden(reference)
    require_any(actor, "case.change", case)
    return case


def read_case(actor: Actor, establishment: Establishment, reference: str, *, now: datetime) -> CaseFile:
    """Return a case with all that is in it, and log that it was read; errors as `case_named`."""
    case = reading_case(actor, case_named(actor, establishment, reference), now=now)
    return file_of(actor, case)


def reading_case(actor: Actor, case: Case, *, now: datetime) -> Case:
    """Return a case for reading, and log it under the case's reference."""
    with case_change(actor, "case.read", case, now) as read:
        return read.case


def file_of(actor: Actor, case: Case) -> CaseFile:
    """Return what a case holds, for somebody who handles it, and whose reading of it was logged before."""
    require_any(actor, "case.change", case)
    vault = case.vault
    corrected = {entry.corrects_id for entry in case.chronology.all() if entry.corrects_id}
    return CaseFile(
        case=case,
        title=read_text(vault, case.title),
        closing_reasons=read_text(vault, case.closing_reasons),
        steps=[
            StepShown(step, read_text(vault, step.reason), _is_late(step, actor.on))
            for step in sorted(case.steps.select_related("person", "settled_by"), key=_place)
        ],
        chronology=[
            EntryShown(entry, read_text(vault, entry.text), entry.pk in corrected)
            for entry in case.chronology.select_related("author")
        ],
        parties=[
            PartyShown(
                party,
                party.person.name if party.person else read_text(vault, party.name),
                read_text(vault, party.wishes),
            )
            for party in case.parties.select_related("person")
        ],
        concerns=list(case.concerns.select_related("vault")),
        decisions=[_decision_shown(each) for each in case.decisions.select_related("decided_by", "case__vault")],
        letters=[_letter_shown(each) for each in case.letters.select_related("author", "approver", "case__vault")],
    )


def _decision_shown(decision: Decision) -> DecisionShown:
    """Return a decision with its texts."""
    owner = decision.case or decision.concern
    vault = owner.vault if owner else None
    answers = json.loads(read_text(vault, decision.answers) or "{}") if vault else {}
    return DecisionShown(decision, answers, read_text(vault, decision.reasons) if vault else "")


def _letter_shown(letter: Letter) -> LetterShown:
    """Return a letter with its texts."""
    vault = letter.case.vault
    return LetterShown(
        letter, read_text(vault, letter.recipient), read_text(vault, letter.subject), read_text(vault, letter.body)
    )


def letter_to_approve(actor: Actor, establishment: Establishment, pk: int) -> LetterShown:
    """Return a letter for whoever is asked to approve it: the letter, and nothing else of the case.

    Raises:
        Hidden: not there, or not for this actor.
    """
    rows = Letter.objects.filter(pk=pk, case__establishment=establishment, state=Letter.State.WAITING)
    letter = rows.select_related("case__establishment__parent", "case__vault", "author").first()
    if letter is None:
        raise Hidden(str(pk))
    require_any(actor, "letter.approve", letter)
    return _letter_shown(letter)


def readings_of(actor: Actor, case: Case) -> QuerySet[Entry]:
    """Return who read a case or took its file out, and when, the latest first."""
    require_any(actor, "case.change", case)
    entries = entries_about(about(case)).filter(action__in=("case.read", "case.exported"))
    return entries.select_related("actor")


def earlier_matters(actor: Actor, case: Case) -> list[Case]:
    """Return other cases about the same adults that this actor may open: a pattern is seen by those entitled alone."""
    if case.matter != Matter.ADULT:
        return []
    subjects = case.parties.filter(role=PartyRole.SUBJECT, person__isnull=False).values_list("person", flat=True)
    same = CaseParty.objects.filter(case=OuterRef("pk"), role=PartyRole.SUBJECT, person__in=list(subjects))
    rows = cases_seen(actor, case.establishment).filter(Exists(same)).exclude(pk=case.pk)
    return list(rows.select_related("vault").order_by("-opened_at"))


def concern_to_triage(actor: Actor, establishment: Establishment, pk: int) -> Concern:
    """Return a concern for whoever handles it.

    Raises:
        Hidden: not there, or not for this actor.
    """
    rows = Concern.objects.filter(establishment=establishment, pk=pk)
    concern = rows.select_related("establishment__parent", "vault", "case").first()
    if concern is None:
        raise Hidden(str(pk))
    require_any(actor, "concern.triage", concern)
    return concern


def _place(step: Step) -> tuple[int, int]:
    """Return where a step stands: in the order of doing, whichever procedure it came with."""
    parts = rulebook.case_kinds().parts
    return (parts.index(step.part) if step.part in parts else len(parts), step.number)


def _is_late(step: Step, on: date) -> bool:
    return step.is_open and step.due_on is not None and step.due_on < on


def people_of(actor: Actor, establishment: Establishment) -> QuerySet[Person]:
    """Return everybody with a role in an establishment that day, pupils and parents among them, by name."""
    require(actor, "establishment.view", establishment)
    held = Role.objects.on(actor.on).filter(person=OuterRef("pk"), establishment=establishment)
    return Person.objects.filter(Exists(held))


def staff_of(actor: Actor, establishment: Establishment) -> QuerySet[Person]:
    """Return who works in an establishment and has an account, by name."""
    held = Role.objects.on(actor.on).filter(person=OuterRef("pk"), establishment=establishment, kind__in=SIGNED_IN)
    return people_of(actor, establishment).filter(Exists(held), is_active=True)


def people_among(_actor: Actor, people: Sequence[Person]) -> QuerySet[Person]:
    """Return people who were found elsewhere as a query, by name: what a form chooses from."""
    return Person.objects.filter(pk__in=[person.pk for person in people])


def step_of(actor: Actor, case: Case, pk: int) -> Step:
    """Return a step of a case.

    Raises:
        Hidden: the case has none of that number, or is not for this actor.
    """
    return _part(actor, case, case.steps.select_related("case__establishment__parent", "case__vault"), pk)


def reason_of(actor: Actor, step: Step) -> str:
    """Return what was said when a step was settled."""
    require_any(actor, "case.change", step.case)
    return read_text(step.case.vault, step.reason)


def party_of(actor: Actor, case: Case, pk: int) -> PartyShown:
    """Return somebody in a case; errors as `step_of`."""
    party = _part(actor, case, case.parties.filter(ended_at=None).select_related("person", "case__vault"), pk)
    name = party.person.name if party.person else read_text(case.vault, party.name)
    return PartyShown(party, name, read_text(case.vault, party.wishes))


def entry_of(actor: Actor, case: Case, pk: int) -> EntryShown:
    """Return an entry of a case's chronology; errors as `step_of`."""
    entry = _part(actor, case, case.chronology.select_related("author"), pk)
    return EntryShown(entry, read_text(case.vault, entry.text), entry.corrections.exists())


def letter_of(actor: Actor, case: Case, pk: int) -> LetterShown:
    """Return a letter of a case; errors as `step_of`."""
    rows = case.letters.select_related("author", "approver", "step", "case__establishment__parent", "case__vault")
    return _letter_shown(_part(actor, case, rows, pk))


def transfer_of(actor: Actor, case: Case) -> Transfer:
    """Return the transfer of a case that waits for its receipt.

    Raises:
        Hidden: there is none.
    """
    require_any(actor, "case.change", case)
    transfer = Transfer.objects.filter(case=case, received_on=None).first()
    if transfer is None:
        raise Hidden(case.reference)
    return transfer


def has_open_concerns(actor: Actor, case: Case) -> bool:
    """Say whether a case holds concerns whose sharers are to be told."""
    require_any(actor, "case.change", case)
    return case.concerns.exclude(state=Concern.State.CLOSED).exists()


def own_templates(actor: Actor, establishment: Establishment) -> set[tuple[str, str]]:
    """Return for which letters a school has its own text, by kind and language."""
    require(actor, "letter_templates.view", establishment)
    return set(establishment.letter_templates.values_list("kind", "language"))


def _part(actor: Actor, case: Case, rows: QuerySet[M], pk: int) -> M:
    require_any(actor, "case.change", case)
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Hidden(str(pk))
    return found
