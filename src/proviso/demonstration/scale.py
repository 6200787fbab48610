"""A large invented authority with many schools, to measure with: written in bulk, as the services would leave it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import cycle

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Mod
from django.utils import timezone
from django.utils.text import slugify

from proviso.demonstration.names import FAMILY, names
from proviso.demonstration.people import populate as add_people
from proviso.records.audit import proofs
from proviso.records.audit.services import Act, record, record_all
from proviso.records.people.change import about
from proviso.records.people.models import Establishment, Person, Role
from proviso.records.policies import policy_edits
from proviso.records.policies.models import Acknowledgement, Campaign, Version
from proviso.records.policies.services.tasks import make_tasks
from proviso.records.policies.signatories import signatories_of
from proviso.records.tasks.models import Task
from proviso.rules import rulebook
from proviso.rules.norms import Policy

AUTHORITY = "Greater Fellmoor County Council"
KINDS = ("Primary School", "Community School", "Academy", "High School", "Infant School", "Junior School")
MOST = len(FAMILY) * len(KINDS)
FEWEST_PEOPLE = 20  # in a school, so that each has its leaders and some staff
ABOVE = 20  # people of the authority itself
SIGNED_OF_TEN = 6
IN_FORCE = timedelta(days=60)
READING = timedelta(days=28)


@dataclass(frozen=True)
class Size:
    """How many schools and people are wanted; the people are those of all places together."""

    schools: int
    people: int


def check(size: Size) -> None:
    """Refuse what cannot be built.

    Raises:
        ValueError: too many schools, too few people for them, or a database that has this set already.
    """
    if not 0 < size.schools <= MOST:
        raise ValueError(f"{size.schools} schools cannot be invented: ask for 1 to {MOST}")
    if size.people < ABOVE + size.schools * FEWEST_PEOPLE:
        raise ValueError(f"{size.people} people are too few: ask for {ABOVE + size.schools * FEWEST_PEOPLE} or more")
    if Establishment.objects.filter(slug=slugify(AUTHORITY)).exists():
        raise ValueError(f"{AUTHORITY} is there already: use another database, by PROVISO_DATA or PROVISO_DATABASE")


@transaction.atomic
def populate(size: Size, on: date, say: Callable[[str], object] = lambda _line: None) -> None:
    """Write an authority with schools and people as they stand on a day; all of it or nothing.

    Raises:
        ValueError: see `check`.
    """
    check(size)
    given = cycle(names("scale"))
    above = Establishment.objects.create(
        slug=slugify(AUTHORITY), name=AUTHORITY, kind=Establishment.Kind.AUTHORITY, nation="England"
    )
    published = _fill(above, "lancashire", (ABOVE, given), on)
    models = rulebook.policy_ids()
    rest = size.people - ABOVE
    for number, name in enumerate(_school_names(size.schools)):
        establishment = Establishment.objects.create(
            slug=slugify(name), name=name, kind=Establishment.Kind.SCHOOL, nation="England", parent=above
        )
        count = rest // size.schools + (number < rest % size.schools)
        _fill(establishment, models[number % len(models)], (count, given), on, published)
        if number % 20 == 19:
            say(f"{number + 1} of {size.schools} schools …")


def _school_names(count: int) -> list[str]:
    return [f"{family} {kind}" for kind in KINDS for family in FAMILY][:count]


def _fill(
    place: Establishment,
    model: str,
    people: tuple[int, Iterator[tuple[str, str]]],
    on: date,
    published: Version | None = None,
) -> Version:
    """Give a place its people, a version in force, signatures, tasks, and entries in the log."""
    add_people(place, *people, on)
    head = _leader(place, on)
    record(None, _imported(place, people[0]), now=_at(on - IN_FORCE - timedelta(days=30)))
    version = _in_force(place, model, head, on)
    if published is not None and model == published.model:
        Version.objects.filter(pk=version.pk).update(model_version=published)
    if not place.is_school:
        Version.objects.filter(pk=version.pk).update(published_at=_at(on - IN_FORCE))
    _sign(place, version, on)
    make_tasks(version, on - IN_FORCE, now=_at(on - IN_FORCE))
    _do_tasks(place, on)
    return version


def _imported(place: Establishment, count: int) -> Act:
    return Act("people.imported", place.pk, "", {"file": "people.csv", "added": count, "changed": 0, "closed": 0})


def _leader(place: Establishment, on: date) -> Person:
    kind = Role.Kind.HEADTEACHER if place.is_school else Role.Kind.EXECUTIVE
    return Role.objects.on(on).filter(establishment=place, kind=kind).select_related("person")[0].person


def _in_force(place: Establishment, model: str, head: Person, on: date) -> Version:
    since, review_on = on - IN_FORCE, _review(place, on)
    origin = rulebook.source(model)
    policy = policy_edits.headed(origin, _head(place, since, review_on))
    text = rulebook.write_policy(policy)
    version = Version.objects.create(
        establishment=place,
        number=1,
        state=Version.State.ADOPTED,
        text=text,
        fingerprint=rulebook.fingerprint(text),
        model=model,
        model_text=_model_text(origin),
        prepared_by=head,
        prepared_at=_at(since - timedelta(days=20)),
        adopted_on=since,
        in_force_from=since,
        review_on=review_on,
    )
    details = {"version": 1, "in_force_from": since.isoformat()}
    record(head, Act("version.adopted", place.pk, about(version), details), now=_at(since))
    return version


_MODEL_TEXTS: dict[str, str] = {}


def _model_text(policy: Policy) -> str:
    if policy.id not in _MODEL_TEXTS:
        _MODEL_TEXTS[policy.id] = rulebook.write_policy(policy)
    return _MODEL_TEXTS[policy.id]


def _head(place: Establishment, since: date, review_on: date) -> policy_edits.Head:
    return policy_edits.Head(place.slug, place.name, place.nation, 1, since, review_on, "the headteacher")


def _review(place: Establishment, on: date) -> date:
    """Some reviews are past, some come soon, most are far."""
    return on + timedelta(days=(place.pk * 37) % 400 - 40)


def _sign(place: Establishment, version: Version, on: date) -> None:
    """Let six in ten sign; every other school's signing is overdue for the rest."""
    opened = on - IN_FORCE
    due_on = opened + READING if place.pk % 2 else on + timedelta(days=7)
    campaign = Campaign.objects.create(
        establishment=place, version=version, kind="adoption", opened_on=opened, due_on=due_on
    )
    asked = sorted((signatory.person for signatory in signatories_of(campaign, on)), key=lambda person: person.pk)
    signing = [person for number, person in enumerate(asked) if number % 10 < SIGNED_OF_TEN]
    now = _at(opened + timedelta(days=9))
    given = Acknowledgement.objects.bulk_create(_signature(campaign, person, now) for person in signing)
    _log_signatures(place, version, given, now)


def _signature(campaign: Campaign, person: Person, now: datetime) -> Acknowledgement:
    version = campaign.version
    return Acknowledgement(
        campaign=campaign,
        version=version,
        person=person,
        kind=Acknowledgement.Kind.SIGNED,
        at=now,
        fingerprint=version.fingerprint,
        statement=f"I have read version 1 of the policy of {version.establishment.name}, and I will keep to it.",
        typed_name=person.name,
        answers=[{"question": number, "chosen": "prohibited", "right": True} for number in range(3)],
        recorded_by=person,
    )


def _log_signatures(place: Establishment, version: Version, given: Iterable[Acknowledgement], now: datetime) -> None:
    for signature in given:
        details = {"version": 1, proofs.KEY: proofs.proofs_of([signature])}
        record_all(signature.person, [Act("signing.signed", place.pk, about(version), details)], now=now)


def _do_tasks(place: Establishment, on: date) -> None:
    """Let one in three of the tasks of people be done."""
    mine = Task.objects.filter(establishment=place, person__isnull=False).annotate(third=Mod("pk", 3))
    mine.filter(third=0).update(state="done", done_at=_at(on - timedelta(days=10)), done_by=F("person"))


def _at(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(15)))
