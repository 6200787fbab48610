"""What this room does: its rows of the permission table, and its sentences of the action log."""

from django.utils.translation import gettext_noop as _

from proviso.records.audit import actions as log_sentences
from proviso.records.audit import proofs
from proviso.records.audit.proofs import Proven
from proviso.records.people import permissions, relations
from proviso.records.people.change import Action, register
from proviso.records.people.permissions import GOVERNING, LEADERS, PREPARING, SIGNED_IN, TOP, Kind, Permission
from proviso.records.people.relations import Relations
from proviso.records.policies.fingerprints import texts_that_differ
from proviso.records.policies.models import (
    Acknowledgement,
    Approval,
    Campaign,
    Consultation,
    Question,
    Review,
    Variation,
    Version,
)

HEADS = frozenset((Kind.HEADTEACHER, Kind.CHAIR, Kind.EXECUTIVE))
State, Asked, Signing, Answer = Version.State, Approval.State, Campaign.State, Acknowledgement.Kind

PERMISSIONS = {
    # the policy's life
    "policy.view": Permission(own=LEADERS | GOVERNING | PREPARING, above=TOP),
    "policy.prepare": Permission(own=PREPARING, second_step=True),
    "policy.approve": Permission(
        own=HEADS | {Kind.GOVERNOR, Kind.TRUSTEE}, above=frozenset((Kind.EXECUTIVE, Kind.CHAIR)), fresh=True
    ),
    # What an approver wants to know goes back to whoever prepared it: that decides nothing.
    "policy.question": Permission(
        own=HEADS | {Kind.GOVERNOR, Kind.TRUSTEE}, above=frozenset((Kind.EXECUTIVE, Kind.CHAIR))
    ),
    "policy.adopt": Permission(own=PREPARING | {Kind.CHAIR}, second_step=True, fresh=True),
    "policy.review": Permission(own=PREPARING | {Kind.CHAIR}, second_step=True),
    "policy.withdraw": Permission(own=HEADS, second_step=True, fresh=True),
    "policy.publish": Permission(own=frozenset((Kind.EXECUTIVE, Kind.CLERK)), second_step=True),
    # reading and signing
    "signing.sign": Permission(own=SIGNED_IN),
    "signing.figures": Permission(own=LEADERS | GOVERNING | PREPARING, above=TOP),
    "signing.names": Permission(own=LEADERS | PREPARING, second_step=True),
    "signing.remind": Permission(own=LEADERS | PREPARING, second_step=True),
    "signing.export": Permission(own=LEADERS | PREPARING, second_step=True, fresh=True),
    "signing.record": Permission(own=frozenset((Kind.HEADTEACHER, Kind.CLERK, Kind.EXECUTIVE)), second_step=True),
    "signing.exempt": Permission(own=HEADS, second_step=True),
    # Whoever adopts or withdraws a version opens or closes its signing.
    "signing.ask": Permission(own=PREPARING | {Kind.CHAIR}, second_step=True),
}

