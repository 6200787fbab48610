"""Cases and concerns in short: what a test of a later step has to have first."""

from dataclasses import replace
from datetime import date

from django.utils import timezone

from proviso.records.cases.models import Case, CaseParty, Concern, ConcernParty, PartyRole, Step
from proviso.records.cases.services.opening import Opening, PartyGiven, open_case
from proviso.records.files.vaults import open_vault, seal_text
from proviso.records.people.change import together
from proviso.records.people.models import Establishment, Person
from tests.cast import Cast
from tests.clock import NOW, TODAY
from tests.records.policies.life import acting

PARENT = PartyGiven(PartyRole.SUBJECT, name="Marigold Ashdown-Tew")


def opened(
    cast: Cast,
    kind: str = "parent_misuse",
    *,
    by: Person | None = None,
    about: tuple[PartyGiven, ...] = (PARENT,),
    aware_on: date = TODAY,
    concerns: tuple[Concern, ...] = (),
    place: Establishment | None = None,
) -> Case:
    """Return a case that the headteacher opened, with somebody who was harmed in it."""
    harmed = PartyGiven(PartyRole.HARMED, cast.teacher)
    given = Opening(kind, "Posts about a class trip", "A post says untrue things.", aware_on, (*about, harmed))
    if any(party.person == cast.teacher for party in about):
        given = replace(given, parties=about)
    actor = acting(by or cast.headteacher)
    return open_case(actor, place or cast.school, given, concerns=concerns, now=NOW)


def shared(cast: Cast, *, kind: str = "online", matter: str = "other", handler: Person | None = None) -> Concern:
    """Return a concern that a teacher shared, with whoever handles it."""
    with together():
        vault = open_vault(f"concern:{Concern.objects.count() + 100}", now=NOW)
    concern = Concern.objects.create(
        establishment=cast.school,
        reference=f"S-{Concern.objects.count() + 1}",
        kind=kind,
        matter=matter,
        shared_at=NOW,
        aware_on=TODAY,
        sharer=cast.support,
        sharer_kind="staff",
        vault=vault,
        text=seal_text(vault, "They wrote about the trip."),
        declaration="True as far as I know.",
        capacity="headteacher",
        promised_on=TODAY,
    )
    ConcernParty.objects.create(
        concern=concern, role="handler", person=handler or cast.headteacher, added_at=timezone.now()
    )
    return concern


def step_of(case: Case, part: str, kind: str | None = None) -> Step:
    """Return the step of a part of the work."""
    return case.steps.get(part=part, kind=kind or case.kind)


def handlers(case: Case) -> set[str]:
    rows = CaseParty.objects.filter(case=case, role="handler", ended_at=None).select_related("person")
    return {row.person.given_name for row in rows if row.person}
