"""What the tasks of this room ask, in the reader's language."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from proviso.records.tasks import sources
from proviso.records.tasks.models import Task

DECLARATION = "declaration"


def declaration_words(tasks: Sequence[Task]) -> Mapping[int, str]:
    """Return what asks for a declaration to be confirmed; it names nobody."""
    return dict.fromkeys((task.pk for task in tasks), _("Confirm that what you declared still holds, or withdraw it"))


sources.register(DECLARATION, declaration_words)
