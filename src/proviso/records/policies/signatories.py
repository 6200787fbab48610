"""Whom campaigns ask, and how they stand. For this room: pages ask `selectors/acknowledgements.py`, for an actor."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from django.db.models import Q

from proviso.records.people.models import Person, Role
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


_AFTER = {
    Kind.SIGNED: SigningStatus.SIGNED,
    Kind.DECLINED: SigningStatus.DECLINED,
    Kind.EXEMPTION_ASKED: SigningStatus.EXEMPTION_ASKED,
    Kind.EXEMPTED: SigningStatus.EXEMPTED,
}


def standing_after(answer: Acknowledgement | None, due_on: date, on: date) -> SigningStatus:
    """Return how somebody stands on a day who answered last so, or not at all, and was to sign by a day."""
    return _status(answer.kind if answer else None, due_on, on)


def _status(kind: str | None, due_on: date, on: date) -> SigningStatus:
    standing = _AFTER.get(Kind(kind)) if kind else None
    if standing is not None:
        return standing
    return SigningStatus.OVERDUE if due_on < on else SigningStatus.WAITING


@dataclass(frozen=True)
class Signatory:
    """Somebody who is asked to sign: their roles, by when, and how they stand; `answer` is their last one."""

    person: Person
    kinds: tuple[str, ...]
    due_on: date
    standing: SigningStatus
    answer: Acknowledgement | None

    @property
    def is_open(self) -> bool:
        """Whether they have not answered yet."""
        return self.standing in (SigningStatus.WAITING, SigningStatus.OVERDUE)

    @property
    def at(self) -> datetime | None:
        return self.answer.at if self.answer else None

    @property
    def by_another(self) -> bool:
        """Whether somebody else recorded the signature."""
        return (
            self.answer is not None
            and self.standing is SigningStatus.SIGNED
            and self.answer.recorded_by_id != self.person.pk
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


def figures_of(signatories: Sequence[Signatory]) -> list[Figures]:
    """Return how many stand how: everybody first, then by role; somebody with two roles counts in both."""
    groups: dict[str, Counter[SigningStatus]] = {}
    for signatory in signatories:
        for kind in signatory.kinds:
            groups.setdefault(kind, Counter())[signatory.standing] += 1
    everybody = Figures("", Counter(signatory.standing for signatory in signatories))
    order = [kind.value for kind in Role.Kind]
    return [everybody, *(Figures(kind, groups[kind]) for kind in sorted(groups, key=order.index))]


LatestAnswers = Mapping[tuple[int, int], Acknowledgement]


def latest_answers(*where: Q, **named: object) -> LatestAnswers:
    """Return the last answer of each person in each campaign, by both ids, without what lists do not show."""
    rows = Acknowledgement.objects.filter(*where, **named).order_by("number").defer("statement", "answers")
    return {(row.campaign_id, row.person_id): row for row in rows}


def signatories_of(campaign: Campaign, on: date) -> list[Signatory]:
    """Return everybody whom a campaign asks that day, in two queries however many they are."""
    return signatories_by_campaign([campaign], latest_answers(campaign=campaign), on)[campaign.pk]


def signatories_by_campaign(
    campaigns: Collection[Campaign], answers: LatestAnswers, on: date
) -> dict[int, list[Signatory]]:
    """Return whom campaigns ask, by a campaign's id, where what people answered is read already; in one query."""
    held: dict[int, dict[int, list[Role]]] = {campaign.version.establishment_id: {} for campaign in campaigns}
    if held:
        roles = Role.objects.on(on).filter(establishment__in=held, person__is_active=True)
        for role in roles.select_related("person"):
            held[role.establishment_id].setdefault(role.person_id, []).append(role)
    signatories = {}
    for campaign in campaigns:
        covered = _covered(compiled.policy_of(campaign.version), held[campaign.version.establishment_id])
        signatories[campaign.pk] = [
            _signatory(campaign, roles, answers.get((campaign.pk, pk)), on) for pk, roles in covered.items()
        ]
    return signatories


def counts_by_campaign(campaigns: Collection[Campaign], on: date) -> dict[int, Figures]:
    """Return how many of those whom campaigns ask stand how, by a campaign’s id: two queries, and no person is read."""
    places = {campaign.version.establishment_id: campaign for campaign in campaigns}
    if not places:
        return {}
    rows = Acknowledgement.objects.filter(campaign__in=campaigns).order_by("number")
    answers = {(campaign, person): kind for campaign, person, kind in rows.values_list("campaign", "person", "kind")}
    roles = Role.objects.on(on).filter(establishment__in=places, person__is_active=True)
    held: dict[tuple[int, int], list[tuple[str, date]]] = {}
    for place, person, kind, starts_on in roles.values_list("establishment", "person", "kind", "starts_on"):
        held.setdefault((place, person), []).append((kind, starts_on))
    counts = {campaign.pk: Counter[SigningStatus]() for campaign in campaigns}
    covers = {pk: _Covers(compiled.policy_of(campaign.version)) for pk, campaign in places.items()}
    for (place, person), mine in held.items():
        campaign = places[place]
        if covers[place].asks(frozenset(kind for kind, _starts_on in mine)):
            due_on = due(campaign, min(starts_on for _kind, starts_on in mine))
            counts[campaign.pk][_status(answers.get((campaign.pk, person)), due_on, on)] += 1
    return {pk: Figures("", count) for pk, count in counts.items()}


class _Covers:
    """Whom a policy asks to sign, by their roles; the same roles are looked up once."""

    def __init__(self, policy: Policy) -> None:
        self.policy, self.signing = policy, covered_kinds(policy)
        self.known: dict[frozenset[str], bool] = {}

    def asks(self, kinds: frozenset[str]) -> bool:
        if kinds not in self.known:
            self.known[kinds] = is_covered(self.policy, kinds) and any(kind in self.signing for kind in kinds)
        return self.known[kinds]


def _covered(policy: Policy, held: dict[int, list[Role]]) -> dict[int, list[Role]]:
    signing = covered_kinds(policy)
    return {
        pk: roles
        for pk, roles in held.items()
        if is_covered(policy, [role.kind for role in roles]) and any(role.kind in signing for role in roles)
    }


def _signatory(campaign: Campaign, roles: Iterable[Role], answer: Acknowledgement | None, on: date) -> Signatory:
    mine = list(roles)
    if answer is not None:
        answer.person = mine[0].person  # known here: nobody asks for them one by one
    due_on = due(campaign, min(role.starts_on for role in mine))
    kinds = tuple(dict.fromkeys(role.kind for role in mine))
    return Signatory(mine[0].person, kinds, due_on, standing_after(answer, due_on, on), answer)


def due(campaign: Campaign, joined: date) -> date:
    """Return by when somebody who joined on a day is to sign: starters have their induction."""
    return max(campaign.due_on, joined + INDUCTION)
