"""Letters of a case: written, approved by a named person who is not the author, sent, and frozen from then on."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from proviso.records.cases.case_actions import OPENING
from proviso.records.cases.case_change import CaseChange, case_change
from proviso.records.cases.models import Case, ChronologyEntry, Letter, LetterTemplate, PartyRole, Step
from proviso.records.cases.procedures import settled
from proviso.records.cases.texts import without_pasted_content
from proviso.records.people.actors import Actor
from proviso.records.people.change import Change, NotPossible, change
from proviso.records.people.models import Establishment, Person, Role
from proviso.records.tasks.deadlines import working_days
from proviso.rules import rulebook
from proviso.wording.clauses import letter_name
from proviso.wording.letters import LetterText, gaps, unknown_blanks

State = Letter.State
CHASE, ESCALATE = 2, 4  # working days after a request to a site


@dataclass(frozen=True)
class LetterGiven:
    """A letter as somebody writes it."""

    kind: str
    language: str
    recipient: str
    subject: str
    body: str
    step: Step | None = None


def write_letter(actor: Actor, case: Case, given: LetterGiven, *, now: datetime) -> Letter:
    """Write a letter as a draft.

    Raises:
        NotPossible: an unknown kind, or nobody to write to, no subject or no text; a record for the governing body
            that names somebody of the case.
    """
    with case_change(actor, "case.letter_written", case, now) as writing:
        _check(writing, given)
        letter = Letter(case=writing.case, kind=given.kind, language=given.language, step=given.step)
        _fill(letter, writing, given)
        writing.changed.add(letter)
        writing.enter(ChronologyEntry.Kind.LETTER, _("Draft: %(letter)s") % {"letter": letter_name(letter.kind)})
    return letter


def change_letter(actor: Actor, letter: Letter, given: LetterGiven, *, now: datetime) -> Letter:
    """Change a draft; whoever changes it last is its author. Errors as `write_letter`, or it is no draft any more."""
    with case_change(actor, "case.letter_written", letter.case, now) as writing:
        row = _in_state(writing, letter, State.DRAFT)
        _check(writing, given)
        _fill(row, writing, given)
        row.approver = None
    return row


def ask_approval(actor: Actor, letter: Letter, approver: Person, *, now: datetime) -> Letter:
    """Ask somebody to approve a letter: not its author, and nobody whom the case is about.

    Raises:
        NotPossible: no draft, gaps that are not filled in, or somebody who cannot approve it.
    """
    with case_change(actor, "case.letter_written", letter.case, now) as writing:
        row = _in_state(writing, letter, State.DRAFT)
        if gaps(writing.read(row.body)) or gaps(writing.read(row.subject)):
            raise NotPossible({"body": _("Fill in or take out the gaps (……) first.")})
        if approver.pk == row.author_id:
            raise NotPossible({"approver": _("Somebody else than the author has to approve the letter.")})
        if not any(person.pk == approver.pk for person in approvers(writing.case, row, actor.on)):
            raise NotPossible({"approver": _("%(person)s cannot approve this letter.") % {"person": approver.name}})
        row.state, row.approver = State.WAITING, approver
        words = _("Waiting for %(person)s: %(letter)s")
        said = words % {"person": approver.name, "letter": letter_name(row.kind)}
        writing.enter(ChronologyEntry.Kind.LETTER, said)
    return row


def approvers(case: Case, letter: Letter, on: date) -> list[Person]:
    """Return who may approve a letter: leaders there and above, but its author and whom the case is about."""
    place = case.establishment
    there = [pk for pk in (place.pk, place.parent_id) if pk is not None]
    roles = Role.objects.on(on).filter(establishment__in=there, kind__in=OPENING, person__is_active=True)
    subjects = case.parties.filter(role=PartyRole.SUBJECT, ended_at=None, person__isnull=False)
    barred = {letter.author_id, *subjects.values_list("person", flat=True)}
    people = {role.person.pk: role.person for role in roles.select_related("person") if role.person_id not in barred}
    return sorted(people.values(), key=lambda person: (person.family_name, person.given_name))


def approve_letter(actor: Actor, letter: Letter, *, now: datetime) -> Letter:
    """Approve a letter, as whoever was asked to; its text cannot change any more without another approval."""
    with change(actor, "letter.approved", letter, now) as approved:
        row = approved.record
        writing = _writing(actor, approved, now)
        row.approved_at, row.sha256 = now, digest(_text(writing, row))
        words = _("Approved by %(person)s: %(letter)s")
        said = words % {"person": actor.person.name, "letter": letter_name(row.kind)}
        writing.enter(ChronologyEntry.Kind.LETTER, said)
    return row


def return_letter(actor: Actor, letter: Letter, why: str, *, now: datetime) -> Letter:
    """Give a letter back to its author, with what is to be changed.

    Raises:
        NotPossible: it does not say what.
    """
    if not why.strip():
        raise NotPossible({"why": _("Say what is to be changed.")})
    with change(actor, "letter.returned", letter, now) as returned:
        row = returned.record
        writing = _writing(actor, returned, now)
        row.approver = None
        words = _("Returned by %(person)s: %(letter)s. %(why)s")
        named = {"person": actor.person.name, "letter": letter_name(row.kind), "why": why.strip()}
        writing.enter(ChronologyEntry.Kind.LETTER, words % named)
    return row


def send_letter(actor: Actor, letter: Letter, how: str, *, now: datetime) -> Letter:
    """Record that an approved letter was sent, and how; from now on it cannot be changed, and its step is done.

    Raises:
        NotPossible: not approved, or it does not say how it was sent.
    """
    with case_change(actor, "case.letter_sent", letter.case, now) as writing:
        row = _in_state(writing, letter, State.APPROVED)
        if not how.strip():
            raise NotPossible({"how": _("Say how it was sent.")})
        if digest(_text(writing, row)) != row.sha256:
            raise NotPossible(_("The text is not the one that was approved: have it approved again."))
        row.state, row.sent_at, row.sent_by, row.sent_how = State.SENT, now, actor.person, how.strip()
        if row.kind == "site_removal":
            days, today = working_days(writing.case.establishment), localdate(now)
            row.chase_on, row.escalate_on = days.add(today, CHASE), days.add(today, ESCALATE)
        words = _("Sent: %(letter)s, %(how)s. SHA-256 of the text: %(sha256)s")
        named = {"letter": letter_name(row.kind), "how": how.strip(), "sha256": row.sha256}
        writing.enter(ChronologyEntry.Kind.LETTER, words % named)
        if row.step is not None:
            step = writing.changed.lock(row.step)
            if step.is_open:
                step.reason = writing.seal(words % named)
                settled(step, Step.State.DONE, actor.person.pk, now)
    return row


def discard_letter(actor: Actor, letter: Letter, *, now: datetime) -> None:
    """Discard a letter that was not sent; it stays in the file."""
    with case_change(actor, "case.letter_written", letter.case, now) as writing:
        row = _in_state(writing, letter, State.DRAFT, State.WAITING, State.APPROVED)
        row.state = State.DISCARDED
        writing.enter(ChronologyEntry.Kind.LETTER, _("Discarded: %(letter)s") % {"letter": letter_name(row.kind)})


def replace_template(
    actor: Actor, establishment: Establishment, kind: str, language: str, text: LetterText, *, now: datetime
) -> None:
    """Put a school's own text in the place of a letter that comes with the program.

    Raises:
        NotPossible: no subject, no text, or a blank that nobody can fill in.
    """
    empty = [name for name in ("subject", "body") if not getattr(text, name).strip()]
    if empty:
        raise NotPossible({name: _("Write a text.") for name in empty})
    unknown = unknown_blanks(text)
    if unknown:
        raise NotPossible({"body": _("Unknown blank: {%(blank)s}.") % {"blank": unknown[0]}})
    with change(actor, "letter_template.changed", establishment, now) as changed:
        own = LetterTemplate.objects.filter(establishment=establishment, kind=kind, language=language).first()
        row = changed.lock(own) if own else LetterTemplate(establishment=establishment, kind=kind, language=language)
        row.subject, row.body = text.subject.strip(), text.body.strip()
        row.changed_at, row.changed_by = now, actor.person
        if own is None:
            changed.add(row)


def digest(text: str) -> str:
    """Return the SHA-256 of a letter's text: the file that goes out names it."""
    return hashlib.sha256(text.encode()).hexdigest()


