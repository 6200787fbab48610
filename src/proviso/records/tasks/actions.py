"""What this room does: its rows of the permission table, and its sentences of the action log."""

from django.utils.translation import gettext_noop as _

from proviso.records.people import permissions, relations
from proviso.records.people.change import Action, register
from proviso.records.people.permissions import LEADERS, PREPARING, SIGNED_IN, Permission
from proviso.records.people.relations import Relations
from proviso.records.tasks.models import Task

State = Task.State

PERMISSIONS = {
    "tasks.do": Permission(itself=SIGNED_IN),
    "tasks.school": Permission(own=LEADERS | PREPARING, second_step=True),
    "tasks.make": Permission(job=True),
    "calendar.renew": Permission(itself=SIGNED_IN),
}

_DONE: dict[str, str] = {State.OPEN: State.DONE}
_REOPENED: dict[str, str] = {State.DONE: State.OPEN}
ACTIONS = {
    "tasks.made": Action(_("made %(count)s tasks"), "tasks.make"),
    "tasks.dropped": Action(
        _("dropped %(count)s tasks that are nobody’s any more"), "tasks.make", {State.OPEN: State.DROPPED}
    ),
    "task.done": Action(_("did a task of clause %(clause)s"), "tasks.do", _DONE),
    "task.reopened": Action(_("marked a task of clause %(clause)s as not done"), "tasks.do", _REOPENED),
    "school_task.done": Action(_("did a duty of the school under clause %(clause)s"), "tasks.school", _DONE),
    "school_task.reopened": Action(
        _("marked a duty of the school under clause %(clause)s as not done"), "tasks.school", _REOPENED
    ),
    "calendar.renewed": Action(_("made a new address for the calendar"), "calendar.renew"),
}

permissions.register(PERMISSIONS)
relations.register(
    Task,
    Relations(
        lambda task: task.establishment,
        person=lambda task: task.person_id,
        fetch=("establishment__parent", "person"),
    ),
)
register(ACTIONS)
