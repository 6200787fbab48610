"""Prepare a version: from a model, with its blanks filled and its clauses varied, each change with a reason."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from proviso.records.audit.services import Act, record
from proviso.records.people.actors import Actor
from proviso.records.people.change import about, change
from proviso.records.people.models import Establishment
from proviso.records.people.permissions import Hidden, require
from proviso.records.policies import policy_edits
from proviso.records.policies.models import Consultation, Variation, Version
from proviso.records.policies.services.errors import ChangedMeanwhile, NotPossible
from proviso.rules import rulebook
from proviso.rules.norms import Clause, Policy

State = Version.State
OPEN_STATES = (State.DRAFT, State.APPROVAL, State.APPROVED)


@dataclass(frozen=True)
class Model:
    """What a version is made from: a policy of the rulebook, or a version that a trust or authority published."""

    id: str
    text: str
    version: Version | None = None


def rulebook_model(policy_id: str) -> Model:
    """Return a rulebook policy as a model.

    Raises:
        Hidden: the rulebook has none of that id.
    """
    if policy_id not in rulebook.policy_ids():
        raise Hidden(policy_id)
    return Model(policy_id, rulebook.write_policy(rulebook.load(policy_id)))


def published_model(version: Version) -> Model:
    return Model(version.model, version.text, version)


@transaction.atomic
def start_version(actor: Actor, school: Establishment, model: Model, *, now: datetime) -> Version:
    """Begin a version from a model, or the next version from the one in force where they are the same line.

    Raises:
        NotPossible: another version is being prepared.
    """
    require(actor, "policy.prepare", school)
    _none_open(school)
    policy = policy_edits.parsed(model.text)
    version = _started(actor, school, policy, now)
    version.model, version.model_version, version.model_text = model.id, model.version, model.text
    version.fixed_clauses = model.version.fixed_clauses if model.version else []
    _save_new(version, policy_edits.headed(policy, _head(version, now.date())))
    _log(actor, version, "version.started", now, model=policy.establishment)
    return version


@transaction.atomic
def start_next_version(actor: Actor, school: Establishment, *, now: datetime) -> Version:
    """Begin the next version from the latest adopted one, its variations with it.

    Raises:
        NotPossible: another version is being prepared, or none was ever adopted.
    """
    require(actor, "policy.prepare", school)
    _none_open(school)
    previous = latest_adopted(school)
    if previous is None:
        raise NotPossible(_("No version has been adopted yet. Begin from a model."))
    version = _started(actor, school, policy_edits.parsed(previous.text), now)
    version.model, version.model_version = previous.model, previous.model_version
    version.model_text, version.fixed_clauses = previous.model_text, previous.fixed_clauses
    version.particulars = dict(previous.particulars)
    _save_new(version, policy_edits.headed(policy_edits.parsed(previous.text), _head(version, now.date())))
    carried = [
        Variation(version=version, clause=one.clause, kind=one.kind, reason=one.reason, by_id=one.by_id, at=one.at)
        for one in previous.variations.all()
    ]
    Variation.objects.bulk_create(carried)
    _log(actor, version, "version.started", now, model=_("version %(number)s") % {"number": previous.number})
    return version


def latest_adopted(school: Establishment) -> Version | None:
    return school.versions.filter(state=State.ADOPTED).order_by("-number").first()


def _none_open(school: Establishment) -> None:
    being = school.versions.filter(state__in=OPEN_STATES).first()
    if being:
        raise NotPossible(
            _("Version %(number)s is being prepared already. Finish it, or discard it, before another is begun.")
            % {"number": being.number}
        )


def _started(actor: Actor, school: Establishment, policy: Policy, now: datetime) -> Version:
    last = school.versions.aggregate(last=Max("number"))["last"] or 0
    previous = latest_adopted(school)
    return Version(
        establishment=school,
        number=last + 1,
        previous=previous,
        change=Version.Change.MATERIAL if previous else Version.Change.FIRST,
        prepared_by=actor.person,
        prepared_at=now,
    )


def _save_new(version: Version, policy: Policy) -> None:
    version.text = policy_edits.written(policy)
    version.fingerprint = rulebook.fingerprint(version.text)
    version.save()


def _head(version: Version, dated: date) -> policy_edits.Head:
    school = version.establishment
    return policy_edits.Head(
        slug=school.slug,
        establishment=school.name,
        nation=school.nation,
        number=version.number,
        dated=version.in_force_from or dated,
        review_on=version.review_on,
        ask=version.particulars.get("ask", ""),
    )


@dataclass(frozen=True)
class Particulars:
    """The blanks of a policy, filled in; the last four are texts that the document prints."""

    in_force_from: date
    review_on: date | None
    headteacher: str = ""
    chair: str = ""
    ask: str = ""
    channels: str = ""
    equipment: str = ""


@transaction.atomic
def fill_particulars(
    actor: Actor, version: Version, edition: int, particulars: Particulars, *, now: datetime
) -> Version:
    """Fill in the blanks of a draft.

    Raises:
        ChangedMeanwhile: somebody else changed the draft since it was shown.
        NotPossible: not a draft any more, or a review date that is not after the first day.
    """
    draft = _draft(actor, version, edition)
    if particulars.review_on and particulars.review_on <= particulars.in_force_from:
        raise NotPossible(
            {"review_on": _("The review date must be after the day on which the policy comes into force.")}
        )
    draft.in_force_from, draft.review_on = particulars.in_force_from, particulars.review_on
    texts = ("headteacher", "chair", "ask", "channels", "equipment")
    draft.particulars = {name: getattr(particulars, name).strip() for name in texts}
    _rewrite(draft, lambda policy: policy_edits.headed(policy, _head(draft, now.date())))
    _log(actor, draft, "version.particulars", now)
    return draft


@dataclass(frozen=True)
class ClauseChange:
    """A clause as it shall read, and why."""

    clause: Clause
    reason: str


@transaction.atomic
def change_clause(actor: Actor, version: Version, edition: int, change: ClauseChange, *, now: datetime) -> Version:
    """Let a clause of a draft read otherwise.

    Raises:
        ChangedMeanwhile: somebody else changed the draft since it was shown.
        NotPossible: not a draft any more, a clause that the model fixes, or no reason.
        RulebookError: a clause that the clause language does not allow, with every fault.
    """
    draft = _draft(actor, version, edition)
    _free(draft, change.clause.id)
    own = Variation.objects.filter(version=draft, clause=change.clause.id, kind=Variation.Kind.ADDED).exists()
    _rewrite(draft, lambda policy: policy_edits.amended(policy, change.clause))
    kind = Variation.Kind.ADDED if own else Variation.Kind.AMENDED
    _vary(actor, draft, change.clause.id, (kind, change.reason), now)
    _log(actor, draft, "version.clause_changed", now, clause=change.clause.id, reason=change.reason)
    return draft


@transaction.atomic
def add_clause(actor: Actor, version: Version, edition: int, change: ClauseChange, *, now: datetime) -> Clause:
    """Add a clause of one's own to a draft, under an id that was never used before; return it. Errors as above."""
    draft = _draft(actor, version, edition)
    taken = draft.establishment.versions.values_list("text", flat=True)
    clause = replace(change.clause, id=policy_edits.own_id(taken))
    _rewrite(draft, lambda policy: policy_edits.extended(policy, clause))
    _vary(actor, draft, clause.id, (Variation.Kind.ADDED, change.reason), now)
    _log(actor, draft, "version.clause_added", now, clause=clause.id, reason=change.reason)
    return clause


