"""What this room does: its rows of the permission table, and its sentences of the action log."""

from collections.abc import Collection

from django.utils.translation import gettext_noop as _

from proviso.records.cases import case_actions  # noqa: F401  # what is done in cases
from proviso.records.cases.models import Case, Concern
from proviso.records.cases.relations import case_relations, concern_relations
from proviso.records.cases.seen import cases_seen, concerns_seen, has_cases, has_concerns
from proviso.records.people import log_bars, permissions, relations
from proviso.records.people.actors import Actor, fetch_along
from proviso.records.people.change import Action, register
from proviso.records.people.models import Establishment
from proviso.records.people.permissions import LEADERS, Kind, Permission

State = Concern.State
RECEIVING = LEADERS | {Kind.CHAIR, Kind.EXECUTIVE}

PERMISSIONS = {
    "concern.share": Permission(public=True),
    "concern.draft": Permission(public=True),
    "concern.forget_drafts": Permission(job=True),
    # To the page with those that one handles: whether there are any, the role does not say.
    "concerns.list": Permission(own=RECEIVING, above=frozenset((Kind.EXECUTIVE,)), second_step=True),
    "concern.read": Permission(handler=True, logged=True, secret=True),
    "concern.handle": Permission(handler=True, secret=True),
    "concern.follow": Permission(reporter=True, secret=True),
    "concern.hand_on": Permission(job=True, secret=True),
}
_OPEN: dict[str, str] = {state: state for state in (State.SHARED, State.SEEN, State.IN_CASE)}
ACTIONS = {
    "concern.shared": Action(_("shared a concern"), "concern.share"),
    "concern.draft_kept": Action(_("kept a concern to go on with"), "concern.draft"),
    "concern.drafts_forgotten": Action(_("deleted concerns that nobody went on with"), "concern.forget_drafts"),
    "concern.read": Action(_("read a concern"), "concern.read"),
    "concern.acknowledged": Action(
        _("said that a concern is looked at"), "concern.handle", {State.SHARED: State.SEEN, State.SEEN: State.SEEN}
    ),
    "concern.written_about": Action(_("wrote to whoever shared a concern"), "concern.handle", _OPEN),
    "concern.added_to": Action(_("added to a concern that they shared"), "concern.follow", _OPEN),
    "concern.handed_over": Action(_("handed a concern over"), "concern.handle", _OPEN),
    "concern.handed_on": Action(_("handed on a concern of somebody whose role ended"), "concern.hand_on", _OPEN),
    "concern.person_matched": Action(_("said whom a concern names"), "concern.handle"),
    "concern.closed": Action(_("closed a concern"), "concern.handle", dict.fromkeys(_OPEN, State.CLOSED.value)),
}


def _concerns(actor: Actor, establishment: Establishment) -> Collection[str]:
    return [f"concern:{pk}" for pk in concerns_seen(actor, establishment).values_list("pk", flat=True)]


def _cases(actor: Actor, establishment: Establishment) -> Collection[str]:
    return [f"case:{pk}" for pk in cases_seen(actor, establishment).values_list("pk", flat=True)]


permissions.register(PERMISSIONS)
relations.register(Concern, concern_relations())
relations.register(Case, case_relations())
register(ACTIONS)
log_bars.register("concern", _concerns)
log_bars.register("case", _cases)
fetch_along("has_concerns", has_concerns)
fetch_along("has_cases", has_cases)
