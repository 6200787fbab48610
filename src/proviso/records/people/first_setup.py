"""The very first: a place and its administrator, made by whoever runs the machine, since nobody can sign in yet."""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from proviso.records.audit.services import Act, record_all
from proviso.records.people import invitations
from proviso.records.people.change import about
from proviso.records.people.models import Establishment, Person, Role
from proviso.records.people.services import normal_email


@dataclass(frozen=True)
class Founding:
    """What is written of the place, and who is to run it."""

    name: str
    slug: str
    kind: str
    nation: str
    person: str
    email: str
    under: str = ""


@transaction.atomic
def found(founding: Founding, *, now: datetime) -> str:
    """Make a place with an administrator; return the path of the administrator's invitation. Nothing is sent.

    Raises:
        ValidationError: a short name that is taken, an unknown trust, an address that is none.
    """
    parent = Establishment.objects.filter(slug=founding.under).first() if founding.under else None
    if founding.under and parent is None:
        raise ValidationError(
            _("There is no trust or authority with the short name “%(slug)s”.") % {"slug": founding.under}
        )
    place = Establishment(
        slug=founding.slug, name=founding.name, kind=founding.kind, nation=founding.nation, parent=parent
    )
    place.full_clean()
    place.save()
    person = _person(founding)
    Role.objects.create(
        person=person,
        establishment=place,
        kind=Role.Kind.ADMINISTRATOR,
        starts_on=timezone.localdate(now),
    )
    secret = invitations.make(place, person, now=now)
    told = {"person": person.name, "role": "administrator", "starts_on": timezone.localdate(now).isoformat()}
    acts = [
        Act("establishment.added", place.pk, about(place), {"name": place.name}),
        Act("person.added", place.pk, about(person), told),
        Act("role.started", place.pk, about(person), told),
        Act("person.invited", place.pk, about(person), told),
    ]
    record_all(None, acts, now=now)
    return invitations.path(secret)


def _person(founding: Founding) -> Person:
    email = normal_email(founding.email)
    known = Person.objects.filter(email=email).first()
    if known is not None:
        return known
    given, _space, family = founding.person.strip().rpartition(" ")
    person = Person(given_name=given or family, family_name=family if given else "", email=email)
    person.set_unusable_password()
    person.full_clean()
    person.save()
    return person
