"""Who is told what when: reminders, summaries and review dates, each once, one email a day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.core import mail
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from proviso.jobs import letters, reminder_emails, schedule
from proviso.jobs.models import Reminder, ReminderEmail
from proviso.records.audit.models import Entry
from proviso.records.people.models import Person, Role
from proviso.records.people.needs import Need, Target
from proviso.records.policies.models import Acknowledgement, Approval, Campaign, Version
from proviso.records.policies.services import acknowledgements
from proviso.records.tasks.models import Task
from proviso.rules.rulebook import load, write_policy
from tests.cast import Cast
from tests.cast import cast as everybody
from tests.records.policies.life import acting

LONDON = ZoneInfo("Europe/London")
MONDAY = date(2026, 11, 23)
EIGHT = 8


def at(day: date, hour: int = EIGHT) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=LONDON)


@dataclass
class Here:
    """The cast, with a version of King David's policy in force at Oak Lane and a signing due on a Monday."""

    cast: Cast
    version: Version
    campaign: Campaign


@pytest.fixture
def here(db: None) -> Here:
    people = everybody(at(MONDAY))
    text = write_policy(load("king-david"))
    version = Version.objects.create(
        establishment=people.school,
        number=1,
        state="adopted",
        text=text,
        fingerprint="f" * 64,
        model="king-david",
        prepared_by=people.headteacher,
        prepared_at=at(MONDAY - timedelta(days=40)),
        adopted_on=MONDAY - timedelta(days=30),
        in_force_from=MONDAY - timedelta(days=30),
        review_on=MONDAY + timedelta(days=400),
    )
    opened = MONDAY - timedelta(days=30)
    campaign = Campaign.objects.create(
        establishment=version.establishment, version=version, kind="adoption", opened_on=opened, due_on=MONDAY
    )
    return Here(people, version, campaign)


@pytest.fixture(autouse=True)
def post(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "EMAIL_BACKEND", "django.core.mail.backends.locmem.EmailBackend")


def notices(person: Person) -> list[str]:
    return [
        f"{reminder.kind} {reminder.key.split(':', 1)[-1]}"
        for reminder in Reminder.objects.filter(person=person).order_by("pk")
    ]


def sign(here: Here, person: Person, kind: str = "signed") -> None:
    Acknowledgement.objects.create(
        campaign=here.campaign,
        version=here.version,
        person=person,
        kind=kind,
        at=at(MONDAY - timedelta(days=20)),
        fingerprint=here.version.fingerprint,
        reason="" if kind == "signed" else "Because.",
        recorded_by=person,
    )


def test_who_has_not_signed_hears_a_week_before_the_day_before_and_when_overdue_four_times(here: Here) -> None:
    for day in range(-20, 60):
        schedule.remind(at(MONDAY + timedelta(days=day)))
    assert notices(here.cast.teacher) == [
        "sign week",
        "sign day",
        "sign overdue-1",
        "sign overdue-2",
        "sign overdue-3",
        "sign overdue-4",
    ]
    days = [
        (reminder.on - MONDAY).days for reminder in Reminder.objects.filter(person=here.cast.teacher).order_by("on")
    ]
    assert days == [-7, -1, 1, 8, 15, 22]


@pytest.mark.parametrize("kind", ["signed", "declined", "exempted"])
def test_who_has_answered_hears_nothing_more(here: Here, kind: str) -> None:
    schedule.remind(at(MONDAY - timedelta(days=7)))
    sign(here, here.cast.teacher, kind)
    for day in range(-6, 30):
        schedule.remind(at(MONDAY + timedelta(days=day)))
    assert notices(here.cast.teacher) == ["sign week"]


def test_a_refused_exemption_is_reminded_again(here: Here) -> None:
    sign(here, here.cast.teacher, "exemption_refused")
    schedule.remind(at(MONDAY - timedelta(days=7)))
    assert notices(here.cast.teacher) == ["sign week"]


def test_leavers_pupils_and_other_schools_hear_nothing(here: Here) -> None:
    schedule.remind(at(MONDAY + timedelta(days=1)))
    reminded = set(Reminder.objects.values_list("person", flat=True))
    assert here.cast.teacher.pk in reminded
    assert not reminded & {here.cast.leaver.pk, here.cast.pupil.pk, here.cast.outsider.pk, here.cast.sister_head.pk}


