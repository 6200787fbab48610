"""The list of those who sign, for a year's signing on paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext

from proviso.documents._content import PolicyDocument, SignoffRow
from proviso.documents._sheet import Block, Paragraph, Sheet, Table
from proviso.documents._wording import day, sheet


def signing_sheet(document: PolicyDocument, rows: Iterable[SignoffRow]) -> Sheet:
    """Return a table of names with the day on which each signed, or room for a signature and a date."""
    return sheet(document, gettext("Signing: %(policy)s") % {"policy": document.policy.name}, _list(document, rows))


def _list(document: PolicyDocument, rows: Iterable[SignoffRow]) -> Iterator[Block]:
    yield Paragraph(
        gettext("By signing I confirm that I have read version %(number)s of this policy.")
        % {"number": document.number}
    )
    signed = gettext("Signed on screen")
    told = tuple(
        (row.name, row.role, signed if row.signed_on else "", day(row.signed_on) if row.signed_on else "")
        for row in rows
    )
    if not told:
        yield Paragraph(gettext("Nobody is asked to sign."))
        return
    header = (gettext("Name"), gettext("Role"), gettext("Signature"), gettext("Date"))
    yield Table(gettext("Those who are asked to sign"), header, told, (5, 4, 5, 4), tall=True)
