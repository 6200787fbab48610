"""Take the file of a case out: logged, and entered in its chronology."""

from datetime import datetime

from django.utils.translation import gettext as _

from proviso.records.cases.case_change import case_change
from proviso.records.cases.models import Case, ChronologyEntry
from proviso.records.people.actors import Actor


def export_case(actor: Actor, case: Case, *, now: datetime) -> Case:
    """Return a case to be taken out as a file; it stands in the log and in the chronology who did so.

    Raises:
        Hidden: not for this actor.
        FreshSecondFactorNeeded: the second step was not given just now.
    """
    with case_change(actor, "case.exported", case, now) as writing:
        writing.enter(ChronologyEntry.Kind.EXPORT, _("By %(name)s") % {"name": actor.person.name})
        return writing.case
