"""Who reaches what: one table written by hand, swept over every route of the site.

A visitor of a route that is not public is asked to sign in (tests/web/accounts/test_public.py). Here
everybody of the cast goes everywhere: allowed, refused (403), or told that there is no such page (404).
"""

from collections.abc import Iterator

import pytest
from django.urls import reverse

from proviso.records.imports import services
from proviso.records.people.models import ImportRun
from proviso.records.policies.models import Campaign, Task, Version
from proviso.records.policies.services import acknowledgements, drafts
from tests.cast import Cast, visits
from tests.records.policies.life import NOW, acting, adopted, filled
from tests.routes import ROUTES, Route
from tests.web.accounts.test_public import PUBLIC

LEADERS = {"headteacher", "deputy", "dsl"}
GOVERNING = {"chair", "governor", "two_roles", "clerk"}
HERE = {*LEADERS, *GOVERNING, "administrator", "teacher", "support", "volunteer", "executive"}
ELSEWHERE = {"outsider", "sister_head", "leaver"}  # for them the school does not exist
READERS = {*LEADERS, *GOVERNING, "executive"}
PREPARING = {"headteacher", "deputy", "clerk"}
RUNNING = {"headteacher", "administrator"}

MATRIX: dict[str, set[str]] = {
    # the school
    "school": HERE,
    "school_settings": RUNNING,
    "log": {"headteacher", "chair", "clerk", "administrator", "executive"},
    # its people
    **dict.fromkeys(
        ("people", "people_left", "people_export", "person"), {*LEADERS, "clerk", "administrator", "executive"}
    ),
    **dict.fromkeys(
        (
            *("person_add", "people_invite", "person_change", "role_add", "role_end", "person_invite"),
            "person_second_step",
        ),
        RUNNING,
    ),
    **dict.fromkeys(
        (
            *("people_import", "people_import_template", "import_run", "import_faults"),
            *("import_confirm", "import_cancel", "import_resume"),
        ),
        RUNNING,
    ),
    # its policy
    **dict.fromkeys(
        ("policy_life", "version", "version_clauses", "version_changes", "version_document", "version_approve"), READERS
    ),
    **dict.fromkeys(
        (
            *("version_begin", "version_particulars", "clause_add", "clause_change", "clause_off", "clause_restore"),
            *("version_consultation", "version_description", "version_approvers", "approver_replace"),
            *("version_reopen", "version_discard"),
        ),
        PREPARING,
    ),
    **dict.fromkeys(("version_adopt", "version_review"), {*PREPARING, "chair"}),
    "version_withdraw": {"headteacher", "chair"},
    # reading and signing
    **dict.fromkeys(("sign", "sign_read", "sign_question", "sign_statement", "sign_decline", "sign_done"), HERE),
    "signing": READERS,
    **dict.fromkeys(("signing_people", "signing_export", "signing_sheet"), {*LEADERS, "clerk"}),
    "signing_record": {"headteacher", "clerk"},
    "exemption": {"headteacher", "chair"},
    "signing_ask": PREPARING,
    # duties
    "school_tasks": {*LEADERS, "clerk"},
    **dict.fromkeys(("task", "task_reopen"), {"teacher"}),
}
# In a school there is nothing to publish: only a trust or an authority has schools.
NOBODY_IN_A_SCHOOL = {"version_publish"}
# Everybody's own: what is on them is tested where they are.
OWN = {"my", "my_signed", "my_calendar", "account"}
OF_ONES_ACCOUNT = {one.name for one in ROUTES if one.name.startswith(("account_", "mfa_", "second_factor"))}
POSTED = {"person_invite", "import_confirm", "import_cancel", "import_resume"}  # these show no page of their own


@pytest.fixture
def life(cast: Cast) -> dict[str, object]:
    """A school with a version in force, a draft with a change, an import, and somebody who asks to be exempted."""
    head = acting(cast.headteacher)
    version = adopted(cast)
    wish = acknowledgements.Said("exemption_asked", version.fingerprint, reason="On leave.")
    asked = acknowledgements.acknowledge_version(acting(cast.support), Campaign.objects.get(), wish, now=NOW)
    draft = filled(head, drafts.start_next_version(head, cast.school, now=NOW))
    drafts.switch_clause_off(head, draft, draft.edition, ("LA-3.1", "Not ours."), now=NOW)
    table = b"Identifier,First name,Last name,Role\nS1,Ned,Newcombe,Teacher\n"
    run = services.start(head, cast.school, "people.csv", table, now=NOW)
    task = Task.objects.filter(person=cast.teacher).first()
    return {
        "slug": cast.school.slug,
        "number": 1,
        "clause": "LA-1",
        "name": "policy",
        "kind": "docx",
        "task": task.pk if task else 0,
        "asked": asked.pk,
        "run": run.pk,
        "person": cast.teacher.pk,
        "role": cast.teacher.roles.get().pk,
        "approval": version.approvals.get().pk,
    }


