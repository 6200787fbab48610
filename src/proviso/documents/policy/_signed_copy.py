"""What somebody signed, to keep: their signature first, then the text that they signed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext, override

from proviso.documents._blocks import Block, Document, Fields, Heading, PageBreak, Paragraph
from proviso.documents.policy._content import PolicyContent
from proviso.documents.policy._document import whole
from proviso.documents.policy._welsh import in_its_language
from proviso.documents.policy._words import document


@dataclass(frozen=True)
class Signature:
    """Who signed, when, with which words; `recorded_by` is whoever entered it for them, on what ground."""

    name: str
    at: datetime
    statement: str
    number: str
    recorded_by: str = ""
    reason: str = ""


def signed_copy(content: PolicyContent, signature: Signature) -> Document:
    """Return somebody's signature with the whole text of the version that they signed."""
    with override(content.language):
        own = in_its_language(content)
        title = gettext("Signed: %(policy)s") % {"policy": own.policy.name}
        return document(own, title, [*_signature(own, signature), PageBreak(), *whole(own)])


def _signature(content: PolicyContent, signature: Signature) -> Iterator[Block]:
    at = localtime(signature.at) if signature.at.tzinfo else signature.at
    pairs = [
        (gettext("Signed by"), signature.name),
        (gettext("When"), date_format(at, "j F Y, H:i")),
        (gettext("Version"), str(content.number)),
        (gettext("Receipt"), signature.number),
        (gettext("Recorded by"), signature.recorded_by),
        (gettext("Reason"), signature.reason),
        (gettext("Fingerprint of this text"), content.fingerprint),
    ]
    yield Fields(tuple((name, value) for name, value in pairs if value))
    if signature.statement:
        yield Heading(gettext("What was signed"))
        for line in signature.statement.splitlines():
            yield Paragraph(line)
