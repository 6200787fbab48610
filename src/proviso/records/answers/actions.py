"""What this room does: its rows of the permission table, and its sentences of the action log."""

from django.utils.translation import gettext_noop as _

from proviso.records.answers.models import OpinionCount
from proviso.records.people import permissions, relations
from proviso.records.people.change import Action, register
from proviso.records.people.permissions import LEADERS, Kind, Permission
from proviso.records.people.relations import Relations

PERMISSIONS = {
    "answers.rate": Permission(public=True),
    "answers.view": Permission(own=LEADERS | {Kind.CLERK, Kind.EXECUTIVE}, second_step=True),
    "answers.forget": Permission(job=True),
}
ACTIONS = {
    # A bare yes or no is counted and not logged: a log of moments would say when somebody asked.
    "answer.question_added": Action(_("added a question to feedback on an answer"), "answers.rate"),
    "answers.forgotten": Action(_("deleted %(count)s days of feedback on answers, after 90 days"), "answers.forget"),
}

permissions.register(PERMISSIONS)
relations.register(OpinionCount, Relations(lambda count: count.establishment, fetch=("establishment__parent",)))
register(ACTIONS)
