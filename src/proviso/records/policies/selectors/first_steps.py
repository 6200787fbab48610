"""How far a new installation has come on the way to its first signature."""

from dataclasses import dataclass, fields

from django.db.models import Exists, OuterRef, Q

from proviso.records.people.actors import Actor
from proviso.records.people.models import Establishment, Invitation, Person, Role
from proviso.records.people.permissions import require
from proviso.records.policies.models import Acknowledgement, Version

LEADING = (Role.Kind.HEADTEACHER, Role.Kind.EXECUTIVE)
State = Version.State


@dataclass(frozen=True)
class FirstSteps:
    """What is done already, in the order in which it is to be done."""

    has_place: bool
    has_leader: bool
    has_staff: bool
    has_invited: bool
    has_draft: bool
    has_approval: bool
    has_policy: bool
    has_signature: bool

    @property
    def done(self) -> int:
        return sum(getattr(self, each.name) for each in fields(self))

    @property
    def is_complete(self) -> bool:
        return self.has_policy and self.has_signature


def first_steps(actor: Actor, establishment: Establishment) -> FirstSteps:
    """Return how far an establishment has come from nothing to its first signature; in one query."""
    require(actor, "establishment.view", establishment)
    here = OuterRef("pk")
    held = Role.objects.on(actor.on).filter(establishment=here)
    others = Person.objects.filter(roles__establishment=here).exclude(pk=actor.person.pk)
    invited = Invitation.objects.filter(establishment=here).exclude(person=actor.person)
    versions = Version.objects.filter(establishment=here).exclude(state=State.DISCARDED)
    approved = versions.filter(Q(state__in=(State.APPROVAL, State.APPROVED, State.ADOPTED)))
    signed = Acknowledgement.objects.filter(version__establishment=here, kind=Acknowledgement.Kind.SIGNED)
    row = (
        Establishment.objects.filter(pk=establishment.pk)
        .annotate(
            leader=Exists(held.filter(kind__in=LEADING)),
            staff=Exists(held.exclude(person=actor.person).exclude(kind__in=LEADING)),
            invited=Exists(invited),
            joined=Exists(others.exclude(last_login=None)),
            draft=Exists(versions),
            approval=Exists(approved),
            policy=Exists(versions.filter(state=State.ADOPTED)),
            signed=Exists(signed),
        )
        .values("town", "postcode", "leader", "staff", "invited", "joined", "draft", "approval", "policy", "signed")
        .get()
    )
    return FirstSteps(
        has_place=bool(row["town"] or row["postcode"]),
        has_leader=row["leader"],
        has_staff=row["staff"],
        has_invited=row["invited"] or row["joined"],
        has_draft=row["draft"],
        has_approval=row["approval"],
        has_policy=row["policy"],
        has_signature=row["signed"],
    )
