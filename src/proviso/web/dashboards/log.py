"""The action log of an establishment, a page at a time."""

from django.http import HttpResponseBase

from proviso.records.people.models import Establishment
from proviso.records.people.selectors import log_of
from proviso.web.kit import paging
from proviso.web.kit.pages import ActorRequest, establishment_page, render_page


@establishment_page("log.view")
def log(request: ActorRequest, establishment: Establishment) -> HttpResponseBase:
    page = paging.page_of(request, log_of(request.actor, establishment))
    context = {"entries": page, "paging": paging.pagination(page, lambda number: paging.link(request, number))}
    return render_page(request, "dashboards/log.html", context)
