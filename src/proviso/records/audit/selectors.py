"""Read the log, for `people/selectors.py` alone, which knows who may read which part; others call `log_of` there."""

from collections.abc import Collection

from django.db.models import QuerySet

from proviso.records.audit.models import Entry


def entries_of(establishments: Collection[int]) -> QuerySet[Entry]:
    """Return what was done in some establishments, newest first, with who did it."""
    return Entry.objects.filter(establishment__in=establishments).select_related("actor").order_by("-number")


def entries_about(about: str) -> QuerySet[Entry]:
    """Return what was done to one thing, given as `kind:id`, newest first."""
    return Entry.objects.filter(about=about).select_related("actor").order_by("-number")
