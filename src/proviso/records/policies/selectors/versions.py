"""Versions and models: what is in force, what is being prepared, what came before."""

from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Subquery

from proviso.records.audit.models import Entry
from proviso.records.audit.selectors import entries_about
from proviso.records.people import school_search
from proviso.records.people.actors import Actor, Public
from proviso.records.people.change import about
from proviso.records.people.models import Establishment, Role
from proviso.records.people.permissions import Hidden, require, require_any
from proviso.records.people.school_search import Findable
from proviso.records.policies import compiled
from proviso.records.policies.models import Approval, Consultation, Question, Review, Variation, Version
from proviso.records.policies.models.versions import OPEN_STATES, in_force
from proviso.rules import rulebook

State = Version.State


def public_version(asking: Public, slug: str) -> Version | None:
    """Return the version that an establishment has in force on the day of asking: anybody may read it."""
    versions = Version.objects.in_force(asking.on).filter(establishment__slug=slug)
    return versions.select_related("establishment__parent").order_by("-number").first()


MOST_FOUND = 50  # establishments: whoever finds so many types another word


def public_establishments(asking: Public) -> QuerySet[Establishment]:
    """Return the establishments with a version in force, by name."""
    in_force_now = Version.objects.in_force(asking.on)
    establishments = Establishment.objects.filter(pk__in=in_force_now.values("establishment"))
    versions = in_force_now.only("establishment", "number", "in_force_from", "review_on")
    return establishments.select_related("parent").prefetch_related(Prefetch("versions", versions, to_attr="in_force"))


def establishments_found(asking: Public, find: str) -> list[Establishment]:
    """Return whom somebody may mean who types a name, a town or a postcode, with slips in it or not, likeliest first.

    Only those with a version in force; all are compared in this program, so that each database finds the same.
    """
    everywhere = public_establishments(asking)
    rows = everywhere.order_by("name").prefetch_related(None).select_related(None)
    named = rows.values_list("pk", "name", "town", "postcode", "parent__name")
    places = [Findable(pk, name, town, postcode, under or "") for pk, name, town, postcode, under in named]
    keys = school_search.search(places, find)[:MOST_FOUND]
    found = everywhere.in_bulk(keys)
    return [found[key] for key in keys]


def version_in_force(actor: Actor, establishment: Establishment) -> Version | None:
    """Return the version that an establishment has in force on the actor's day."""
    require(actor, "policy.view", establishment)
    return public_version(Public(actor.on), establishment.slug)


def version_for(actor: Actor, establishment: Establishment, number: int) -> Version:
    """Return a version by its number, with the establishment.

    Raises:
        Hidden, Refused: not there, or not for this actor.
    """
    require(actor, "policy.view", establishment)
    versions = Version.objects.select_related(
        "establishment__parent", "previous", "model_version__establishment", "prepared_by"
    )
    version = versions.filter(establishment=establishment, number=number).first()
    if version is None:
        raise Hidden(str(number))
    return version


def versions_of(actor: Actor, establishment: Establishment) -> QuerySet[Version]:
    """Return every version of an establishment, the latest first, without the texts."""
    require(actor, "policy.view", establishment)
    versions = establishment.versions.without_texts()
    return versions.select_related("prepared_by", "model_version").order_by("-number")


def latest_adopted(actor: Actor, establishment: Establishment) -> Version | None:
    """Return the version that was adopted last, be its first day still to come."""
    require(actor, "policy.view", establishment)
    return Version.objects.latest_adopted(establishment)


def being_prepared(actor: Actor, establishment: Establishment) -> Version | None:
    require(actor, "policy.view", establishment)
    return establishment.versions.filter(state__in=OPEN_STATES).first()


@dataclass(frozen=True)
class ChangeProposal:
    """Whether a version is a material change or a correction, as far as the program can tell, and why."""

    change: str
    covers_others: bool
    clauses: tuple[str, ...]


def proposed_change(actor: Actor, version: Version) -> ChangeProposal | None:
    """Return what kind of change a version is of the one before it; None for the first. Whoever prepares it decides.

    `clauses` are those that bind, decide or set to work in another way than before.
    """
    require(actor, "policy.view", version.establishment)
    if version.previous is None:
        return None
    before, after = compiled.source_of(version.previous), compiled.source_of(version)
    clauses = tuple(each.label for each in rulebook.differences(before, after) if each.binds_otherwise)
    covers_others = set(before.expand(before.covers)) != set(after.expand(after.covers))
    material = rulebook.is_material(before, after)
    change = Version.Change.MATERIAL if material else Version.Change.CORRECTION
    return ChangeProposal(change, covers_others, clauses)


def life_of(actor: Actor, version: Version) -> QuerySet[Entry]:
    """Return what was done to a version, the latest first.

    Single signatures are left out: whoever may see them sees them by name.
    """
    require(actor, "policy.view", version.establishment)
    return entries_about(about(version))


def reviews_of(actor: Actor, version: Version) -> list[Review]:
    """Return the reviews that left a version as it is, the latest first."""
    require(actor, "policy.view", version.establishment)
    return list(version.reviews.select_related("recorded_by"))


def approvals_of(actor: Actor, version: Version) -> list[Approval]:
    """Return what approvers were asked and decided, with their names; lapsed requests are left out."""
    require(actor, "policy.view", version.establishment)
    return list(version.approvals.exclude(state=Approval.State.LAPSED).select_related("person"))


def approval_of(actor: Actor, version: Version, pk: int) -> Approval:
    """Return one request to approve a version, with the person who was asked.

    Raises:
        Hidden, Refused: not of that version, or not for this actor.
    """
    require(actor, "policy.view", version.establishment)
    approval = version.approvals.select_related("person").filter(pk=pk).first()
    if approval is None:
        raise Hidden(str(pk))
    return approval


