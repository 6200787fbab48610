"""How far a version is on its way to being in force: its steps, those that wait for others, and what comes next."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from proviso.records.people import role_names
from proviso.records.policies.models import Approval, Consultation, Question, Variation, Version
from proviso.records.policies.services.approvals import is_said
from proviso.web.kit.pages import Link
from proviso.web.kit.task_list import Stage, Step, TaskList

State, Kind = Version.State, Variation.Kind


@dataclass(frozen=True)
class Work:
    """What there is of a version: what it varies, who was consulted and asked, and what they want to know."""

    version: Version
    variations: Sequence[Variation]
    consultations: Sequence[Consultation]
    approvals: Sequence[Approval]
    questions: Sequence[Question]
    labels: dict[str, str]


def task_list(work: Work, may: frozenset[str]) -> TaskList:
    """Return the steps of a version that is being prepared, as somebody who may do these actions meets them."""
    ready = is_ready(work.version)
    return TaskList(
        [
            Stage(_("1. Prepare"), list(_preparing(work, may))),
            Stage(_("2. Approve"), list(_approving(work, may, ready))),
            Stage(_("3. Adopt and sign"), list(_adopting(work, may))),
        ]
    )


def is_ready(version: Version) -> bool:
    """Whether approval of a version can be asked for."""
    return version.in_force_from is not None and (version.previous_id is None or is_said(version.summary))


def _url(work: Work, name: str, is_open: bool, *more: object) -> str:
    return reverse(name, args=[work.version.establishment.slug, work.version.number, *more]) if is_open else ""


def _preparing(work: Work, may: frozenset[str]) -> Iterator[Step]:
    version = work.version
    edits = version.is_open and "policy.prepare" in may
    yield _plain(
        _("Fill in the policy details"),
        version.in_force_from is not None,
        _url(work, "policies:particulars", edits),
        _("Days, people, agreed channels"),
    )
    clauses = _("Look through the clauses")
    yield Step(clauses, _varied(work.variations), True, _url(work, "policies:clauses", True), _off(work))
    if version.previous_id:
        done = is_said(version.summary)
        yield _plain(_("Say what changes"), done, _url(work, "policies:description", edits), version.summary)
    count = len(work.consultations)
    yield Step(
        _("Record who was consulted"),
        _("%(count)s recorded") % {"count": count} if count else _("If anybody was"),
        count > 0,
        _url(work, "policies:consultation", "policy.prepare" in may),
        ", ".join(consultation.body for consultation in work.consultations),
        is_optional=True,
    )


def _approving(work: Work, may: frozenset[str], ready: bool) -> Iterator[Step]:
    version = work.version
    asks = _url(work, "policies:approvers", version.is_open and ready and "policy.prepare" in may)
    if version.is_open:
        yield Step(_("Ask for approval"), _to_do(not ready), False, asks, is_blocked=not ready)
    else:
        yield Step(_("Ask for approval"), _("Completed"), True)
    for approval in work.approvals:
        role = role_names.role(approval.capacity, version.establishment)
        is_done = approval.state == Approval.State.APPROVED
        when = approval.decided_at or approval.asked_at
        status = f"{approval.get_state_display()}, {date_format(localtime(when), 'j F Y')}"
        hint = f"{role}: {approval.comment}" if approval.comment else role
        waits = approval.state == Approval.State.WAITING and "policy.prepare" in may
        instead = _url(work, "policies:approver_replace", waits, approval.pk)
        more = Link(_("Ask somebody else"), instead) if instead else None
        yield Step(approval.person.name, status, is_done, hint=hint, is_blocked=not is_done, more=more)
    for question in work.questions:
        yield Step(
            _("Question of %(name)s") % {"name": question.asked_by.name},
            _("To do") if question.is_open else _("Answered"),
            not question.is_open,
            _url(work, "policies:answer", question.is_open and "policy.prepare" in may, question.pk),
            question.text,
            is_optional=not question.is_open,
        )


def _adopting(work: Work, may: frozenset[str]) -> Iterator[Step]:
    version = work.version
    approved, adopted = version.state == State.APPROVED, version.state == State.ADOPTED
    url = _url(work, "policies:adopt", approved and "policy.adopt" in may)
    blocked = not (approved or adopted)
    yield Step(_("Record its adoption"), _to_do(blocked, adopted), adopted, url, is_blocked=blocked)
    first = version.in_force_from
    from_day = _("From %(day)s") % {"day": date_format(first, "j F Y")} if first else _("Cannot start yet")
    yield Step(_("Everybody reads and signs it"), from_day, False, is_blocked=True)


def _plain(text: str, is_done: bool, url: str, hint: str) -> Step:
    return Step(text, _("Completed") if is_done else _("To do"), is_done, url, hint)


def _to_do(is_blocked: bool, is_done: bool = False) -> str:
    if is_done:
        return _("Completed")
    return _("Cannot start yet") if is_blocked else _("To do")


def _varied(variations: Sequence[Variation]) -> str:
    if not variations:
        return _("As the model has them")
    counts = {kind: sum(each.kind == kind for each in variations) for kind in Kind}
    words = {
        Kind.AMENDED: ngettext("%(count)d changed", "%(count)d changed", counts[Kind.AMENDED]),
        Kind.ADDED: ngettext("%(count)d added", "%(count)d added", counts[Kind.ADDED]),
        Kind.SWITCHED_OFF: ngettext("%(count)d switched off", "%(count)d switched off", counts[Kind.SWITCHED_OFF]),
    }
    return ", ".join(words[kind] % {"count": count} for kind, count in counts.items() if count)


def _off(work: Work) -> str:
    """Say which clauses are switched off, and why."""
    off = [each for each in work.variations if each.kind == Kind.SWITCHED_OFF]
    return "; ".join(
        _("%(clause)s is switched off: %(reason)s")
        % {"clause": work.labels.get(each.clause, each.clause), "reason": each.reason}
        for each in off
    )
