"""Which concerns and cases somebody handles on a day, as one query each: the same as the relations say one by one."""

from datetime import date
from typing import Any

from django.db.models import BooleanField, Exists, ExpressionWrapper, Manager, OuterRef, Q, QuerySet
from django.db.models.expressions import Combinable

from proviso.records.cases.models import Case, CaseParty, Concern, ConcernParty, Letter, Matter, PartyRole
from proviso.records.cases.relations import SAFEGUARDING
from proviso.records.people.actors import Actor
from proviso.records.people.models import Establishment
from proviso.records.tasks.models import Absence


def concerns_seen(actor: Actor, establishment: Establishment) -> QuerySet[Concern]:
    """Return the concerns of an establishment that somebody handles; none that is about them."""
    return Concern.objects.filter(_seen(ConcernParty.objects, "concern", actor, establishment))


def cases_seen(actor: Actor, establishment: Establishment) -> QuerySet[Case]:
    """Return the cases of an establishment that somebody handles; none that is about them."""
    return Case.objects.filter(_seen(CaseParty.objects, "case", actor, establishment))


def has_concerns(_on: date) -> Combinable:
    """Return whether the holder of a role handles or shared something that is open, as an expression over roles."""
    handled = Q(parties__role=PartyRole.HANDLER, parties__ended_at=None, parties__person=OuterRef("person"))
    theirs = Concern.objects.filter(handled | Q(sharer=OuterRef("person")))
    return Exists(theirs.exclude(state=Concern.State.CLOSED))


def has_cases(_on: date) -> Combinable:
    """Return whether the holder of a role handles an open case, or is asked to approve a letter, over roles."""
    me = OuterRef("person")
    handled = CaseParty.objects.filter(role=PartyRole.HANDLER, ended_at=None, person=me)
    asked = Letter.objects.filter(state=Letter.State.WAITING, approver=me)
    return ExpressionWrapper(
        Q(Exists(handled.exclude(case__state=Case.State.CLOSED))) | Q(Exists(asked)), output_field=BooleanField()
    )


def _seen(parties: Manager[Any], name: str, actor: Actor, establishment: Establishment) -> Q:
    me = actor.person.pk
    current = parties.filter(ended_at=None, **{name: OuterRef("pk")})
    handling = current.filter(role=PartyRole.HANDLER)
    places = [establishment.pk, establishment.parent_id]
    away = Absence.objects.on(actor.on).filter(deputy=me, establishment__in=places).values("person")
    seen = Q(Exists(handling.filter(Q(person=me) | Q(person__in=away))))
    if actor.kinds_in(establishment) & set(SAFEGUARDING):
        seen |= Q(matter=Matter.PUPIL)
    about_me = current.filter(role=PartyRole.SUBJECT, person=me)
    return Q(establishment=establishment) & seen & ~Q(Exists(about_me))