@transaction.atomic
def switch_clause_off(
    actor: Actor, version: Version, edition: int, change: tuple[str, str], *, now: datetime
) -> Version:
    """Leave a clause, given by its id and the reason, out of a draft. Errors as for `change_clause`."""
    clause_id, reason = change
    draft = _draft(actor, version, edition)
    _free(draft, clause_id)
    if draft.variations.filter(clause=clause_id, kind=Variation.Kind.ADDED).exists():
        return restore_clause(actor, draft, draft.edition, clause_id, now=now)
    _rewrite(draft, lambda policy: policy_edits.without(policy, clause_id))
    _vary(actor, draft, clause_id, (Variation.Kind.SWITCHED_OFF, reason), now)
    _log(actor, draft, "version.clause_switched_off", now, clause=clause_id, reason=reason)
    return draft


@transaction.atomic
def restore_clause(actor: Actor, version: Version, edition: int, clause_id: str, *, now: datetime) -> Version:
    """Take a variation back: the clause reads as the model has it; one of one's own goes. Errors as above."""
    draft = _draft(actor, version, edition)
    model = policy_edits.parsed(draft.model_text)
    _rewrite(draft, lambda policy: policy_edits.restored(policy, model, clause_id))
    draft.variations.filter(clause=clause_id).delete()
    _log(actor, draft, "version.clause_restored", now, clause=clause_id)
    return draft


