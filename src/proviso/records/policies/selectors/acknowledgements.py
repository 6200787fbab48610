"""How far reading and signing has come: by group in figures, by name for those who may see names."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from django.db.models import Q

from proviso.records.people.actors import Actor
from proviso.records.people.models import Establishment, Person, Role
from proviso.records.people.permissions import require
from proviso.records.policies import campaigns as signings
from proviso.records.policies import compiled
from proviso.records.policies.facts import covered_kinds, is_covered
from proviso.records.policies.models import Acknowledgement, Campaign
from proviso.rules.norms import Policy

INDUCTION = timedelta(days=14)  # who joins after the others were asked has so long to sign
Kind = Acknowledgement.Kind


class SigningStatus(StrEnum):
    """How somebody stands in a campaign."""

    SIGNED = "signed"
    WAITING = "waiting"
    OVERDUE = "overdue"
    DECLINED = "declined"
    EXEMPTION_ASKED = "exemption_asked"
    EXEMPTED = "exempted"


OPEN = (SigningStatus.WAITING, SigningStatus.OVERDUE)
_AFTER = {
    Kind.SIGNED: SigningStatus.SIGNED,
    Kind.DECLINED: SigningStatus.DECLINED,
    Kind.EXEMPTION_ASKED: SigningStatus.EXEMPTION_ASKED,
    Kind.EXEMPTED: SigningStatus.EXEMPTED,
}


@dataclass(frozen=True)
class Signatory:
    """Somebody who is asked to sign: their roles, by when, and how they stand; `said` is their last answer."""

    person: Person
    kinds: tuple[str, ...]
    due_on: date
    standing: SigningStatus
    said: Acknowledgement | None

    @property
    def at(self) -> datetime | None:
        return self.said.at if self.said else None

    @property
    def by_another(self) -> bool:
        """Whether somebody else recorded the signature."""
        return (
            self.said is not None
            and self.standing is SigningStatus.SIGNED
            and self.said.recorded_by_id != self.person.pk
        )


@dataclass(frozen=True)
class Figures:
    """How many of a group stand how; `kind` is a kind of role, empty for everybody."""

    kind: str
    counts: Counter[SigningStatus]

    @property
    def asked(self) -> int:
        return self.counts.total()

    @property
    def signed(self) -> int:
        return self.counts[SigningStatus.SIGNED]

    @property
    def overdue(self) -> int:
        return self.counts[SigningStatus.OVERDUE]

    @property
    def waiting(self) -> int:
        return self.counts[SigningStatus.WAITING]

    @property
    def others(self) -> int:
        return self.asked - self.signed - self.overdue - self.waiting


def campaign_of(actor: Actor, establishment: Establishment) -> Campaign | None:
    """Return the signing that is open in an establishment, for whoever may see figures of it."""
    require(actor, "signing.figures", establishment)
    return signings.open_at(establishment.pk, actor.on)


def current_campaign(actor: Actor, establishment: Establishment) -> Campaign | None:
    """Return the signing that is open in an establishment today: that one is open is no secret there."""
    require(actor, "establishment.view", establishment)
    return signings.open_at(establishment.pk, actor.on)


def asked_by_name(actor: Actor, campaign: Campaign, on: date) -> list[Signatory]:
    """Return everybody who is asked, with names: overdue first, then waiting, then the rest, by name."""
    require(actor, "signing.names", campaign.version.establishment)
    order = list(SigningStatus)
    order.sort(key=lambda one: (one is not SigningStatus.OVERDUE, one is not SigningStatus.WAITING))
    people = everybody_asked(campaign, on)
    return sorted(people, key=lambda one: (order.index(one.standing), one.person.family_name, one.person.given_name))


def figures(actor: Actor, campaign: Campaign, on: date) -> list[Figures]:
    """Return how many stand how: everybody first, then by role; somebody with two roles counts in both."""
    require(actor, "signing.figures", campaign.version.establishment)
    return figures_of(everybody_asked(campaign, on))


def figures_of(people: Sequence[Signatory]) -> list[Figures]:
    """Return the figures of people who are asked; see `figures`."""
    groups: dict[str, Counter[SigningStatus]] = {}
    for one in people:
        for kind in one.kinds:
            groups.setdefault(kind, Counter())[one.standing] += 1
    everybody = Figures("", Counter(one.standing for one in people))
    order = [kind.value for kind in Role.Kind]
    return [everybody, *(Figures(kind, groups[kind]) for kind in sorted(groups, key=order.index))]


def everybody_asked(campaign: Campaign, on: date) -> list[Signatory]:
    """Return everybody whom a campaign asks that day, in two queries however many they are. For the rooms' own use."""
    return everybody_asked_in([campaign], on)[campaign.pk]


