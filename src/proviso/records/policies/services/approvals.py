"""Approve, adopt, publish and withdraw versions. A version moves along one path, and every move is logged."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from proviso.records.audit.services import Act, record
from proviso.records.people import role_names
from proviso.records.people.actors import Actor
from proviso.records.people.change import about
from proviso.records.people.models import Establishment, Person, Role
from proviso.records.people.names import normal_name, same_name
from proviso.records.people.permissions import Refused, require, require_fresh
from proviso.records.policies import compiled
from proviso.records.policies.models import Approval, Version
from proviso.records.policies.services import acknowledgements, tasks
from proviso.records.policies.services.drafts import latest_adopted
from proviso.records.policies.services.errors import NotPossible
from proviso.rules.norms import Policy

State = Version.State
Kind = Role.Kind
MOVES: Mapping[str, frozenset[str]] = {
    State.DRAFT: frozenset((State.APPROVAL, State.DISCARDED)),
    State.APPROVAL: frozenset((State.APPROVED, State.DRAFT, State.DISCARDED)),
    State.APPROVED: frozenset((State.ADOPTED, State.DRAFT, State.DISCARDED)),
    State.ADOPTED: frozenset((State.WITHDRAWN,)),
}
# Whom a policy's governance means, by the word it uses, in a school and above one.
IN_SCHOOL = {"headteacher": Kind.HEADTEACHER, "governor": Kind.CHAIR, "trustee": Kind.CHAIR, "school": Kind.HEADTEACHER}
ABOVE_SCHOOL = {"headteacher": Kind.EXECUTIVE, "governor": Kind.CHAIR, "trustee": Kind.EXECUTIVE}
DECIDING = ("approval", "adoption", "signature")


def capacities(policy: Policy, establishment: Establishment) -> tuple[str, ...]:
    """Return the roles whose approval a policy's governance asks for; the head and the chair where it names none."""
    table = IN_SCHOOL if establishment.is_school else ABOVE_SCHOOL
    named = [
        table[word]
        for clause in policy.clauses
        for one in clause.governance
        if one.concern in DECIDING
        for word in policy.expand(one.who)
        if word in table
    ]
    standing = [table["headteacher"], Kind.CHAIR]
    return tuple(dict.fromkeys(kind.value for kind in (named or standing)))


@dataclass(frozen=True)
class Approver:
    """A named person, and the role in which they approve."""

    person: Person
    capacity: str


@transaction.atomic
def submit_version(actor: Actor, version: Version, approvers: Sequence[Approver], *, now: datetime) -> Version:
    """Freeze a draft and ask named people to approve it.

    Raises:
        NotPossible: no first day yet, a role missing whose approval the policy asks for, or somebody
            who does not hold the role named.
    """
    require(actor, "policy.prepare", version.establishment)
    draft = _moved(version, State.APPROVAL)
    if draft.in_force_from is None:
        raise NotPossible(_("Fill in the particulars first: the policy has no day from which it is in force."))
    needed = capacities(compiled.policy_of(draft), draft.establishment)
    missing = [kind for kind in needed if kind not in {one.capacity for one in approvers}]
    if missing:
        named = ", ".join(role_names.role(kind, draft.establishment) for kind in missing)
        raise NotPossible(_("The policy asks for approval by: %(roles)s. Choose somebody for each.") % {"roles": named})
    for one in approvers:
        _holds(one.person, one.capacity, draft.establishment, actor.on)
    draft.save(update_fields=["state"])
    draft.approvals.filter(state=Approval.State.WAITING).update(state=Approval.State.LAPSED)
    Approval.objects.bulk_create(
        Approval(version=draft, person=one.person, capacity=one.capacity, asked_at=now, fingerprint=draft.fingerprint)
        for one in dict.fromkeys(approvers)
    )
    _log(actor, draft, "version.submitted", now)
    return draft


@dataclass(frozen=True)
class Decision:
    """What an approver says: yes with their name typed, or no with what should change."""

    approves: bool
    typed_name: str = ""
    comment: str = ""


@transaction.atomic
def decide_approval(actor: Actor, approval: Approval, decision: Decision, *, now: datetime) -> Approval:
    """Approve a version, or return it for changes, as the named person and nobody else.

    Raises:
        Refused: somebody else's approval.
        FreshSecondFactorNeeded: no second step in the last quarter of an hour.
        NotPossible: decided already, changed since, the role has ended, or another name typed.
    """
    version = (
        Version.objects.select_for_update(of=("self",)).select_related("establishment").get(pk=approval.version_id)
    )
    require(actor, "establishment.view", version.establishment)
    if approval.person_id != actor.person.pk:
        raise Refused("policy.approve")
    _still_asked(approval, version)
    _holds(actor.person, approval.capacity, version.establishment, actor.on)
    require(actor, "policy.approve", version.establishment)
    require_fresh(actor, "policy.approve", now=now)
    if decision.approves:
        _approve(actor, approval, decision, now)
        if not version.approvals.filter(state=Approval.State.WAITING).exists():
            _moved(version, State.APPROVED).save(update_fields=["state"])
    else:
        _return(actor, approval, decision, now)
        _reopen(version)
    return approval


