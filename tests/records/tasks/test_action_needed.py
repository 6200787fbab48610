"""What needs whom: one list, whoever asks for it."""

from collections import defaultdict
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from proviso.jobs.reminders import for_digest, to_remind
from proviso.records.people.actors import Actor, Job
from proviso.records.people.models import Person, Role
from proviso.records.people.needs import ByDay, Need, SinceAsked
from proviso.records.policies.models import Campaign, Version
from proviso.records.policies.services import acknowledgements
from proviso.records.tasks.action_needed import needs_of, needs_of_everybody, scope_of
from proviso.records.tasks.models import Absence, Source, Task
from proviso.records.tasks.services.tasks import Escalation, NewTask, make_tasks
from tests.cast import Cast, visits
from tests.clock import NOW, TODAY
from tests.records.policies.life import acting, adopted, draft, submitted

DAY = timedelta(days=1)


def on_pages(on: date) -> dict[int, set[str]]:
    """Return what stands on the page of everybody who can sign in, by person."""
    people = Person.objects.filter(is_active=True).exclude(email=None)
    pages = {person.pk: {need.key for need in page(person, on)} for person in people}
    return {pk: keys for pk, keys in pages.items() if keys}


def in_mail(on: date) -> dict[int, set[str]]:
    """Return of what emails are made, by person."""
    mail: dict[int, set[str]] = defaultdict(set)
    for person, need in needs_of_everybody(on):
        mail[person.pk].add(need.key)
    return dict(mail)


def page(person: Person, on: date = TODAY) -> list[Need]:
    return needs_of(scope_of(Actor.of(person, on)))


@pytest.fixture
def busy(cast: Cast) -> Version:
    """A policy in force that somebody has not signed, somebody asks to be exempted from, and somebody prepares anew."""
    version = adopted(cast, draft(cast, "king-david"), sign_in=0)
    Version.objects.filter(pk=version.pk).update(review_on=TODAY + 20 * DAY)
    wish = acknowledgements.SigningResponse("exemption_asked", version.fingerprint, reason="On leave.")
    acknowledgements.acknowledge_version(acting(cast.support), Campaign.objects.get(), wish, now=NOW)
    Role.objects.create(person=cast.chair, establishment=cast.trust, kind="chair", starts_on=TODAY)
    submitted(cast, draft(cast, "king-david", cast.trust, cast.executive))
    return version


@pytest.mark.parametrize("after", [0, 1, 29, 45, 200, 350, 380])
def test_what_stands_on_pages_is_what_e_mails_are_made_of(cast: Cast, busy: Version, after: int) -> None:
    on = TODAY + after * DAY
    assert on_pages(on) == in_mail(on)


def test_everything_is_on_the_list_of_somebody(cast: Cast, busy: Version) -> None:
    kinds = {key.partition(":")[0] for keys in on_pages(TODAY + 350 * DAY).values() for key in keys}
    assert kinds == {"sign", "approve", "exemption", "unsigned", "yearly", "review", "task", "school"}


def test_every_need_leads_to_a_page_that_its_bearer_can_open(cast: Cast, busy: Version) -> None:
    each = {(person.pk, need.kind): (person, need) for person, need in needs_of_everybody(TODAY + DAY)}
    for person, need in each.values():
        there = reverse(need.target.name, args=need.target.args)
        assert visits(person).get(there).status_code == 200, (person, there)


def test_deputies_hear_of_what_they_see(cast: Cast, busy: Version) -> None:
    reminded = {(reason.person, reason.kind) for reason in to_remind(TODAY)}
    assert (cast.deputy.pk, "review") in reminded


def test_the_weekly_summary_counts_everything(cast: Cast, busy: Version) -> None:
    """Exemptions to decide, reviews and duties of the school were left out of it once."""
    everybody = [cast.chair.pk, cast.headteacher.pk, cast.deputy.pk]
    Campaign.objects.update(closed_on=TODAY)
    Task.objects.filter(person__isnull=False).update(state="dropped", dropped_on=TODAY)
    summaries = {reason.person for reason in for_digest(TODAY)}
    assert summaries >= set(everybody)


def test_a_need_without_names_has_none(cast: Cast, busy: Version) -> None:
    [decision] = [need for need in page(cast.headteacher) if need.kind == "exemption"]
    assert "Sorrel Haybrook" in str(decision.what)
    names = [person.family_name for person in Person.objects.all()]
    for need in page(cast.headteacher):
        assert not [name for name in names if name in str(need.without_names)]