def _text(writing: CaseChange, row: Letter) -> str:
    return "\n\n".join(writing.read(part) for part in (row.recipient, row.subject, row.body))


def _writing(actor: Actor, changed: Change[Letter], now: datetime) -> CaseChange:
    case = changed.record.case
    changed.named = case
    changed.details["reference"] = case.reference
    return CaseChange(actor, case, changed, now)  # type: ignore[arg-type]  # it only adds to the chronology


def _in_state(writing: CaseChange, letter: Letter, *states: str) -> Letter:
    row = writing.changed.lock(letter)
    if row.state not in states:
        raise NotPossible(
            _("You cannot do that any more: this is now “%(state)s”.") % {"state": row.get_state_display()}
        )
    return row


def _fill(row: Letter, writing: CaseChange, given: LetterGiven) -> None:
    links = not writing.case.has_sexual_image
    row.recipient = writing.seal(given.recipient.strip())
    row.subject = writing.seal(given.subject.strip())
    row.body = writing.seal(without_pasted_content(given.body.replace("\r\n", "\n"), links=links))
    row.author, row.written_at = writing.actor.person, writing.now


def _check(writing: CaseChange, given: LetterGiven) -> None:
    if given.kind not in rulebook.case_kinds().letters:
        raise NotPossible({"kind": _("Choose a kind of letter.")})
    empty = [name for name in ("recipient", "subject", "body") if not getattr(given, name).strip()]
    if empty:
        raise NotPossible({name: _("Fill this in.") for name in empty})
    if given.kind == "governors_record":
        named = [name for name in _names(writing) if name.casefold() in given.body.casefold()]
        if named:
            raise NotPossible({"body": _("This record names nobody: take out %(name)s.") % {"name": named[0]}})


def _names(writing: CaseChange) -> list[str]:
    """Return the names of those with a part in the case, but for those who handle it."""
    parties = writing.case.parties.exclude(role=PartyRole.HANDLER).select_related("person")
    names: list[str] = []
    for party in parties:
        if party.person:
            names += [party.person.name, party.person.family_name]
        else:
            names.append(writing.read(party.name))
    return [name for name in names if len(name) > 2]
