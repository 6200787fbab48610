"""Declare a tie, acknowledge it, ask for more, confirm it each year, withdraw it."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from dateutil.relativedelta import relativedelta
from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from proviso.records.people.actors import Actor, Job
from proviso.records.people.change import Change, change
from proviso.records.people.models import Establishment
from proviso.records.registers.declaration_handlers import goes_to
from proviso.records.registers.models import Declaration, DeclarationStep
from proviso.records.registers.sources import DECLARATION
from proviso.records.tasks.models import Source, Task
from proviso.records.tasks.services import tasks

Step = DeclarationStep.Kind
LONGEST_REVIEW = 5  # years
SOON = timedelta(days=60)


@dataclass(frozen=True)
class Tie:
    """What somebody declares, in their own words."""

    kind: str
    other: str
    name: str
    since: str
    way: str
    details: str = ""


@dataclass(frozen=True)
class AskedBy:
    """The clause that asks for a declaration, the key of the version that holds it, and the task that asked, if any."""

    clause: str = ""
    version: int | None = None
    task: Task | None = None


@dataclass(frozen=True)
class Decision:
    """What was decided on a declaration: conditions, if any, and when it is looked at again."""

    review_on: date
    conditions: str = ""


def statement(actor: Actor, establishment: Establishment, tie: Tie) -> str:
    """Return the text that somebody signs, in the language in which they read it."""
    lines = [
        _("I, %(person)s, declare this tie to %(school)s on %(day)s.")
        % {"person": actor.person.name, "school": establishment.name, "day": date_format(actor.on, "j F Y")},
        _("Kind of tie: %(kind)s") % {"kind": Declaration.Kind(tie.kind).label},
        _("With: %(name)s (%(other)s)") % {"name": tie.name, "other": Declaration.Other(tie.other).label},
        _("Since: %(since)s") % {"since": tie.since},
        _("How we are in touch: %(way)s") % {"way": tie.way},
        *([_("More about it: %(details)s") % {"details": tie.details}] if tie.details else []),
        _("This is right as far as I know. I will say if it changes."),
    ]
    return "\n".join(lines)


def fingerprint(text: str) -> str:
    """Return the SHA-256 of a text that was signed."""
    return hashlib.sha256(text.encode()).hexdigest()


def declare(
    actor: Actor, establishment: Establishment, tie: Tie, asked: AskedBy, *, seen: str, now: datetime
) -> Declaration:
    """Declare a tie; `seen` is the fingerprint of the statement that was read and signed.

    A task that asked for it is done by it.

    Raises:
        ValidationError: the statement is another one than was read, or the task is done already.
    """
    text = statement(actor, establishment, tie)
    if fingerprint(text) != seen:
        raise ValidationError(_("What you declare has changed since you checked it. Check it again."))
    with change(actor, "declaration.made", establishment, now) as made:
        declaration = Declaration(
            establishment=made.record,
            person=actor.person,
            kind=tie.kind,
            other=tie.other,
            name=tie.name,
            since=tie.since,
            way=tie.way,
            details=tie.details,
            clause=asked.clause,
            policy_version=asked.version,
            text=text,
            fingerprint=seen,
            goes_to=goes_to(actor.kinds_in(establishment)),
            declared_at=now,
        )
        made.add(declaration)
        made.add(DeclarationStep(declaration=declaration, kind=Step.DECLARED, by=actor.person, at=now, text=text))
        if asked.task is not None and asked.task.is_open:
            tasks.complete_task(actor, asked.task, declared=Task.Declared.SOMETHING, now=now)
    return declaration


def ask_for_more(actor: Actor, declaration: Declaration, question: str, *, now: datetime) -> Declaration:
    """Ask whoever declared for more; errors as `change`."""
    with change(actor, "declaration.more_asked", declaration, now) as asked:
        _step(asked, actor, Step.MORE_ASKED, question)
    return asked.record


def answer(actor: Actor, declaration: Declaration, text: str, *, now: datetime) -> Declaration:
    """Answer what was asked about one's own declaration: it waits to be acknowledged again."""
    with change(actor, "declaration.answered", declaration, now) as answered:
        _step(answered, actor, Step.ANSWERED, text)
    return answered.record


