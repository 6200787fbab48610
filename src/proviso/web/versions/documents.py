"""The documents of a version, as files to keep, edit or print."""

from django.http import HttpResponse

from proviso.people.models import Establishment
from proviso.policies.models import Version
from proviso.policies.selectors import versions as read
from proviso.policies.selectors.signing import Asked
from proviso.web.places import ActorRequest, place


@place("policy.view")
def document(request: ActorRequest, school: Establishment, number: int, name: str, kind: str) -> HttpResponse:
    read.version_for(request.actor, school, number)
    raise NotImplementedError


def sheet(version: Version, rows: list[tuple[Asked, str]]) -> HttpResponse:
    raise NotImplementedError
