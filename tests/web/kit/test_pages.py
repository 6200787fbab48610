"""Where one is, where one can go, files that are handed out, and runs that are watched."""

import pytest
from django.test import Client

from proviso.web.kit import navigation
from proviso.web.kit.navigation import SECTIONS, Crumb, Entry, Navigation
from tests.cast import Cast, visits
from tests.routes import ROUTES
from tests.web.pages import link, words

pytestmark = pytest.mark.urls("tests.web.kit.addresses")
HERE = "/schools/oak-lane/marbles/"
BAR = '<nav class="app-masthead__nav"'


@pytest.fixture(autouse=True)
def rooms(monkeypatch: pytest.MonkeyPatch) -> Navigation:
    """A navigation with two rooms, the second of which only some may enter."""
    site = Navigation()
    site.register(
        Entry("Doors", "people:people", "people.change", 20, count=lambda request, establishment: 3),
        Entry("Marbles", "marbles:marbles", "establishment.view", 10),
        Entry("Who left", "people:left", "people.view", 31, section="people"),
        Entry("Who is here", "marbles:few", "people.view", 30, section="people"),
        Crumb("hall", lambda context: str(context["establishment"].name)),
        Crumb("marbles:marbles", "All marbles", action="people.view"),
        Crumb("marbles:none", "None", parent="people:left"),
        Crumb("people:left", "Left"),
        Crumb("marbles:marble", lambda context: str(context["marble"].name)),
    )
    monkeypatch.setattr(navigation, "SITE", site)
    return site


def part(page: str, start: str) -> str:
    return page[page.index(start) : page.index("</nav>", page.index(start))]


def test_everybody_sees_the_entries_that_they_may_follow_in_order(cast: Cast) -> None:
    head = words(part(visits(cast.headteacher).get(HERE).text, BAR))
    assert head.index("Marbles") < head.index("Doors 3 waiting") < head.index("People")
    teacher = words(part(visits(cast.teacher).get(HERE + "7/").text, BAR))
    assert "Marbles" in teacher and "Doors" not in teacher and "People" not in teacher


def test_the_room_that_one_is_in_is_marked(cast: Cast) -> None:
    page = part(visits(cast.headteacher).get(HERE + "7/").text, BAR)
    assert page.count("aria-current") == 1
    assert 'href="/schools/oak-lane/marbles/" aria-current="true"' in page
    assert 'aria-current="page"' in part(visits(cast.headteacher).get(HERE).text, BAR)


def test_a_place_with_several_pages_leads_to_the_first_and_lists_them_below_the_bar(cast: Cast) -> None:
    page = visits(cast.headteacher).get(HERE + "few/").text
    assert link(part(page, BAR), "People") == HERE + "few/"
    assert 'aria-current="page"' in part(page, BAR)
    below = part(page, '<nav class="app-rooms"')
    assert link(below, "Who left") == "/schools/oak-lane/people/left/"
    assert below.count("aria-current") == 1
    assert '<nav class="app-rooms"' not in visits(cast.headteacher).get(HERE).text


def test_breadcrumbs_are_the_pages_above_by_their_addresses(cast: Cast) -> None:
    page = visits(cast.headteacher).get(HERE + "7/paint/").text
    above = part(page, '<nav class="govuk-breadcrumbs')
    assert words(above).endswith("Oak Lane Primary School All marbles Marble 007")
    assert link(above, "All marbles") == HERE and link(above, "Marble 007") == HERE + "7/"


def test_a_page_may_say_itself_below_which_it_stands(cast: Cast) -> None:
    above = part(visits(cast.headteacher).get(HERE + "none/").text, '<nav class="govuk-breadcrumbs')
    assert words(above).endswith("Left") and link(above, "Left") == "/schools/oak-lane/people/left/"


def test_nobody_is_led_where_they_may_not_go(cast: Cast) -> None:
    page = visits(cast.teacher).get(HERE + "7/").text
    assert "All marbles" not in page and "Oak Lane Primary School" in page


def test_a_page_that_the_navigation_leads_to_has_no_breadcrumbs(cast: Cast) -> None:
    assert "govuk-breadcrumbs" not in visits(cast.headteacher).get(HERE).text


def test_nothing_is_registered_twice(rooms: Navigation) -> None:
    with pytest.raises(ValueError, match="two entries lead to people:people"):
        rooms.register(Entry("Others", "people:people", "people.view", 30))
    with pytest.raises(ValueError, match="two crumbs are called marbles:marble"):
        rooms.register(Crumb("marbles:marble", "Another"))


def test_a_file_has_its_name_and_stays_in_no_store(cast: Cast) -> None:
    answer = visits(cast.teacher).get(HERE + "file/")
    assert answer.content == b"abc"
    assert answer.headers["Content-Type"] == "text/csv"
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    disposition = answer.headers["Content-Disposition"]
    assert disposition.startswith("attachment; ") and "\n" not in disposition
    assert "filename*=utf-8''Ysgol%20T%C5%B7%20%22x%22%3B%20a.csv" in disposition


def test_a_run_is_looked_at_again_without_a_script_until_it_is_stuck(cast: Cast) -> None:
    here = visits(cast.teacher)
    page = here.get(HERE + "running/")
    assert page.headers["Refresh"] == "2" and "no-store" in page.headers["Cache-Control"]
    assert '<progress class="app-progress" value="3" max="9"' in page.text and "3 of 9 marbles" in page.text
    stuck = here.get(HERE + "stuck/")
    assert "Refresh" not in stuck.headers
    assert 'action="/go-on/"' in stuck.text and "It has not moved." in stuck.text


def test_an_establishment_that_somebody_may_not_see_does_not_exist(cast: Cast) -> None:
    assert visits(cast.outsider).get(HERE).status_code == 404
    assert Client().get(HERE).status_code == 302


REGISTERED = navigation.SITE


def test_what_the_rooms_registered_are_pages_of_the_site() -> None:
    names = {route.name for route in ROUTES}
    assert {entry.url_name for entry in REGISTERED.entries} == {
        *("public:ask", "public:steps", "public:policy", "acknowledgements:sign", "policies:overview"),
        *("acknowledgements:overview", "dashboards:my", "tasks:establishment", "tasks:school_holidays"),
        *("people:people", "answers:opinions", "dashboards:log", "evidence:due"),
        *("concerns:share_public", "concerns:pupils", "concerns:adults", "cases:cases"),
        *("registers:consents", "registers:declarations"),
    }
    assert {entry.section for entry in REGISTERED.entries} == {*SECTIONS}
    assert {*REGISTERED.crumbs} <= names
    assert {crumb.parent for crumb in REGISTERED.crumbs.values() if crumb.parent} <= names
