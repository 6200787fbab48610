"""Somebody lost their telephone: who may take away the second step, what happens then, and who is told."""

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from proviso.records.audit.models import Entry
from proviso.records.audit.selectors import entries_of
from proviso.records.people.models import Person, Role
from tests.cast import Cast, visits
from tests.web.accounts.steps import set_up_app, sign_in
from tests.web.pages import main, read, words

TAKEN = "person.second_factor_taken_away"


def page(person: Person) -> str:
    return f"/schools/oak-lane/people/{person.pk}/second-step/"


@pytest.fixture
def lost(cast: Cast) -> Client:
    """The browser of a DSL, who has set up an app and will not have it again."""
    browser = Client()
    sign_in(browser, cast.dsl)
    set_up_app(browser)
    cache.clear()
    assert browser.get("/account/").status_code == 200
    return browser


def has_one(person: Person) -> bool:
    return Authenticator.objects.filter(user=person).exists()


def test_it_is_said_before_what_will_happen_and_nothing_happens_yet(cast: Cast, lost: Client) -> None:
    here = visits(cast.administrator)
    assert page(cast.dsl) in here.get(f"/schools/oak-lane/people/{cast.dsl.pk}/").text
    text = read(here, page(cast.dsl))
    assert "They are signed out on every device, and get an email" in text
    assert "Make sure that it is really they who ask" in text
    assert has_one(cast.dsl) and lost.get("/account/").status_code == 200


def test_the_second_step_goes_sessions_end_and_a_new_one_is_set_up(
    cast: Cast, lost: Client, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        done = visits(cast.administrator).post(page(cast.dsl), follow=True)
    assert "The second step of Saffron Lockwistle was taken away." in words(main(done.text))
    assert not has_one(cast.dsl)  # the recovery codes went with it
    assert lost.get("/account/").status_code == 302
    again = Client()
    sign_in(again, cast.dsl)
    assert again.get("/my/").headers["Location"] == "/account/second-step/?next=%2Fmy%2F"
    [letter] = mail.outbox
    assert letter.to == [cast.dsl.email]
    assert letter.subject == "Your second step for signing in was taken away"
    assert "Ada" not in letter.body and "Oak Lane" not in letter.body
    entry = Entry.objects.get(action=TAKEN)
    assert (entry.actor_id, entry.establishment) == (cast.administrator.pk, cast.school.pk)
    log = read(visits(cast.headteacher), "/schools/oak-lane/log/")
    assert "took away the second step of Saffron Lockwistle" in log


def test_nobody_takes_away_their_own(cast: Cast) -> None:
    Authenticator.objects.create(user=cast.headteacher, type="totp", data={})
    here = visits(cast.headteacher)
    refused = here.post(page(cast.headteacher))
    assert refused.status_code == 400
    assert "You cannot remove your own second step here" in words(main(refused.text))
    assert has_one(cast.headteacher)
    assert page(cast.headteacher) not in here.get(f"/schools/oak-lane/people/{cast.headteacher.pk}/").text


def test_no_school_can_open_an_account_that_another_school_shares(cast: Cast) -> None:
    day = timezone.localdate()
    Role.objects.create(person=cast.outsider, establishment=cast.school, kind="governor", starts_on=day)
    Authenticator.objects.create(user=cast.outsider, type="totp", data={})
    here = visits(cast.headteacher)
    assert "also holds a role at Ysgol y Bryn" in read(here, page(cast.outsider))
    assert here.post(page(cast.outsider)).status_code == 400
    assert has_one(cast.outsider)


def test_who_has_none_has_none_to_lose(cast: Cast) -> None:
    here = visits(cast.headteacher)
    assert "Tobias Wrenfield has no second step: there is nothing to take away." in read(here, page(cast.teacher))
    here.post(page(cast.teacher))
    assert not Entry.objects.filter(action=TAKEN).exists()


@pytest.mark.parametrize(("who", "status"), [("deputy", 403), ("clerk", 403), ("teacher", 403), ("outsider", 404)])
def test_nobody_else_may_even_by_sending_the_form(cast: Cast, lost: Client, who: str, status: int) -> None:
    assert visits(cast.people[who]).post(page(cast.dsl)).status_code == status
    assert has_one(cast.dsl)


def test_whoever_finds_an_open_computer_cannot(cast: Cast, lost: Client) -> None:
    here = visits(cast.administrator)
    session = here.session
    session["account_authentication_methods"] = [
        {**record, "at": record["at"] - 901} for record in session["account_authentication_methods"]
    ]
    session.save()
    assert here.post(page(cast.dsl)).headers["Location"].startswith("/account/second-step/")
    assert has_one(cast.dsl)


def test_every_school_where_a_role_is_held_reads_of_it(cast: Cast) -> None:
    day = timezone.localdate()
    for place in (cast.school, cast.sister):
        Role.objects.create(person=cast.executive, establishment=place, kind="line_manager", starts_on=day)
    Role.objects.create(person=cast.administrator, establishment=cast.trust, kind="administrator", starts_on=day)
    Authenticator.objects.create(user=cast.executive, type="totp", data={})
    assert visits(cast.administrator).post(page(cast.executive)).status_code == 302
    for place in (cast.school, cast.sister, cast.trust):
        assert entries_of([place.pk]).filter(action=TAKEN).count() == 1
