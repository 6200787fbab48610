"""What this room does: its rows of the permission table, and its sentences of the action log.

All of it is for those who handle the owner of the evidence; for everybody else there is none.
"""

from django.utils.translation import gettext_noop as _

from proviso.records.audit import proofs
from proviso.records.audit.proofs import Proven
from proviso.records.evidence.models import CustodyEntry, EvidenceItem, Retention
from proviso.records.evidence.owners import relations_by_owner
from proviso.records.people import permissions, relations
from proviso.records.people.change import Action, register
from proviso.records.people.permissions import Kind, Permission

HEAD = frozenset((Kind.HEADTEACHER,))
State = EvidenceItem.State

PERMISSIONS = {
    "evidence.view": Permission(handler=True, secret=True),
    "evidence.add": Permission(handler=True, secret=True),
    "evidence.export": Permission(handler=True, secret=True, fresh=True),
    "evidence.seal": Permission(handler=True, secret=True, job=True),
    "evidence.remove": Permission(handler=True, secret=True, fresh=True),
    "evidence.stamp": Permission(secret=True, job=True),
    "retention.start": Permission(handler=True, secret=True, job=True),
    "retention.hold": Permission(handler=True, own=HEAD, secret=True),
    # Whoever handled a case has often left when its time is over.
    "retention.confirm": Permission(handler=True, own=HEAD, secret=True, fresh=True),
}

_REMOVED: dict[str, str] = {State.KEPT: State.REMOVED, State.SEALED: State.REMOVED}
ACTIONS = {
    "evidence.added": Action(_("added %(item)s to the evidence of %(owner)s"), "evidence.add"),
    "evidence.redacted": Action(_("made %(item)s, a redacted copy, in the evidence of %(owner)s"), "evidence.add"),
    "evidence.opened": Action(_("opened %(item)s of the evidence of %(owner)s"), "evidence.view"),
    "evidence.previewed": Action(_("was shown %(item)s of the evidence of %(owner)s"), "evidence.view"),
    "evidence.exported": Action(_("took the original of %(item)s out of the evidence of %(owner)s"), "evidence.export"),
    "evidence.packed": Action(_("took the whole evidence of %(owner)s out"), "evidence.export"),
    "evidence.checked": Action(_("checked %(item)s of the evidence of %(owner)s against its hash"), "evidence.view"),
    "evidence.sealed": Action(_("sealed the evidence of %(owner)s unseen"), "evidence.seal"),
    "evidence.removed": Action(
        _("removed %(item)s of the evidence of %(owner)s on the advice of %(adviser)s (%(reference)s)"),
        "evidence.remove",
        _REMOVED,
    ),
    "evidence.stamped": Action(_("time-stamped %(item)s of the evidence of %(owner)s"), "evidence.stamp"),
    "retention.started": Action(_("set until when %(owner)s is kept: %(until)s"), "retention.start"),
    "retention.held": Action(_("put %(owner)s on hold, so that nothing of it is deleted"), "retention.hold"),
    "retention.released": Action(_("ended the hold on %(owner)s"), "retention.hold"),
    "retention.shredded": Action(_("confirmed that %(owner)s is deleted: its time is over"), "retention.confirm"),
}

permissions.register(PERMISSIONS)
relations.register(EvidenceItem, relations_by_owner())
relations.register(Retention, relations_by_owner(state="pk"))
register(ACTIONS)
proofs.register(
    EvidenceItem,
    Proven(
        ("owner", "number", "kind", "state", "file_id", "sha256", "captured_at", "captured_by_id", "seen_at"),
        required=True,
    ),
)
proofs.register(CustodyEntry, Proven(("item_id", "event", "at", "by_id", "why"), required=True))
