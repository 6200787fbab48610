"""To whom a concern goes: whom the policy's own duty names, or else the nation's baseline; never whom it is about.

What is about an adult goes to the headteacher alone, or else to the chair; what is about a pupil to whoever leads
safeguarding, and besides to whom the policy names. Whoever is away has a deputy; where nobody is left, it goes to the
next in line, and says so.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from proviso.records.cases.models import Concern, Matter
from proviso.records.people.models import Establishment, Person, Role
from proviso.records.people.permissions import SIGNED_IN
from proviso.records.tasks.models import Absence
from proviso.rules import rulebook
from proviso.rules.norms import CompiledPolicy, Duty, Facts, Ruling, assume, supposed

Kind = Role.Kind
PassedOver = Concern.PassedOver
CHAINS: dict[str, tuple[str, ...]] = {
    Matter.ADULT: (Kind.HEADTEACHER, Kind.DEPUTY_HEAD, Kind.CHAIR, Kind.EXECUTIVE),
    Matter.PUPIL: (Kind.DSL, Kind.DEPUTY_DSL, Kind.HEADTEACHER, Kind.DEPUTY_HEAD, Kind.CHAIR, Kind.EXECUTIVE),
    Matter.OTHER: (Kind.HEADTEACHER, Kind.DEPUTY_HEAD, Kind.DSL, Kind.CHAIR, Kind.EXECUTIVE),
}
# Of whom nobody below may hear: what is about the headteacher passes the deputy by, and what is about the chair, both.
ABOVE: dict[str, tuple[str, ...]] = {
    Kind.HEADTEACHER: (Kind.CHAIR, Kind.EXECUTIVE),
    Kind.CHAIR: (Kind.EXECUTIVE, Kind.HEADTEACHER),
}
# In a trust or an authority itself, whose executives lead it.
ABOVE_SCHOOLS = (Kind.EXECUTIVE, Kind.CHAIR)
LEAD_ABOVE = (Kind.HEADTEACHER, Kind.DEPUTY_DSL, Kind.DEPUTY_HEAD, Kind.CHAIR, Kind.EXECUTIVE)
# What policies write behind `to:`, by the words that tell them apart, the most telling first.
NAMES = (
    ("chair", Kind.CHAIR),
    ("safeguarding", Kind.DSL),
    ("manager", Kind.LINE_MANAGER),
    ("executive", Kind.EXECUTIVE),
    ("headteacher", Kind.HEADTEACHER),
    ("lado", Kind.HEADTEACHER),  # who takes it on to the authority
)


@dataclass(frozen=True)
class Named:
    """Whom a duty names, and the clause that does; `is_baseline` for one of the nation's baseline."""

    capacity: str = ""
    clause: str = ""
    is_baseline: bool = False


@dataclass(frozen=True)
class Recipient:
    """Who handles a concern, and as what."""

    person: Person
    capacity: str


@dataclass(frozen=True)
class Route:
    """Who gets a concern, the first first; `passed_over` says why it is not whom it would have been first."""

    recipients: tuple[Recipient, ...]
    passed_over: str = PassedOver.NOBODY


@dataclass(frozen=True)
class Line:
    """What is known of who can be asked at a place on a day. `never` are those whom it is, or may be, about."""

    place: Establishment
    on: date
    never: frozenset[int]
    roles: Sequence[Role]
    away: dict[int, Person] = field(default_factory=dict)
    works_here: frozenset[int] = frozenset()


def named_by(policy: CompiledPolicy | None, nation: str, facts: Facts, on: date) -> Named:
    """Return whom the duties of a policy name in a situation, or else those of the nation's baseline."""
    if policy is not None:
        known = {name: value for name, value in facts.items() if name in policy.vocabulary.facts}
        ruling = assume(policy, policy.vocabulary.situation(known), on).ruling
        found = _first_named(ruling, is_baseline=False)
        if found.clause:
            return found
    book = rulebook.baseline(nation, on)
    given = supposed(book.vocabulary, book.vocabulary.situation(facts))
    return _first_named(book.rule_bits(given.yes, given.no, on), is_baseline=True)


def _first_named(ruling: Ruling, *, is_baseline: bool) -> Named:
    """Return the first duty of whoever acts that says to whom; else the first that does not, by its clause alone."""
    own = [duty for duty in ruling.duties if duty.of is None]
    named = [Named(capacity, duty.clause, is_baseline) for duty in own if (capacity := capacity_of(duty))]
    rest = [Named("", duty.clause, is_baseline) for duty in own]
    return next(iter([*named, *rest]), Named())


