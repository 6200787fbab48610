"""Close a case with an outcome and reasons; hold it; hand its file over to another school."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from proviso.records.cases.case_change import case_change
from proviso.records.cases.clocks import retention_rule
from proviso.records.cases.models import Case, ChronologyEntry, Concern, Matter, Step, Transfer
from proviso.records.cases.procedures import settled
from proviso.records.cases.services.handling import close_concern
from proviso.records.evidence.services.retaining import start_retention
from proviso.records.people.actors import Actor
from proviso.records.people.change import NotPossible
from proviso.records.tasks.deadlines import working_days

Kind = ChronologyEntry.Kind
ABOUT_ADULTS = (  # the outcomes that guidance gives to allegations; the rest are for every case
    Case.Outcome.SUBSTANTIATED,
    Case.Outcome.UNSUBSTANTIATED,
    Case.Outcome.UNFOUNDED,
    Case.Outcome.FALSE,
    Case.Outcome.MALICIOUS,
)
RECEIPT_DAYS = 5  # working days for the other school to say that it has the file


@dataclass(frozen=True)
class Closing:
    """How a case ended and why, and what whoever shared its concerns is told."""

    outcome: str
    reasons: str
    told: str = ""


@dataclass(frozen=True)
class Handing:
    """To which school and whom there a file goes, and how; `sha256` is that of the file that was handed over."""

    to_school: str
    to_person: str
    how: str
    sha256: str


def outcomes_of(matter: str) -> list[tuple[str, str]]:
    """Return how a case may end."""
    return [
        (outcome.value, str(outcome.label))
        for outcome in Case.Outcome
        if matter == Matter.ADULT or outcome not in ABOUT_ADULTS
    ]


def close_case(actor: Actor, case: Case, given: Closing, *, now: datetime) -> None:
    """Close a case and its concerns, whose sharers are told; nothing reminds of it any more.

    Raises:
        NotPossible: no outcome, no reasons, nothing for the sharers, or a step that is neither done nor not needed.
    """
    with case_change(actor, "case.closed", case, now) as writing:
        row = writing.case
        concerns = list(row.concerns.exclude(state=Concern.State.CLOSED).select_related("vault"))
        _check_closing(row, given, bool(concerns))
        telling = row.steps.filter(state__in=(Step.State.TO_DO, Step.State.HANDED_OVER), letter="reply_to_sharer")
        for step in telling:
            settled(writing.changed.lock(step), Step.State.DONE, actor.person.pk, now)
        row.outcome, row.closing_reasons = given.outcome, writing.seal(given.reasons.strip())
        row.closed_at, row.closed_by = now, actor.person
        rule = retention_rule(row, given.outcome)
        row.review_deletion_on = start_retention(actor, row, rule, localdate(now), now=now).due_on
        writing.enter(Kind.CLOSED, f"{Case.Outcome(given.outcome).label}: {given.reasons.strip()}")
        for concern in concerns:
            close_concern(actor, concern, given.told, now=now)


def _check_closing(case: Case, given: Closing, is_shared: bool) -> None:
    faults = {}
    if given.outcome not in dict(outcomes_of(case.matter)):
        faults["outcome"] = _("Choose how the case ended.")
    if not given.reasons.strip():
        faults["reasons"] = _("Give your reasons.")
    if is_shared and not given.told.strip():
        faults["told"] = _("Say what whoever shared the concern is told.")
    if faults:
        raise NotPossible(faults)
    left = case.steps.filter(state__in=(Step.State.TO_DO, Step.State.HANDED_OVER)).exclude(letter="reply_to_sharer")
    count = left.count()
    if count:
        words = ngettext(
            "%(count)d step is still to be done: do it, or say why it is not needed.",
            "%(count)d steps are still to be done: do them, or say why they are not needed.",
            count,
        )
        raise NotPossible(words % {"count": count})


def hold_case(actor: Actor, case: Case, why: str, *, now: datetime) -> None:
    """Put a legal hold on a case: nothing of it is deleted while it stands.

    Raises:
        NotPossible: no reason.
    """
    if not why.strip():
        raise NotPossible({"why": _("Say why the case must be kept.")})
    with case_change(actor, "case.held", case, now) as writing:
        writing.case.held_at, writing.case.held_by = now, actor.person
        writing.enter(Kind.HOLD, why.strip())


def release_case(actor: Actor, case: Case, why: str, *, now: datetime) -> None:
    """End the legal hold on a case; errors as `hold_case`."""
    if not why.strip():
        raise NotPossible({"why": _("Say why the hold ends.")})
    with case_change(actor, "case.released", case, now) as writing:
        writing.case.held_at = writing.case.held_by = None
        writing.enter(Kind.HOLD, _("Ended: %(why)s") % {"why": why.strip()})


def transfer_case(actor: Actor, case: Case, given: Handing, *, now: datetime) -> Transfer:
    """Record that the file of a case went to another school; it stays readable here until retention says otherwise.

    Raises:
        NotPossible: no school, nobody there, no way, or no hash of what was handed over.
    """
    names = ("to_school", "to_person", "how")
    empty = [name for name in names if not getattr(given, name).strip()]
    if empty:
        raise NotPossible({name: _("Fill this in.") for name in empty})
    if len(given.sha256) != 64:
        raise NotPossible({"sha256": _("Enter the 64 characters of the hash of the file.")})
    with case_change(actor, "case.transferred", case, now) as writing:
        today = localdate(now)
        transfer = Transfer(
            case=writing.case,
            to_school=given.to_school.strip(),
            to_person=writing.seal(given.to_person.strip()),
            how=given.how.strip(),
            sha256=given.sha256,
            sent_at=now,
            sent_by=actor.person,
            receipt_due_on=working_days(writing.case.establishment).add(today, RECEIPT_DAYS),
        )
        writing.changed.add(transfer)
        writing.enter(Kind.TRANSFER, f"{given.to_school.strip()}, {given.to_person.strip()}: {given.how.strip()}")
    return transfer


def receive_transfer(actor: Actor, transfer: Transfer, received_by: str, *, now: datetime) -> None:
    """Record the receipt of the school to which a file went.

    Raises:
        NotPossible: nobody is named, or it was recorded already.
    """
    if not received_by.strip():
        raise NotPossible({"received_by": _("Say who there received the file.")})
    with case_change(actor, "case.transfer_received", transfer.case, now) as writing:
        row = writing.changed.lock(transfer)
        if row.received_on is not None:
            raise NotPossible(_("The receipt was recorded already."))
        row.received_on, row.received_by = localdate(now), writing.seal(received_by.strip())
        writing.enter(Kind.TRANSFER, _("Received by %(who)s") % {"who": received_by.strip()})
