"""The log of an establishment: narrowed by period, by what was done and by who did it, and handed out whole."""

import csv
from datetime import timedelta

import pytest

from proviso.records.audit.services import Act, record
from proviso.records.people.change import registered
from proviso.web.dashboards.log import SUBJECTS
from tests.cast import Cast, visits
from tests.clock import NOW
from tests.web.pages import main, words

LOG = "/schools/oak-lane/log/"
READER, HEAD, TEACHER = "Cosmo Underhay", "Hester Quillmore", "Tobias Wrenfield"  # the reader signs in last
pytestmark = pytest.mark.django_db


@pytest.fixture
def lived(cast: Cast) -> Cast:
    """The cast, with three entries: a sign-in long ago, a role of today, and a task that the program dropped."""
    here = cast.school.pk
    role = {"person": "Ned Newcombe", "role": "Teacher", "starts_on": "2026-09-01"}
    record(cast.teacher, Act("person.signed_in", here), now=NOW - timedelta(days=100))
    record(cast.headteacher, Act("role.started", here, "", role), now=NOW)
    record(None, Act("tasks.dropped", here, "", {"count": 3}), now=NOW)
    return cast


def lines(cast: Cast, query: str) -> list[str]:
    """Return what the file of the log has for a query: who did what, the newest first."""
    text = visits(cast.chair).get(f"{LOG}?format=csv&{query}").getvalue().decode("utf-8-sig")
    return [row["Who"] for row in csv.DictReader(text.splitlines())]


@pytest.mark.parametrize(
    ("query", "who"),
    [
        ("", [READER, "Proviso", HEAD, TEACHER]),
        ("sort=when", [TEACHER, HEAD, "Proviso", READER]),
        ("period=month", [READER, "Proviso", HEAD]),
        ("subject=tasks", ["Proviso"]),
        ("subject=people", [READER, HEAD, TEACHER]),
        ("find=wrenfield", [TEACHER]),
        ("subject=people&period=week&find=hester", [HEAD]),
        ("subject=signing", []),
    ],
)
def test_the_log_is_narrowed_and_sorted(lived: Cast, query: str, who: list[str]) -> None:
    assert lines(lived, query) == who


def test_its_page_says_who_did_what_and_offers_the_files(lived: Cast) -> None:
    page = visits(lived.chair).get(LOG).text
    text = words(main(page))
    assert "4 entries" in text
    assert "Hester Quillmore made Ned Newcombe Teacher from 2026-09-01" in text
    assert "Download as CSV" in text and "Download as XLSX" in text


def test_everything_that_can_be_done_is_found_under_a_subject() -> None:
    kinds = {name.partition(".")[0] for name in registered()}
    assert kinds - {kind for subject in SUBJECTS.values() for kind in subject.kinds} == set()
