"""What follows in this room from what is done in others."""

from typing import Any

from proviso.records.people.change import Change, after
from proviso.records.policies.models import Version
from proviso.records.policies.services.tasks import make_tasks


@after("role.started", "role.ended", "people.imported")
def follow_roles(changed: Change[Any]) -> None:
    """Make and drop tasks at once when roles begin or end, so that nobody keeps those of what they no longer are."""
    establishment, on = changed.at, changed.actor.on
    if establishment is None:
        return
    version = Version.objects.in_force(on).filter(establishment=establishment, state=Version.State.ADOPTED).first()
    if version is not None:
        version.establishment = establishment
        make_tasks(version, on, now=changed.now)
