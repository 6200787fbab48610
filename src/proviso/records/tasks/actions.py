"""What this room does: its rows of the permission table, and its sentences of the action log."""

from django.utils.translation import gettext_noop as _

from proviso.records.people import permissions, relations
from proviso.records.people.actors import fetch_along
from proviso.records.people.change import Action, register
from proviso.records.people.permissions import LEADERS, PREPARING, RUNNING, SIGNED_IN, Kind, Permission
from proviso.records.people.relations import Relations
from proviso.records.tasks.models import Absence, Calendar, SchoolHoliday, Task
from proviso.records.tasks.stand_ins import stand_ins_of, stands_in

HEADS = frozenset((Kind.HEADTEACHER, Kind.EXECUTIVE))
State = Task.State

PERMISSIONS = {
    "tasks.do": Permission(itself=SIGNED_IN, handler=True),
    "tasks.school": Permission(own=LEADERS | PREPARING, second_step=True),
    "tasks.make": Permission(job=True),
    "calendar.renew": Permission(itself=SIGNED_IN),
    "absence.record": Permission(own=HEADS, itself=SIGNED_IN),
    "holidays.change": Permission(own=RUNNING, second_step=True),
}

_DONE: dict[str, str] = {State.OPEN: State.DONE}
_REOPENED: dict[str, str] = {State.DONE: State.OPEN}
ACTIONS = {
    "tasks.made": Action(_("made %(count)s tasks"), "tasks.make"),
    "tasks.dropped": Action(
        _("removed %(count)s tasks that no longer belong to anybody"), "tasks.make", {State.OPEN: State.DROPPED}
    ),
    "task.done": Action(_("did a task of clause %(clause)s"), "tasks.do", _DONE),
    "task.reopened": Action(_("marked a task of clause %(clause)s as not done"), "tasks.do", _REOPENED),
    "school_task.done": Action(_("did a duty of the school under clause %(clause)s"), "tasks.school", _DONE),
    "school_task.reopened": Action(
        _("marked a duty of the school under clause %(clause)s as not done"), "tasks.school", _REOPENED
    ),
    "absence.recorded": Action(
        _("entered that %(person)s is away from %(starts_on)s to %(ends_on)s, and that %(deputy)s stands in"),
        "absence.record",
    ),
    "absence.changed": Action(
        _("changed that %(person)s is away: from %(starts_on)s to %(ends_on)s, and %(deputy)s stands in"),
        "absence.record",
    ),
    "absence.ended": Action(_("ended the absence of %(person)s from %(starts_on)s to %(ends_on)s"), "absence.record"),
    "holiday.added": Action(_("added the holiday %(name)s from %(starts_on)s to %(ends_on)s"), "holidays.change"),
    "holiday.removed": Action(_("removed the holiday %(name)s from %(starts_on)s to %(ends_on)s"), "holidays.change"),
    "calendar.renewed": Action(_("made a new address for the calendar"), "calendar.renew"),
}

permissions.register(PERMISSIONS)
relations.register(
    Task,
    Relations(
        lambda task: task.establishment,
        person=lambda task: task.person_id,
        stand_ins=stand_ins_of,
        fetch=("establishment__parent", "person"),
    ),
)
relations.register(Calendar, Relations(lambda calendar: None, person=lambda calendar: calendar.person_id))
relations.register(
    Absence,
    Relations(
        lambda absence: absence.establishment,
        person=lambda absence: absence.person_id,
        fetch=("establishment__parent", "person", "deputy"),
    ),
)
relations.register(SchoolHoliday, Relations(lambda holiday: holiday.establishment, fetch=("establishment__parent",)))
register(ACTIONS)
fetch_along("stands_in", stands_in)
