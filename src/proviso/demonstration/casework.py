"""Three cases of an invented school, each as far as the days since it was opened let it be."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from proviso.records.cases.letter_texts import beginning
from proviso.records.cases.models import Case, PartyRole
from proviso.records.cases.services import closing, decisions, letters, notes, parties
from proviso.records.cases.services import steps as step_services
from proviso.records.cases.services.closing import Closing
from proviso.records.cases.services.decisions import ThresholdDecision
from proviso.records.cases.services.letters import LetterGiven
from proviso.records.cases.services.opening import Opening, PartyGiven, open_case
from proviso.records.cases.services.parties import Wishes
from proviso.records.people.actors import Actor
from proviso.records.people.models import Establishment, Person, Role

Kind = Role.Kind
WHAT = "that the school trip was badly run, which did not happen as it says, and it names a teacher"
WHERE = "a post in a group of parents, seen on the day before this letter"


def add_cases(school: Establishment, on: date) -> None:
    """Add a parent's posts with a letter waiting for approval, a closed case, and a low-level concern."""
    _parents_posts(school, on - timedelta(days=3))
    _closed(school, on - timedelta(days=40))
    _low_level(school, on - timedelta(days=1))


def _actor(school: Establishment, kind: str, day: date) -> Actor:
    return Actor.of(_person(school, kind, day), day, second_factor_at=_at(day))


def _person(school: Establishment, kind: str, day: date) -> Person:
    held = Role.objects.on(day).filter(establishment=school, kind=kind).select_related("person")
    role = held.order_by("pk").first()
    if role is None:
        raise LookupError(f"{school} has no {kind} on {day}")
    return role.person


def _staff(school: Establishment, kind: str, day: date) -> Person:
    """Return somebody of that role who leads nothing."""
    leading = Role.objects.on(day).filter(establishment=school).exclude(kind__in=(Kind.TEACHER, Kind.SUPPORT_STAFF))
    held = Role.objects.on(day).filter(establishment=school, kind=kind).exclude(person__in=leading.values("person"))
    role = held.select_related("person").order_by("pk").first()
    if role is None:
        raise LookupError(f"{school} has no {kind} on {day}")
    return role.person


def _at(day: date, hour: int = 9, minute: int = 0) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


def _parents_posts(school: Establishment, day: date) -> None:
    head = _actor(school, Kind.HEADTEACHER, day)
    given = Opening(
        "parent_misuse",
        "Posts about the autumn trip",
        "A parent showed the office a post in a group. It says that children were left alone on the trip.",
        day,
        (
            PartyGiven(PartyRole.SUBJECT, name="A parent of Year 5"),
            PartyGiven(PartyRole.HARMED, _staff(school, Kind.TEACHER, day)),
        ),
    )
    case = open_case(head, school, given, now=_at(day))
    harmed = case.parties.get(role=PartyRole.HARMED)
    wishes = Wishes("That the post comes down, and that the class is told nothing.", "does_not_want", True)
    parties.record_wishes(head, harmed, wishes, now=_at(day, 10))
    for part, said in (
        ("evidence", "The office kept a screenshot with the time and the address."),
        ("support", "Offered; the teacher has spoken with the union."),
        (
            "contact",
            "Rang at eleven. The parent is upset about the coach that was late, and will think about the post.",
        ),
    ):
        _done(head, case, part, said, _at(day, 11))
    step = case.steps.get(part="letter")
    text = beginning(case, "parent_removal", "en-gb", step, day)
    body = (
        text.body.replace("Dear ……", "Dear parent")
        .replace("us: ……", f"us: {WHERE}")
        .replace("this: ……", f"this: {WHAT}")
    )
    letter = LetterGiven("parent_removal", "en-gb", "The parent, by name on the envelope", text.subject, body, step)
    draft = letters.write_letter(head, case, letter, now=_at(day, 14))
    letters.ask_approval(head, draft, _person(school, Kind.DEPUTY_HEAD, day), now=_at(day, 14, 30))


def _closed(school: Establishment, day: date) -> None:
    head = _actor(school, Kind.HEADTEACHER, day)
    given = Opening(
        "fake_account",
        "An account that used the crest",
        "A parent asked whether a new account is ours. It is not: it shows our crest and an old photograph.",
        day,
    )
    case = open_case(head, school, given, now=_at(day))
    for step in case.steps.all():
        if step.part == "escalation":
            step_services.skip_step(head, step, "The platform acted within a day.", now=_at(day, 15))
        elif step.part == "support":
            step_services.skip_step(head, step, "No person is impersonated.", now=_at(day, 15))
        else:
            step_services.do_step(head, step, "Done on the same day.", now=_at(day, 15))
    later = _actor(school, Kind.HEADTEACHER, day + timedelta(days=2))
    reasons = "The platform removed the account. Families were told which accounts are ours."
    closing.close_case(later, case, Closing("resolved", reasons), now=_at(day + timedelta(days=2)))


def _low_level(school: Establishment, day: date) -> None:
    head = _actor(school, Kind.HEADTEACHER, day)
    given = Opening(
        "low_level_concern",
        "Messages to a group outside hours",
        "Two colleagues saw that a message to a class group went out near midnight. Nothing in it was improper.",
        day,
        (PartyGiven(PartyRole.SUBJECT, _staff(school, Kind.SUPPORT_STAFF, day)),),
    )
    case = open_case(head, school, given, now=_at(day))
    limbs = {"harmed": "no", "offence": "no", "risk": "not_known", "unsuitable": "no"}
    decision = ThresholdDecision(limbs, "consult", "It is one message, but I do not know whether there were others.")
    decisions.decide_threshold(head, case, decision, now=_at(day, 10))
    notes.write_note(
        head, case, "Left a message for the designated officer at a quarter past ten.", now=_at(day, 10, 20)
    )


def _done(actor: Actor, case: Case, part: str, said: str, now: datetime) -> None:
    step_services.do_step(actor, case.steps.get(part=part), said, now=now)
