"""Every address of the site. Each room has its own, under its own name."""

from django.contrib.auth.decorators import login_not_required as public
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt
from django.views.i18n import set_language

from proviso.web import demo
from proviso.web.kit import living_page

handler404 = "proviso.web.public.errors.not_found"
urlpatterns = [
    # Without a token: to change the language harms nobody, and a token would set a cookie on every page.
    path("language/", public(csrf_exempt(set_language)), name="set_language"),
    path("demo/", demo.choose, name="demonstration"),
    path("look/", living_page.living_page, name="look"),
    path("", include("proviso.web.accounts.urls")),
    path("", include("proviso.web.dashboards.urls")),
    path("", include("proviso.web.tasks.urls")),
    path("", include("proviso.web.registers.urls")),
    path("schools/<slug:slug>/policy/", include("proviso.web.policies.urls")),
    path("schools/<slug:slug>/", include("proviso.web.policies.acknowledgements.urls")),
    path("schools/<slug:slug>/people/", include("proviso.web.people.urls")),
    path("schools/<slug:slug>/cases/", include("proviso.web.cases.urls")),
    path("schools/<slug:slug>/", include("proviso.web.answers.urls")),
    path("schools/<slug:slug>/", include("proviso.web.evidence.urls")),
    path("schools/<slug:slug>/imports/", include("proviso.web.imports.urls")),
    path("", include("proviso.web.concerns.urls")),
    path("", include("proviso.web.old_addresses")),
    path("", include("proviso.web.public.urls")),  # last: it takes every word
]
