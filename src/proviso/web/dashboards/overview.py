"""How a school stands, or the schools of a trust, for whoever leads or governs them: figures first, in one screen."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from proviso.records.people import role_names
from proviso.records.people.models import Establishment
from proviso.records.people.needs import Scope
from proviso.records.people.permissions import may
from proviso.records.policies.needs import LEADING_ABOVE, late_schools, signings
from proviso.records.policies.selectors.versions import PolicyStatuses
from proviso.records.policies.signatories import Figures, Signatory, figures_of
from proviso.web.dashboards.standings import SchoolStanding, schools_list, standings
from proviso.web.kit import standing
from proviso.web.kit.charts import Bar, Bars
from proviso.web.kit.lists import Table, table_of
from proviso.web.kit.standing import Figure

MOST_ROLES = 6  # of those that have not all signed, the least far first


@dataclass(frozen=True)
class Overview:
    """How one establishment stands: figures of all rooms, and the roles whose people have not all signed."""

    establishment: Establishment
    figures: list[Figure]
    behind: Bars | None


def policy_lives(scope: Scope) -> PolicyStatuses:
    """Return how the policies of a scope stand; the page that shows them puts them into the scope's memory."""
    raise LookupError("the page has not said how the policies stand")


def overview(scope: Scope, establishment: Establishment) -> Overview | None:
    """Return how an establishment stands, for whoever may see its figures."""
    if not may(scope.actors[0], "signing.figures", establishment):
        return None
    asked = scope.once(signings).asked.get(establishment.pk, [])
    return Overview(establishment, standing.figures(scope, establishment), _behind(establishment, asked))


def _behind(establishment: Establishment, asked: Sequence[Signatory]) -> Bars | None:
    roles = [group for group in figures_of(asked)[1:] if group.signed < group.asked]
    bars = [
        Bar(
            role_names.role(group.kind, establishment),
            group.signed,
            group.asked,
            _("%(count)s overdue") % {"count": group.overdue} if group.overdue else "",
        )
        for group in roles
    ]
    bars.sort(key=lambda bar: bar.percent)
    return Bars(_("Who has still to sign, by role"), bars[:MOST_ROLES]) if bars else None


@standing.register
def of_the_policy(scope: Scope, establishment: Establishment) -> Iterator[Figure]:
    """Signatures, the next review, and the version that is being prepared."""
    lives, slug, sees = scope.once(policy_lives), establishment.slug, may(scope.actors[0], "policy.view", establishment)
    asked = scope.once(signings).asked.get(establishment.pk)
    if asked:
        yield _signed(slug, figures_of(asked)[0])
    version, draft = lives.in_force.get(establishment.pk), lives.prepared.get(establishment.pk)
    if version is not None and sees:
        reviewed = _day(version.review_on) if version.review_on else _("No date")
        since = _("Version %(number)s, in force since %(since)s") % {
            "number": version.number,
            "since": _day(version.in_force_from),
        }
        url = reverse("policies:overview", args=[slug])
        yield Figure(_("Next review"), reviewed, since, url, due_on=version.review_on, is_review=True)
    if draft is not None and sees:
        number = _("Version %(number)s") % {"number": draft.number}
        url = reverse("policies:version", args=[slug, draft.number])
        yield Figure(_("Being prepared"), number, draft.get_state_display(), url)


@standing.register
def of_the_schools(scope: Scope, establishment: Establishment) -> Iterator[Figure]:
    """How many schools of a trust or authority are late, for whoever leads it: the list of needs has read them."""
    if establishment.is_school or not scope.actors[0].kinds_in(establishment) & LEADING_ABOVE:
        return
    late = sum(school.parent_id == establishment.pk for school in scope.once(late_schools))
    value = _("%(count)s late") % {"count": late} if late else _("None late")
    url = reverse("dashboards:establishment", args=[establishment.slug])
    yield Figure(_("Schools"), value, _("Signatures and reviews of each school"), url)


def _signed(slug: str, everybody: Figures) -> Figure:
    return Figure(
        _("Signed"),
        _("%(signed)s of %(asked)s") % {"signed": everybody.signed, "asked": everybody.asked},
        url=reverse("acknowledgements:overview", args=[slug]),
        late=_("%(count)s overdue") % {"count": everybody.overdue} if everybody.overdue else "",
    )


def _day(day: date | None) -> str:
    return date_format(day, "j F Y") if day else ""


def schools_table(
    request: HttpRequest,
    schools: Sequence[Establishment],
    lives: PolicyStatuses,
    on: date,
    figures: Mapping[int, Figures],
) -> Table[SchoolStanding] | None:
    """Return the schools of a trust or authority as a table, with `figures` of signing; None where there are none."""
    ordered = sorted(schools, key=lambda school: school.name)
    page = schools_list(standings(ordered, lives, on, figures))
    return table_of(request, page) if ordered else None
