"""Close a concern, and tell whoever shared it."""

from datetime import datetime

from django.utils.translation import gettext as _

from proviso.records.cases.models import Concern
from proviso.records.files.vaults import seal_text
from proviso.records.people.actors import Actor
from proviso.records.people.change import NotPossible, change


def close_concern(actor: Actor, concern: Concern, reasons: str, *, now: datetime) -> None:
    """Close a concern with reasons, which whoever shared it reads.

    Raises:
        NotPossible: no reasons, or it is closed already.
    """
    if not reasons.strip():
        raise NotPossible({"told": _("Say what whoever shared the concern is told.")})
    with change(actor, "concern.closed_with_case", concern, now) as closed:
        row = closed.record
        row.closed_at, row.closed_by = now, actor.person
        row.closing_reasons = seal_text(row.vault, reasons.strip())
