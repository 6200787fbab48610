"""Declarations: one's own, those of an establishment, and one of them."""

from django.db.models import Q, QuerySet

from proviso.records.people.actors import Actor
from proviso.records.people.models import Establishment, Role
from proviso.records.people.permissions import Hidden, may, require
from proviso.records.registers.models import Declaration, DeclarationStep
from proviso.records.tasks.models import Task

Kind = Role.Kind
EVERYTHING: frozenset[str] = frozenset((Kind.HEADTEACHER, Kind.EXECUTIVE, Kind.DSL))


def declarations_of(
    actor: Actor, establishment: Establishment, find: str = "", kind: str = "", state: str = ""
) -> QuerySet[Declaration]:
    """Return the register of an establishment; of the chair's, what the leader of the establishment declared."""
    require(actor, "declarations.view", establishment)
    rows = establishment.declarations.select_related("person", "establishment")
    if not actor.kinds_in(establishment) & EVERYTHING:
        rows = rows.filter(goes_to=Declaration.GoesTo.CHAIR)
    rows = rows.filter(kind=kind) if kind else rows
    rows = rows.filter(state=state) if state else rows
    for word in find.split()[:6]:
        named = Q(person__given_name__icontains=word) | Q(person__family_name__icontains=word)
        rows = rows.filter(named | Q(name__icontains=word))
    return rows


def my_declarations(actor: Actor) -> list[Declaration]:
    """Return what somebody declared, wherever that was."""
    return list(Declaration.objects.filter(person=actor.person).select_related("establishment"))


def declaration_for(actor: Actor, establishment: Establishment, pk: int) -> Declaration:
    """Return a declaration for whoever made it, acknowledges it or sees the register.

    Raises:
        Hidden: there is none of that number, or none for this actor.
    """
    rows = establishment.declarations.select_related("person", "establishment__parent")
    declaration = rows.filter(pk=pk).first()
    if declaration is None or not _sees(actor, declaration):
        raise Hidden(str(pk))
    return declaration


def _sees(actor: Actor, declaration: Declaration) -> bool:
    if may(actor, "declaration.own", declaration) or may(actor, "declaration.decide", declaration):
        return True
    everything = bool(actor.kinds_in(declaration.establishment) & EVERYTHING)
    return everything and may(actor, "declarations.view", declaration)


def own_declaration(actor: Actor, establishment: Establishment, pk: int) -> Declaration:
    """Return one's own declaration; errors as `declaration_for`."""
    declaration = declaration_for(actor, establishment, pk)
    require(actor, "declaration.own", declaration)
    return declaration


def declaration_to_decide(actor: Actor, establishment: Establishment, pk: int) -> Declaration:
    """Return a declaration that the actor acknowledges; errors as `declaration_for`."""
    declaration = declaration_for(actor, establishment, pk)
    require(actor, "declaration.decide", declaration)
    return declaration


def steps_of(actor: Actor, declaration: Declaration) -> list[DeclarationStep]:
    """Return what was said and decided about a declaration, in order."""
    if not _sees(actor, declaration):
        raise Hidden(str(declaration.pk))
    return list(declaration.steps.select_related("by"))


def task_asking(actor: Actor, establishment: Establishment, pk: str) -> Task | None:
    """Return the open task of somebody's own that asks for a declaration, by the number that an address gives."""
    if not pk.isdecimal() or len(pk) > 18:
        return None
    mine = establishment.tasks.filter(person=actor.person, state=Task.State.OPEN)
    return mine.select_related("establishment", "person").filter(pk=int(pk)).first()