def acknowledge(actor: Actor, declaration: Declaration, decision: Decision, *, now: datetime) -> Declaration:
    """Acknowledge a declaration, with conditions if wanted, until it is looked at again.

    Whoever declared is asked to confirm it a year later, and each year after that.

    Raises:
        ValidationError: a day of review that has passed, or is more than five years ahead.
    """
    _check_review(decision.review_on, actor.on)
    with change(actor, "declaration.acknowledged", declaration, now) as acknowledged:
        _decide(acknowledged, actor, Step.ACKNOWLEDGED, decision)
        _ask_to_confirm(acknowledged.record, actor.on, now)
    return acknowledged.record


def review(actor: Actor, declaration: Declaration, decision: Decision, *, now: datetime) -> Declaration:
    """Look at an acknowledged declaration again: its conditions, and its next review; errors as `acknowledge`."""
    _check_review(decision.review_on, actor.on)
    with change(actor, "declaration.reviewed", declaration, now) as reviewed:
        _decide(reviewed, actor, Step.REVIEWED, decision)
    return reviewed.record


def confirm(actor: Actor, declaration: Declaration, *, now: datetime) -> Declaration:
    """Confirm that one's own acknowledged declaration still holds; its task is done by it, where it is due soon."""
    with change(actor, "declaration.confirmed", declaration, now) as confirmed:
        confirmed.record.confirmed_on = actor.on
        _step(confirmed, actor, Step.CONFIRMED, "")
        for task in _open_tasks(confirmed.record):
            if task.due_on <= actor.on + SOON:
                tasks.complete_task(actor, task, now=now)
    return confirmed.record


def withdraw(actor: Actor, declaration: Declaration, reason: str, *, now: datetime) -> Declaration:
    """Withdraw one's own declaration, as when the tie has ended; it stays on record, and nothing more is asked."""
    with change(actor, "declaration.withdrawn", declaration, now) as withdrawn:
        _step(withdrawn, actor, Step.WITHDRAWN, reason)
        job = Job("tasks of declarations", actor.on)
        tasks.drop_tasks(job, declaration.establishment, _open_tasks(withdrawn.record), on=actor.on, now=now)
    return withdrawn.record


def _check_review(review_on: date, on: date) -> None:
    if review_on <= on:
        raise ValidationError({"review_on": _("The review date must be in the future.")})
    if review_on > on + relativedelta(years=LONGEST_REVIEW):
        raise ValidationError({"review_on": _("The review date must be within five years.")})


def _decide(changed: Change[Declaration], actor: Actor, kind: str, decision: Decision) -> None:
    changed.record.conditions, changed.record.review_on = decision.conditions.strip(), decision.review_on
    changed.details["review_on"] = decision.review_on.isoformat()
    _step(changed, actor, kind, changed.record.conditions, decision.review_on)


def _step(changed: Change[Declaration], actor: Actor, kind: str, text: str, review_on: date | None = None) -> None:
    step = DeclarationStep(declaration=changed.record, kind=kind, by=actor.person, at=changed.now)
    step.text, step.review_on = text.strip(), review_on
    changed.add(step)
    changed.named = changed.record


def _ask_to_confirm(declaration: Declaration, on: date, now: datetime) -> None:
    task = tasks.NewTask(
        Source(DECLARATION, declaration.pk, declaration.clause, declaration.policy_version),
        _("Confirm that what you declared still holds, or withdraw it"),
        on + relativedelta(years=1),
        declaration.person_id,
        Task.Interval.YEAR,
    )
    tasks.make_tasks(Job("tasks of declarations", on), declaration.establishment, [task], now=now)


def _open_tasks(declaration: Declaration) -> list[Task]:
    own = declaration.establishment.tasks.filter(source_kind=DECLARATION, source_id=declaration.pk)
    return list(own.filter(state=Task.State.OPEN).select_related("establishment", "person"))
