"""Open a case: from one or several concerns, or without one."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from django.utils.translation import gettext as _

from proviso.records.cases.case_actions import ABOUT_ADULTS, OPENING
from proviso.records.cases.case_change import CaseChange
from proviso.records.cases.clocks import clock_of
from proviso.records.cases.models import Case, CaseParty, ChronologyEntry, Concern, Matter, PartyRole
from proviso.records.cases.names import meant
from proviso.records.cases.procedures import procedure, steps, version_in_force
from proviso.records.cases.texts import without_pasted_content
from proviso.records.files.vaults import open_vault, read_text, seal_text
from proviso.records.people.actors import Actor
from proviso.records.people.change import Change, NotPossible, change, together
from proviso.records.people.models import Establishment, Person, Role
from proviso.records.people.permissions import Hidden, Refused, require_any
from proviso.rules import rulebook

LETTERS = "ABCDEFGHJKLMNPQRTUVWXY346789"  # none that look alike
LEARNING = (Role.Kind.PUPIL, Role.Kind.PARENT)
_KINDS_OF: dict[str, str] = {
    Concern.Kind.CONTACT: "pupil_contact",
    Concern.Kind.SEXUAL_IMAGE: "sexual_image",
    Concern.Kind.ONLINE: "malicious_posts",
    Concern.Kind.PUPIL: "pupil_bullied",
    Concern.Kind.ADULT: "allegation",
}


@dataclass(frozen=True)
class PartyGiven:
    """Somebody with a part in a case: a person of the records, or a name."""

    role: str
    person: Person | None = None
    name: str = ""


@dataclass(frozen=True)
class Opening:
    """What is known when a case is opened; `title` says in a few words what it is about, `what` what happened."""

    kind: str
    title: str
    what: str
    aware_on: date
    parties: Sequence[PartyGiven] = ()


def kind_proposed(concern: Concern) -> str:
    """Return the kind of case that a concern points to; whoever opens it decides."""
    return _KINDS_OF.get(concern.kind, "")


def open_case(
    actor: Actor, establishment: Establishment, given: Opening, *, concerns: Sequence[Concern] = (), now: datetime
) -> Case:
    """Open a case with the steps of its kind; whoever opens it handles it, beside those who handle its concerns.

    Raises:
        Refused: a case about an adult without a concern, by somebody who does not deal with those.
        NotPossible: an unknown kind, no title, a day in the future, or a concern that is dealt with already.
    """
    _check(given, actor.on)
    for party in given.parties:
        check_named(establishment, party, actor.on)
    with together():
        case = _opened(actor, establishment, given, concerns, now)
        for concern in concerns:
            with change(actor, "concern.put_in_case", concern, now) as put:
                put.record.case = case
                put.details["reference"] = case.reference
                put.named = put.record
    return case


def _opened(
    actor: Actor, establishment: Establishment, given: Opening, concerns: Sequence[Concern], now: datetime
) -> Case:
    if not concerns:
        with change(actor, "case.opened", establishment, now) as opened:
            return _written(actor, opened, establishment, given, (), now)
    for concern in concerns:
        require_any(actor, "concern.triage", concern)
        if concern.establishment_id != establishment.pk:
            raise Hidden(concern.reference)
    with change(actor, "case.opened_from_concern", concerns[0], now) as opened_from:
        return _written(actor, opened_from, establishment, given, concerns, now)


def _written(
    actor: Actor,
    opened: Change[Any],
    establishment: Establishment,
    given: Opening,
    concerns: Sequence[Concern],
    now: datetime,
) -> Case:
    kind = rulebook.case_kinds().kinds[given.kind]
    parties = [*given.parties, *_parties_of(concerns)]
    matter = _matter(kind.matter, parties, concerns, establishment, actor.on)
    if matter == Matter.ADULT and not concerns and not _deals_with_adults(actor, establishment):
        raise Refused("case.open")
    version = version_in_force(establishment, actor.on)
    case = Case(
        establishment=establishment,
        reference=_reference(),
        kind=given.kind,
        matter=matter,
        vault=open_vault(f"case:{uuid4().hex}", now=now),
        policy_version=version.pk if version else None,
        aware_on=min([given.aware_on, *(concern.aware_on for concern in concerns)]),
        opened_at=now,
        opened_by=actor.person,
        harm_threshold=concerns[0].harm_threshold if concerns and matter == Matter.ADULT else "not_assessed",
        has_sexual_image=kind.no_files or any(each.kind == Concern.Kind.SEXUAL_IMAGE for each in concerns),
    )
    case.title = seal_text(case.vault, without_pasted_content(given.title, links=not case.has_sexual_image))
    opened.named = opened.add(case)
    opened.details["reference"] = case.reference
    writing = CaseChange(actor, case, opened, now)
    _add_parties(writing, parties, concerns)
    clock = clock_of(establishment, case.aware_on, actor.on)
    for step in steps(procedure(establishment, given.kind, version, actor.on), given.kind, clock):
        step.case = case
        opened.add(step)
    what = without_pasted_content(given.what, links=not case.has_sexual_image)
    writing.enter(ChronologyEntry.Kind.OPENED, what)
    for concern in concerns:
        writing.enter(ChronologyEntry.Kind.CONCERN, concern.reference)
    return case


def _check(given: Opening, on: date) -> None:
    if given.kind not in rulebook.case_kinds().kinds:
        raise NotPossible({"kind": _("Choose what kind of case it is.")})
    if not given.title.strip():
        raise NotPossible({"title": _("Say in a few words what it is about.")})
    if given.aware_on > on:
        raise NotPossible({"aware_on": _("The day on which the school came to know cannot be in the future.")})
    for party in given.parties:
        check_party(party)


def check_party(party: PartyGiven) -> None:
    """Check that somebody is named.

    Raises:
        NotPossible: neither a person nor a name.
    """
    if party.person is None and not party.name.strip():
        raise NotPossible({"name": _("Choose a person or enter a name.")})


def check_named(establishment: Establishment, party: PartyGiven, on: date) -> None:
    """Check that nobody who could be given cases is named by hand as whom one is about: they might see it.

    Raises:
        NotPossible: the name may mean somebody who leads there.
    """
    if party.role != PartyRole.SUBJECT or party.person is not None:
        return
    there = [pk for pk in (establishment.pk, establishment.parent_id) if pk is not None]
    held = Role.objects.on(on).filter(establishment__in=there, kind__in=OPENING).select_related("person")
    leading = {role.person.pk: role.person for role in held}
    named = meant(leading.values(), party.name)
    if named:
        words = _(
            "Do you mean %(person)s? Then choose them from the list. If not, write it without that last name, for "
            "instance as “the mother of …”."
        )
        raise NotPossible({"name": words % {"person": leading[min(named)].name}})


def _matter(
    usual: str, parties: Sequence[PartyGiven], concerns: Sequence[Concern], place: Establishment, on: date
) -> str:
    """Return whom a case is about: an adult who works here as soon as one of those whom it is about does."""
    about = [party.person for party in parties if party.role == PartyRole.SUBJECT and party.person is not None]
    working = Role.objects.on(on).filter(person__in=about, establishment=place).exclude(kind__in=LEARNING)
    if any(concern.matter == Matter.ADULT for concern in concerns) or (about and working.exists()):
        return Matter.ADULT
    return usual


def _deals_with_adults(actor: Actor, establishment: Establishment) -> bool:
    held = actor.kinds_in(establishment) | actor.kinds_in(establishment.parent_id)
    return not held.isdisjoint(ABOUT_ADULTS)


def _parties_of(concerns: Sequence[Concern]) -> list[PartyGiven]:
    """Return those with a part in some concerns, but for their handlers."""
    given = []
    for concern in concerns:
        for party in concern.parties.filter(ended_at=None).exclude(role=PartyRole.HANDLER).select_related("person"):
            given.append(PartyGiven(party.role, party.person, read_text(concern.vault, party.name)))
    return given


def _add_parties(writing: CaseChange, parties: Sequence[PartyGiven], concerns: Sequence[Concern]) -> None:
    subjects = {party.person.pk for party in parties if party.role == PartyRole.SUBJECT and party.person}
    if writing.actor.person.pk in subjects:
        raise NotPossible(_("Somebody whom a case is about cannot handle it."))
    handling = {writing.actor.person.pk: writing.actor.person}
    for concern in concerns:
        rows = concern.parties.filter(role=PartyRole.HANDLER, ended_at=None, person__isnull=False)
        handling |= {row.person.pk: row.person for row in rows.select_related("person") if row.person}
    for person in handling.values():
        if person.pk not in subjects:
            writing.changed.add(_party(writing, PartyGiven(PartyRole.HANDLER, person)))
    seen: set[tuple[str, int | str]] = set()
    for party in parties:
        key = (party.role, party.person.pk if party.person else party.name.strip().casefold())
        if key not in seen:
            seen.add(key)
            writing.changed.add(_party(writing, party))


def _party(writing: CaseChange, party: PartyGiven) -> CaseParty:
    name = "" if party.person else party.name.strip()
    return CaseParty(
        case=writing.case, role=party.role, person=party.person, name=writing.seal(name), added_at=writing.now
    )


def _reference() -> str:
    return "C-" + "".join(secrets.choice(LETTERS) for _each in range(6))