def _still_asked(approval: Approval, version: Version) -> None:
    if approval.state != Approval.State.WAITING or version.state != State.APPROVAL:
        raise NotPossible(_("This approval is not being waited for any more."))
    if approval.fingerprint != version.fingerprint:
        raise NotPossible(_("The text has changed since you were asked. Ask for a new request to approve it."))


def _approve(actor: Actor, approval: Approval, decision: Decision, now: datetime) -> None:
    typed = normal_name(decision.typed_name)
    if not same_name(typed, actor.person.name):
        raise NotPossible(
            {"typed_name": _("Type your name as it stands here: %(name)s.") % {"name": actor.person.name}}
        )
    approval.state, approval.typed_name, approval.decided_at = Approval.State.APPROVED, typed, now
    approval.comment = decision.comment.strip()
    approval.save()
    role = role_names.role(approval.capacity, approval.version.establishment)
    _log(actor, approval.version, "version.approved", now, capacity=role)


def _return(actor: Actor, approval: Approval, decision: Decision, now: datetime) -> None:
    if not decision.comment.strip():
        raise NotPossible({"comment": _("Say what should change.")})
    approval.state, approval.comment, approval.decided_at = Approval.State.RETURNED, decision.comment.strip(), now
    approval.save()
    _log(actor, approval.version, "version.returned", now, comment=approval.comment)


@transaction.atomic
def reopen_version(actor: Actor, version: Version, *, now: datetime) -> Version:
    """Make a version that was submitted or approved a draft again; its approvals lapse."""
    require(actor, "policy.prepare", version.establishment)
    reopened = _reopen(version)
    _log(actor, reopened, "version.reopened", now)
    return reopened


def _reopen(version: Version) -> Version:
    reopened = _moved(version, State.DRAFT)
    reopened.edition += 1
    reopened.save(update_fields=["state", "edition"])
    held = (Approval.State.WAITING, Approval.State.APPROVED)
    reopened.approvals.filter(state__in=held).update(state=Approval.State.LAPSED)
    return reopened


@transaction.atomic
def replace_approver(actor: Actor, approval: Approval, person: Person, *, now: datetime) -> Approval:
    """Ask somebody else in the same role, as when an approver has left.

    Raises:
        NotPossible: decided already, or somebody who does not hold the role.
    """
    version = approval.version
    require(actor, "policy.prepare", version.establishment)
    if approval.state != Approval.State.WAITING:
        raise NotPossible(_("This approval is not being waited for any more."))
    _holds(person, approval.capacity, version.establishment, actor.on)
    approval.state = Approval.State.LAPSED
    approval.save(update_fields=["state"])
    replaced = Approval.objects.create(
        version=version,
        person=person,
        capacity=approval.capacity,
        asked_at=now,
        fingerprint=version.fingerprint,
    )
    _log(actor, version, "version.submitted", now)
    return replaced


@dataclass(frozen=True)
class Adoption:
    """The act by which the governing body brings a version into force, and by when it is to be signed."""

    adopted_on: date
    sign_by: date


@transaction.atomic
def adopt_version(actor: Actor, version: Version, adoption: Adoption, *, now: datetime) -> Version:
    """Bring an approved version into force: the one before ends, everybody covered is asked to sign, tasks are made.

    Raises:
        NotPossible: not approved, adopted in the future, or in force before the version that it follows.
    """
    require(actor, "policy.adopt", version.establishment)
    require_fresh(actor, "policy.adopt", now=now)
    adopted = _moved(version, State.ADOPTED)
    first = _may_be_adopted(actor, adopted, adoption)
    adopted.adopted_on = adoption.adopted_on
    before = latest_adopted(adopted.establishment)
    if before is not None:
        before.in_force_until = first - timedelta(days=1)
        before.save(update_fields=["in_force_until"])
    adopted.save()
    _log(actor, adopted, "version.adopted", now, in_force_from=first.isoformat())
    acknowledgements.open_for_adoption(actor, adopted, adoption.sign_by, now=now)
    tasks.make_tasks(adopted, first, now=now)
    return adopted


