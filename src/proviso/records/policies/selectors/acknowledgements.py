"""How far reading and signing has come: by group in figures, by name for those who may see names."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils import timezone

from proviso.records.people.actors import Actor
from proviso.records.people.models import Establishment
from proviso.records.people.permissions import Hidden, may, require
from proviso.records.policies import campaigns as signings
from proviso.records.policies import compiled
from proviso.records.policies.facts import is_covered
from proviso.records.policies.models import Acknowledgement, Campaign
from proviso.records.policies.signatories import (
    Figures,
    LatestAnswers,
    Signatory,
    SigningStatus,
    counts_by_campaign,
    due,
    figures_of,
    latest_answers,
    signatories_of,
    standing_after,
)

OPEN = (SigningStatus.WAITING, SigningStatus.OVERDUE)


def campaign_of(actor: Actor, establishment: Establishment) -> Campaign | None:
    """Return the signing that is open in an establishment, for whoever may see figures of it."""
    require(actor, "signing.figures", establishment)
    return signings.open_at(establishment.pk, actor.on)


@dataclass(frozen=True)
class ComingSigning:
    """The signing of a version that is adopted ahead of time: what opens when, and whom it asks on that day."""

    campaign: Campaign
    figures: Figures


def coming_signing(actor: Actor, establishment: Establishment) -> ComingSigning | None:
    """Return the signing that opens when the next version comes into force, for whoever may see figures of it."""
    require(actor, "signing.figures", establishment)
    campaign = signings.coming_at(establishment.pk, actor.on)
    if campaign is None:
        return None
    return ComingSigning(campaign, figures_of(signatories_of(campaign, campaign.opened_on))[0])


def current_campaign(actor: Actor, establishment: Establishment) -> Campaign | None:
    """Return the signing that is open in an establishment today: that one is open is no secret there."""
    require(actor, "establishment.view", establishment)
    return signings.open_at(establishment.pk, actor.on)


def asked_by_name(actor: Actor, campaign: Campaign, on: date) -> list[Signatory]:
    """Return everybody who is asked, with names: overdue first, then waiting, then the rest, by name."""
    require(actor, "signing.names", campaign.version.establishment)
    order = [SigningStatus.OVERDUE, SigningStatus.WAITING, *(each for each in SigningStatus if each not in OPEN)]

    def place(signatory: Signatory) -> tuple[int, str, str]:
        person = signatory.person
        return order.index(signatory.standing), person.family_name, person.given_name

    return sorted(signatories_of(campaign, on), key=place)


def signatory_for(actor: Actor, campaign: Campaign, pk: int) -> Signatory:
    """Return somebody whom a campaign asks, by their number.

    Raises:
        Hidden: nobody of that number is asked.
        Refused: the actor may not see who has signed.
    """
    for signatory in asked_by_name(actor, campaign, actor.on):
        if signatory.person.pk == pk:
            return signatory
    raise Hidden(str(pk))


def figures(actor: Actor, campaign: Campaign, on: date) -> list[Figures]:
    """Return how many stand how: everybody first, then by role; somebody with two roles counts in both."""
    require(actor, "signing.figures", campaign.version.establishment)
    return figures_of(signatories_of(campaign, on))


@dataclass(frozen=True)
class SigningProgress:
    """How far a campaign has come: figures of everybody and by role, and on which days people signed, in order."""

    figures: list[Figures]
    signed_on: list[date]


def progress(actor: Actor, campaign: Campaign, on: date) -> SigningProgress:
    """Return how far signing has come, in figures alone."""
    require(actor, "signing.figures", campaign.version.establishment)
    asked = signatories_of(campaign, on)
    days = [each.at for each in asked if each.standing is SigningStatus.SIGNED and each.at]
    return SigningProgress(figures_of(asked), sorted(timezone.localdate(at) for at in days))


def figures_under(actor: Actor, establishments: Sequence[Establishment], on: date) -> dict[int, Figures]:
    """Return the figures of the signing that is open in each of some establishments, by id; in three queries."""
    seen = [each.pk for each in establishments if may(actor, "signing.figures", each)]
    campaigns = signings.open_in(seen, on)
    counts = counts_by_campaign(campaigns, on)
    return {each.version.establishment_id: counts[each.pk] for each in campaigns}


@dataclass(frozen=True)
class SignatureRequest:
    """A version that the actor is asked to sign, and by when."""

    campaign: Campaign
    due_on: date
    standing: SigningStatus


def to_sign(actor: Actor) -> list[SignatureRequest]:
    """Return what an actor is asked to sign, the most urgent first; in two queries."""
    campaigns = signings.open_in([each.pk for each in actor.establishments], actor.on)
    return to_sign_in(actor, campaigns, latest_answers(Q(person=actor.person, campaign__in=campaigns)))


def to_sign_in(actor: Actor, campaigns: Iterable[Campaign], answers: LatestAnswers) -> list[SignatureRequest]:
    """Return what of some campaigns an actor is still to sign, where what people answered is read already."""
    joined: dict[int, date] = {}
    for role in actor.roles:
        joined[role.establishment_id] = min(role.starts_on, joined.get(role.establishment_id, role.starts_on))
    waiting = []
    for campaign in campaigns:
        establishment = campaign.version.establishment
        if not is_covered(compiled.policy_of(campaign.version), actor.kinds_in(establishment)):
            continue
        due_on = due(campaign, joined[establishment.pk])
        standing = standing_after(answers.get((campaign.pk, actor.person.pk)), due_on, actor.on)
        if standing in OPEN:
            waiting.append(SignatureRequest(campaign, due_on, standing))
    return sorted(waiting, key=lambda request: request.due_on)


def my_acknowledgements(actor: Actor) -> list[Acknowledgement]:
    """Return what an actor has signed or answered, the latest first."""
    mine = actor.person.acknowledgements.select_related("version__establishment", "recorded_by")
    return list(mine.order_by("-pk"))


def my_signature(actor: Actor, pk: int) -> Acknowledgement:
    """Return one of the actor's own signatures, with the text that was signed.

    Raises:
        Hidden: none of that number, or somebody else's.
    """
    mine = actor.person.acknowledgements.filter(kind=Acknowledgement.Kind.SIGNED, pk=pk)
    row = mine.select_related("version__establishment__parent", "person", "recorded_by").first()
    if row is None:
        raise Hidden(str(pk))
    return row


def signed_before(actor: Actor, establishment: Establishment) -> Acknowledgement | None:
    """Return what the actor signed last in an establishment, with its version; None where they never did."""
    mine = actor.person.acknowledgements.filter(kind=Acknowledgement.Kind.SIGNED, version__establishment=establishment)
    return mine.select_related("version").order_by("-version__number", "-pk").first()


def exemptions_asked(actor: Actor, establishment: Establishment, on: date) -> list[Acknowledgement]:
    """Return the exemptions that wait for a decision."""
    require(actor, "signing.exempt", establishment)
    campaign = signings.open_at(establishment.pk, on)
    if campaign is None:
        return []
    asking = [each for each in signatories_of(campaign, on) if each.standing is SigningStatus.EXEMPTION_ASKED]
    return [signatory.answer for signatory in asking if signatory.answer is not None]
