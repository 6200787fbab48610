"""Every address of the site."""

from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import TemplateView
from django.views.i18n import set_language

from proviso.web import views

# What was asked is in the addresses of answers, steps and checks: browsers and proxies keep no copy of those pages.
urlpatterns = [
    path("", views.choose, name="home"),
    path("about/", TemplateView.as_view(template_name="about.html"), name="about"),
    path("accessibility/", TemplateView.as_view(template_name="accessibility.html"), name="accessibility"),
    # Without a token: to change the language harms nobody, and a token would set a cookie on every page.
    path("language/", csrf_exempt(set_language), name="set_language"),
    path("<slug:policy>/", views.ask, name="ask"),
    path("<slug:policy>/answer/", never_cache(views.answer), name="answer"),
    path("<slug:policy>/steps/", never_cache(views.step), name="steps"),
    path("<slug:policy>/check/", never_cache(views.check), name="check"),
    path("<slug:policy>/policy/", views.policy, name="policy"),
    path("<slug:policy>/clauses/<str:clause>/", views.clause, name="clause"),
]
