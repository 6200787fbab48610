"""Every address of the site."""

from django.contrib.auth.decorators import login_not_required as public
from django.urls import include, path
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import TemplateView
from django.views.i18n import set_language

from proviso.web import demo
from proviso.web.dashboards import calendar
from proviso.web.dashboards import urls as schools
from proviso.web.policies.acknowledgements import urls as signing
from proviso.web.public import views
from proviso.web.tasks import urls as duties

# What was asked is in the addresses of answers, steps and checks: browsers and proxies keep no copy of those pages.
urlpatterns = [
    path("", public(views.choose), name="home"),
    path("about/", public(TemplateView.as_view(template_name="about.html")), name="about"),
    path("accessibility/", public(TemplateView.as_view(template_name="accessibility.html")), name="accessibility"),
    # Without a token: to change the language harms nobody, and a token would set a cookie on every page.
    path("language/", public(csrf_exempt(set_language)), name="set_language"),
    path("", include("proviso.web.accounts.urls")),
    path("demo/", demo.choose, name="demonstration"),
    path("my/", include(schools.my_patterns)),
    path("calendar/<str:secret>.ics", calendar.feed, name="calendar"),
    path("tasks/", include("proviso.web.tasks.urls")),
    path("at/<slug:slug>/", include(schools.at_patterns)),
    path("at/<slug:slug>/policy/", include("proviso.web.policies.urls")),
    path("at/<slug:slug>/sign/", include(signing.sign_patterns)),
    path("at/<slug:slug>/signing/", include(signing.signing_patterns)),
    path("at/<slug:slug>/tasks/", include(duties.at_patterns)),
    path("", include("proviso.web.people.urls")),
    path("", include("proviso.web.imports.urls")),
    # Last, because it takes every word: a policy of the rulebook or an establishment.
    path("<slug:policy>/", public(views.ask), name="ask"),
    path("<slug:policy>/answer/", public(never_cache(views.answer)), name="answer"),
    path("<slug:policy>/steps/", public(never_cache(views.step)), name="steps"),
    path("<slug:policy>/check/", public(never_cache(views.check)), name="check"),
    path("<slug:policy>/policy.pdf", public(views.download), name="policy_pdf"),
    path("<slug:policy>/policy/", public(views.policy), name="policy"),
    path("<slug:policy>/clauses/<str:clause>/", public(views.clause), name="clause"),
]
