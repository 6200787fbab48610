"""A page of Django that does nothing, behind the same server: what every page costs before it does anything."""

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

settings.configure(
    SECRET_KEY="nothing is kept",  # noqa: S106  # it signs nothing
    ROOT_URLCONF=__name__,
    ALLOWED_HOSTS=["localhost"],
    MIDDLEWARE=[],
)


def empty(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("<!doctype html><title>.</title>")


urlpatterns = [path("", empty)]
application = get_wsgi_application()
