"""The action log of an establishment, a page at a time."""

from django.core.paginator import Paginator
from django.http import HttpResponse

from proviso.records.audit.selectors import entries_of
from proviso.records.people.models import Establishment
from proviso.web.places import ActorRequest, page, place

ON_A_PAGE = 50


@place("log.view")
def log(request: ActorRequest, school: Establishment) -> HttpResponse:
    paginator = Paginator(entries_of([school.pk]), ON_A_PAGE)
    return page(request, school, "schools/log.html", {"entries": paginator.get_page(request.GET.get("page"))})
