"""Time-stamp what came in, where an authority is set up."""

from collections.abc import Iterator
from datetime import datetime

from proviso.records.evidence import custody, time_stamps
from proviso.records.evidence.custody import Event
from proviso.records.evidence.models import CustodyEntry, EvidenceItem
from proviso.records.evidence.owners import owner_named
from proviso.records.people.actors import Job
from proviso.records.people.change import change

AT_ONCE = 50


def stamp_waiting(actor: Job, *, now: datetime) -> int:
    """Stamp items that have no stamp yet, some at a time; return how many. What fails is tried again next time.

    Raises:
        TimeStampError: the authority cannot be reached, or answers what proves nothing.
    """
    if not time_stamps.is_set_up():
        return 0
    stamped = 0
    for item in _waiting():
        token = time_stamps.stamp_of(item.sha256)  # before the change: an authority may take its time
        with change(actor, "evidence.stamped", owner_named(item.owner), now) as changed:
            custody.note(changed, item, Event.STAMPED, why=time_stamps.check(token, item.sha256), token=token)
        stamped += 1
    return stamped


def _waiting() -> Iterator[EvidenceItem]:
    stamped = CustodyEntry.objects.filter(event=Event.STAMPED).values("item")
    rows = EvidenceItem.objects.exclude(state=EvidenceItem.State.REMOVED).exclude(pk__in=stamped)
    yield from rows.order_by("pk")[:AT_ONCE]
