"""The registers of an invented school: ties that its people declared, and consents to be named and shown."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from proviso.records.people.actors import Actor
from proviso.records.people.models import Establishment, Person, Role
from proviso.records.registers.services import consents, declarations
from proviso.records.registers.services.consents import Said
from proviso.records.registers.services.declarations import AskedBy, Decision, Tie

Kind = Role.Kind
TIES = (
    Tie("shared_circle", "parent", "The Penhallow family", "2019", "We sing in the same choir"),
    Tie("own_child", "pupil", "My daughter in Year 4", "2022", "At home"),
    Tie("friend_before", "parent", "Marisol Tenby", "2014, before her son joined", "Friends on Facebook"),
)
SAID: tuple[dict[str, str], ...] = (
    {"name": "given", "picture": "given"},
    {"name": "refused", "picture": "refused"},
    {"picture": "given"},
    {},
)


def keep_registers(establishment: Establishment, on: date) -> None:
    """Let three teachers declare a tie, of which one still waits, and parents answer the form."""
    teachers = _holders(establishment, Kind.TEACHER, on)[:3]
    head, office = _holders(establishment, Kind.HEADTEACHER, on), _holders(establishment, Kind.ADMINISTRATOR, on)
    if not establishment.is_school or not head or not office:
        return
    for number, (teacher, tie) in enumerate(zip(teachers, TIES, strict=False)):
        day = on - timedelta(days=60 - 20 * number)
        actor = Actor.of(teacher, day, second_factor_at=_at(day))
        seen = declarations.fingerprint(declarations.statement(actor, establishment, tie))
        declared = declarations.declare(actor, establishment, tie, AskedBy(), seen=seen, now=_at(day))
        if number < len(TIES) - 1:
            deciding = Actor.of(head[0], day, second_factor_at=_at(day))
            decision = Decision(day + timedelta(days=365), "Keep school matters out of it.")
            declarations.acknowledge(deciding, declared, decision, now=_at(day, 15))
    _consents(establishment, office[0], on)


def _consents(establishment: Establishment, office: Person, on: date) -> None:
    day = on - timedelta(days=40)
    actor = Actor.of(office, day, second_factor_at=_at(day))
    for number, pupil in enumerate(_holders(establishment, Kind.PUPIL, day)):
        entry = {"class_name": f"Year {1 + number % 6}"}
        consents.set_roll_entry(actor, establishment, pupil, entry, now=_at(day))
        said = {(purpose, about): word for about, word in SAID[number % 4].items() for purpose in ("website", "social")}
        if said:
            answer = Said(said, f"A parent of {pupil.given_name}", "paper", on + timedelta(days=325))
            consents.record(actor, establishment, pupil, answer, now=_at(day))


def _holders(establishment: Establishment, kind: str, on: date) -> list[Person]:
    held = Role.objects.on(on).filter(establishment=establishment, kind=kind).select_related("person")
    return [role.person for role in held.order_by("pk")]


def _at(day: date, hour: int = 10) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour)))
