"""Every address about people: who may reach it, who is refused, and for whom it does not exist."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from proviso.people.imports import running
from proviso.people.models import ImportRun
from tests.cast import Cast, actor, visits

VIEW = {"people", "people_left", "people_export", "person"}
CHANGE = {"person_add", "people_invite", "person_change", "role_add", "role_end", "person_invite"}
IMPORT = {
    *("people_import", "people_import_template", "import_run", "import_faults"),
    *("import_confirm", "import_cancel", "import_resume"),
}
POST_ONLY = {"person_invite", "import_confirm", "import_cancel", "import_resume"}
MAY_VIEW = {"headteacher", "deputy", "dsl", "administrator", "clerk", "executive"}
MAY_CHANGE = {"headteacher", "administrator"}
EVERYBODY_HERE = {
    *MAY_VIEW,
    *("chair", "governor", "teacher", "support", "volunteer", "two_roles"),
}
OTHERS = {"outsider", "sister_head", "leaver"}


@pytest.fixture
def run(cast: Cast) -> ImportRun:
    now = datetime.now(UTC)
    table = b"Identifier,First name,Last name,Role\nS1,Ned,Newcombe,Teacher\n"
    return running.start(actor(cast.headteacher, now.date()), cast.school, "people.csv", table, now=now)


def address(name: str, cast: Cast, run: ImportRun) -> str:
    kwargs: dict[str, str | int] = {"slug": cast.school.slug}
    if name.startswith("import_"):
        kwargs["pk"] = run.pk
    elif name.startswith(("person", "role")) and name != "person_add":
        kwargs["pk"] = cast.teacher.pk
    if name == "role_end":
        kwargs["role"] = cast.teacher.roles.get().pk
    return reverse(name, kwargs=kwargs)


def expected(name: str, who: str) -> int:
    """Return the status that the table of permissions means for somebody, written out by hand."""
    if who in OTHERS:
        return 404
    allowed = MAY_VIEW if name in VIEW else MAY_CHANGE
    if who not in allowed:
        return 403
    return 302 if name in POST_ONLY else 200


@pytest.mark.parametrize("name", sorted(VIEW | CHANGE | IMPORT))
def test_each_person_of_the_cast_gets_what_their_role_gives(cast: Cast, run: ImportRun, name: str) -> None:
    there = address(name, cast, run)
    for who in sorted(EVERYBODY_HERE | OTHERS):
        client = visits(cast.people[who])
        got = client.post(there) if name in POST_ONLY else client.get(there)
        assert got.status_code == expected(name, who), f"{who} at {name}: {got.status_code}"


@pytest.mark.parametrize("name", sorted(VIEW | CHANGE | IMPORT))
def test_a_visitor_is_asked_to_sign_in(cast: Cast, run: ImportRun, name: str) -> None:
    got = visits(None).get(address(name, cast, run))
    assert (got.status_code, got.headers["Location"].split("?")[0]) == (302, "/account/sign-in/")


def test_somebody_of_another_school_is_not_shown_here(cast: Cast) -> None:
    here = visits(cast.headteacher)
    assert here.get(f"/at/oak-lane/people/{cast.outsider.pk}/").status_code == 404
    assert here.get(f"/at/oak-lane/people/{cast.sister_head.pk}/change/").status_code == 404


def test_a_headteacher_without_a_second_step_reaches_nothing_but_its_setting_up(cast: Cast) -> None:
    got = visits(cast.headteacher, second_factor=False).get("/at/oak-lane/people/")
    assert (got.status_code, got.headers["Location"]) == (
        302,
        "/account/second-step/?next=%2Fat%2Foak-lane%2Fpeople%2F",
    )
