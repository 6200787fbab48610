"""The way of a new installation from nothing to its first signature, as a list of what is done and what comes next."""

from collections.abc import Collection
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from proviso.records.people.actors import Actor
from proviso.records.people.models import Establishment
from proviso.records.people.permissions import allowed
from proviso.records.policies.selectors.first_steps import FirstSteps, first_steps

SETTING_UP = frozenset(("establishment.change", "policy.prepare"))


@dataclass(frozen=True)
class Step:
    """One step: what is to be done, where, and who else does it. `is_next` is the first open one."""

    text: str
    is_done: bool
    url: str = ""
    hint: str = ""
    is_next: bool = False


@dataclass(frozen=True)
class SettingUp:
    """The steps of an establishment, and how many of them are done."""

    establishment: Establishment
    steps: list[Step]

    @property
    def done(self) -> int:
        return sum(step.is_done for step in self.steps)


def setting_up(actor: Actor, establishment: Establishment) -> SettingUp | None:
    """Return the steps to the first signature, for those who take part in them; None when all is done."""
    may = allowed(actor, establishment)
    if not may & SETTING_UP:
        return None
    found = first_steps(actor, establishment)
    if found.is_complete:
        return None
    steps = _steps(found, establishment, may)
    upcoming = next((number for number, step in enumerate(steps) if not step.is_done), -1)
    marked = [Step(**{**vars(step), "is_next": number == upcoming}) for number, step in enumerate(steps)]
    return SettingUp(establishment, marked)


def _steps(found: FirstSteps, establishment: Establishment, may: Collection[str]) -> list[Step]:
    def url(action: str, name: str, *rest: str) -> str:
        return reverse(name, args=[establishment.slug, *rest]) if action in may else ""

    school = establishment.is_school
    leader = _("the headteacher") if school else _("an executive")
    prepares = "" if "policy.prepare" in may else _("The headteacher, a deputy, the clerk or an executive does this.")
    return [
        Step(
            _("Say where it is: town and postcode"), found.has_place, url("establishment.change", "dashboards:settings")
        ),
        Step(
            _("Enter %(leader)s") % {"leader": leader},
            found.has_leader,
            url("people.change", "people:add"),
            _("They prepare the policy and see who has signed."),
        ),
        Step(
            _("Enter everybody else, or import them from your records system"),
            found.has_staff,
            url("people.import", "imports:upload", "people"),
        ),
        Step(_("Invite them to sign in"), found.has_invited, url("people.change", "people:invite_everybody")),
        Step(
            _("Begin a policy, from a model or a document of your own"),
            found.has_draft,
            "" if found.has_draft else url("policy.prepare", "policies:begin"),
            prepares,
        ),
        Step(_("Ask for its approval"), found.has_approval, url("policy.prepare", "policies:overview"), prepares),
        Step(_("Record that it was adopted"), found.has_policy, url("policy.adopt", "policies:overview")),
        Step(
            _("The first signature"),
            found.has_signature,
            url("establishment.view", "acknowledgements:sign") if found.has_policy else "",
        ),
    ]
