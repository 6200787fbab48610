"""Addresses of what everybody may read and ask.

They come last on the site, because they take every word: a policy of the rulebook or an establishment.
"""

from django.contrib.auth.decorators import login_not_required as public
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView

from proviso.web.public import comparing, opinions, own_policy, people_to_ask, views

app_name = "public"
# What was asked is in the addresses of answers, steps and checks: browsers and proxies keep no copy of those pages.
urlpatterns = [
    path("", public(views.choose), name="home"),
    path("about/", public(TemplateView.as_view(template_name="about.html")), name="about"),
    path("accessibility/", public(TemplateView.as_view(template_name="accessibility.html")), name="accessibility"),
    path("compare/", public(comparing.compare), name="compare"),
    path("read/", public(own_policy.own_policy), name="own_policy"),
    path("<slug:policy>/", public(views.ask), name="ask"),
    path("<slug:policy>/review/", public(comparing.review), name="review"),
    path("<slug:policy>/answer/", public(never_cache(views.answer)), name="answer"),
    path("<slug:policy>/steps/", public(never_cache(views.step)), name="steps"),
    path("<slug:policy>/check/", public(never_cache(views.check)), name="check"),
    path("<slug:policy>/person/", public(never_cache(people_to_ask.person)), name="person"),
    path("<slug:policy>/person/pass-on/", public(never_cache(people_to_ask.pass_on)), name="pass_on"),
    path("<slug:policy>/opinion/", public(never_cache(opinions.opinion)), name="opinion"),
    path("<slug:policy>/policy.pdf", public(views.download), name="policy_pdf"),
    path("<slug:policy>/policy/", public(views.policy), name="policy"),
    path("<slug:policy>/clauses/<str:clause>/", public(views.clause), name="clause"),
]
