"""The people in a case: who has a part in it, what whoever was harmed wishes, and who stops handling it."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from proviso.records.cases.case_change import CaseChange, case_change
from proviso.records.cases.models import Case, CaseParty, ChronologyEntry, PartyRole
from proviso.records.cases.services.opening import PartyGiven, check_named, check_party
from proviso.records.cases.services.steps import add_handler
from proviso.records.cases.texts import without_pasted_content
from proviso.records.people.actors import Actor
from proviso.records.people.change import NotPossible

Kind = ChronologyEntry.Kind


@dataclass(frozen=True)
class Wishes:
    """What somebody who was harmed wishes, what they decided about the police, and whether support was offered."""

    text: str
    police: str
    support_offered: bool


def add_party(actor: Actor, case: Case, given: PartyGiven, *, now: datetime) -> None:
    """Add somebody to a case.

    Raises:
        NotPossible: nobody is named, somebody who has that part already, or who handles the case and would be whom it
            is about: another person has to handle it first.
    """
    check_party(given)
    with case_change(actor, "case.person_added", case, now) as writing:
        if given.role == PartyRole.HANDLER:
            if given.person is None:
                raise NotPossible({"name": _("Only somebody with an account can handle a case.")})
            add_handler(writing, given.person, actor)
            return
        _check_new(writing.case, given)
        check_named(writing.case.establishment, given, actor.on)
        name = "" if given.person else given.name.strip()
        party = CaseParty(case=writing.case, role=given.role, person=given.person, name=writing.seal(name))
        party.added_at = now
        writing.changed.add(party)
        who = given.person.name if given.person else name
        writing.enter(Kind.PEOPLE, f"{PartyRole(given.role).label}: {who}")


def end_part(actor: Actor, party: CaseParty, *, now: datetime) -> None:
    """End somebody's part in a case; it stays in the chronology. A case keeps somebody who handles it.

    Raises:
        NotPossible: the last who handles it, or whoever it is about.
    """
    with case_change(actor, "case.person_added", party.case, now) as writing:
        row = writing.changed.lock(party)
        if row.role == PartyRole.SUBJECT:
            raise NotPossible(_("Whom a case is about cannot be taken out of it: write a correction."))
        handling = writing.case.parties.filter(role=PartyRole.HANDLER, ended_at=None)
        if row.role == PartyRole.HANDLER and handling.count() == 1:
            raise NotPossible(_("Somebody has to handle the case: add somebody else first."))
        row.ended_at = now
        writing.enter(Kind.PEOPLE, _("Ended: %(who)s") % {"who": _named(writing, row)})


def record_wishes(actor: Actor, party: CaseParty, wishes: Wishes, *, now: datetime) -> None:
    """Record what somebody who was harmed wishes; each answer stands in the chronology."""
    with case_change(actor, "case.wishes_recorded", party.case, now) as writing:
        row = writing.changed.lock(party)
        text = without_pasted_content(wishes.text, links=not writing.case.has_sexual_image)
        row.wishes, row.police = writing.seal(text), wishes.police
        if wishes.support_offered and row.support_offered_at is None:
            row.support_offered_at = now
        said = [text, CaseParty.Police(wishes.police).label]
        if wishes.support_offered:
            said.append(_("Support offered, and contact with a trade union or professional association"))
        writing.enter(Kind.PEOPLE, f"{_named(writing, row)}\n" + "\n".join(str(each) for each in said if each))


def _named(writing: CaseChange, party: CaseParty) -> str:
    return party.person.name if party.person else writing.read(party.name)


def _check_new(case: Case, given: PartyGiven) -> None:
    if given.person is None:
        return
    with transaction.atomic():
        there = case.parties.filter(person=given.person, ended_at=None)
        if there.filter(role=given.role).exists():
            raise NotPossible({"person": _("%(person)s has this part already.") % {"person": given.person.name}})
        if given.role == PartyRole.SUBJECT and there.filter(role=PartyRole.HANDLER).exists():
            raise NotPossible(
                {
                    "person": _("%(person)s handles this case: have somebody else handle it first.")
                    % {"person": given.person.name}
                }
            )
