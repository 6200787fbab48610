"""Concerns in the invented schools, shared and answered by the services that people use."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from proviso.records.cases.models import Concern, PartyRole
from proviso.records.cases.receipts import new_token
from proviso.records.cases.services.handling import acknowledge_concern, write_to_sharer
from proviso.records.cases.services.sharing import Sharing, share_concern
from proviso.records.people.actors import Actor, Public
from proviso.records.people.models import Establishment, Person, Role

DECLARED = "What I have told is true as far as I know."


@dataclass(frozen=True)
class Told:
    """Something that was shared so many days ago: by whoever holds a role, or by somebody without a name."""

    place: str
    ago: int
    sharing: Sharing
    by: str = ""
    answer: str = ""


def _told(kind: str, matter: str, text: str, **more: object) -> Sharing:
    words: dict[str, object] = {"sharer_kind": "parent", "declaration": DECLARED, **more}
    return Sharing(kind=kind, matter=matter, text=text, **words)  # type: ignore[arg-type]  # as Sharing says


TOLD = (
    Told(
        "larkrise",
        1,
        _told(
            "pupil",
            "pupil",
            "Some people in my year made a group where they post ugly things about me. I do not want to come in.",
            sharer_kind="pupil",
            harms=("child_bullied",),
            particulars=(
                ("Where did it happen?", "In a group chat"),
                ("What do you want to happen?", "That it stops."),
            ),
        ),
    ),
    Told(
        "brackenfield",
        2,
        _told(
            "contact",
            "pupil",
            "He asked whether we could talk about the test. I have not answered.",
            sharer_kind="staff",
            particulars=(
                ("Which pupil got in touch?", "A pupil of year 6"),
                ("How did they reach you?", "My own account on a social network, a game or an app"),
                ("Did you answer?", "No"),
            ),
            through="personal_account",
        ),
        by=Role.Kind.TEACHER,
        answer="Thank you for telling us. Please leave the message as it is; we will talk to the family.",
    ),
    Told(
        "hartwell",
        5,
        _told(
            "online",
            "other",
            "A parent writes every evening in a local group that our teachers are liars, with two of them by name.",
            sharer_kind="staff",
            particulars=(
                ("Who are the posts or messages about?", "Somebody who works at the school"),
                ("Who wrote them, or runs the account?", "A parent, or somebody of a pupil’s family"),
                ("Where did it happen?", "A group for the town on a social network"),
            ),
        ),
        by=Role.Kind.TEACHER,
        answer="I have read it and will speak to the parent this week.",
    ),
    Told(
        "copper-street",
        1,
        _told(
            "adult",
            "adult",
            "The headteacher messages some of the older pupils in the evening from a private account.",
            about_role="headteacher",
            harms=("headteacher_conduct",),
        ),
    ),
)


def share_concerns(made: dict[str, Establishment], on: date) -> None:
    """Share what people of the invented schools have to tell, and answer some of it."""
    for told in TOLD:
        place = made.get(told.place)
        if place is None:
            continue
        day = on - timedelta(days=told.ago)
        now = timezone.make_aware(datetime.combine(day, time(16, 20)))
        sharer = _holder(place, told.by, day) if told.by else None
        actor = Actor.of(sharer, day) if sharer else Public(day)
        concern = share_concern(actor, place, told.sharing, token=new_token(), now=now).concern
        if told.answer:
            _answer(concern, told.answer, now + timedelta(hours=3))


def _holder(place: Establishment, kind: str, day: date) -> Person:
    role = Role.objects.on(day).filter(establishment=place, kind=kind, person__is_active=True).select_related("person")
    return role.order_by("person").first().person  # type: ignore[union-attr]  # each invented school has one


def _answer(concern: Concern, words: str, now: datetime) -> None:
    handler = concern.parties.filter(role=PartyRole.HANDLER).select_related("person")[0].person
    if handler is not None:
        actor = Actor.of(handler, timezone.localdate(now), second_factor_at=now)
        promised = timezone.localdate(now) + timedelta(days=7)
        concern = acknowledge_concern(actor, concern, promised, "", now=now)
        write_to_sharer(actor, concern, words, now=now)
