"""Which signing is open where on a day, which text is signed in it, and what a person answered last. For this room."""

from collections.abc import Collection, Iterable
from datetime import date

from proviso.records.people.models import Person
from proviso.records.policies.models import Acknowledgement, Campaign, Version
from proviso.records.policies.models.acknowledgements import CampaignQuerySet


def open_in(establishments: Collection[int], on: date) -> list[Campaign]:
    """Return the signings open in establishments, by their ids, on a day; each with the version to be signed then."""
    return with_text_of_day(_rows().open_on(on).filter(establishment__in=establishments), on)


def open_anywhere(on: date) -> list[Campaign]:
    """Return every signing that is open on a day, each with the version to be signed then."""
    return with_text_of_day(_rows().open_on(on), on)


def open_at(establishment: int, on: date) -> Campaign | None:
    """Return the signing that is open in an establishment, given by its id, on a day."""
    return next(iter(open_in([establishment], on)), None)


def coming_at(establishment: int, on: date) -> Campaign | None:
    """Return the signing that opens in an establishment after a day, with a version that is adopted ahead of time."""
    coming = _rows().filter(establishment=establishment, opened_on__gt=on, version__state=Version.State.ADOPTED)
    return coming.order_by("opened_on").first()


def _rows() -> CampaignQuerySet:
    return Campaign.objects.select_related("version__establishment__parent").defer("version__model_text")


def with_text_of_day(campaigns: Iterable[Campaign], on: date) -> list[Campaign]:
    """Return signings with the version that is signed on a day: a correction takes the place of what it corrects.

    Signings of which no version is in force that day are left out. One query more where there are corrections.
    """
    opened = list(campaigns)
    elsewhere = [each.establishment_id for each in opened if not each.version.in_force_on(on)]
    versions = _versions_in_force(elsewhere, on) if elsewhere else {}
    kept = []
    for campaign in opened:
        if not campaign.version.in_force_on(on):
            version = versions.get(campaign.establishment_id)
            if version is None or version.number < campaign.version.number:
                continue
            campaign.version = version
        kept.append(campaign)
    return kept


def _versions_in_force(establishments: Collection[int], on: date) -> dict[int, Version]:
    versions = Version.objects.in_force(on).filter(establishment__in=establishments).defer("model_text")
    return {each.establishment_id: each for each in versions.select_related("establishment__parent")}


def last_answer(campaign: Campaign, person: Person) -> Acknowledgement | None:
    """Return the last thing that somebody answered in a campaign, whatever the clock said."""
    return campaign.acknowledgements.filter(person=person).order_by("-number").first()
