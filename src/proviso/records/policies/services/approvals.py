"""Approve, adopt, publish and withdraw versions. A version moves along one path, and every move is logged."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import cast

from django.utils.translation import gettext as _

from proviso.records.people import role_names
from proviso.records.people.actors import Actor
from proviso.records.people.change import Change, change, change_many
from proviso.records.people.models import Establishment, Person, Role
from proviso.records.people.names import normal_name, same_name
from proviso.records.people.permissions import Refused
from proviso.records.policies import approval_emails, compiled
from proviso.records.policies.models import Approval, Version
from proviso.records.policies.services import acknowledgements, tasks
from proviso.records.policies.services.errors import NotPossible
from proviso.rules.norms import Policy

State = Version.State
Kind = Role.Kind
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
        for governance in clause.governance
        if governance.concern in DECIDING
        for word in policy.expand(governance.who)
        if word in table
    ]
    standing = [table["headteacher"], Kind.CHAIR]
    return tuple(dict.fromkeys(kind.value for kind in (named or standing)))


@dataclass(frozen=True)
class Approver:
    """A named person, and the role in which they approve."""

    person: Person
    capacity: str


def submit_version(actor: Actor, version: Version, approvers: Sequence[Approver], *, now: datetime) -> Version:
    """Freeze a draft and ask named people to approve it, each of whom gets an email.

    Raises:
        NotPossible: no first day yet, no word on what changes, a role missing whose approval the policy asks
            for, somebody who does not hold the role named, one person named twice, or nobody but who prepared it.
    """
    with change(actor, "version.submitted", version, now) as submitted:
        draft = submitted.record
        _check_complete(draft)
        _check_roles(draft, approvers, actor.on)
        _check_persons(draft, [approver.person for approver in approvers])
        draft.approvals.filter(state=Approval.State.WAITING).update(state=Approval.State.LAPSED)
        for approver in approvers:
            _ask(submitted, draft, approver)
        submitted.details["version"] = draft.number
    return submitted.record


PLACEHOLDERS = ("", "to do", "todo", "tbc", "tbd", "to be confirmed", "to follow", "x", "i’w wneud", "i'w wneud")


def is_said(summary: str) -> bool:
    """Whether a description says something, and does not only hold the place of what is still to be written."""
    return summary.strip(" .…-–?!*[]()").casefold() not in PLACEHOLDERS


def _check_complete(draft: Version) -> None:
    if draft.in_force_from is None:
        raise NotPossible(_("Fill in the policy details first: the policy has no day from which it is in force."))
    if draft.previous_id is not None and not is_said(draft.summary):
        raise NotPossible(_("Say first what changes: those who approve the version and those who sign it read that."))


def _check_roles(draft: Version, approvers: Sequence[Approver], on: date) -> None:
    needed = capacities(compiled.policy_of(draft), draft.establishment)
    missing = [kind for kind in needed if kind not in {approver.capacity for approver in approvers}]
    if missing:
        named = ", ".join(role_names.role(kind, draft.establishment) for kind in missing)
        raise NotPossible(_("The policy asks for approval by: %(roles)s. Choose somebody for each.") % {"roles": named})
    for approver in approvers:
        _holds(approver.person, approver.capacity, draft.establishment, on)


def _check_persons(version: Version, people: Sequence[Person]) -> None:
    """Pass if each approval is another person's, and not all of them come from those who prepared the version."""
    names = [person.name for person in people]
    twice = next((person.name for person in people if [other.pk for other in people].count(person.pk) > 1), "")
    if twice:
        raise NotPossible(
            _("Each approval must come from a different person, and %(name)s is named more than once.")
            % {"name": twice}
        )
    if {person.pk for person in people} <= _preparers(version):
        raise NotPossible(
            _(
                "%(name)s prepared it, so somebody else must approve it too: for example the chair, or a governor "
                "or trustee."
            )
            % {"name": ", ".join(dict.fromkeys(names))}
        )


def _preparers(version: Version) -> set[int]:
    """Return the ids of those who began a version and changed its clauses."""
    changed = version.variations.filter(at__gte=version.prepared_at).order_by().values_list("by", flat=True)
    return {version.prepared_by_id, *changed}


def _ask(asking: Change[Version], version: Version, approver: Approver) -> Approval:
    approval = Approval(
        version=version,
        person=approver.person,
        capacity=approver.capacity,
        asked_at=asking.now,
        fingerprint=version.fingerprint,
    )
    approval.save(force_insert=True)
    approval_emails.send_request.enqueue(approval.pk)
    return approval


@dataclass(frozen=True)
class Decision:
    """What an approver says: yes with their name typed, or no with what should change."""

    approves: bool
    typed_name: str = ""
    comment: str = ""


