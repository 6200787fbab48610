"""Sharing a concern on the school's page: the way, what protects a child, the receipt, and nothing left behind."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from proviso.jobs import concern_emails, maintenance
from proviso.records.cases.models import Concern, ConcernDraft
from proviso.records.cases.selectors import concerns
from proviso.records.cases.services import handling
from proviso.records.files.models import StoredFile
from proviso.web.concerns import limits
from tests.cast import Cast, visits
from tests.clock import NOW, TODAY
from tests.records.cases.shares import about_adult, shared, told
from tests.records.policies.life import acting, adopted
from tests.web.concerns.way import PUBLIC, Way
from tests.web.pages import main, words

RECEIPT = f"{PUBLIC}receipt/"


@pytest.fixture(autouse=True)
def _fresh_counts(db: None) -> None:
    cache.clear()


def test_a_pupil_shares_without_a_name_and_reads_the_answer_with_the_receipt(cast: Cast) -> None:
    way = Way()
    assert "Designated safeguarding lead" in way.to_check()
    assert "You have shared it" in way.press("send")
    code, lead = way.code, acting(cast.dsl)
    concern = Concern.objects.get()
    assert (concern.sharer_kind, concern.sharer, concern.matter) == ("pupil", None, "pupil")
    assert "What I have told is true as far as I know" in concern.declaration
    handling.acknowledge_concern(lead, concern, TODAY + timedelta(days=4), "We will talk to you.", now=NOW)
    browser = Client(enforce_csrf_checks=True)
    page = words(main(browser.post(RECEIPT, {"code": code.lower()}).text))
    assert "Somebody is looking at it" in page and "We will talk to you." in page
    assert "26 November 2026" in page
    sent = browser.post(RECEIPT, {"code": code, "go": "answer", "words": "Thank you."})
    assert "Your words were sent" in words(main(sent.text))
    assert [each.text for each in concerns.messages_of(lead, concern)] == ["We will talk to you.", "Thank you."]
    assert not browser.cookies and not way.browser.cookies


def test_no_page_of_the_way_sets_a_cookie_or_is_kept_by_anybody(cast: Cast) -> None:
    way = Way()
    pages = [way.page]
    way.to_check()
    for go in ("send", "noted", "again"):
        way.press(go)
        pages.append(way.page)
    pages += [way.browser.get(RECEIPT), way.browser.post(RECEIPT, {"code": way.code})]
    for page in pages:
        assert page.status_code == 200
        assert "Set-Cookie" not in str(page.headers) and not page.cookies
        assert "no-store" in page.headers["Cache-Control"]


def test_danger_comes_before_everything_and_stops_nobody(cast: Cast) -> None:
    way = Way()
    way.press("show:danger")
    said = way.answer(danger="yes")
    assert said.startswith("Do this now") and "999" in said and "0800 1111" in said
    assert "Who are you?" in way.press("show:you")


def test_every_page_has_999_and_childline_in_reach(cast: Cast) -> None:
    way = Way()
    said = [way.text]
    said.append(way.press("show:danger"))
    for answers in ({"danger": "no"}, {"you": "parent"}, {"image": "no"}, {"about": "complaint"}):
        said.append(way.answer(**answers))
    for text in said:
        assert "call 999" in text and "0800 1111" in text


def test_words_that_tell_of_harm_show_what_to_do_and_go_on(cast: Cast) -> None:
    way = Way()
    way.press("show:danger")
    for answers in ({"danger": "no"}, {"you": "pupil"}, {"image": "no"}, {"about": "pupil"}):
        way.answer(**answers)
    said = way.answer(happened="My friend says she wants to kill herself tonight.")
    assert said.startswith("Do this now")
    assert "When did it happen?" in way.press("show:when")


def test_of_a_sexual_image_no_address_comes_in_and_the_page_says_where_to_give_it(cast: Cast) -> None:
    way = Way()
    way.press("show:danger")
    way.answer(danger="no")
    way.answer(you="pupil")
    said = way.answer(image="yes")
    assert said.startswith("Do this now") and "Report Remove" in said and "iwf.org.uk" in said
    assert "police" in said
    way.press("show:about")
    way.answer(about="pupil")
    said = way.answer(happened="It is at https://pics.example/a.jpg and data:image/png;base64,AAAA right now")
    assert "left out" in said and "pics.example" not in way.page.text and "base64" not in way.page.text
    for step in ("when", "place", "involved"):
        way.answer(**{step: ""})
    way.answer(risk="no")
    way.answer(wishes="Take it down: www.pics.example")
    way.answer(reach="code")
    assert "pics.example" not in way.page.text
    assert "You have shared it" in way.press("send")
    concern = Concern.objects.get()
    text = concerns.words_of(acting(cast.dsl), concern).text
    assert (concern.kind, text) == ("sexual_image", "It is at […] and […] right now")


def test_no_form_takes_a_file_and_one_that_is_sent_all_the_same_is_dropped(cast: Cast) -> None:
    way = Way()
    way.to_check()
    assert 'type="file"' not in way.page.text
    picture = SimpleUploadedFile("a.png", b"\x89PNG\r\n", "image/png")
    way.page = way.browser.post(PUBLIC, {**way.hidden(), "go": "send", "file": picture})
    assert "You have shared it" in way.text
    assert Concern.objects.count() == 1 and not StoredFile.objects.exists()


def test_a_complaint_is_led_to_its_route_and_may_be_more(cast: Cast) -> None:
    way = Way()
    way.press("show:danger")
    for answers in ({"danger": "no"}, {"you": "parent"}, {"image": "no"}):
        way.answer(**answers)
    assert "complaints procedure" in way.answer(about="complaint")
    assert "What does it concern?" in way.press("show:about")
    way.answer(about="adult")
    assert "You have shared it" not in way.press("send")
    assert not Concern.objects.exists()


def test_what_is_about_the_headteacher_says_that_it_goes_to_the_chair(cast: Cast) -> None:
    way = Way()
    way.press("show:danger")
    for answers in ({"danger": "no"}, {"you": "parent"}, {"image": "no"}, {"about": "adult"}, {"adult": "headteacher"}):
        way.answer(**answers)
    said = way.tell("She shouted at my son.")
    assert "It goes to: Chair of governors" in said
    way.press("send")
    assert "Chair of governors" in way.text


def test_the_same_page_sent_twice_shares_once_and_shows_the_same_code(cast: Cast) -> None:
    way = Way()
    way.to_check()
    again = way.hidden()
    way.press("send")
    code = way.code
    way.page = way.browser.post(PUBLIC, {**again, "go": "send"})
    assert way.code == code and Concern.objects.count() == 1
    way.press("noted")
    way.press("again")
    assert way.code == code and Concern.objects.count() == 1


def test_what_was_begun_is_gone_on_with_by_its_code(cast: Cast) -> None:
    way = Way()
    way.press("show:danger")
    for answers in ({"danger": "no"}, {"you": "pupil"}, {"image": "no"}, {"about": "pupil"}):
        way.answer(**answers)
    way.press("save", happened="It began in")
    code = way.code
    other = Way()
    other.page = other.browser.post(PUBLIC, {"go": "resume", "code": code})
    assert other.hidden()["step"] == "risk"  # the first that has to be answered still
    assert "It began in" in other.press("show:happened") or "It began in" in other.page.text
    other.page = other.browser.post(PUBLIC, {"go": "resume", "code": "ABCD-ABCD-ABCD-ABCD-ABCD"})
    assert other.page.status_code == 400 and "nothing under this code" in other.text
    assert ConcernDraft.objects.count() == 1 and not Concern.objects.exists()


def test_answers_that_cannot_be_are_said_in_one_line_and_nothing_is_lost(cast: Cast) -> None:
    way = Way()
    way.press("show:danger")
    assert "Choose yes, no or not sure." in way.answer(danger="perhaps")
    assert way.page.status_code == 400
    for broken in ("[1,2", '{"about": ["x"]}', "{}", '{"token": "short"}', "[" * 5000):
        page = way.browser.post(PUBLIC, {"so_far": broken, "go": "send"})
        assert page.status_code in (200, 400)
    assert not Concern.objects.exists()


@pytest.mark.parametrize("name", ["عائشة", "李小龙", "Łukasz Żółć", "O’Brien-Ní Dhomhnaill", "🙂", "a\u202eb"])
def test_names_in_every_script_come_through(cast: Cast, name: str) -> None:
    way = Way()
    way.to_check(happened=f"It was {name}.")
    way.press("send")
    assert concerns.words_of(acting(cast.dsl), Concern.objects.get()).text == f"It was {name}."


def test_codes_are_not_tried_for_ever_and_the_address_is_kept_nowhere(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(limits.MOST, "receipt", 2)
    browser = Client()
    wrong = {"code": "ABCD-EFGH-JKMN-PQRS-TVWX"}
    said = [words(main(browser.post(RECEIPT, wrong, REMOTE_ADDR="203.0.113.77").text)) for _each in range(3)]
    assert ["Too many" in each for each in said] == [False, False, True]
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key, value FROM cache")
        assert "203.0.113.77" not in str(cursor.fetchall())


def test_a_member_of_staff_shares_under_their_name_and_follows_it(cast: Cast) -> None:
    browser = visits(cast.teacher)
    assert browser.get(PUBLIC).headers["Location"] == "/schools/oak-lane/share/"
    way = Way(browser, "/schools/oak-lane/share/")
    way.to_check(happened="A pupil told me that he is afraid to go home.")
    way.press("send")
    concern = Concern.objects.get()
    assert (concern.sharer, concern.receipt_digest) == (cast.teacher, "")
    assert concern.reference in words(main(browser.get("/my/concerns/").text))
    browser.post(f"/my/concerns/{concern.pk}/", {"words": "He came back to it."})
    assert [each.text for each in concerns.messages_of(acting(cast.dsl), concern)] == ["He came back to it."]


def test_signed_in_and_without_a_name_nothing_says_who_it_was(cast: Cast) -> None:
    way = Way(visits(cast.teacher), f"{PUBLIC}?anonymous=yes")
    way.to_check(you="staff")
    way.press("send")
    assert Concern.objects.get().sharer is None and way.code


def test_a_teacher_looks_for_whom_it_is_about(cast: Cast) -> None:
    way = Way(visits(cast.teacher), "/schools/oak-lane/share/")
    way.press("show:danger")
    for answers in ({"danger": "no"}, {"image": "no"}, {"about": "adult"}, {"adult": "other"}):
        way.answer(**answers)
    assert "Sorrel Haybrook" in way.press("find", find="haybr")
    way.answer(picked=str(cast.support.pk))
    way.tell("She gave a pupil her number.")
    assert "Sorrel Haybrook" in way.text
    way.press("send")
    parties = Concern.objects.get().parties.filter(role="subject")
    assert [party.person for party in parties] == [cast.support]


def test_a_message_from_a_pupil_is_reported_on_one_page_under_the_policys_clause(cast: Cast) -> None:
    adopted(cast)
    browser = visits(cast.teacher)
    page = browser.get("/schools/oak-lane/share/contact/")
    assert "LA" not in words(main(page.text)) or "report it to their manager" in words(main(page.text))
    token = page.text.split('name="token" value="')[1].split('"')[0]
    sent = {"pupil": "Perdita S", "through": "personal_account", "answered": "no", "token": token}
    said = words(main(browser.post("/schools/oak-lane/share/contact/", sent).text))
    assert "You have reported it" in said and "report it to their manager" in said
    concern = Concern.objects.get()
    assert (concern.kind, concern.matter, concern.clause) == ("contact", "pupil", "LA-5.6")


def test_a_model_policy_has_nobody_to_share_with_and_says_so(db: None) -> None:
    assert "model policy" in words(main(Client().get("/lancashire/concern/").text))
    assert Client().get("/no-such-school/concern/").status_code == 404


def test_after_an_hour_no_count_of_an_address_is_left(cast: Cast) -> None:
    Client().post(RECEIPT, {"code": "ABCD-EFGH-JKMN-PQRS-TVWX"})
    assert counts_kept() == 1
    maintenance.forget(timezone.now() + timedelta(hours=1, minutes=1))
    assert counts_kept() == 0


def counts_kept() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM cache WHERE cache_key LIKE '%concerns:%'")
        return int(cursor.fetchone()[0])


def test_whoever_handles_it_is_told_at_once_that_something_waits_and_no_more(cast: Cast, mailoutbox: list[Any]) -> None:
    concern = shared(cast, about_adult(about_role="headteacher", text="She keeps shouting.")).concern
    queued = [(result.task_path, result.args_kwargs["args"]) for result in DBTaskResult.objects.all()]
    assert queued == [("proviso.jobs.concern_emails.send_waiting", [cast.chair.pk, cast.school.pk])]
    assert concern_emails.send_waiting.func(cast.chair.pk, cast.school.pk) == "sent"
    (email,) = mailoutbox
    assert (email.to, email.subject, email.reply_to) == ([cast.chair.email], "Something is waiting for you", [])
    for secret in ("shout", "headteacher", "Quillmore", concern.reference, "concern"):
        assert secret not in email.body


def test_an_answer_that_tells_of_harm_shows_what_to_do_and_is_sent(cast: Cast) -> None:
    done = shared(cast, told(sharer_kind="pupil"))
    sent = {"code": done.code, "go": "answer", "words": "I want to kill myself tonight."}
    said = words(main(Client().post(RECEIPT, sent).text))
    assert "Do this now" in said and "Your words were sent" in said
    assert done.concern.messages.count() == 1
