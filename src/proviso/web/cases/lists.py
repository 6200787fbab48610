"""The cases that somebody handles: matters about adults who work here apart from the rest."""

from django.http import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from proviso.records.cases.models import Case, Matter
from proviso.records.cases.selectors import cases as selectors
from proviso.records.people.models import Establishment
from proviso.web.kit.lists import Column, Filter, ListPage, Query, list_page
from proviso.web.kit.pages import ActorRequest, Link, Text, establishment_page
from proviso.wording.clauses import case_name

PUPILS = (Matter.PUPIL, Matter.OTHER)


@establishment_page("case.list")
def others(request: ActorRequest, establishment: Establishment) -> HttpResponseBase:
    """Cases about pupils, families and posts."""
    other = Link(_("Cases about adults who work here"), reverse("cases:adults", args=[establishment.slug]))
    return _listed(request, establishment, _("Cases"), PUPILS, other)


@establishment_page("case.list")
def adults(request: ActorRequest, establishment: Establishment) -> HttpResponseBase:
    """Cases about adults who work in or for the school."""
    other = Link(_("All other cases"), reverse("cases:cases", args=[establishment.slug]))
    return _listed(request, establishment, _("Cases about adults who work here"), (Matter.ADULT,), other)


def _listed(
    request: ActorRequest, establishment: Establishment, title: Text, matters: tuple[str, ...], other: Link
) -> HttpResponseBase:
    def rows(query: Query) -> list[tuple[Case, str]]:
        if query.find:
            found = selectors.found(request.actor, establishment, query.find)
            cases = [case for case in found if case.matter in matters]
        else:
            cases = list(selectors.cases_of(request.actor, establishment).filter(matter__in=matters))
        state = query.choice("state")
        return selectors.titled(request.actor, [case for case in cases if not state or case.state == state])

    page = ListPage(
        title=title,
        lead=_("You see the cases that you handle. Each time somebody opens one, that is recorded."),
        rows=rows,
        columns=[
            Column(_("Case"), lambda row: row[1], link=lambda row: _address(row[0])),
            Column(_("Number"), lambda row: row[0].reference),
            Column(_("Kind"), lambda row: case_name(row[0].kind)),
            Column(_("Opened"), lambda row: row[0].opened_at, name="opened", sort=lambda row: row[0].opened_at),
            Column(_("State"), lambda row: row[0].get_state_display()),
        ],
        filters=[Filter("state", gettext_lazy("State"), Case.State.choices)],
        search=_("Words in your cases"),
        buttons=[Link(_("Open a case"), reverse("cases:open", args=[establishment.slug]))],
        links=[other, Link(_("Texts of letters"), reverse("cases:templates", args=[establishment.slug]))],
        count=lambda count: ngettext("%(count)d case", "%(count)d cases", count) % {"count": count},
        empty=_("You handle no cases here."),
    )
    return list_page(request, page)


def _address(case: Case) -> str:
    return reverse("cases:case", args=[case.establishment.slug, case.reference])