def decide_approval(actor: Actor, approval: Approval, decision: Decision, *, now: datetime) -> Approval:
    """Approve a version, or return it for changes, as the named person and nobody else.

    Raises:
        Refused: somebody else's approval.
        FreshSecondFactorNeeded: no second step in the last quarter of an hour.
        NotPossible: decided already, changed since, the role has ended, or another name typed.
    """
    action = "version.approved" if decision.approves else "version.returned"
    # The version is locked before the approval, as it is by whoever reopens or discards it.
    with change_many(actor, action, approval.version, [approval], now) as (decided, [asked]):
        version = decided.record
        if asked.person_id != actor.person.pk:
            raise Refused("policy.approve")
        if version.state != State.APPROVAL:
            raise NotPossible(_("This approval is no longer needed."))
        if asked.fingerprint != version.fingerprint:
            raise NotPossible(_("The text has changed since you were asked. Ask for a new approval request."))
        _holds(actor.person, asked.capacity, version.establishment, actor.on)
        asked.decided_at, asked.comment = now, decision.comment.strip()
        decided.details["version"] = version.number
        if decision.approves:
            _approve(decided, asked, decision)
        else:
            _return(decided, asked)
    return asked


def _approve(decided: Change[Version], asked: Approval, decision: Decision) -> None:
    actor, version = cast(Actor, decided.actor), decided.record
    asked.typed_name = normal_name(decision.typed_name)
    if not same_name(asked.typed_name, actor.person.name):
        raise NotPossible(
            {"typed_name": _("Type your name as it stands here: %(name)s.") % {"name": actor.person.name}}
        )
    decided.details["capacity"] = role_names.role(asked.capacity, version.establishment)
    if not version.approvals.filter(state=Approval.State.WAITING).exclude(pk=asked.pk).exists():
        with change(actor, "version.fully_approved", version, decided.now) as approved:
            approved.details["version"] = version.number
            approval_emails.send_approved.enqueue(version.pk, actor.on.isoformat())


def _return(decided: Change[Version], asked: Approval) -> None:
    if not asked.comment:
        raise NotPossible({"comment": _("Say what should change.")})
    decided.details["comment"] = asked.comment
    asked.save()  # it was returned: only the others lapse
    with change(decided.actor, "version.sent_back", decided.record, decided.now) as sent_back:
        _make_draft(sent_back.record)
        sent_back.nothing()  # that it was returned says as much


def reopen_version(actor: Actor, version: Version, *, now: datetime) -> Version:
    """Make a version that was submitted or approved a draft again; its approvals lapse.

    Raises:
        NotPossible: neither submitted nor approved.
    """
    with change(actor, "version.reopened", version, now) as reopened:
        _make_draft(reopened.record)
        reopened.details["version"] = reopened.record.number
    return reopened.record


def _make_draft(version: Version) -> None:
    version.edition += 1
    held = version.approvals.filter(state__in=(Approval.State.WAITING, Approval.State.APPROVED))
    held.update(state=Approval.State.LAPSED)


def replace_approver(actor: Actor, approval: Approval, person: Person, *, now: datetime) -> Approval:
    """Ask somebody else in the same role, as when an approver has left.

    Raises:
        NotPossible: decided already, somebody who does not hold the role, or who is asked already.
    """
    with change_many(actor, "approver.replaced", approval.version, [approval], now) as (replaced, [asked]):
        version = replaced.record
        if version.state != State.APPROVAL:
            raise NotPossible(_("This approval is no longer needed."))
        _holds(person, asked.capacity, version.establishment, actor.on)
        held = version.approvals.filter(state__in=(Approval.State.WAITING, Approval.State.APPROVED))
        others = [other.person for other in held.exclude(pk=asked.pk).select_related("person")]
        _check_persons(version, [*others, person])
        asked.save(update_fields=["state"])  # before the next is asked in the same role
        replaced.details |= {"version": version.number, "person": person.name}
        return _ask(replaced, version, Approver(person, asked.capacity))


@dataclass(frozen=True)
class Adoption:
    """The act by which the governing body brings a version into force, and by when it is to be signed."""

    adopted_on: date
    sign_by: date