def test_a_day_on_which_nothing_ran_is_made_up_for(here: Here) -> None:
    schedule.remind(at(MONDAY - timedelta(days=5)))
    assert notices(here.cast.teacher) == ["sign week"]


def test_running_twice_tells_nobody_twice(here: Here) -> None:
    first = schedule.remind(at(MONDAY + timedelta(days=1)))
    assert first != "0 people reminded"
    before = (Reminder.objects.count(), ReminderEmail.objects.count(), DBTaskResult.objects.count())
    assert schedule.remind(at(MONDAY + timedelta(days=1), 9)) == "0 people reminded"
    assert (Reminder.objects.count(), ReminderEmail.objects.count(), DBTaskResult.objects.count()) == before


def test_the_message_names_school_document_day_and_contact_and_a_way_without_its_link(here: Here) -> None:
    schedule.remind(at(MONDAY + timedelta(days=1)))
    email = ReminderEmail.objects.get(person=here.cast.teacher)
    assert reminder_emails.deliver(email, at(MONDAY + timedelta(days=1))) == "sent"
    [sent] = mail.outbox
    assert sent.to == ["tobias.wrenfield@school.example"]
    assert sent.subject.startswith("Oak Lane Primary School: ")
    assert "Oak Lane Primary School asks you:" in sent.body
    assert "Read and sign the social media policy (was due by 23 November 2026)" in sent.body
    assert "You need not use a link: type http://localhost:8000 into your browser and sign in." in sent.body
    assert "Not sure whether this message is genuine?" in sent.body
    assert "reply" not in sent.body.lower() and "reply-to" not in {name.lower() for name in sent.message().keys()}


