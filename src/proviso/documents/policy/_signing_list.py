"""The list of those who sign, for a year's signing on paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext, override

from proviso.documents._blocks import Block, Document, Paragraph, Table
from proviso.documents.policy._content import PolicyContent, SignoffRow
from proviso.documents.policy._welsh import in_its_language
from proviso.documents.policy._words import day, document


def signing_list(content: PolicyContent, rows: Iterable[SignoffRow]) -> Document:
    """Return a table of names with the day on which each signed, or room for a signature and a date."""
    with override(content.language):
        own = in_its_language(content)
        return document(own, gettext("Signing: %(policy)s") % {"policy": own.policy.name}, _list(own, rows))


def _list(content: PolicyContent, rows: Iterable[SignoffRow]) -> Iterator[Block]:
    yield Paragraph(
        gettext("By signing I confirm that I have read version %(number)s of this policy.") % {"number": content.number}
    )
    on_screen = gettext("Signed on screen")
    cells = tuple(
        (row.name, row.role, on_screen if row.signed_on else "", day(row.signed_on) if row.signed_on else "")
        for row in rows
    )
    if not cells:
        yield Paragraph(gettext("Nobody is asked to sign."))
        return
    header = (gettext("Name"), gettext("Role"), gettext("Signature"), gettext("Date"))
    yield Table(gettext("Those who are asked to sign"), header, cells, (5, 4, 5, 4), tall=True)
