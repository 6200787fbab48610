"""What this room does, as sentences of the action log."""

from django.utils.translation import gettext_noop as _

SENTENCES = {
    "version.started": _("began version %(version)s of the policy from %(model)s"),
    "version.particulars": _("filled in the particulars of version %(version)s"),
    "version.clause_changed": _("changed clause %(clause)s in version %(version)s: %(reason)s"),
    "version.clause_added": _("added clause %(clause)s to version %(version)s: %(reason)s"),
    "version.clause_switched_off": _("switched clause %(clause)s off in version %(version)s: %(reason)s"),
    "version.clause_restored": _("took back the change of clause %(clause)s in version %(version)s"),
    "version.consulted": _("recorded that %(body)s was consulted on version %(version)s"),
    "version.submitted": _("asked for approval of version %(version)s"),
    "version.approved": _("approved version %(version)s as %(capacity)s"),
    "version.returned": _("returned version %(version)s for changes: %(comment)s"),
    "version.reopened": _("reopened version %(version)s for changes"),
    "version.adopted": _("adopted version %(version)s, in force from %(in_force_from)s"),
    "version.discarded": _("discarded version %(version)s"),
    "version.withdrawn": _("withdrew version %(version)s from %(until)s: %(reason)s"),
    "version.published": _("published version %(version)s as a model"),
    "review.confirmed": _("reviewed version %(version)s and left it as it is; next review %(review_on)s"),
    "signing.opened": _("asked everybody covered to sign version %(version)s by %(due_on)s"),
    "signing.signed": _("read and signed version %(version)s"),
    "signing.signed_for": _("recorded that %(person)s signed version %(version)s"),
    "signing.declined": _("declined to sign version %(version)s"),
    "signing.exemption_asked": _("asked to be exempted from signing version %(version)s"),
    "signing.exempted": _("exempted %(person)s from signing version %(version)s"),
    "signing.exemption_refused": _("refused to exempt %(person)s from signing version %(version)s"),
    "task.done": _("did a task of clause %(clause)s"),
    "task.reopened": _("marked a task of clause %(clause)s as not done"),
    "calendar.renewed": _("made a new address for the calendar"),
}
