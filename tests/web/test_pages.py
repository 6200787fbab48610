"""Pages and errors as a visitor meets them, without a browser."""

import re

import pytest
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.urls import path
from django.views.csrf import csrf_failure

from proviso.web.urls import urlpatterns as real_urls


@login_not_required
def breaks(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("planted")


@login_not_required
def refuses(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied


@login_not_required
def distrusts(request: HttpRequest) -> HttpResponse:
    raise SuspiciousOperation


urlpatterns = [path("breaks/", breaks), path("refuses/", refuses), path("distrusts/", distrusts), *real_urls]


def test_the_home_page_says_what_the_site_is_for(visitor: Client) -> None:
    page = visitor.get("/")
    assert page.status_code == 200
    assert '<html lang="en-gb"' in page.text
    assert "<title>What does our policy say? – School policies</title>" in page.text


@pytest.mark.urls(__name__)
@pytest.mark.parametrize(
    ("address", "status", "heading"),
    [
        ("/distrusts/", 400, "We could not read that request"),
        ("/refuses/", 403, "You do not have permission to do this"),
        ("/nowhere/at/all/", 404, "Page not found"),
        ("/breaks/", 500, "Something went wrong on our side"),
    ],
)
def test_an_error_page_says_what_happened_and_leads_on(
    visitor: Client, address: str, status: int, heading: str
) -> None:
    page = visitor.get(address)
    assert page.status_code == status
    assert f'<h1 class="govuk-heading-l">{heading}</h1>' in page.text
    assert 'class="govuk-link">Go to the start page</a>' in page.text
    assert "Traceback" not in page.text and "planted" not in page.text


@pytest.mark.urls(__name__)
def test_an_error_leaves_a_trace_in_the_log(visitor: Client, caplog: pytest.LogCaptureFixture) -> None:
    visitor.get("/breaks/")
    assert "RuntimeError: planted" in caplog.text


def test_a_host_that_is_not_ours_is_refused_with_our_own_page(visitor: Client) -> None:
    page = visitor.get("/", headers={"host": "elsewhere.example"})
    assert page.status_code == 400
    assert "We could not read that request" in page.text


def test_a_form_without_its_token_is_not_accepted_and_says_how_to_send_it_again(rf: RequestFactory) -> None:
    page = csrf_failure(rf.post("/"))
    assert page.status_code == 403
    assert "We could not accept that form" in page.content.decode()
    assert "Load the page again." in page.content.decode()


@pytest.mark.parametrize(
    "address", ["/", "/nowhere/", "/king-david/", "/king-david/policy/", "/king-david/answer/?who=nobody"]
)
def test_every_answer_carries_the_protecting_headers(visitor: Client, address: str) -> None:
    headers = visitor.get(address).headers
    policy = dict(part.split(" ", 1) for part in headers["Content-Security-Policy"].split("; "))
    assert policy == {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self'",
        "font-src": "'self'",
        "connect-src": "'self'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
        "base-uri": "'none'",
    }
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"


def test_a_visitor_who_only_reads_is_given_no_cookie(visitor: Client) -> None:
    assert not visitor.get("/").cookies


@override_settings(LANGUAGES=[("en-gb", "English")])
def test_one_language_offers_no_choice_even_to_a_welsh_browser(visitor: Client) -> None:
    page = visitor.get("/", headers={"accept-language": "cy"})
    assert '<html lang="en-gb"' in page.text
    assert "app-languages" not in page.text


def test_the_other_language_is_offered_and_the_choice_lasts(visitor: Client) -> None:
    offered = visitor.get("/king-david/?q=hello")
    assert 'value="cy" lang="cy"' in offered.text
    assert 'value="/king-david/?q=hello"' in offered.text
    assert 'value="en-gb"' not in offered.text
    changed = visitor.post("/language/", {"language": "cy", "next": "/king-david/?q=hello"})
    assert changed.headers["Location"] == "/king-david/?q=hello"
    page = visitor.get("/").text
    assert '<html lang="cy"' in page
    assert re.search(r'value="en-gb" lang="en-gb"[^>]*>English<', page)


@pytest.mark.parametrize("address", ["answer/?q=can+i+add+a+pupil", "steps/?who=teacher", "check/?who=teacher"])
def test_pages_whose_address_tells_what_was_asked_are_not_stored(address: str) -> None:
    page = Client().get(f"/king-david/{address}", follow=True)
    assert page.status_code == 200
    assert "no-store" in page.headers["Cache-Control"]
