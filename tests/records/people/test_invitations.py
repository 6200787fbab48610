"""Invitations: by email, without content, once, for two weeks; over a real mail server."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from email.message import Message

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message as Received
from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from proviso.records.audit.models import Entry
from proviso.records.people.invitations import InvitationError, accept, hashed, invite, waiting
from proviso.records.people.models import Establishment, Invitation, Person, Role
from proviso.web.environment import email
from tests.cast import Cast, actor
from tests.clock import NOW
from tests.served import free_port

STRONG = "pebble orchard violin"


class Inbox(Received):
    def __init__(self) -> None:
        super().__init__()
        self.letters: list[Message] = []

    def handle_message(self, message: Message) -> None:
        self.letters.append(message)


@pytest.fixture
def inbox(settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> Iterator[Inbox]:
    """A mail server, named by the variable that a school would set."""
    kept, port = Inbox(), free_port()
    monkeypatch.setenv("PROVISO_EMAIL", f"smtp://127.0.0.1:{port}")
    chosen = email(settings.DATA)
    settings.EMAIL_BACKEND = chosen["backend"]
    settings.EMAIL_HOST, settings.EMAIL_PORT = chosen["host"], chosen["port"]
    settings.EMAIL_USE_TLS = chosen["starttls"]
    server = Controller(kept, hostname="127.0.0.1", port=port)
    server.start()
    yield kept
    server.stop()


@pytest.fixture
def starter(cast: Cast) -> Person:
    """A teacher without a password."""
    person = Person(email="ned@school.example", given_name="Ned", family_name="Newcombe")
    person.set_unusable_password()
    person.save()
    Role.objects.create(person=person, establishment=cast.school, kind="teacher", starts_on=NOW.date())
    return person


def invited(cast: Cast, person: Person, now: datetime = NOW) -> str:
    return invite(actor(cast.headteacher, now.date()), cast.school, person, now=now)


def words_of(letter: Message) -> str:
    """Return the plain text of an email, which comes first."""
    body = next(part for part in letter.walk() if part.get_content_type() == "text/plain").get_payload(decode=True)
    assert isinstance(body, bytes)
    return body.decode().replace("\r\n", "\n")


def test_an_invitation_says_only_that_an_account_waits_and_leads_to_it(
    cast: Cast,
    starter: Person,
    inbox: Inbox,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        secret = invited(cast, starter)
    [letter] = inbox.letters
    assert (letter["To"], letter["Subject"]) == ("ned@school.example", "Your account is waiting")
    assert letter["Reply-To"] is None
    assert "no-reply@" in letter["From"]
    assert words_of(letter).split("\n\n") == [
        "Hello Ned,",
        "An account at Oak Lane Primary School is waiting for you.",
        "Use this link to choose a password. It works once, for 14 days.",
        f"http://localhost:8000/invitation/{secret}/",
        "This message was sent by a program. Nobody reads answers to it.\n",
    ]


def test_a_welsh_school_writes_in_both_languages(
    cast: Cast,
    inbox: Inbox,
    settings: Settings,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    settings.LANGUAGES = [("en-gb", "English"), ("cy", "Cymraeg")]
    person = Person.objects.create(email="eira@school.example", given_name="Eira", family_name="Haf", password="!")  # noqa: S106  # opens nothing
    Role.objects.create(person=person, establishment=cast.elsewhere, kind="teacher", starts_on=NOW.date())
    with django_capture_on_commit_callbacks(execute=True):
        invite(actor(cast.outsider, NOW.date()), cast.elsewhere, person, now=NOW)
    letter = words_of(inbox.letters[0])
    assert letter.count("/invitation/") == 2
    assert "Defnyddiwch y ddolen hon i ddewis cyfrinair." in letter
    assert "Use this link to choose a password." in letter


def test_only_the_hash_of_the_secret_is_kept(cast: Cast, starter: Person) -> None:
    secret = invited(cast, starter)
    kept = Invitation.objects.get()
    assert kept.secret_hash == hashed(secret)
    assert secret not in str(vars(kept))
    assert len(secret) >= 40


def test_accepting_sets_the_password_and_is_logged(cast: Cast, starter: Person) -> None:
    accept(invited(cast, starter), STRONG, now=NOW)
    starter.refresh_from_db()
    assert starter.check_password(STRONG)
    assert list(Entry.objects.values_list("action", flat=True)) == ["person.invited", "person.joined"]


def test_it_works_once(cast: Cast, starter: Person) -> None:
    secret = invited(cast, starter)
    accept(secret, STRONG, now=NOW)
    with pytest.raises(InvitationError, match="used already"):
        accept(secret, "another strong one indeed", now=NOW)


def test_it_works_for_fourteen_days(cast: Cast, starter: Person) -> None:
    secret = invited(cast, starter)
    assert waiting(secret, now=NOW + timedelta(days=14)).person == starter
    with pytest.raises(InvitationError, match="has run out"):
        waiting(secret, now=NOW + timedelta(days=14, seconds=1))


def test_a_second_invitation_ends_the_first(cast: Cast, starter: Person) -> None:
    first = invited(cast, starter)
    second = invited(cast, starter)
    with pytest.raises(InvitationError, match="a later invitation has replaced it"):
        waiting(first, now=NOW)
    assert waiting(second, now=NOW)


def test_a_weak_password_leaves_the_invitation_as_it_was(cast: Cast, starter: Person) -> None:
    secret = invited(cast, starter)
    with pytest.raises(ValidationError, match="at least 12 characters"):
        accept(secret, "short", now=NOW)
    assert waiting(secret, now=NOW)


@pytest.mark.parametrize("who", ["pupil", "leaver", "teacher"])
def test_pupils_leavers_and_those_with_a_password_are_not_invited(cast: Cast, who: str) -> None:
    with pytest.raises(ValidationError):
        invited(cast, cast.people[who])
    assert not Invitation.objects.exists()


def test_somebody_who_begins_next_week_can_be_invited_today(cast: Cast, starter: Person) -> None:
    starter.roles.update(starts_on=NOW.date() + timedelta(days=7))
    assert invited(cast, starter)


def test_only_whoever_may_change_people_invites(cast: Cast, starter: Person) -> None:
    with pytest.raises(PermissionDenied):
        invite(actor(cast.teacher, NOW.date()), cast.school, starter, now=NOW)


# ---- The page


def test_a_starter_is_in_with_one_step(cast: Cast, starter: Person) -> None:
    browser = Client()
    address = f"/invitation/{invited(cast, starter)}/"
    page = browser.get(address)
    assert "Hello Ned, choose a password" in page.text
    assert "Oak Lane Primary School" in page.text
    weak = browser.post(address, {"password": "short"})
    assert weak.status_code == 400
    assert "It must contain at least 12 characters." in weak.text
    assert browser.post(address, {"password": STRONG}).headers["Location"] == "/my/"
    assert "Ned Newcombe" in browser.get("/account/").text


def test_a_new_headteacher_goes_on_to_the_second_step_without_typing_the_password_again(
    cast: Cast, starter: Person
) -> None:
    starter.roles.update(kind="headteacher")
    browser = Client()
    browser.post(f"/invitation/{invited(cast, starter)}/", {"password": STRONG})
    assert browser.get("/").headers["Location"] == "/account/second-step/"
    assert browser.get("/account/second-step/app/").status_code == 200


def test_an_invitation_does_not_go_round_the_second_step_that_somebody_has(cast: Cast, starter: Person) -> None:
    Authenticator.objects.create(user=starter, type="totp", data={"secret": "x"})
    browser = Client()
    went = browser.post(f"/invitation/{invited(cast, starter)}/", {"password": STRONG})
    assert went.headers["Location"] == "/account/second-step/code/"
    assert browser.get("/my/").status_code == 302  # not in yet


@pytest.mark.parametrize(
    ("state", "status", "words"),
    [
        ("unknown", 404, "This link is not valid"),
        ("used", 410, "This invitation was used already."),
        ("expired", 410, "This invitation has run out."),
    ],
)
def test_an_invitation_that_cannot_be_used_says_why(
    cast: Cast, starter: Person, state: str, status: int, words: str
) -> None:
    secret = invited(cast, starter)
    if state == "unknown":
        secret = "x" * 43
    elif state == "used":
        accept(secret, STRONG, now=NOW)
    else:
        Invitation.objects.update(expires_at=NOW - timedelta(days=1))
    page = Client().get(f"/invitation/{secret}/")
    assert page.status_code == status
    assert words in page.text


def test_the_name_of_a_school_cannot_be_an_address_of_this_page() -> None:
    with pytest.raises(ValidationError, match="taken"):
        Establishment(slug="invitation", name="X", kind="school", nation="England").clean_fields()
