"""Whom a concern is about: every page and file of theirs is the same, byte for byte, with and without it."""

import re
from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.test import Client

from proviso.records.cases.models import Concern
from proviso.records.cases.services import handling
from proviso.records.people.models import Person
from proviso.records.tasks.action_needed import needs_of_everybody
from proviso.records.tasks.services.calendars import renew_address
from tests.cast import Cast, visits
from tests.clock import NOW, TODAY
from tests.records.cases.shares import about_adult, handlers, shared
from tests.records.policies.life import acting, adopted
from tests.routes import ROUTES

PASSING = re.compile(rb'name="(?:csrfmiddlewaretoken|token|so_far)" value="[^"]*"|DTSTAMP:\S+|nonce-[\w-]+')
# Each look makes these new, or they are files whose bytes hold the moment.
LEFT_OUT = ("mfa_activate", "mfa_add", "mfa_generate", "account_logout", "openid", "socialaccount", "mfa_login")
FORMATS = ("", "?format=csv", "?format=xlsx")


def addresses(cast: Cast, concern: int) -> Iterator[str]:
    """Yield every address that there may be, those of the concern among them."""
    given = {"slug": "oak-lane", "policy": "oak-lane", "pk": concern, "party": 1, "number": 1, "kind": "people"}
    for route in ROUTES:
        if not route.name.startswith(LEFT_OUT):
            yield route.address(**given)
            yield route.address(**{**given, "pk": cast.headteacher.pk})


def seen(browser: Client, places: list[str]) -> dict[str, tuple[int, bytes]]:
    """Return what each page is, without what every page has anew."""
    pages = {}
    for place in places:
        for form in FORMATS if "?" not in place else ("",):
            got = browser.get(place + form)
            body = b"" if "xlsx" in form else b"".join(got) if got.streaming else got.content
            pages[place + form] = (got.status_code, PASSING.sub(b"", body))
    return pages


@pytest.mark.parametrize("who", ["headteacher", "chair"])
def test_every_page_is_the_same_with_and_without_what_is_about_its_reader(cast: Cast, who: str) -> None:
    cache.clear()
    adopted(cast)
    subject: Person = getattr(cast, who)
    feed = f"/calendar/{renew_address(acting(subject), now=NOW)}.ics"
    places = [*dict.fromkeys([*addresses(cast, 1), feed])]
    log = ["/schools/oak-lane/log/"]  # looked at apart: some pages are themselves logged when they are opened
    one, other = visits(subject), visits(subject)  # two sessions: what the bar counts is kept in each for a while
    before = {**seen(one, places), **seen(one, log)}
    concern = shared(cast, about_adult(about=[subject.pk]), by=cast.teacher).concern
    handler = cast.chair if who == "headteacher" else cast.executive
    assert concern.pk == 1 or Concern.objects.count() == 1
    handling.read_concern(acting(handler), concern, now=NOW)
    handling.write_as_sharer(acting(cast.teacher), concern, "There is more.", now=NOW)
    places_now = [*dict.fromkeys([*addresses(cast, concern.pk), feed])]
    now_in_log = seen(other, log)
    after = {**seen(other, places_now), **now_in_log}
    changed = [place for place in before.keys() & after.keys() if before[place] != after[place]]
    assert changed == []
    assert len(before.keys() & after.keys()) > 100


def test_nobody_hears_of_it_by_email_but_those_who_handle_it(cast: Cast) -> None:
    concern = shared(cast, about_adult(about_role="headteacher")).concern
    told = {person.given_name for person, need in needs_of_everybody(TODAY) if need.kind == "concern"}
    assert told == handlers(concern) == {"Cosmo"}


def test_an_email_and_the_list_say_only_that_something_waits(cast: Cast) -> None:
    shared(cast, about_adult(about_role="headteacher"))
    needs = [need for _person, need in needs_of_everybody(TODAY) if need.kind == "concern"]
    assert [(str(need.what), need.is_named) for need in needs] == [("A concern is waiting for you", False)]


def test_whoever_is_matched_later_finds_it_gone(cast: Cast) -> None:
    concern = shared(cast, about_adult(about_names="the tall one")).concern
    page = visits(cast.headteacher).get(f"/schools/oak-lane/concerns/adults/{concern.pk}/")
    assert page.status_code == 200
    party = concern.parties.get(role="subject")
    browser = visits(cast.headteacher)
    match = f"/schools/oak-lane/concerns/{concern.pk}/people/{party.pk}/"
    assert "Hester Quillmore" in browser.get(f"{match}?find=quillm").text
    assert browser.post(match, {"person": cast.headteacher.pk}).status_code == 302
    assert browser.get(f"/schools/oak-lane/concerns/{concern.pk}/").status_code == 404
    assert concern.reference not in browser.get("/schools/oak-lane/concerns/adults/").text
    assert handlers(concern) == {"Cosmo"}
