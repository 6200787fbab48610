"""The very first: a place and its administrator, made by whoever runs the machine, since nobody can sign in yet."""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from proviso.records.people import invitations
from proviso.records.people.actors import Job
from proviso.records.people.change import change, creation, together
from proviso.records.people.models import Establishment, Person, Role
from proviso.records.people.names import normal_name
from proviso.records.people.services import PersonDetails, Term, add_person, normal_email, start_role


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


def set_up(founding: Founding, *, now: datetime) -> str:
    """Make a place with an administrator; return the path of the administrator's invitation. Nothing is sent.

    Raises:
        ValidationError: a short name that is taken, an unknown trust, an address that is none.
    """
    parent = Establishment.objects.filter(slug=founding.under).first() if founding.under else None
    if founding.under and parent is None:
        raise ValidationError(
            _("There is no trust or authority with the short name “%(slug)s”.") % {"slug": founding.under}
        )
    establishment = Establishment(
        slug=founding.slug, name=founding.name, kind=founding.kind, nation=founding.nation, parent=parent
    )
    establishment.full_clean()
    job = Job("setup", timezone.localdate(now))
    with together():
        with creation(job, "establishment.added", establishment, now) as created:
            created.details["name"] = establishment.name
        person = _administrator(job, establishment, founding, now)
        start_role(job, establishment, person, Term(Role.Kind.ADMINISTRATOR, job.on), now=now)
        with change(job, "person.invited", person, now, at=establishment) as invited:
            secret = invitations.make(invited, establishment)
    return invitations.path(secret)


def _administrator(job: Job, establishment: Establishment, founding: Founding, now: datetime) -> Person:
    known = Person.objects.filter(email=normal_email(founding.email)).first()
    if known is not None:
        return known
    given, _space, family = normal_name(founding.person).rpartition(" ")
    details = PersonDetails(given or family, family if given else "", founding.email)
    return add_person(job, establishment, details, now=now)