def test_of_what_is_confidential_the_message_says_only_that_something_waits(
    here: Here, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = Need("concern:1", "Read the concern about a colleague", Target("dashboards:my"), MONDAY, here.cast.school)
    monkeypatch.setattr(letters, "needs_of", lambda _scope: [secret])
    written = letters.letter(here.cast.teacher, here.cast.school, MONDAY)
    said = " ".join(map(str, (written.subject, *written.lines)))
    assert str(written.subject) == "Something is waiting for you"
    assert "concern" not in said and "Something is waiting for you at Oak Lane Primary School." in said


def test_what_can_be_named_and_what_cannot_stand_in_one_message(here: Here, monkeypatch: pytest.MonkeyPatch) -> None:
    page, school = Target("dashboards:my"), here.cast.school
    secret = Need("concern:1", "Read the concern about a colleague", page, MONDAY, school)
    named = Need("sign:1", "Read and sign the social media policy", page, MONDAY, school, is_named=True)
    monkeypatch.setattr(letters, "needs_of", lambda _scope: [secret, named])
    written = letters.letter(here.cast.teacher, here.cast.school, MONDAY)
    said = " ".join(map(str, written.lines))
    assert "Read and sign" in said and "concern" not in said
    assert "Something else is waiting for you there, too." in said


def test_who_reminds_everybody_who_has_not_signed_writes_to_each_of_them_once_a_day(here: Here) -> None:
    campaign = Campaign.objects.get()
    before = ReminderEmail.objects.count()
    count = acknowledgements.remind_unsigned(acting(here.cast.headteacher, MONDAY), campaign, now=at(MONDAY))
    assert count == ReminderEmail.objects.count() - before
    acknowledgements.remind_unsigned(acting(here.cast.headteacher, MONDAY), campaign, now=at(MONDAY))
    assert ReminderEmail.objects.count() - before == count
    assert not notices(here.cast.leaver)
    assert Entry.objects.filter(action="signing.reminded").count() == 2


def task(here: Here, person: Person | None, due_on: date, clause: str = "KD-1.1") -> Task:
    return Task.objects.create(
        establishment=here.cast.school,
        source_kind="duty",
        policy_version=here.version.pk,
        clause=clause,
        person=person,
        what="Look through the profile",
        due_on=due_on,
    )


def test_all_reasons_of_a_day_are_one_message(here: Here) -> None:
    day = MONDAY + timedelta(days=1)
    task(here, here.cast.headteacher, day)
    Version.objects.filter(pk=here.version.pk).update(review_on=day)
    for job in (schedule.remind, schedule.weekly_digest):
        job(at(day))
    assert ReminderEmail.objects.filter(person=here.cast.headteacher).count() == 1
    kinds = set(Reminder.objects.filter(person=here.cast.headteacher).values_list("kind", flat=True))
    assert kinds == {"sign", "unsigned", "task", "review", "digest"}


def test_tasks_are_told_the_day_before_and_when_overdue(here: Here) -> None:
    sign(here, here.cast.teacher)
    due = MONDAY + timedelta(days=3)
    first, other = task(here, here.cast.teacher, due), task(here, here.cast.teacher, due, "KD-1.2")
    days: list[int] = []
    for day in range(-5, 20):
        schedule.remind(at(due + timedelta(days=day)))
        if len(notices(here.cast.teacher)) > len(days):
            days.append(day)
        if day == 8:
            Task.objects.filter(pk=first.pk).update(state="dropped", dropped_on=MONDAY)
            Task.objects.filter(pk=other.pk).update(state="done", done_at=at(MONDAY), done_by=here.cast.teacher)
    assert days == [-1, 1, 8]


def test_duties_of_the_school_are_told_to_everybody_who_may_do_them(here: Here) -> None:
    task(here, None, MONDAY)
    schedule.remind(at(MONDAY - timedelta(days=1)))
    people = {reminder.person for reminder in Reminder.objects.filter(kind="task").select_related("person")}
    assert people == {here.cast.headteacher, here.cast.deputy, here.cast.dsl, here.cast.clerk}


def test_approvals_are_told_the_next_day_and_weekly_until_they_are_given(here: Here) -> None:
    draft = Version.objects.create(
        establishment=here.cast.school,
        number=2,
        state="approval",
        text="",
        fingerprint="e" * 64,
        prepared_by=here.cast.headteacher,
        prepared_at=at(MONDAY),
    )
    asked = Approval.objects.create(
        version=draft, person=here.cast.chair, capacity="chair", asked_at=at(MONDAY), fingerprint=draft.fingerprint
    )
    days: list[int] = []
    for day in range(0, 40):
        schedule.remind(at(MONDAY + timedelta(days=day)))
        if Reminder.objects.filter(person=here.cast.chair, kind="approve").count() > len(days):
            days.append(day)
        if day == 16:
            Approval.objects.filter(pk=asked.pk).update(state="approved")
    assert days == [1, 8, 15]


def test_review_dates_are_told_at_90_30_and_0_days_to_those_who_see_to_them(here: Here) -> None:
    review = MONDAY + timedelta(days=200)
    Version.objects.filter(pk=here.version.pk).update(review_on=review)
    days: dict[int, int] = {}
    for left in range(120, -20, -1):
        schedule.remind(at(review - timedelta(days=left)))
        days.setdefault(Reminder.objects.filter(person=here.cast.clerk).count(), left)
    assert days == {0: 120, 1: 90, 2: 30, 3: 0}
    reminded = {reminder.person for reminder in Reminder.objects.select_related("person")}
    assert reminded == {here.cast.headteacher, here.cast.deputy, here.cast.chair, here.cast.clerk}


def test_a_review_that_was_done_is_warned_of_anew_the_next_time(here: Here) -> None:
    for review in (MONDAY, MONDAY + timedelta(days=365)):
        Version.objects.filter(pk=here.version.pk).update(review_on=review)
        schedule.remind(at(review))
    assert Reminder.objects.filter(person=here.cast.chair).count() == 2


def test_the_summary_goes_to_those_who_want_it_and_have_something_open(here: Here) -> None:
    Person.objects.filter(pk=here.cast.support.pk).update(digest_weekly=False)
    sign(here, here.cast.volunteer)
    schedule.weekly_digest(at(MONDAY))
    reminded = set(Reminder.objects.filter(kind="digest").values_list("person", flat=True))
    assert here.cast.teacher.pk in reminded
    assert not reminded & {here.cast.support.pk, here.cast.volunteer.pk, here.cast.leaver.pk}
    schedule.weekly_digest(at(MONDAY + timedelta(days=2)))
    assert Reminder.objects.filter(kind="digest", person=here.cast.teacher).count() == 1
    schedule.weekly_digest(at(MONDAY + timedelta(days=7)))
    assert Reminder.objects.filter(kind="digest", person=here.cast.teacher).count() == 2


def test_what_is_due_in_a_year_is_no_reason_for_a_summary(here: Here) -> None:
    sign(here, here.cast.volunteer)
    task(here, here.cast.volunteer, MONDAY + timedelta(days=300))
    schedule.weekly_digest(at(MONDAY))
    assert notices(here.cast.volunteer) == []


@pytest.fixture
def email(here: Here) -> Iterator[ReminderEmail]:
    yield ReminderEmail.objects.create(person=here.cast.teacher, establishment=here.cast.school, on=MONDAY)


@pytest.mark.parametrize(("hour", "result"), [(6, "waits"), (7, "sent"), (17, "sent"), (18, "waits"), (23, "waits")])
def test_nobody_is_written_to_at_night(email: ReminderEmail, hour: int, result: str) -> None:
    assert reminder_emails.deliver(email, at(MONDAY, hour)).startswith(result)
    assert len(mail.outbox) == (result == "sent")
    if result == "waits":
        [waiting] = DBTaskResult.objects.all()
        morning = MONDAY if hour < 7 else MONDAY + timedelta(days=1)
        assert timezone.localtime(waiting.run_after) == at(morning, 7)


def test_a_letter_is_sent_once(email: ReminderEmail) -> None:
    assert reminder_emails.deliver(email, at(MONDAY)) == "sent"
    again = ReminderEmail.objects.get(pk=email.pk)
    assert reminder_emails.deliver(again, at(MONDAY)) == "nothing to send"
    assert reminder_emails.deliver(email, at(MONDAY)) == "somebody else sends it"
    assert len(mail.outbox) == 1


def test_a_mail_server_that_is_away_is_tried_three_times_more(
    email: ReminderEmail, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "EMAIL_BACKEND", "django.core.mail.backends.smtp.EmailBackend")
    monkeypatch.setattr(settings, "EMAIL_HOST", "127.0.0.1")
    monkeypatch.setattr(settings, "EMAIL_PORT", 9)  # nobody listens there
    for number in range(3):
        current = ReminderEmail.objects.select_related("person").get(pk=email.pk)
        assert reminder_emails.deliver(current, at(MONDAY)) == "will be tried again"
        assert DBTaskResult.objects.count() == number + 1
    with pytest.raises(OSError):
        reminder_emails.deliver(ReminderEmail.objects.select_related("person").get(pk=email.pk), at(MONDAY))
    assert DBTaskResult.objects.count() == 3


def test_a_letter_that_comes_a_day_late_gives_way_to_that_of_today(email: ReminderEmail) -> None:
    tuesday = MONDAY + timedelta(days=1)
    assert reminder_emails.deliver(email, at(tuesday)) == "sent"
    late = ReminderEmail.objects.create(person=email.person, on=MONDAY - timedelta(days=3))
    assert reminder_emails.deliver(late, at(tuesday)) == "another was sent today"
    assert len(mail.outbox) == 1


def test_what_was_enqueued_is_what_sends_the_letters(here: Here, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reminder_emails, "may_write", lambda _now: True)  # whatever the time is while this runs
    today = timezone.localdate()
    Campaign.objects.filter(pk=here.campaign.pk).update(opened_on=today, due_on=today)
    schedule.remind(timezone.now())
    for enqueued in DBTaskResult.objects.all():  # as a worker does
        enqueued.task.call(*enqueued.args_kwargs["args"])
    assert ["tobias.wrenfield@school.example"] in [letter.to for letter in mail.outbox]
    assert not ReminderEmail.objects.filter(sent_at=None).exists()


def test_a_starter_gets_tasks_and_those_of_a_leaver_are_dropped(here: Here) -> None:
    schedule.make_tasks(at(MONDAY, 5))
    before = Task.objects.filter(dropped_on=None).count()
    assert schedule.make_tasks(at(MONDAY, 5)) == "0 tasks made"
    starter = Person.objects.create(given_name="Sidney", family_name="Startwell", email="sidney@school.example")
    Role.objects.create(person=starter, establishment=here.cast.school, kind="teacher", starts_on=MONDAY)
    Role.objects.filter(person=here.cast.teacher).update(ends_on=MONDAY)
    schedule.make_tasks(at(MONDAY + timedelta(days=1), 5))
    assert starter.tasks.filter(dropped_on=None).exists()
    assert not here.cast.teacher.tasks.filter(dropped_on=None).exists()
    assert Task.objects.filter(dropped_on=None).count() == before


def test_the_command_refuses_a_time_that_is_none(here: Here) -> None:
    from django.core.management import CommandError

    with pytest.raises(CommandError, match="write it as 2026-11-21T09:00"):
        call_command("tick", at="tomorrow")
