"""Signing in with a password and a second step, and what keeps others out."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from axes.models import AccessAttempt
from django.core import mail, signing
from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import path
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from proviso.records.audit.models import Entry
from proviso.records.people.models import Person, Role
from proviso.web.accounts.middleware import BEGAN, TOUCHED
from proviso.web.kit.pages import require_confirmation
from proviso.web.urls import urlpatterns as real_urls
from tests.cast import PASSWORD, Cast, visits
from tests.web.accounts.steps import Got, code_for, set_up_app, sign_in
from tests.web.pages import main, words
from tests.work import work


def read(page: Got) -> str:
    return words(main(page.text))


def done(person: Person) -> list[str]:
    return list(Entry.objects.filter(about=f"person:{person.pk}").values_list("action", flat=True))


def test_a_teacher_signs_in_with_address_and_password(cast: Cast) -> None:
    browser = Client()
    came = sign_in(browser, cast.teacher, next="/account/")
    assert came.headers["Location"] == "/account/"
    assert "Tobias Wrenfield" in browser.get("/account/").text
    assert done(cast.teacher) == ["person.signed_in"]


def test_the_address_may_be_written_in_any_case(cast: Cast) -> None:
    came = Client().post("/account/sign-in/", {"login": " Tobias.WRENFIELD@school.example", "password": PASSWORD})
    assert came.status_code == 302


@pytest.mark.parametrize("login", ["tobias.wrenfield@school.example", "nobody@school.example"])
def test_a_wrong_password_and_an_unknown_address_say_the_same(cast: Cast, login: str) -> None:
    page = Client().post("/account/sign-in/", {"login": login, "password": "wrong"})
    assert "The email address or the password is not right." in read(page)
    assert login in page.text  # what was typed is still there, but for the password
    assert "wrong" not in main(page.text)


def test_somebody_whose_role_ended_is_told_so(cast: Cast) -> None:
    page = sign_in(Client(), cast.leaver)
    assert page.status_code == 403
    assert "You hold no role today" in read(page)


def test_signing_out_is_a_button_and_not_a_link(cast: Cast) -> None:
    browser = visits(cast.teacher)
    assert "Do you want to sign out?" in browser.get("/account/sign-out/").text
    assert browser.get("/account/").status_code == 200
    browser.post("/account/sign-out/")
    assert browser.get("/account/").status_code == 302


def test_nobody_can_make_themselves_an_account() -> None:
    assert Client().get("/account/sign-up/").status_code == 404
    assert Client().get("/account/signup/").status_code == 404


# ---- The second step


def test_a_headteacher_sets_up_an_app_and_needs_its_code_from_then_on(cast: Cast) -> None:
    browser = Client()
    sign_in(browser, cast.headteacher)
    first = browser.get("/")
    assert first.headers["Location"] == "/account/second-step/"
    assert "Your role (Headteacher) opens what a stolen password must not open." in read(
        browser.get("/account/second-step/")
    )
    secret = set_up_app(browser)
    assert "Each works once." in read(browser.get("/account/second-step/recovery-codes/"))
    assert browser.get("/schools/oak-lane/people/").status_code == 200

    another = Client()
    assert sign_in(another, cast.headteacher).headers["Location"] == "/account/second-step/code/"
    assert another.get("/account/").status_code == 302
    wrong = another.post("/account/second-step/code/", {"code": "000000"})
    assert "The code is wrong." in read(wrong)
    cache.clear()  # a code is good once, and the first was used a moment ago
    assert another.post("/account/second-step/code/", {"code": code_for(secret)}).status_code == 302
    assert another.get("/schools/oak-lane/people/").status_code == 200


def test_a_recovery_code_lets_in_once(cast: Cast) -> None:
    browser = Client()
    sign_in(browser, cast.dsl)
    set_up_app(browser)
    codes = browser.get("/account/second-step/recovery-codes/file/").text.split()
    assert len(codes) == 10
    for expected in (302, 200):
        another = Client()
        sign_in(another, cast.dsl)
        assert another.post("/account/second-step/code/", {"code": codes[0]}).status_code == expected


def test_codes_cannot_be_guessed_one_after_the_other(cast: Cast) -> None:
    browser = Client()
    sign_in(browser, cast.dsl)
    set_up_app(browser)
    cache.clear()
    guesser = Client()
    sign_in(guesser, cast.dsl)
    pages = [read(guesser.post("/account/second-step/code/", {"code": f"{n:06}"})) for n in range(8)]
    assert "Too many wrong codes. Wait five minutes, then try again." in pages[-1]


def test_the_last_second_step_of_a_role_that_needs_one_cannot_be_removed(cast: Cast) -> None:
    browser = Client()
    sign_in(browser, cast.headteacher)
    set_up_app(browser)
    page = browser.post("/account/second-step/app/remove/")
    assert "Your role needs a second step. Add another one before you remove this one." in read(page)


def test_a_teacher_may_add_and_remove_one(
    cast: Cast, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    browser = Client()
    sign_in(browser, cast.teacher)
    with django_capture_on_commit_callbacks(execute=True):
        set_up_app(browser)
    assert browser.post("/account/second-step/app/remove/").status_code == 302
    assert done(cast.teacher) == ["person.signed_in", "person.second_factor_added", "person.second_factor_removed"]


def test_changing_a_second_step_asks_for_the_password_again_after_a_while(cast: Cast) -> None:
    browser = Client()
    sign_in(browser, cast.teacher)
    session = browser.session
    session["account_authentication_methods"] = [
        {**record, "at": record["at"] - 301} for record in session["account_authentication_methods"]
    ]
    session.save()
    asked = browser.get("/account/second-step/app/")
    assert asked.headers["Location"] == "/account/confirm/?next=%2Faccount%2Fsecond-step%2Fapp%2F"
    wrong = browser.post("/account/confirm/", {"password": "wrong"})
    assert "The password is not right." in read(wrong)
    right = browser.post("/account/confirm/", {"password": PASSWORD, "next": "/account/second-step/app/"})
    assert right.headers["Location"] == "/account/second-step/app/"
    assert browser.get("/account/second-step/app/").status_code == 200


# ---- Confirming what must not be done at an open computer


def weighty(request: HttpRequest) -> HttpResponse:
    require_confirmation(request, "roles.change")
    return HttpResponse("confirmed")


urlpatterns = [path("weighty/", weighty), *real_urls]


@pytest.mark.urls(__name__)
def test_what_is_weighty_asks_for_a_second_step_that_is_fresh(cast: Cast) -> None:
    browser = Client()
    sign_in(browser, cast.governor)
    assert browser.get("/weighty/").headers["Location"] == "/account/second-step/?next=%2Fweighty%2F"
    page = read(browser.get("/account/second-step/?next=%2Fweighty%2F"))
    assert "What you are about to do needs more than a password" in page
    secret = set_up_app(browser)
    assert browser.get("/weighty/").headers["Location"] == "/account/second-step/confirm/?next=%2Fweighty%2F"
    cache.clear()
    there = browser.post("/account/second-step/confirm/", {"code": code_for(secret), "next": "/weighty/"})
    assert there.headers["Location"] == "/weighty/"
    assert browser.get("/weighty/").text == "confirmed"
    session = browser.session
    session["account_authentication_methods"] = [
        {**record, "at": record["at"] - 301} for record in session["account_authentication_methods"]
    ]
    session.save()
    assert browser.get("/weighty/").status_code == 302


# ---- Locked out


def lock(cast: Cast) -> Got:
    for _try in range(5):
        sign_in(Client(), cast.teacher, "wrong")
    return sign_in(Client(), cast.teacher, "wrong")


def test_six_wrong_passwords_lock_the_account_with_a_page_that_says_until_when(cast: Cast) -> None:
    page = lock(cast)
    assert page.status_code == 429
    last = AccessAttempt.objects.get().attempt_time + timedelta(minutes=15)
    assert f"Nobody can sign in with this email address here until {timezone.localtime(last):%H:%M}." in read(page)
    assert sign_in(Client(), cast.teacher).status_code == 429  # the right password, too
    assert sign_in(Client(), cast.clerk).status_code == 302  # nobody else


def test_the_owner_is_told_once_and_the_log_as_well(cast: Cast) -> None:
    lock(cast)
    sign_in(Client(), cast.teacher, "wrong")
    work()
    [letter] = mail.outbox
    assert (letter.to, letter.subject) == ([cast.teacher.email], "Somebody tried to sign in as you")
    assert "For 15 minutes nobody can sign in as you where you have not signed in before." in letter.body
    assert done(cast.teacher) == ["person.locked_out"]


def test_an_unknown_address_is_locked_alike_and_writes_to_nobody(cast: Cast) -> None:
    for _try in range(6):
        page = Client().post("/account/sign-in/", {"login": "nobody@school.example", "password": "wrong"})
    assert page.status_code == 429
    work()
    assert not mail.outbox


def test_the_lock_opens_by_itself(cast: Cast) -> None:
    lock(cast)
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=16))
    assert sign_in(Client(), cast.teacher).status_code == 302


def test_a_right_password_forgets_the_wrong_ones(cast: Cast) -> None:
    for _round in range(3):
        for _try in range(5):
            sign_in(Client(), cast.teacher, "wrong")
        assert sign_in(Client(), cast.teacher).status_code == 302


def test_wrong_passwords_typed_by_others_lock_nobody_out_where_they_have_signed_in_before(cast: Cast) -> None:
    own = Client()
    sign_in(own, cast.teacher)
    own.post("/account/sign-out/")
    lock(cast)
    assert sign_in(own, cast.teacher).status_code == 302
    assert sign_in(Client(), cast.teacher).status_code == 429


def test_wrong_passwords_are_counted_in_a_known_browser_too(cast: Cast) -> None:
    own = Client()
    sign_in(own, cast.teacher)
    own.post("/account/sign-out/")
    pages = [sign_in(own, cast.teacher, "wrong").status_code for _try in range(6)]
    assert pages == [200] * 5 + [429]
    assert sign_in(own, cast.teacher).status_code == 429
    assert sign_in(Client(), cast.teacher).status_code == 302  # whoever shares the computer locks that one alone


@pytest.mark.parametrize(
    "cookie",
    ["", "nonsense", signing.dumps([["x", "y"]]), '[["x", "y"]]'],
    ids=["empty", "nonsense", "signed by another part", "unsigned"],  # a signature holds the time: no name for a test
)
def test_nobody_makes_a_browser_known_themselves(cast: Cast, cookie: str) -> None:
    stranger = Client()
    for _try in range(6):
        stranger.cookies["known_browser"] = cookie
        page = sign_in(stranger, cast.teacher, "wrong")
    assert page.status_code == 429


def test_a_browser_in_which_somebody_else_signed_in_is_not_known_for_all(cast: Cast) -> None:
    shared = Client()
    sign_in(shared, cast.clerk)
    shared.post("/account/sign-out/")
    lock(cast)
    assert sign_in(shared, cast.teacher).status_code == 429


def new_password(cast: Cast, browser: Client) -> None:
    """Set a new password by the link of an email."""
    mail.outbox.clear()
    browser.post("/account/password/forgotten/", {"email": cast.teacher.email or ""})
    work()
    path = next(line for line in mail.outbox[-1].body.splitlines() if "/reset/" in line)
    form = browser.get(path.removeprefix("http://localhost:8000"), follow=True)
    browser.post(form.redirect_chain[-1][0], {"password1": "pebble orchard violin"})


def test_a_new_password_lifts_the_lock_and_makes_the_browser_known(cast: Cast) -> None:
    lock(cast)
    own = Client()
    new_password(cast, own)
    lock(cast)  # at once again
    assert sign_in(own, cast.teacher, "pebble orchard violin").status_code == 302
    AccessAttempt.objects.all().delete()
    lock(cast)
    new_password(cast, Client())
    assert sign_in(Client(), cast.teacher, "pebble orchard violin").status_code == 302


def test_what_others_at_the_same_network_address_do_keeps_nobody_out(cast: Cast) -> None:
    for number in range(40):
        Client().post("/account/sign-in/", {"login": f"somebody-{number}@school.example", "password": ""})
        Client().post("/account/passkeys/sign-in/", {"credential": ""})
        Client().post("/account/password/forgotten/", {"email": f"somebody-{number}@school.example"})
    assert sign_in(Client(), cast.teacher).status_code == 302
    assert Client().post("/account/passkeys/sign-in/", {"credential": ""}).status_code == 302
    assert Client().post("/account/password/forgotten/", {"email": cast.teacher.email or ""}).status_code == 302
    work()
    assert [letter.to for letter in mail.outbox] == [[cast.teacher.email]]


def test_codes_of_others_at_the_same_network_address_are_not_counted(cast: Cast) -> None:
    secrets = {}
    for person in (cast.dsl, cast.headteacher, cast.administrator):
        browser = Client()
        sign_in(browser, person)
        secrets[person] = set_up_app(browser)
    cache.clear()
    for person in (cast.dsl, cast.headteacher):
        guesser = Client()
        sign_in(guesser, person)
        for _try in range(5):
            guesser.post("/account/second-step/code/", {"code": "000000"})
    late = Client()
    sign_in(late, cast.administrator)
    assert late.post("/account/second-step/code/", {"code": code_for(secrets[cast.administrator])}).status_code == 302


# ---- Sessions


def aged(browser: Client, name: str, minutes: int) -> None:
    session = browser.session
    session[name] = (datetime.now(UTC) - timedelta(minutes=minutes)).timestamp()
    session.save()


def test_a_session_ends_after_an_hour_without_a_touch(cast: Cast) -> None:
    browser = visits(cast.teacher)
    aged(browser, TOUCHED, 59)
    assert browser.get("/account/").status_code == 200
    aged(browser, TOUCHED, 61)
    assert browser.get("/account/").headers["Location"] == "/account/sign-in/?next=/account/"
    assert "You were signed out because you did nothing for a while." in read(browser.get("/account/sign-in/"))


def test_a_session_ends_after_a_working_day_in_any_case(cast: Cast) -> None:
    browser = visits(cast.teacher)
    browser.get("/account/")
    aged(browser, BEGAN, 8 * 60 + 1)
    assert browser.get("/account/").status_code == 302


def test_signing_out_everywhere_ends_every_session(cast: Cast) -> None:
    here, there = visits(cast.teacher), visits(cast.teacher)
    others = visits(cast.clerk)
    here.post("/account/sign-out/everywhere/")
    assert [client.get("/account/").status_code for client in (here, there, others)] == [302, 302, 200]
    assert done(cast.teacher)[-1] == "person.signed_out_everywhere"


def test_a_new_password_ends_the_other_sessions(cast: Cast) -> None:
    browser, there = Client(), visits(cast.teacher)
    sign_in(browser, cast.teacher)
    changed = browser.post("/account/password/", {"oldpassword": PASSWORD, "password1": "pebble orchard violin"})
    assert changed.status_code == 302, read(changed)
    assert browser.get("/account/").status_code == 200
    assert there.get("/account/").status_code == 302
    assert "person.password_set" in done(cast.teacher)


# ---- Passwords


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("short", "It must contain at least 12 characters."),
        ("qwerty123456", "This password is too common."),
        ("293847561029384", "This password is entirely numeric."),
        ("tobias.wrenfield", "The password is too similar to the"),
        ("", "Enter a new password."),
    ],
)
def test_a_weak_password_is_refused_in_words(cast: Cast, password: str, words: str) -> None:
    browser = Client()
    sign_in(browser, cast.teacher)
    page = browser.post("/account/password/", {"oldpassword": PASSWORD, "password1": password})
    assert words in read(page)
    assert sign_in(Client(), cast.teacher).status_code == 302


def test_a_forgotten_password_is_set_anew_by_a_link_that_works_once(cast: Cast) -> None:
    browser = Client()
    sent = browser.post("/account/password/forgotten/", {"email": cast.teacher.email or ""}, follow=True)
    assert "Look at your email" in read(sent)
    work()
    [letter] = mail.outbox
    link = next(line for line in letter.body.splitlines() if "/account/password/reset/" in line)
    path = link.removeprefix("http://localhost:8000")
    form = browser.get(path, follow=True)
    action = form.redirect_chain[-1][0]
    assert "Your new password is set" in read(browser.post(action, {"password1": "pebble orchard violin"}, follow=True))
    assert sign_in(Client(), cast.teacher, "pebble orchard violin").status_code == 302
    assert "This link cannot be used" in read(Client().get(path, follow=True))


def test_a_forgotten_password_of_an_unknown_address_looks_the_same_and_sends_nothing(cast: Cast) -> None:
    sent = Client().post("/account/password/forgotten/", {"email": "nobody@school.example"}, follow=True)
    assert "Look at your email" in read(sent)
    work()
    assert not mail.outbox


def test_a_forgotten_password_takes_the_same_work_whether_or_not_anybody_has_the_address(cast: Cast) -> None:
    Client().post("/account/password/forgotten/", {"email": "warm@school.example"})
    asked = []
    for email in (cast.teacher.email or "", "nobody@school.example"):
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            Client().post("/account/password/forgotten/", {"email": email})
        asked.append([re.sub(r"'[^']*'|\d+", "?", query["sql"]) for query in queries])
        assert not mail.outbox  # an email takes time that would tell
    assert asked[0] == asked[1]


def test_whoever_never_accepted_an_invitation_cannot_reset_their_way_in(cast: Cast) -> None:
    cast.teacher.set_unusable_password()
    cast.teacher.save()
    Client().post("/account/password/forgotten/", {"email": cast.teacher.email or ""})
    work()
    assert not mail.outbox


# ---- One's own account


def test_language_and_weekly_e_mail_are_one_s_own_to_choose(cast: Cast, settings: Settings) -> None:
    settings.LANGUAGES = [("en-gb", "English"), ("cy", "Cymraeg")]
    browser = visits(cast.teacher)
    assert '<html lang="en-gb"' in browser.get("/account/").text
    browser.post("/account/", {"language": "cy"})
    cast.teacher.refresh_from_db()
    assert (cast.teacher.language, cast.teacher.digest_weekly) == ("cy", False)
    assert '<html lang="cy"' in browser.get("/account/").text


def test_the_school_s_language_speaks_where_nobody_chose(cast: Cast, settings: Settings) -> None:
    settings.LANGUAGES = [("en-gb", "English"), ("cy", "Cymraeg")]
    Role.objects.filter(person=cast.outsider).update(kind="teacher")
    browser = visits(cast.outsider)
    assert '<html lang="cy"' in browser.get("/account/").text
    browser.cookies["django_language"] = "en-gb"
    assert '<html lang="en-gb"' in browser.get("/account/").text


@pytest.mark.parametrize(
    "path",
    ["/account/", "/my/", "/", "/oak-lane/", "/schools/oak-lane/", "/schools/oak-lane/people/", "/schools/nowhere/"],
)
def test_what_somebody_sees_who_signed_in_is_kept_by_nobody(cast: Cast, path: str) -> None:
    assert "no-store" in visits(cast.headteacher).get(path).headers["Cache-Control"]


def test_recovery_codes_are_kept_by_nobody(cast: Cast) -> None:
    browser = Client()
    sign_in(browser, cast.teacher)
    set_up_app(browser)
    for codes in ("/account/second-step/recovery-codes/", "/account/second-step/recovery-codes/file/"):
        page = browser.get(codes)
        assert page.status_code == 200
        assert "no-store" in page.headers["Cache-Control"]


def test_a_public_page_may_be_kept(cast: Cast) -> None:
    assert "no-store" not in Client().get("/about/").headers.get("Cache-Control", "")