def capacity_of(duty: Duty) -> str:
    """Return the kind of role that a duty is done towards, where its words name one."""
    words = (duty.to or "").casefold()
    return next((kind for word, kind in NAMES if word in words), "")


def line_at(place: Establishment, never: Collection[int], on: date) -> Line:
    """Read who can be asked at a place on a day, in two queries."""
    places = [pk for pk in (place.pk, place.parent_id) if pk is not None]
    held = Role.objects.on(on).filter(establishment__in=places, kind__in=SIGNED_IN, person__is_active=True)
    roles = list(held.select_related("person").order_by("starts_on", "pk"))
    absences = Absence.objects.on(on).filter(establishment__in=places, deputy__is_active=True)
    away = {each.person_id: each.deputy for each in absences.select_related("deputy")}
    return Line(place, on, frozenset(never), roles, away, frozenset(role.person_id for role in roles))


def routed(line: Line, matter: str, named: Named) -> Route:
    """Return who gets a concern; nobody, where whoever could get it may be whom it is about."""
    chain = _chain(line, matter, named)
    found, skipped = _first(line, chain)
    recipients = [found] if found else []
    if matter == Matter.PUPIL and found and found.capacity not in CHAINS[Matter.PUPIL][:2]:
        lead, _skipped = _first(line, _without_policy(line, matter))
        recipients += [lead] if lead and lead.person != found.person else []
    why = skipped or PassedOver.NOBODY
    return Route(tuple(recipients), why)


def everybody(line: Line, matter: str) -> list[Recipient]:
    """Return everybody who could get something, in the order in which they would be asked."""
    found: dict[int, Recipient] = {}
    for kind in (*_without_policy(line, matter), *((Kind.LINE_MANAGER,) if matter != Matter.ADULT else ())):
        for role in _holders(line, kind):
            person = line.away.get(role.person_id, role.person)
            if _can_stand_in(line, person):
                found.setdefault(person.pk, Recipient(person, kind))
    return list(found.values())


def _chain(line: Line, matter: str, named: Named) -> tuple[str, ...]:
    chain = _without_policy(line, matter)
    is_first = named.capacity and not named.is_baseline and matter != Matter.ADULT
    if not is_first or (named.capacity == Kind.LINE_MANAGER and len(list(_holders(line, Kind.LINE_MANAGER))) != 1):
        return chain  # which of several line managers it is, nobody here knows
    return tuple(dict.fromkeys((named.capacity, *chain)))


def _without_policy(line: Line, matter: str) -> tuple[str, ...]:
    chain = CHAINS[matter]
    if not line.place.is_school:
        return ABOVE_SCHOOLS if matter == Matter.ADULT else (Kind.DSL, *ABOVE_SCHOOLS)
    if matter == Matter.PUPIL:
        return LEAD_ABOVE if _is_about(line, Kind.DSL) else chain
    if _is_about(line, Kind.CHAIR):
        return ABOVE[Kind.CHAIR]
    return ABOVE[Kind.HEADTEACHER] if _is_about(line, Kind.HEADTEACHER) else chain


def _is_about(line: Line, kind: str) -> bool:
    return any(role.person_id in line.never for role in _holders(line, kind))


def _holders(line: Line, kind: str) -> Iterator[Role]:
    """Yield who holds a role at the place; executives lead from above, where there is somebody above."""
    for role in line.roles:
        here = role.establishment_id == line.place.pk
        if role.kind == kind and (here or kind == Kind.EXECUTIVE):
            yield role


def _first(line: Line, chain: Sequence[str]) -> tuple[Recipient | None, str]:
    """Return the first who can be asked, and why nobody before them was."""
    why = ""
    for kind in chain:
        holders = list(_holders(line, kind))
        for role in holders:
            if role.person_id in line.never:
                why = PassedOver.NAMED
            elif role.person_id not in line.away:
                return Recipient(role.person, kind), why
            else:
                why = why or PassedOver.AWAY
                deputy = line.away[role.person_id]
                if _can_stand_in(line, deputy):
                    return Recipient(deputy, kind), why
        why = why or (PassedOver.NOBODY if holders else PassedOver.VACANT)
    return None, why


def _can_stand_in(line: Line, person: Person) -> bool:
    return person.pk in line.works_here and person.pk not in line.never and person.pk not in line.away