def everybody_asked_in(campaigns: Collection[Campaign], on: date) -> dict[int, list[Signatory]]:
    """Return whom each of some campaigns asks, by its id; in two queries however many campaigns and people."""
    return asked_as_said(campaigns, latest_of(Q(campaign__in=campaigns)), on)


def asked_as_said(campaigns: Collection[Campaign], said: "Latest", on: date) -> dict[int, list[Signatory]]:
    """Return whom campaigns ask, by a campaign's id, where what people said is given already; in one query."""
    held: dict[int, dict[int, list[Role]]] = {one.version.establishment_id: {} for one in campaigns}
    if held:
        roles = Role.objects.on(on).filter(establishment__in=held, person__is_active=True)
        for role in roles.select_related("person"):
            held[role.establishment_id].setdefault(role.person_id, []).append(role)
    found = {}
    for campaign in campaigns:
        people = _covered(compiled.policy_of(campaign.version), held[campaign.version.establishment_id])
        found[campaign.pk] = [_asked(campaign, mine, said.get((campaign.pk, pk)), on) for pk, mine in people.items()]
    return found


Latest = Mapping[tuple[int, int], Acknowledgement]


def latest_of(*where: Q, **named: object) -> Latest:
    """Return the last answer of each person in each campaign, by both ids, without what lists do not show."""
    rows = Acknowledgement.objects.filter(*where, **named).order_by("number").defer("statement", "answers")
    return {(row.campaign_id, row.person_id): row for row in rows}


def _covered(policy: Policy, held: dict[int, list[Role]]) -> dict[int, list[Role]]:
    signing = covered_kinds(policy)
    return {
        pk: mine
        for pk, mine in held.items()
        if is_covered(policy, [role.kind for role in mine]) and any(role.kind in signing for role in mine)
    }


def _asked(campaign: Campaign, roles: Iterable[Role], said: Acknowledgement | None, on: date) -> Signatory:
    mine = list(roles)
    if said is not None:
        said.person = mine[0].person  # known here: nobody asks for them one by one
    due_on = due(campaign, min(role.starts_on for role in mine))
    standing = _AFTER.get(Kind(said.kind)) if said else None
    if standing is None:
        standing = SigningStatus.OVERDUE if due_on < on else SigningStatus.WAITING
    kinds = tuple(dict.fromkeys(role.kind for role in mine))
    return Signatory(mine[0].person, kinds, due_on, standing, said)


def due(campaign: Campaign, joined: date) -> date:
    """Return by when somebody who joined on a day is to sign: starters have their induction."""
    return max(campaign.due_on, joined + INDUCTION)


@dataclass(frozen=True)
class ToSign:
    """A version that the actor is asked to sign, and by when."""

    campaign: Campaign
    due_on: date
    standing: SigningStatus


def to_sign(actor: Actor) -> list[ToSign]:
    """Return what an actor is asked to sign, the most urgent first; in two queries."""
    campaigns = signings.open_in([each.pk for each in actor.establishments], actor.on)
    return to_sign_in(actor, campaigns, latest_of(Q(person=actor.person, campaign__in=campaigns)))


def to_sign_in(actor: Actor, campaigns: Iterable[Campaign], said: Latest) -> list[ToSign]:
    """Return what of some campaigns an actor is still to sign, where what people said is given; see `latest_of`."""
    joined: dict[int, date] = {}
    for role in actor.roles:
        joined[role.establishment_id] = min(role.starts_on, joined.get(role.establishment_id, role.starts_on))
    waiting = []
    for campaign in campaigns:
        place = campaign.version.establishment
        row = said.get((campaign.pk, actor.person.pk))
        standing = _AFTER.get(Kind(row.kind)) if row else None
        if standing is not None or not is_covered(compiled.policy_of(campaign.version), actor.kinds_in(place)):
            continue
        due_on = due(campaign, joined[place.pk])
        waiting.append(ToSign(campaign, due_on, SigningStatus.OVERDUE if due_on < actor.on else SigningStatus.WAITING))
    return sorted(waiting, key=lambda one: one.due_on)


def my_acknowledgements(actor: Actor) -> list[Acknowledgement]:
    """Return what an actor has signed or said, the latest first."""
    mine = actor.person.acknowledgements.select_related("version__establishment", "recorded_by")
    return list(mine.order_by("-pk"))


def exemptions_asked(actor: Actor, establishment: Establishment, on: date) -> list[Acknowledgement]:
    """Return the exemptions that wait for a decision."""
    require(actor, "signing.exempt", establishment)
    campaign = signings.open_at(establishment.pk, on)
    if campaign is None:
        return []
    asked = [one.said for one in everybody_asked(campaign, on) if one.standing is SigningStatus.EXEMPTION_ASKED]
    return [row for row in asked if row is not None]
