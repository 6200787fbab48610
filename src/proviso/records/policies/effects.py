"""What follows in this room from what is done in others."""

from typing import Any, cast

from proviso.records.people.change import Change, after
from proviso.records.people.models import Role
from proviso.records.policies.models import Version
from proviso.records.policies.services.tasks import make_tasks


@after("role.started", "role.ended")
def follow_roles(changed: Change[Any]) -> None:
    """Make and drop tasks of somebody at once when a role of theirs begins or ends."""
    role = cast(Role, changed.added[0] if changed.action == "role.started" else changed.record)
    on = changed.actor.on
    versions = Version.objects.in_force(on).filter(establishment=role.establishment_id, state=Version.State.ADOPTED)
    version = versions.select_related("establishment").first()
    if version is not None:
        make_tasks(version, on, now=changed.now, person=role.person_id)