STAGES: list[tuple[ByDay | SinceAsked, dict[int, str]]] = [
    (ByDay((7, 1)), {8: "", 7: "week", 2: "week", 1: "day", 0: "day", -1: "overdue-1", -7: "overdue-1"}),
    (ByDay((7, 1)), {-8: "overdue-2", -28: "overdue-4", -29: ""}),
    (ByDay((90, 30, 0), overdue=0), {91: "", 90: "90", 31: "90", 30: "30", 1: "30", 0: "0", -50: "0"}),
    (ByDay(), {2: "", 1: "day", -1: "overdue-1"}),
    (ByDay(()), {0: "", -1: "overdue-1"}),
    (SinceAsked(), {0: "", -1: "0", -7: "0", -8: "1", -28: "3", -29: ""}),
]


@pytest.mark.parametrize(("stages", "expected"), STAGES)
def test_each_stage_lasts_until_the_next(stages: ByDay | SinceAsked, expected: dict[int, str]) -> None:
    assert {left: stages.stage(TODAY, TODAY - left * DAY) for left in expected} == expected


def test_reminders_may_begin_at_another_day() -> None:
    since = SinceAsked(since=TODAY - 2 * DAY)
    assert [since.stage(TODAY - 60 * DAY, TODAY + day * DAY) for day in (-3, -2, -1, 5, 6)] == ["", "", "0", "0", "1"]


def asked(cast: Cast, person: Person | None, **more: Any) -> Task:
    """Return a task that no policy asked for."""
    new = NewTask(Source("letter", 7), "Answer the letter", TODAY - 3 * DAY, person.pk if person else None, **more)
    make_tasks(Job("tests", TODAY), cast.school, [new], now=NOW)
    return Task.objects.get(source_kind="letter", person=person)


def test_what_is_late_is_heard_by_the_deputy_or_the_leader_from_its_day(cast: Cast) -> None:
    asked(cast, cast.dsl, escalation=Escalation(TODAY, "deputy"))
    asked(cast, cast.teacher, escalation=Escalation(TODAY, "deputy"))  # a teacher has no deputy
    asked(cast, cast.support, escalation=Escalation(TODAY + DAY, "leader"))
    heard = {
        who: {str(need.what) for need in page(getattr(cast, who)) if need.kind == "escalated"}
        for who in ("deputy", "headteacher", "dsl", "chair", "sister_head")
    }
    assert heard == {
        "deputy": {"Late, and not done by Saffron Lockwistle: Answer the letter"},
        "headteacher": {"Late, and not done by Tobias Wrenfield: Answer the letter"},
        **dict.fromkeys(("dsl", "chair", "sister_head"), set()),
    }
    assert on_pages(TODAY) == in_mail(TODAY)
    reminded = {reason.person for reason in to_remind(TODAY) if reason.kind == "escalated"}
    assert reminded == {cast.deputy.pk, cast.headteacher.pk}


def test_who_stands_in_is_told_in_the_place_of_who_is_away(cast: Cast, busy: Version) -> None:
    letter = asked(cast, cast.dsl)
    before = in_mail(TODAY)
    Absence.objects.create(
        person=cast.dsl, establishment=cast.school, starts_on=TODAY, ends_on=TODAY + DAY, deputy=cast.deputy
    )
    mail = in_mail(TODAY)
    assert f"task:{letter.pk}" in before[cast.dsl.pk] and cast.dsl.pk not in mail
    assert f"task:{letter.pk}" in mail[cast.deputy.pk]
    [need] = [need for need in page(cast.deputy) if need.key == f"task:{letter.pk}"]
    assert need.on_behalf == cast.dsl
    assert {need.key for need in page(cast.deputy)} == mail[cast.deputy.pk]
    assert not [need for need in page(cast.deputy) if need.kind == "sign" and need.on_behalf]
    assert f"task:{letter.pk}" in {need.key for need in page(cast.dsl)}  # who looks all the same sees it
    assert in_mail(TODAY + 2 * DAY)[cast.dsl.pk] >= {f"task:{letter.pk}"}


def test_who_stands_in_is_not_told_what_they_may_not_do(cast: Cast, busy: Version) -> None:
    Absence.objects.create(
        person=cast.headteacher, establishment=cast.school, starts_on=TODAY, ends_on=TODAY, deputy=cast.teacher
    )
    kinds = {need.kind for need in page(cast.teacher) if need.on_behalf}
    assert kinds <= {"task"}
    assert {need.key for need in page(cast.teacher)} == in_mail(TODAY)[cast.teacher.pk]


def test_a_leaver_is_told_nothing(cast: Cast, busy: Version) -> None:
    asked(cast, cast.teacher)
    Role.objects.filter(person=cast.teacher).update(ends_on=TODAY - DAY)
    assert cast.teacher.pk not in in_mail(TODAY) and page(cast.teacher) == []
