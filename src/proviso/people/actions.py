"""What this room does, as sentences of the action log."""

from django.utils.translation import gettext_noop as _

SENTENCES = {
    "establishment.added": _("added %(name)s"),
    "establishment.changed": _("changed the details of %(name)s"),
    "person.added": _("added %(person)s"),
    "person.changed": _("changed the details of %(person)s"),
    "person.invited": _("invited %(person)s to sign in"),
    "person.joined": _("accepted the invitation and set a password"),
    "person.signed_in": _("signed in"),
    "person.signed_out_everywhere": _("signed out on every device"),
    "person.password_set": _("set a new password"),
    "person.second_factor_added": _("set up a second step for signing in"),
    "person.second_factor_removed": _("removed a second step for signing in"),
    "person.second_factor_taken_away": _("took away the second step of %(person)s"),
    "person.preferences_changed": _("changed the language or the e-mails of their own account"),
    "person.locked_out": _("was locked out after too many wrong passwords"),
    "role.started": _("made %(person)s %(role)s from %(starts_on)s"),
    "role.ended": _("ended the role of %(person)s as %(role)s on %(ends_on)s"),
    "people.imported": _("imported people from %(file)s: %(added)s added, %(changed)s changed, %(closed)s left"),
}