def address(route: Route, life: dict[str, object]) -> str:
    told = dict(life)
    if route.name.startswith("import_"):
        told["pk"] = life["run"]
    elif route.name == "exemption":
        told["pk"] = life["asked"]
    elif route.name.startswith("task"):
        told["pk"] = life["task"]
    else:
        told["pk"] = life["person"]
    if route.name == "clause_restore":
        told |= {"number": 2, "clause": "LA-3.1"}
    return route.address(**{**told, **({"number": 1} if route.name == "sign_question" else {})})


def named() -> Iterator[str]:
    yield from (*MATRIX, *NOBODY_IN_A_SCHOOL, *OWN, *OF_ONES_ACCOUNT, *PUBLIC)


def test_every_route_stands_in_the_table() -> None:
    assert {one.name for one in ROUTES} == set(named())


@pytest.mark.parametrize("route", [one for one in ROUTES if one.name in MATRIX], ids=lambda one: one.name)
def test_everybody_gets_what_their_role_gives_and_no_more(cast: Cast, life: dict[str, object], route: Route) -> None:
    there = address(route, life)
    for who in sorted(HERE | ELSEWHERE):
        client = visits(cast.people[who])
        got = client.post(there) if route.name in POSTED else client.get(there)
        seen = f"{who} at {there}: {got.status_code}"
        if who in MATRIX[route.name]:
            assert got.status_code in (200, 302), seen
            assert "/account/" not in got.headers.get("Location", ""), seen
        elif who in ELSEWHERE or route.name.startswith("task"):  # somebody else's task does not exist either
            assert got.status_code == 404, seen
        else:
            assert got.status_code == 403, seen


@pytest.mark.parametrize("name", sorted(NOBODY_IN_A_SCHOOL))
def test_a_school_has_nothing_to_publish(cast: Cast, life: dict[str, object], name: str) -> None:
    there = reverse(name, args=[life["slug"], life["number"]])
    assert visits(cast.clerk).get(there).status_code == 404
    assert visits(cast.headteacher).get(there).status_code == 403


@pytest.mark.parametrize("name", sorted(OWN))
def test_everybody_has_pages_of_their_own(cast: Cast, name: str) -> None:
    for who in sorted(HERE):
        assert visits(cast.people[who]).get(reverse(name)).status_code == 200


def test_a_refused_change_changes_nothing(cast: Cast, life: dict[str, object]) -> None:
    draft = Version.objects.get(number=2)
    for who in ("teacher", "governor", "administrator", "outsider"):
        there = reverse("policies:discard", args=[life["slug"], 2])
        assert visits(cast.people[who]).post(there).status_code in (403, 404)
    assert Version.objects.get(number=2).state == draft.state


def test_what_was_imported_elsewhere_does_not_exist_here(cast: Cast, life: dict[str, object]) -> None:
    assert ImportRun.objects.count() == 1
    there = reverse("imports:run", args=[cast.elsewhere.slug, life["run"]])
    assert visits(cast.outsider).get(there).status_code == 404


def test_somebody_of_another_school_is_not_shown_here(cast: Cast) -> None:
    here = visits(cast.headteacher)
    assert here.get(f"/schools/oak-lane/people/{cast.outsider.pk}/").status_code == 404
    assert here.get(f"/schools/oak-lane/people/{cast.sister_head.pk}/change/").status_code == 404


def test_a_headteacher_without_a_second_step_reaches_nothing_but_its_setting_up(cast: Cast) -> None:
    client = visits(cast.headteacher, second_factor=False)
    for there, kept in (("/schools/oak-lane/people/", "%2Fschools%2Foak-lane%2Fpeople%2F"), ("/my/", "%2Fmy%2F")):
        got = client.get(there)
        assert (got.status_code, got.headers["Location"]) == (302, f"/account/second-step/?next={kept}")