_EDITED: dict[str, str] = {State.DRAFT: State.DRAFT}
_OPEN: dict[str, str] = {State.DRAFT: State.DRAFT, State.APPROVAL: State.APPROVAL, State.APPROVED: State.APPROVED}
_ASKED: dict[str, str] = {State.APPROVAL: State.APPROVAL}
_IN_FORCE: dict[str, str] = {State.ADOPTED: State.ADOPTED}
_EXEMPTION_ASKED: dict[str, str] = {Answer.EXEMPTION_ASKED: Answer.EXEMPTION_ASKED}
ACTIONS = {
    "version.started": Action(_("started version %(version)s of the policy from %(model)s"), "policy.prepare"),
    "version.particulars": Action(_("filled in the policy details of version %(version)s"), "policy.prepare", _EDITED),
    "version.clause_changed": Action(
        _("changed clause %(clause)s in version %(version)s: %(reason)s"), "policy.prepare", _EDITED
    ),
    "version.clause_added": Action(
        _("added clause %(clause)s to version %(version)s: %(reason)s"), "policy.prepare", _EDITED
    ),
    "version.clause_switched_off": Action(
        _("switched clause %(clause)s off in version %(version)s: %(reason)s"), "policy.prepare", _EDITED
    ),
    "version.clause_restored": Action(
        _("undid the change to clause %(clause)s in version %(version)s"), "policy.prepare", _EDITED
    ),
    "version.described": Action(
        _("described version %(version)s as a %(change)s: %(summary)s"), "policy.prepare", _EDITED
    ),
    "version.consulted": Action(
        _("recorded that %(body)s was consulted on version %(version)s"), "policy.prepare", _OPEN
    ),
    "version.submitted": Action(
        _("asked for approval of version %(version)s"), "policy.prepare", {State.DRAFT: State.APPROVAL}
    ),
    "approver.replaced": Action(
        _("asked %(person)s to approve version %(version)s instead"), "policy.prepare", {Asked.WAITING: Asked.LAPSED}
    ),
    "version.approved": Action(
        _("approved version %(version)s as %(capacity)s"), "policy.approve", {Asked.WAITING: Asked.APPROVED}
    ),
    "version.returned": Action(
        _("returned version %(version)s for changes: %(comment)s"), "policy.approve", {Asked.WAITING: Asked.RETURNED}
    ),
    "version.question_asked": Action(_("asked about version %(version)s: %(question)s"), "policy.question", _ASKED),
    "version.question_answered": Action(
        _("answered a question about version %(version)s: %(answer)s"), "policy.prepare", _OPEN
    ),
    "version.fully_approved": Action(
        _("gave the last approval that version %(version)s needed"),
        "policy.approve",
        {State.APPROVAL: State.APPROVED},
    ),
    "version.sent_back": Action(
        _("made version %(version)s a draft again"), "policy.approve", {State.APPROVAL: State.DRAFT}
    ),
    "version.reopened": Action(
        _("reopened version %(version)s for changes"),
        "policy.prepare",
        {State.APPROVAL: State.DRAFT, State.APPROVED: State.DRAFT},
    ),
    "version.adopted": Action(
        _("adopted version %(version)s, in force from %(in_force_from)s"),
        "policy.adopt",
        {State.APPROVED: State.ADOPTED},
    ),
    "version.discarded": Action(
        _("discarded version %(version)s"), "policy.prepare", dict.fromkeys(_OPEN, State.DISCARDED)
    ),
    "version.withdrawn": Action(
        _("withdrew version %(version)s from %(until)s: %(reason)s"),
        "policy.withdraw",
        {State.ADOPTED: State.WITHDRAWN},
    ),
    "version.published": Action(_("published version %(version)s as a model"), "policy.publish", _IN_FORCE),
    "review.confirmed": Action(
        _("recorded that %(reviewer)s reviewed version %(version)s and left it as it is; next review %(review_on)s"),
        "policy.review",
        _IN_FORCE,
    ),
    "signing.opened": Action(
        _("asked everybody covered to sign version %(version)s by %(due_on)s"), "signing.ask", _IN_FORCE
    ),
    "signing.closed": Action(
        _("ended the signing of version %(version)s on %(closed_on)s"),
        "signing.ask",
        {Signing.OPEN: Signing.CLOSED},
    ),
    # That a reminder goes out is the work of whoever sends emails, who follows this action.
    "signing.reminded": Action(
        _("reminded %(count)s people to sign version %(version)s"), "signing.remind", {Signing.OPEN: Signing.OPEN}
    ),
    "signing.signed": Action(_("read and signed version %(version)s"), "signing.sign"),
    "signing.signed_for": Action(_("recorded that %(person)s signed version %(version)s"), "signing.record"),
    "signing.declined": Action(_("declined to sign version %(version)s"), "signing.sign"),
    "signing.exemption_asked": Action(_("asked for an exemption from signing version %(version)s"), "signing.sign"),
    # Rows of answers never change: what is decided on comes after what was asked, as a row of its own.
    "signing.exempted": Action(
        _("exempted %(person)s from signing version %(version)s"), "signing.exempt", _EXEMPTION_ASKED
    ),
    "signing.exemption_refused": Action(
        _("refused to exempt %(person)s from signing version %(version)s"), "signing.exempt", _EXEMPTION_ASKED
    ),
}

permissions.register(PERMISSIONS)
proofs.register(
    Acknowledgement,
    Proven(
        (
            *("campaign_id", "version_id", "person_id", "recorded_by_id", "kind", "at"),
            *("fingerprint", "statement", "typed_name", "answers", "reason"),
        ),
        required=True,
    ),
)
proofs.register(
    Approval,
    Proven(
        ("version_id", "person_id", "capacity", "fingerprint", "typed_name", "comment", "decided_at"),
        when=lambda approval: approval.state in (Asked.APPROVED, Asked.RETURNED),
    ),
)
proofs.register(
    Version,
    Proven(
        ("establishment_id", "number", "text", "fingerprint", "adopted_on", "in_force_from"),
        when=lambda version: version.state in (State.ADOPTED, State.WITHDRAWN),
    ),
)
proofs.check(texts_that_differ)
# Written once each by a migration.
log_sentences.register(
    {
        "signing.proven": _("took %(count)s signatures of before into the proof of the log"),
        "version.carried_over": _(
            "carried version %(previous)s over into version %(version)s, a correction: its sections have numbers of "
            "their own, and signatures stay valid"
        ),
        "version.brought_into_form": _("gave the sections of the draft of version %(version)s numbers of their own"),
    }
)
relations.register(Version, Relations(lambda version: version.establishment, fetch=("establishment__parent",)))
relations.register(
    Campaign, Relations(lambda campaign: campaign.establishment, fetch=("establishment__parent", "version"))
)
for part in (Variation, Consultation, Approval, Question, Review):
    relations.register(
        part, Relations(lambda each: each.version.establishment, fetch=("version__establishment__parent",))
    )
relations.register(
    Acknowledgement,
    Relations(
        lambda answer: answer.version.establishment,
        person=lambda answer: answer.person_id,
        state="kind",
        fetch=("version__establishment__parent", "person"),
    ),
)
register(ACTIONS)