def _may_be_adopted(actor: Actor, version: Version, adoption: Adoption) -> date:
    """Return the first day of a version that may be adopted so; raise NotPossible otherwise."""
    approvals = version.approvals.filter(state=Approval.State.APPROVED, fingerprint=version.fingerprint)
    given = {one.capacity for one in approvals}
    if not given or any(kind not in given for kind in capacities(compiled.policy_of(version), version.establishment)):
        raise NotPossible(_("Not everybody whose approval is needed has approved this text."))
    if adoption.adopted_on > actor.on:
        raise NotPossible({"adopted_on": _("The day of adoption cannot lie in the future.")})
    if adoption.sign_by < actor.on:
        raise NotPossible({"sign_by": _("The day by which to sign cannot lie in the past.")})
    first = version.in_force_from
    if first is None:
        raise NotPossible(_("Fill in the particulars first: the policy has no day from which it is in force."))
    before = latest_adopted(version.establishment)
    if before and before.in_force_from and first <= before.in_force_from:
        raise NotPossible(
            _("Version %(number)s has been in force since %(day)s. The next can only begin after that day.")
            % {"number": before.number, "day": before.in_force_from.isoformat()}
        )
    return first


@transaction.atomic
def withdraw_version(actor: Actor, version: Version, told: tuple[date, str], *, now: datetime) -> Version:
    """Withdraw the version in force after a last day, with a reason. It stays on record.

    Raises:
        NotPossible: not in force, no reason, or a last day before the first.
    """
    until, reason = told
    require(actor, "policy.withdraw", version.establishment)
    require_fresh(actor, "policy.withdraw", now=now)
    withdrawn = _moved(version, State.WITHDRAWN)
    if not reason.strip():
        raise NotPossible({"reason": _("Say why the policy is withdrawn.")})
    if withdrawn.in_force_from and until < withdrawn.in_force_from:
        raise NotPossible({"until": _("The last day cannot come before the first.")})
    withdrawn.in_force_until, withdrawn.withdrawal_reason = until, reason.strip()
    withdrawn.save(update_fields=["state", "in_force_until", "withdrawal_reason"])
    acknowledgements.close(withdrawn, actor.on)
    tasks.drop_tasks(withdrawn.establishment, actor.on, now=now)
    _log(actor, withdrawn, "version.withdrawn", now, until=until.isoformat(), reason=reason.strip())
    return withdrawn


@transaction.atomic
def publish_model(actor: Actor, version: Version, fixed: Sequence[str], *, now: datetime) -> Version:
    """Offer a trust's or authority's adopted version to its schools; `fixed` are the clauses that they may not vary.

    Raises:
        NotPossible: a school's version, or one that is not adopted.
    """
    require(actor, "policy.publish", version.establishment)
    if version.establishment.is_school or version.state != State.ADOPTED:
        raise NotPossible(_("A trust or an authority publishes a version that it has adopted."))
    known = {clause.id for clause in compiled.policy_of(version).clauses}
    version.published_at, version.fixed_clauses = now, [one for one in fixed if one in known]
    version.save(update_fields=["published_at", "fixed_clauses"])
    _log(actor, version, "version.published", now)
    return version


@transaction.atomic
def confirm_review(actor: Actor, version: Version, review_on: date, *, now: datetime) -> Version:
    """Record that the version in force was reviewed and stays as it is, and when it is reviewed next.

    Raises:
        NotPossible: not in force, or a next review that is not in the future.
    """
    require(actor, "policy.review", version.establishment)
    if not version.in_force_on(actor.on):
        raise NotPossible(_("Only the version in force can be reviewed."))
    if review_on <= actor.on:
        raise NotPossible({"review_on": _("The next review must lie in the future.")})
    version.review_on = review_on
    version.save(update_fields=["review_on"])
    _log(actor, version, "review.confirmed", now, review_on=review_on.isoformat())
    return version


def _moved(version: Version, state: str) -> Version:
    current = Version.objects.select_for_update(of=("self",)).select_related("establishment").get(pk=version.pk)
    if state not in MOVES.get(current.state, frozenset()):
        raise NotPossible(
            _("Version %(number)s is “%(state)s” now, so this cannot be done to it.")
            % {"number": current.number, "state": current.get_state_display()}
        )
    current.state = state
    return current


def _holds(person: Person, capacity: str, establishment: Establishment, on: date) -> None:
    roles = Role.objects.filter(person=person, establishment=establishment, kind=capacity)
    if roles.on(on).exists():
        return
    ended = roles.order_by("-ends_on").first()
    role = role_names.role(capacity, establishment)
    if ended and ended.ends_on:
        raise NotPossible(
            _("The role of %(person)s as %(role)s ended on %(day)s, so they cannot approve in it.")
            % {"person": person.name, "role": role, "day": ended.ends_on.isoformat()}
        )
    raise NotPossible(_("%(person)s is not %(role)s here.") % {"person": person.name, "role": role})


def _log(actor: Actor, version: Version, action: str, now: datetime, **details: str) -> None:
    told = {"version": version.number, **details}
    record(actor.person, Act(action, version.establishment_id, about(version), told), now=now)
