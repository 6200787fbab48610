"""The one list of what needs whom: for one person on pages and in their calendar, for everybody in emails."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from itertools import islice

from proviso.records.people.actors import Actor
from proviso.records.people.models import Establishment, Person, Role
from proviso.records.people.needs import Awaited, Need, Scope, awaited_in, needs_in
from proviso.records.people.permissions import SIGNED_IN, may
from proviso.records.tasks.models import Absence
from proviso.records.tasks.selectors.absences import covered_by

CHUNK = 20  # establishments that are looked at together


def scope_of(actor: Actor, establishment: Establishment | None = None) -> Scope:
    """Return the scope of somebody, and of those for whom they stand in: wherever they have roles, or in one place."""
    places = [establishment] if establishment else actor.establishments
    absences = covered_by(actor, [place.pk for place in places])
    by_id = {place.pk: place for place in places}
    actors = [actor, *_absent_actors(absences, actor.on)]
    scope = Scope(actor.on, actors, by_id, everywhere=establishment is None)
    scope.memo[_absences] = {(absence.person_id, absence.establishment_id): absence for absence in absences}
    return scope


def needs_of(scope: Scope) -> list[Need]:
    """Return what needs the person of a scope of `scope_of`, the most urgent first.

    What they do for somebody who is away is among it; what needs the person is there even while they are away.
    """
    me, absences = scope.actors[0], _away(scope)
    own: dict[str, Need] = {}
    others: dict[str, Need] = {}
    for actor, need in needs_in(scope):
        if actor is me:
            own[need.key] = need
        elif absence := absences.get((actor.person.pk, need.establishment.pk)):
            if taken_over(need, absence, me):
                others[need.key] = replace(need, on_behalf=absence.person)
    needs = [*own.values(), *(need for key, need in others.items() if key not in own)]
    return sorted(needs, key=lambda need: (need.due_on, str(need.what)))


def awaited_by(scope: Scope) -> list[Awaited]:
    """Return what the person of a scope of `scope_of` waits for, what began first first."""
    me = scope.actors[0]
    return sorted((each for actor, each in awaited_in(scope) if actor is me), key=lambda each: each.since)


def taken_over(need: Need, absence: Absence, deputy: Actor) -> bool:
    """Say whether a deputy can do what needs somebody who is away."""
    return bool(need.stand_in) and may(deputy, need.stand_in, absence.establishment)


def needs_of_everybody(on: date) -> Iterator[tuple[Person, Need]]:
    """Yield everything of which somebody is told on a day, each thing once a person.

    Who is away is told nothing: what a deputy can do for them goes to the deputy, and the rest waits.
    """
    for scope in _scopes(on):
        absences = _away(scope)
        actors = {actor.person.pk: actor for actor in scope.actors}
        seen: set[tuple[int, str]] = set()
        for actor, need in needs_in(scope):
            absence = absences.get((actor.person.pk, need.establishment.pk))
            listener = actor
            if absence is not None:
                deputy = actors.get(absence.deputy_id)
                if deputy is None or not taken_over(need, absence, deputy):
                    continue
                listener, need = deputy, replace(need, on_behalf=actor.person)
            if (listener.person.pk, need.key) not in seen:
                seen.add((listener.person.pk, need.key))
                yield listener.person, need


def _scopes(on: date) -> Iterator[Scope]:
    """Yield every establishment with everybody who works there or above it, some establishments at a time."""
    establishments = iter(Establishment.objects.select_related("parent").order_by("pk").iterator(chunk_size=CHUNK))
    while chunk := list(islice(establishments, CHUNK)):
        by_id = {establishment.pk: establishment for establishment in chunk}
        above = {establishment.parent_id for establishment in chunk if establishment.parent_id}
        roles = Role.objects.on(on).filter(establishment__in=[*by_id, *above], person__is_active=True)
        yield Scope(on, _actors(roles.select_related("person", "establishment__parent"), on), by_id)


def _actors(roles: Iterable[Role], on: date) -> list[Actor]:
    held: dict[int, list[Role]] = {}
    for role in roles:
        held.setdefault(role.person_id, []).append(role)
    return [
        Actor(mine[0].person, on, tuple(mine)) for mine in held.values() if any(role.kind in SIGNED_IN for role in mine)
    ]


def _absent_actors(absences: list[Absence], on: date) -> list[Actor]:
    """Return those who are away, with the roles that they hold where they are away from."""
    if not absences:
        return []
    away = {(absence.person_id, absence.establishment_id) for absence in absences}
    roles = Role.objects.on(on).filter(person__in={person for person, _place in away}, person__is_active=True)
    roles = roles.select_related("person", "establishment__parent")
    return _actors([role for role in roles if (role.person_id, role.establishment_id) in away], on)


def _away(scope: Scope) -> dict[tuple[int, int], Absence]:
    return scope.once(_absences)


def _absences(scope: Scope) -> dict[tuple[int, int], Absence]:
    absences = Absence.objects.on(scope.on).filter(establishment__in=list(scope.establishments)).order_by("-pk")
    return {(absence.person_id, absence.establishment_id): absence for absence in absences}
