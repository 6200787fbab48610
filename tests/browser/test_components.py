"""The site's own pieces beside GOV.UK's, all on one page: contrast, width, focus and paper."""

import pytest
from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path
from playwright.sync_api import Page, expect

from proviso.web.urls import urlpatterns as real_urls
from tests.browser.watch import assert_accessible, assert_fits

FORCES = "prohibited discouraged caution permitted required principle information undecided not-covered".split()
PAGE = """
{% extends "base.html" %}{% load govuk %}
{% block title %}Specimens{% endblock %}
{% block main %}
{% govuk_errors form %}
<div>
<div>
<h1 class="govuk-heading-l">Specimens</h1>
{% for force in forces %}
<div class="app-answer app-answer--{{ force }}">
  <strong class="govuk-tag app-force app-force--{{ force }}">{{ force }}</strong>
  <p class="app-answer__sentence">You may not connect with a pupil on a personal account.</p>
</div>
<article class="app-clause app-clause--{{ force }}">
  <h2 class="app-clause__title">6.2 <strong class="govuk-tag app-force app-force--{{ force }}">{{ force }}</strong></h2>
  <blockquote class="app-quotation"><p>Anunbreakablewordthatsomebodypasted{{ force }}fromanaddressbar.</p></blockquote>
  <p class="app-clause__source">Staff conduct, page 4 <a href="/nowhere/" class="govuk-link">Read it</a></p>
</article>
{% endfor %}
<form method="post" novalidate>{% govuk_field form.role heading=False %}{% govuk_field form.name %}
{% govuk "button" text="Continue" %}</form>
</div>
<aside><nav class="app-contents" aria-labelledby="contents"><h2 id="contents" class="govuk-heading-s">Contents</h2>
<ol class="app-contents__list"><li><a href="#main-content" class="govuk-link">Staff conduct</a></li></ol></nav></aside>
</div>
{% endblock %}
"""


class Question(forms.Form):
    role = forms.ChoiceField(label="Your role", choices=[("t", "Teacher"), ("g", "Governor")], widget=forms.RadioSelect)
    name = forms.CharField(label="Your name")


@login_not_required
def specimens(request: HttpRequest) -> HttpResponse:
    page = engines["django"].from_string(PAGE)
    return HttpResponse(page.render({"forces": FORCES, "form": Question({})}, request))


urlpatterns = [path("specimens/", specimens), *real_urls]
pytestmark = pytest.mark.urls(__name__)


def test_every_piece_is_accessible_and_fits_every_screen(screen: Page) -> None:
    screen.goto("/specimens/")
    assert_accessible(screen)
    assert_fits(screen)


def test_errors_come_first_and_lead_to_the_field(phone: Page) -> None:
    phone.goto("/specimens/")
    expect(phone).to_have_title("Error: Specimens – School policies")
    expect(phone.get_by_role("alert")).to_be_visible()
    expect(phone.locator(".govuk-error-summary")).to_be_focused()
    phone.get_by_role("link", name="This field is required.").first.click()
    expect(phone.get_by_label("Teacher")).to_be_focused()


def test_paper_is_black_on_white_without_addresses_or_buttons(desk: Page) -> None:
    desk.goto("/specimens/")
    desk.emulate_media(media="print")
    expect(desk.get_by_role("button", name="Continue")).to_be_hidden()
    expect(desk.locator(".app-contents")).to_be_hidden()
    sentence = desk.locator(".app-answer__sentence").first
    expect(sentence).to_have_css("color", "rgb(0, 0, 0)")
    link = desk.get_by_role("link", name="Read it").first
    assert link.evaluate("e => getComputedStyle(e, '::after').content") == "none"
