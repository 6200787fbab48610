"""What this room does: its rows of the permission table. Each kind of rows registers its acts, see `kinds.py`."""

from proviso.records.imports.models import ImportRun
from proviso.records.people import permissions, relations
from proviso.records.people.permissions import Permission

PERMISSIONS = {
    # What nobody does: a run that an error stopped, or that nobody confirmed in time.
    "imports.run": Permission(job=True),
}

permissions.register(PERMISSIONS)
relations.register(
    ImportRun,
    relations.Relations(lambda run: run.establishment, fetch=("establishment__parent", "started_by", "confirmed_by")),
)
