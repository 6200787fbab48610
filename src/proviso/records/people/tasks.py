"""What runs in the background: what would keep a page waiting."""

import logging

from django.core.exceptions import ValidationError
from django.utils import timezone
from django_tasks import task

from proviso.records.people import invitations
from proviso.records.people.actors import Actor
from proviso.records.people.models import Establishment, Person
from proviso.records.people.selectors import to_invite

LOG = logging.getLogger(__name__)


@task()
def invite_all(by: int, establishment_id: int) -> None:
    """Invite everybody who can be and was not yet; one address that does not work keeps nobody else waiting."""
    now = timezone.now()
    actor = Actor.of(Person.objects.get(pk=by), timezone.localdate(now))
    establishment = Establishment.objects.select_related("parent").get(pk=establishment_id)
    for person in to_invite(actor, establishment, actor.on):
        try:
            invitations.invite(actor, establishment, person, now=now)
        except ValidationError as error:
            LOG.warning("not invited: %s", " ".join(error.messages))
        except OSError:
            LOG.exception("an invitation was not sent")
            invitations.unsent(actor, establishment, person, now=now)
