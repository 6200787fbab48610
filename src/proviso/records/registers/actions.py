"""What this room does: its rows of the permission table, and its sentences of the action log."""

from django.utils.translation import gettext_noop as _

from proviso.records.audit import proofs
from proviso.records.audit.proofs import Proven
from proviso.records.people import permissions, relations
from proviso.records.people.change import Action, register
from proviso.records.people.permissions import LEADERS, RUNNING, SIGNED_IN, Kind, Permission
from proviso.records.people.relations import Relations
from proviso.records.registers.declaration_handlers import handlers_on
from proviso.records.registers.models import Consent, ConsentLink, ConsentWording, Declaration, RollEntry

SEEING_DECLARATIONS = frozenset((Kind.HEADTEACHER, Kind.EXECUTIVE, Kind.DSL, Kind.CHAIR))
SEEING_CONSENTS = LEADERS | {Kind.ADMINISTRATOR, Kind.TEACHER, Kind.SUPPORT_STAFF, Kind.DPO}
RECORDING = LEADERS | {Kind.ADMINISTRATOR}
State = Declaration.State

PERMISSIONS = {
    "declaration.make": Permission(own=SIGNED_IN),
    "declaration.own": Permission(itself=SIGNED_IN, secret=True),
    # The chair sees what the leader declares, the others everything: see the selectors.
    "declarations.view": Permission(own=SEEING_DECLARATIONS, second_step=True),
    "declarations.export": Permission(own=SEEING_DECLARATIONS, second_step=True, fresh=True),
    "declaration.decide": Permission(handler=True, secret=True),
    # Whoever publishes has to know who may be shown; only some record it.
    "consents.view": Permission(own=SEEING_CONSENTS),
    "consents.record": Permission(own=RECORDING, second_step=True),
    "consents.export": Permission(own=RECORDING | {Kind.DPO}, second_step=True, fresh=True),
    "consents.import": Permission(own=RUNNING, second_step=True),
    "consents.import_apply": Permission(own=RUNNING, second_step=True, fresh=True),
    "consent.own": Permission(itself=SIGNED_IN),
    "consent.by_link": Permission(reporter=True, secret=True),
}

_ACKNOWLEDGED: dict[str, str] = {State.ACKNOWLEDGED: State.ACKNOWLEDGED}
# The log names nobody whom a tie is with, and does not say who declared what somebody decides on.
ACTIONS = {
    "declaration.made": Action(_("declared a tie"), "declaration.make"),
    "declaration.more_asked": Action(
        _("asked for more about a declaration"), "declaration.decide", {State.SENT: State.MORE_ASKED}
    ),
    "declaration.answered": Action(
        _("answered a question about a declaration"), "declaration.own", {State.MORE_ASKED: State.SENT}
    ),
    "declaration.acknowledged": Action(
        _("acknowledged a declaration, to be reviewed on %(review_on)s"),
        "declaration.decide",
        {State.SENT: State.ACKNOWLEDGED},
    ),
    "declaration.reviewed": Action(
        _("reviewed a declaration, to be reviewed again on %(review_on)s"), "declaration.decide", _ACKNOWLEDGED
    ),
    "declaration.confirmed": Action(_("confirmed that a declaration still holds"), "declaration.own", _ACKNOWLEDGED),
    "declaration.withdrawn": Action(
        _("withdrew a declaration"),
        "declaration.own",
        dict.fromkeys((State.SENT, State.MORE_ASKED, State.ACKNOWLEDGED), State.WITHDRAWN),
    ),
    "consent.worded": Action(_("changed the words of the consent form"), "consents.record"),
    "consent.recorded": Action(_("recorded what was said for %(person)s about names and pictures"), "consents.record"),
    "consent.withdrawn": Action(_("recorded that a consent for %(person)s was withdrawn"), "consents.record"),
    "consent.own_recorded": Action(_("said whether they may be named and shown"), "consent.own"),
    "consent.own_withdrawn": Action(_("withdrew a consent to be named or shown"), "consent.own"),
    "consent.withdrawn_by_link": Action(_("withdrew a consent for %(person)s by a private link"), "consent.by_link"),
    "consent.link_given": Action(_("made a private link to the consents of %(person)s"), "consents.record"),
    "consent.roll_entered": Action(_("entered the class of %(person)s, or what they are known as"), "consents.record"),
}

permissions.register(PERMISSIONS)
proofs.register(Declaration, Proven(("establishment_id", "person_id", "text", "fingerprint", "declared_at")))
relations.register(
    Declaration,
    Relations(
        lambda declaration: declaration.establishment,
        person=lambda declaration: declaration.person_id,
        stand_ins=handlers_on,
        fetch=("establishment__parent", "person"),
    ),
)
proofs.register(Consent, Proven(("establishment_id", "person_id", "purpose", "about", "standing", "by", "at")))
for kind in (Consent, RollEntry):
    relations.register(kind, Relations(lambda row: row.establishment, person=lambda row: row.person_id))
relations.register(ConsentWording, Relations(lambda wording: wording.establishment))
relations.register(
    ConsentLink,
    Relations(
        lambda link: link.establishment,
        receipts=lambda link: (link.secret_hash,),
        fetch=("establishment__parent", "person"),
    ),
)
register(ACTIONS)
