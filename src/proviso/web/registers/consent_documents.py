"""The form on which consent is given on paper, and the picture of an address on it."""

from io import BytesIO

import segno
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from proviso.documents import OWN, Document, Fields, Heading, Look, Paragraph, Picture, Table, shades_of
from proviso.records.people.models import Establishment, Person
from proviso.records.registers.purposes import purposes_of


def qr_code(address: str) -> bytes:
    """Return an address as a picture that a phone reads, as PNG."""
    made = BytesIO()
    segno.make(address, error="m").save(made, kind="png", scale=8, border=2)
    return made.getvalue()


def paper_form(establishment: Establishment, person: Person, words: str, address: str) -> Document:
    """Return the form for one person: the school's words, a line for each purpose, and where the form stands online."""
    today = timezone.localdate()
    room = _("Yes / No")
    rows = tuple((str(label), room, room) for label in purposes_of(establishment).values())
    title = _("Names and pictures: your decision")
    return Document(
        language=get_language() or "en-gb",
        dated=today,
        title=title,
        subtitle=establishment.name,
        author=establishment.name,
        header=(establishment.name, title),
        footer=date_format(today, "j F Y"),
        # Translators: the two marks stand for the number of the page and of all pages.
        page=_("Page {page} of {pages}"),
        blocks=(
            Fields(((_("For"), person.name),)),
            *(Paragraph(part) for part in words.splitlines() if part.strip()),
            Heading(_("What you allow")),
            Paragraph(
                _("Circle yes or no in each box. You can say no to everything, and change your mind at any time.")
            ),
            Table(
                _("What you allow"),
                (_("Where"), _("The name"), _("Pictures")),
                rows,
                (6, 3, 3),
                tall=True,
            ),
            Table(
                _("Signature"),
                (_("Your name"), _("Signature"), _("Date")),
                (("", "", ""),),
                (5, 5, 3),
                tall=True,
            ),
            Heading(_("This form online")),
            Picture(qr_code(address), _("A code that leads to %(address)s") % {"address": address}),
            Paragraph(address),
        ),
        look=_look(establishment),
    )


def _look(establishment: Establishment) -> Look:
    return Look(shades_of(establishment.colour).accent if establishment.colour else OWN)