def own_approval(actor: Actor, version: Version) -> Approval | None:
    """Return what the actor is asked to decide about a version, while it waits."""
    return version.approvals.filter(person=actor.person, state=Approval.State.WAITING).first()


def approvals_given(reader: Actor | Public, version: Version) -> list[Approval]:
    """Return who approved a version; see `variations_of`.

    A correction that nobody was asked to approve stands under the approval of what it corrects.
    """
    _require_reading(reader, version)
    return _approvals_carried(version)


def _approvals_carried(version: Version) -> list[Approval]:
    given = list(version.approvals.filter(state=Approval.State.APPROVED).select_related("person"))
    carried = not given and version.change == Version.Change.CORRECTION and version.adopted_on is not None
    return _approvals_carried(version.previous) if carried and version.previous else given


def questions_of(actor: Actor, version: Version) -> list[Question]:
    """Return what approvers asked about a version, and the answers, in the order of asking."""
    require(actor, "policy.view", version.establishment)
    return list(version.questions.select_related("asked_by", "answered_by"))


def question_of(actor: Actor, version: Version, pk: int) -> Question:
    """Return one question about a version.

    Raises:
        Hidden, Refused: not about that version, or not for this actor.
    """
    require(actor, "policy.view", version.establishment)
    question = version.questions.select_related("asked_by", "version__establishment").filter(pk=pk).first()
    if question is None:
        raise Hidden(str(pk))
    return question


def consultations_of(actor: Actor, version: Version) -> list[Consultation]:
    """Return who was consulted about a version."""
    require(actor, "policy.view", version.establishment)
    return list(version.consultations.all())


def consultations_given(reader: Actor | Public, version: Version) -> list[Consultation]:
    """Return who was consulted about a version, or about what it corrects; see `variations_of`."""
    _require_reading(reader, version)
    return _consultations_carried(version)


def _consultations_carried(version: Version) -> list[Consultation]:
    given = list(version.consultations.all())
    corrects = not given and version.change == Version.Change.CORRECTION
    return _consultations_carried(version.previous) if corrects and version.previous else given


def variations_of(reader: Actor | Public, version: Version) -> dict[str, Variation]:
    """Return by clause what a version varies, with who did: of one in force anybody may read that in its documents.

    Raises:
        Hidden, Refused: not in force, and not for this reader.
    """
    _require_reading(reader, version)
    return {variation.clause: variation for variation in version.variations.select_related("by")}


def _require_reading(reader: Actor | Public, version: Version) -> None:
    if not version.in_force_on(reader.on) and not _has_signed(reader, version):
        require_any(reader, "policy.view", version.establishment)


def _has_signed(reader: Actor | Public, version: Version) -> bool:
    """Say whether somebody signed a version, whose text is theirs to keep."""
    mine = version.acknowledgements.filter(kind="signed")
    return isinstance(reader, Actor) and mine.filter(person=reader.person).exists()


def published_models(actor: Actor, establishment: Establishment) -> list[Version]:
    """Return the models that the trust or authority over a school offers, the latest of each first."""
    require(actor, "policy.view", establishment)
    if establishment.parent_id is None:
        return []
    published = Version.objects.filter(
        establishment=establishment.parent_id, published_at__isnull=False, state=State.ADOPTED
    )
    return list(published.select_related("establishment").order_by("-number")[:1])


@dataclass(frozen=True)
class NewerModel:
    """A model that reads otherwise now than when a version was made from it."""

    name: str
    text: str
    version: Version | None = None


def newer_model(actor: Actor, version: Version) -> NewerModel | None:
    """Return the newer text of the model that a version was made from, if there is one."""
    require(actor, "policy.view", version.establishment)
    origin = version.model_version
    if origin is not None:
        newer = Version.objects.filter(
            establishment=origin.establishment_id, published_at__isnull=False, number__gt=origin.number
        )
        latest = newer.select_related("establishment").order_by("-number").first()
        return NewerModel(latest.establishment.name, latest.text, latest) if latest else None
    if version.model in rulebook.policy_ids():
        policy = rulebook.source(version.model)
        text = rulebook.write_policy(policy)
        return NewerModel(policy.establishment, text) if text != version.model_text else None
    return None


@dataclass(frozen=True)
class PolicyStatuses:
    """Where the policies of some establishments stand, each by the establishment's id.

    `models` holds the number of the latest model that a trust or authority offers. All are without their texts.
    """

    in_force: dict[int, Version] = field(default_factory=dict)
    prepared: dict[int, Version] = field(default_factory=dict)
    models: dict[int, int] = field(default_factory=dict)


def lives_of(actor: Actor, where: Q) -> PolicyStatuses:
    """Return where the policies of the establishments stand that a condition on versions names; in one query."""
    published = Q(published_at__isnull=False)
    wanted = Version.objects.filter(where, in_force(actor.on) | Q(state__in=OPEN_STATES) | published)
    versions = wanted.without_texts().select_related("establishment", "model_version").order_by("number")
    lives = PolicyStatuses()
    unanswered = Question.objects.filter(version=OuterRef("pk"), answered_at=None).values("asked_at")[:1]
    here = Role.objects.on(actor.on).filter(person=OuterRef("prepared_by"), establishment=OuterRef("establishment"))
    for version in versions.annotate(question_at=Subquery(unanswered), preparer_is_here=Exists(here)):
        if version.in_force_on(actor.on):
            lives.in_force[version.establishment_id] = version
        if version.state in OPEN_STATES:
            lives.prepared[version.establishment_id] = version
        if version.published_at is not None:
            lives.models[version.establishment_id] = version.number
    return lives
