"""What is done in cases: who may do it, and how the log tells it. A sentence names the case by its reference alone.

A case is for whoever handles it, or stands in for one who does: no role by itself opens the file of one, and a
technical administrator has none of this. Each reading is logged, and to everybody else a case does not exist.
"""

from django.utils.translation import gettext_noop as _

from proviso.records.cases.models import Case, CaseParty, Concern, Letter, LetterTemplate, Step, Transfer
from proviso.records.cases.relations import part_relations, template_relations
from proviso.records.people import permissions, relations
from proviso.records.people.change import Action, register
from proviso.records.people.permissions import LEADERS, SIGNED_IN, Kind, Permission

OPENING = LEADERS | {Kind.CHAIR, Kind.EXECUTIVE}
ABOUT_ADULTS = frozenset((Kind.HEADTEACHER, Kind.CHAIR, Kind.EXECUTIVE))  # who opens a case about an adult unasked
WRITING = frozenset((Kind.HEADTEACHER, Kind.CLERK, Kind.EXECUTIVE))
HANDLING = Permission(handler=True, secret=True)
State = Case.State

PERMISSIONS = {
    "case.list": Permission(own=OPENING, above=frozenset((Kind.EXECUTIVE,)), second_step=True),
    "case.open": Permission(own=OPENING, above=frozenset((Kind.EXECUTIVE,)), second_step=True),
    "concern.triage": HANDLING,
    "case.view": Permission(handler=True, secret=True, logged=True),
    "case.change": HANDLING,
    "case.export": Permission(handler=True, secret=True, fresh=True),
    "letter.approve": Permission(itself=SIGNED_IN, secret=True),
    "letter_templates.view": Permission(own=OPENING | WRITING, above=frozenset((Kind.EXECUTIVE,)), second_step=True),
    "letter_templates.change": Permission(own=WRITING, second_step=True),
}

_OPEN: dict[str, str] = {State.OPEN: State.OPEN}
_IN_CASE: dict[str, str] = {Concern.State.SHARED: Concern.State.IN_CASE, Concern.State.SEEN: Concern.State.IN_CASE}
_LIVING: dict[str, str] = {
    Concern.State.SHARED: Concern.State.SHARED,
    Concern.State.SEEN: Concern.State.SEEN,
    Concern.State.IN_CASE: Concern.State.IN_CASE,
}
_ENDED: dict[str, str] = {
    State.OPEN: State.OPEN,
    State.CLOSED: State.CLOSED,
    State.TRANSFERRED: State.TRANSFERRED,
}
ACTIONS = {
    "case.opened": Action(_("opened case %(reference)s"), "case.open"),
    "case.opened_from_concern": Action(_("opened case %(reference)s from a concern"), "concern.triage"),
    "concern.put_in_case": Action(_("put a concern into case %(reference)s"), "concern.triage", _IN_CASE),
    "concern.threshold_decided": Action(_("decided about the harm threshold of a concern"), "concern.triage", _LIVING),
    "case.read": Action(_("read case %(reference)s"), "case.view"),
    "case.noted": Action(_("wrote in case %(reference)s"), "case.change", _OPEN),
    "case.corrected": Action(_("corrected an entry of case %(reference)s"), "case.change", _ENDED),
    "case.step_settled": Action(_("settled a step of case %(reference)s"), "case.change", _OPEN),
    "case.step_handed_over": Action(_("handed over a step of case %(reference)s"), "case.change", _OPEN),
    "case.person_added": Action(_("added somebody to case %(reference)s"), "case.change", _OPEN),
    "case.wishes_recorded": Action(_("recorded wishes in case %(reference)s"), "case.change", _OPEN),
    "case.decided": Action(_("recorded a decision in case %(reference)s"), "case.change", _OPEN),
    "case.sexual_image_marked": Action(_("marked case %(reference)s: no files come in"), "case.change", _ENDED),
    "case.held": Action(_("put a legal hold on case %(reference)s"), "case.change", _ENDED),
    "case.released": Action(_("ended the legal hold on case %(reference)s"), "case.change", _ENDED),
    "case.closed": Action(_("closed case %(reference)s"), "case.change", {State.OPEN: State.CLOSED}),
    "case.exported": Action(_("took out the file of case %(reference)s"), "case.export", _ENDED),
    "case.transferred": Action(
        _("transferred the file of case %(reference)s"),
        "case.export",
        {State.OPEN: State.TRANSFERRED, State.CLOSED: State.TRANSFERRED},
    ),
    "case.transfer_received": Action(
        _("recorded the receipt for the file of case %(reference)s"),
        "case.change",
        {State.TRANSFERRED: State.TRANSFERRED},
    ),
    "case.letter_written": Action(_("wrote a letter in case %(reference)s"), "case.change", _OPEN),
    "case.letter_sent": Action(_("sent a letter of case %(reference)s"), "case.change", _OPEN),
    "letter.approved": Action(
        _("approved a letter of case %(reference)s"), "letter.approve", {Letter.State.WAITING: Letter.State.APPROVED}
    ),
    "letter.returned": Action(
        _("returned a letter of case %(reference)s"), "letter.approve", {Letter.State.WAITING: Letter.State.DRAFT}
    ),
    "letter_template.changed": Action(_("changed the template of a letter"), "letter_templates.change"),
}

permissions.register(PERMISSIONS)
for part in (CaseParty, Letter, Step, Transfer):
    relations.register(part, part_relations())
relations.register(LetterTemplate, template_relations())
register(ACTIONS)
