"""The action log of an establishment, a page at a time."""

from django.core.paginator import Paginator
from django.http import HttpResponse

from proviso.records.people.models import Establishment
from proviso.records.people.selectors import log_of
from proviso.web.places import ActorRequest, page, place

ON_A_PAGE = 50


@place("log.view")
def log(request: ActorRequest, school: Establishment) -> HttpResponse:
    paginator = Paginator(log_of(request.actor, school), ON_A_PAGE)
    return page(request, school, "schools/log.html", {"entries": paginator.get_page(request.GET.get("page"))})
