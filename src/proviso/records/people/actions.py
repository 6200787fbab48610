"""What this room does: its rows of the permission table, and its sentences of the action log."""

from django.utils.translation import gettext_noop as _

from proviso.records.audit import proofs
from proviso.records.audit.proofs import Proven
from proviso.records.people import permissions, relations
from proviso.records.people.change import Action, register
from proviso.records.people.models import Invitation, Role
from proviso.records.people.permissions import LEADERS, RUNNING, SIGNED_IN, TOP, Kind, Permission

ADMINISTRATOR = frozenset((Kind.ADMINISTRATOR,))
SEEING = LEADERS | RUNNING | {Kind.CLERK}
SEEING_BELOW = ADMINISTRATOR | {Kind.EXECUTIVE}

PERMISSIONS = {
    "establishment.view": Permission(own=SIGNED_IN, above=TOP | ADMINISTRATOR | {Kind.DPO}),
    "establishment.change": Permission(own=RUNNING, above=ADMINISTRATOR, second_step=True),
    "establishment.look": Permission(own=RUNNING, above=ADMINISTRATOR, second_step=True),
    "people.view": Permission(own=SEEING, above=SEEING_BELOW, second_step=True),
    "people.export": Permission(own=SEEING, above=SEEING_BELOW, second_step=True, fresh=True),
    "people.change": Permission(own=RUNNING, above=ADMINISTRATOR, second_step=True, job=True),
    "people.address": Permission(own=RUNNING, above=ADMINISTRATOR, second_step=True, fresh=True),
    "people.second_step": Permission(own=RUNNING, above=ADMINISTRATOR, job=True, second_step=True, fresh=True),
    "people.import": Permission(own=RUNNING, above=ADMINISTRATOR, second_step=True),
    "people.found": Permission(job=True),
    "roles.change": Permission(own=RUNNING, above=ADMINISTRATOR, second_step=True, fresh=True, job=True),
    "import.apply": Permission(own=RUNNING, above=ADMINISTRATOR, second_step=True, fresh=True),
    "account.use": Permission(itself=SIGNED_IN, public=True, job=True),
    "log.view": Permission(
        own=frozenset((Kind.HEADTEACHER, Kind.CHAIR, Kind.CLERK, Kind.DPO, Kind.EXECUTIVE, Kind.ADMINISTRATOR)),
        above=frozenset((Kind.EXECUTIVE, Kind.DPO)),
        second_step=True,
    ),
}

ACTIONS = {
    "establishment.added": Action(_("added %(name)s"), "people.found"),
    "establishment.changed": Action(_("changed the details of %(name)s"), "establishment.change"),
    "establishment.look_changed": Action(_("changed the crest or the colour of %(name)s"), "establishment.look"),
    "person.added": Action(_("added %(person)s"), "people.change"),
    "person.changed": Action(_("changed the details of %(person)s"), "people.change"),
    "person.invited": Action(_("invited %(person)s to sign in"), "people.change"),
    "person.not_invited": Action(_("could not send %(person)s the invitation"), "people.change"),
    "person.joined": Action(_("accepted the invitation and set a password"), "account.use"),
    "person.signed_in": Action(_("signed in"), "account.use"),
    "person.signed_out_everywhere": Action(_("signed out on every device"), "account.use"),
    "person.password_set": Action(_("set a new password"), "account.use"),
    "person.second_factor_added": Action(_("set up a second step for signing in"), "account.use"),
    "person.second_factor_removed": Action(_("removed a second step for signing in"), "account.use"),
    "person.second_factor_taken_away": Action(_("took away the second step of %(person)s"), "people.second_step"),
    "person.preferences_changed": Action(_("changed the language or the emails of their own account"), "account.use"),
    "person.locked_out": Action(_("was locked out after too many wrong passwords"), "account.use"),
    "role.started": Action(_("made %(person)s %(role)s from %(starts_on)s"), "roles.change"),
    "role.ended": Action(_("ended the role of %(person)s as %(role)s on %(ends_on)s"), "roles.change"),
    "person.identified": Action(_("gave %(person)s the identifier %(identifier)s"), "people.import"),
}

permissions.register(PERMISSIONS)
proofs.register(Role, Proven(("person_id", "establishment_id", "kind", "starts_on")))
relations.register(
    Role, relations.Relations(lambda role: role.establishment, fetch=("establishment__parent", "person"))
)
relations.register(
    Invitation, relations.Relations(lambda invitation: invitation.establishment, fetch=("establishment", "person"))
)
register(ACTIONS)