@transaction.atomic
def record_consultation(actor: Actor, version: Version, told: tuple[str, date, str], *, now: datetime) -> Consultation:
    """Record who was consulted on a version being prepared, when, and what they said."""
    require(actor, "policy.prepare", version.establishment)
    if version.state not in OPEN_STATES:
        raise NotPossible(_("This version is not being prepared any more."))
    body, consulted_on, note = told
    consultation = Consultation(version=version, body=body, consulted_on=consulted_on, note=note, by=actor.person)
    consultation.full_clean()
    consultation.save()
    _log(actor, version, "version.consulted", now, body=body)
    return consultation


@transaction.atomic
def describe_change(
    actor: Actor, version: Version, edition: int, described: tuple[str, str], *, now: datetime
) -> Version:
    """Say whether a version is a material change or a correction, and in a sentence what changes."""
    draft = _draft(actor, version, edition)
    change, summary = described
    if (change == Version.Change.FIRST) != (draft.previous is None):
        raise NotPossible(_("Only the first version is the first."))
    draft.change, draft.summary, draft.edition = change, summary.strip(), draft.edition + 1
    draft.save(update_fields=["change", "summary", "edition"])
    return draft


def discard_version(actor: Actor, version: Version, *, now: datetime) -> Version:
    """Give a version up that is being prepared. It stays on record.

    Raises:
        NotPossible: it is not being prepared any more.
    """
    with change(actor, "version.discarded", version, now) as discard:
        discard.record.in_force_from = None
        discard.details["version"] = discard.record.number
    return discard.record


def _draft(actor: Actor, version: Version, edition: int) -> Version:
    require(actor, "policy.prepare", version.establishment)
    draft = Version.objects.select_for_update(of=("self",)).select_related("establishment").get(pk=version.pk)
    if not draft.is_open:
        raise NotPossible(_("This version is not a draft any more, so it cannot be changed."))
    if draft.edition != edition:
        raise ChangedMeanwhile(draft)
    return draft


def _free(draft: Version, clause_id: str) -> None:
    if clause_id in draft.fixed_clauses:
        raise NotPossible(_("The model that this policy is made from does not let schools vary this clause."))


def _rewrite(draft: Version, change: Callable[[Policy], Policy]) -> None:
    draft.text = policy_edits.written(change(policy_edits.parsed(draft.text)))
    draft.fingerprint = rulebook.fingerprint(draft.text)
    draft.edition += 1
    draft.save()


def _vary(actor: Actor, draft: Version, clause_id: str, told: tuple[str, str], now: datetime) -> None:
    kind, reason = told
    if not reason.strip():
        raise NotPossible({"reason": _("Say why, for those who approve it and for whoever reviews it next.")})
    Variation.objects.update_or_create(
        version=draft,
        clause=clause_id,
        defaults={"kind": kind, "reason": reason.strip(), "by": actor.person, "at": now},
    )


def _log(actor: Actor, version: Version, action: str, now: datetime, **details: str) -> None:
    told = {"version": version.number, **details}
    record(actor.person, Act(action, version.establishment_id, about(version), told), now=now)
