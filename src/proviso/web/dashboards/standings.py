"""How the policies of an establishment, and of the schools below it, stand."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from proviso.records.people.actors import Actor
from proviso.records.people.models import Establishment
from proviso.records.policies.models import Version
from proviso.records.policies.selectors.versions import PolicyStatuses, lives_of
from proviso.records.policies.signatories import Figures
from proviso.web.kit.lists import Column, ListPage


@dataclass(frozen=True)
class SchoolStanding:
    """How a school stands: its version in force, whether its review is late, and how far signing has come."""

    establishment: Establishment
    current: Version | None
    overdue: bool
    moved_on: bool
    figures: Figures | None = None

    @property
    def is_late(self) -> bool:
        """Whether somebody should look there: nothing in force, a late review, or late signatures."""
        return self.current is None or self.overdue or bool(self.figures and self.figures.overdue)


def policy_statuses(actor: Actor, establishment: Establishment) -> PolicyStatuses:
    """Return how the policy of an establishment stands, and of the schools below it; in one query."""
    if establishment.is_school:
        return lives_of(actor, Q(establishment=establishment))
    return lives_of(actor, Q(establishment=establishment) | Q(establishment__parent=establishment))


def statuses_of(actor: Actor, establishments: Iterable[Establishment]) -> PolicyStatuses:
    """Return how the policies of some establishments stand; in one query."""
    return lives_of(actor, Q(establishment__in=[each.pk for each in establishments]))


def standings(
    schools: list[Establishment], lives: PolicyStatuses, on: date, figures: Mapping[int, Figures] | None = None
) -> list[SchoolStanding]:
    """Return how each school stands, those first where something is late, else in the order given."""
    found = [_standing(school, lives, on, (figures or {}).get(school.pk)) for school in schools]
    return sorted(found, key=lambda standing: not standing.is_late)


def _standing(school: Establishment, lives: PolicyStatuses, on: date, figures: Figures | None) -> SchoolStanding:
    version = lives.in_force.get(school.pk)
    overdue = bool(version and version.review_on and version.review_on < on)
    newest = lives.models.get(school.parent_id or 0, 0)
    moved_on = bool(version and version.model_version_id and newest > version.model_number)
    return SchoolStanding(school, version, overdue, moved_on, figures)


def schools_list(schools: list[SchoolStanding]) -> ListPage[SchoolStanding]:
    """Return the schools of a trust or authority as a list."""
    return ListPage(
        title=_("Schools"),
        rows=lambda query: schools,
        columns=[
            Column(
                _("School"),
                lambda school: school.establishment.name,
                "name",
                lambda school: school.establishment.name,
                link=lambda school: reverse("dashboards:establishment", args=[school.establishment.slug]),
            ),
            Column(_("In force"), _in_force),
            Column(_("Signed"), _signed, cell=_signed_shown),
            Column(_("Review"), _review, "review", _review_order, cell=_review_shown),
            Column(_("Model"), _model, cell=_model_shown),
        ],
        count=lambda count: ngettext("%(count)d school", "%(count)d schools", count) % {"count": count},
        empty=_("No schools yet."),
    )


def _in_force(school: SchoolStanding) -> str:
    if school.current is None or school.current.in_force_from is None:
        return _("None")
    since = date_format(school.current.in_force_from, "j F Y")
    return _("Version %(number)s, since %(since)s") % {"number": school.current.number, "since": since}


def _signed(school: SchoolStanding) -> str:
    figures = school.figures
    return _("%(signed)s of %(asked)s") % {"signed": figures.signed, "asked": figures.asked} if figures else "–"


def _signed_shown(school: SchoolStanding) -> str:
    late = school.figures.overdue if school.figures else 0
    if not late:
        return _signed(school)
    words = _("%(count)s overdue") % {"count": late}
    return format_html('{} <strong class="govuk-tag govuk-tag--orange">{}</strong>', _signed(school), words)


def _review(school: SchoolStanding) -> date | None:
    return school.current.review_on if school.current else None


def _review_order(school: SchoolStanding) -> date:
    return _review(school) or date.max


def _review_shown(school: SchoolStanding) -> str:
    day = _review(school)
    shown = date_format(day, "j F Y") if day else "–"
    if not school.overdue:
        return shown
    return format_html('<strong class="govuk-tag govuk-tag--orange">{}</strong> {}', _("Overdue"), shown)


def _model(school: SchoolStanding) -> str:
    if school.moved_on:
        return _("Newer version available")
    return _("Up to date") if school.current and school.current.model_version_id else "–"


def _model_shown(school: SchoolStanding) -> str:
    model = _model(school)
    return format_html('<strong class="govuk-tag govuk-tag--blue">{}</strong>', model) if school.moved_on else model