def adopt_version(actor: Actor, version: Version, adoption: Adoption, *, now: datetime) -> Version:
    """Bring an approved version into force on its first day.

    On that day the one before ends, and everybody covered is asked to sign. Its tasks are made then: here,
    where the day has come, and otherwise each night. Until then the one before goes on.

    Raises:
        NotPossible: not approved, adopted in the future, or in force before the version that it follows.
    """
    with change(actor, "version.adopted", version, now) as adopted:
        first = _may_be_adopted(actor, adopted.record, adoption)
        adopted.record.adopted_on = adoption.adopted_on
        before = Version.objects.latest_adopted(adopted.record.establishment)
        if before is not None:
            adopted.lock(before).in_force_until = first - timedelta(days=1)
        adopted.details |= {"version": adopted.record.number, "in_force_from": first.isoformat()}
        acknowledgements.open_for_adoption(actor, adopted.record, adoption.sign_by, now=now)
        if first <= actor.on:
            tasks.make_tasks(adopted.record, actor.on, now=now)
    return adopted.record


def _may_be_adopted(actor: Actor, version: Version, adoption: Adoption) -> date:
    """Return the first day of a version that may be adopted so; raise NotPossible otherwise."""
    approvals = version.approvals.filter(state=Approval.State.APPROVED, fingerprint=version.fingerprint)
    given = {approval.capacity: approval for approval in approvals.select_related("person")}
    if not given or any(kind not in given for kind in capacities(compiled.policy_of(version), version.establishment)):
        raise NotPossible(_("Some of the people who must approve this text have not approved it yet."))
    _check_persons(version, [approval.person for approval in approvals.select_related("person")])
    if adoption.adopted_on > actor.on:
        raise NotPossible({"adopted_on": _("The date of adoption must be today or in the past.")})
    first = version.in_force_from
    if first is None:
        raise NotPossible(_("Fill in the policy details first: the policy has no day from which it is in force."))
    if adoption.sign_by < actor.on:
        raise NotPossible({"sign_by": _("The date to sign by must be today or in the future.")})
    if adoption.sign_by < first:
        raise NotPossible({"sign_by": _("Nobody can sign before the policy is in force: choose a later day.")})
    before = Version.objects.latest_adopted(version.establishment)
    if before and before.in_force_from and first <= before.in_force_from:
        raise NotPossible(
            _("Version %(number)s has been in force since %(day)s. The next can only begin after that day.")
            % {"number": before.number, "day": before.in_force_from.isoformat()}
        )
    return first


@dataclass(frozen=True)
class Withdrawal:
    """The last day on which a version holds, and why it is withdrawn."""

    until: date
    reason: str


def withdraw_version(actor: Actor, version: Version, withdrawal: Withdrawal, *, now: datetime) -> Version:
    """Withdraw an adopted version after a last day, with a reason. It stays on record.

    Raises:
        NotPossible: not adopted, no reason, or a last day before the first.
    """
    with change(actor, "version.withdrawn", version, now) as withdrawn:
        row, reason = withdrawn.record, withdrawal.reason.strip()
        if not reason:
            raise NotPossible({"reason": _("Say why the policy is withdrawn.")})
        if row.in_force_from and withdrawal.until < row.in_force_from:
            raise NotPossible({"until": _("The last day cannot come before the first.")})
        is_in_force = row.in_force_on(actor.on)
        row.in_force_until, row.withdrawal_reason = withdrawal.until, reason
        withdrawn.details |= {"version": row.number, "until": withdrawal.until.isoformat(), "reason": reason}
        if is_in_force:
            acknowledgements.close_for_withdrawal(actor, row, now=now)
            tasks.drop_tasks(row.establishment, actor.on, now=now)
    return withdrawn.record


def publish_model(actor: Actor, version: Version, fixed: Sequence[str], *, now: datetime) -> Version:
    """Offer a trust's or authority's adopted version to its schools; `fixed` are the clauses that they may not vary.

    Raises:
        NotPossible: a school's version, or one that is not adopted.
    """
    with change(actor, "version.published", version, now) as published:
        row = published.record
        if row.establishment.is_school:
            raise NotPossible(
                _("Only a trust or an authority can publish a version as a model, and only one that it has adopted.")
            )
        known = {clause.id for clause in compiled.policy_of(row).clauses}
        row.published_at, row.fixed_clauses = now, [clause for clause in fixed if clause in known]
        published.details["version"] = row.number
    return published.record


def _holds(person: Person, capacity: str, establishment: Establishment, on: date) -> None:
    roles = Role.objects.filter(person=person, establishment=establishment, kind=capacity)
    if roles.on(on).exists():
        return
    ended = roles.order_by("-ends_on").first()
    role = role_names.role(capacity, establishment)
    if ended and ended.ends_on:
        raise NotPossible(
            _("The role of %(person)s as %(role)s ended on %(day)s, so they cannot approve in that role.")
            % {"person": person.name, "role": role, "day": ended.ends_on.isoformat()}
        )
    raise NotPossible(_("%(person)s is not %(role)s here.") % {"person": person.name, "role": role})
