"""Stored files of an owner. The rooms above ask for their own owners only; this room knows no actor."""

from django.db.models import QuerySet

from proviso.records.files.models import StoredFile


def files_owned_by(owner: str) -> QuerySet[StoredFile]:
    """Return the files of an owner `kind:id` that are not deleted."""
    return StoredFile.objects.filter(owner=owner, deleted_at=None)
