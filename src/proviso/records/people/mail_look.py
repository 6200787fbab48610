"""How an email looks that is read with pictures and colours: the same words as its plain text, under the school's name.

Nothing is fetched from anywhere: the crest goes along. What programs of email leave out of a style sheet stands on each
piece; the rest is for dark screens.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from email.mime.image import MIMEImage

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from proviso.documents import Shades, shades_of
from proviso.records.files.errors import FileUnreadableError
from proviso.records.files.models import StoredFile
from proviso.records.people import crests
from proviso.records.people.models import Establishment

CREST = "crest"  # by which the text calls the picture that goes along
FONT = "font-family:Arial,Helvetica,sans-serif;font-size:17px;line-height:1.5"
PAGE = """<!DOCTYPE html>
<html lang="{language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">
<title>{title}</title>
<style>:root{{color-scheme:light dark}}
@media (prefers-color-scheme:dark){{.page{{background:#14181b!important}}.paper{{background:#20272b!important}}
.paper p{{color:#f4f6f7!important}}.paper a{{color:{accent_dark}!important}}
.paper .small{{color:#c4ccd1!important}}}}</style></head>
<body class="page" style="margin:0;padding:0;background:#f4f6f7">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr><td align="center">
<table role="presentation" width="600" cellpadding="0" cellspacing="0" style="width:100%;max-width:600px">
<tr><td style="background:{school};color:{on_school};padding:14px 20px">{head}</td></tr>
<tr><td class="paper" style="background:#ffffff;padding:20px">{body}</td></tr>
</table></td></tr></table></body></html>"""


@dataclass(frozen=True)
class Letter:
    """What an email says in one language: paragraphs, the link, if there is one, and the end."""

    language: str
    paragraphs: Sequence[str]
    link: str
    ending: str

    @property
    def plain(self) -> str:
        return "\n\n".join([*self.paragraphs, self.link, self.ending])


def page(letters: Sequence[Letter], subject: str, establishment: Establishment | None, *, crest: bool) -> str:
    """Return an email as HTML; `crest` says that the picture goes along."""
    shades = shades_of(establishment.colour if establishment else "")
    body = format_html_join(
        SafeString('<hr style="border:0;border-top:1px solid #cdd2d6;margin:24px 0">'),
        '<div lang="{}">{}</div>',
        ((letter.language, _body(letter, shades)) for letter in letters),
    )
    return format_html(
        PAGE,
        language=letters[0].language,
        title=subject,
        accent_dark=shades.accent_dark,
        school=shades.school,
        on_school=shades.on_school,
        head=_head(establishment.name if establishment else "Proviso", shades, crest=crest),
        body=body,
    )


def _head(name: str, shades: Shades, *, crest: bool) -> SafeString:
    picture = format_html(
        '<img src="cid:{}" alt="" width="40" height="40" style="vertical-align:middle;margin-right:12px;padding:3px;'
        'background:#ffffff;border-radius:5px;object-fit:contain">',
        CREST,
    )
    style = f"{FONT};font-weight:bold;font-size:19px;color:{shades.on_school}"
    return format_html('{}<span style="{}">{}</span>', picture if crest else "", style, name)


def _body(letter: Letter, shades: Shades) -> SafeString:
    link = format_html(
        '<p style="{0};margin:0 0 14px"><a href="{1}" style="{2};color:{3}">{1}</a></p>',
        FONT,
        letter.link,
        "font-weight:bold;word-break:break-all",
        shades.accent,
    )
    ending = format_html(
        '<p class="small" style="{};font-size:16px;margin:20px 0 0;color:#4a5257">{}</p>', FONT, letter.ending
    )
    return format_html("{}{}{}", _paragraphs(letter.paragraphs), link, ending)


def _paragraphs(texts: Iterable[str]) -> SafeString:
    lines = (
        (FONT, format_html_join(SafeString("<br>"), "{}", ([line] for line in text.split("\n")))) for text in texts
    )
    return format_html_join("\n", '<p style="{};margin:0 0 14px;color:#0b0c0c">{}</p>', lines)


def crest_of(establishment: Establishment | None) -> MIMEImage | None:
    """Return a school's crest to go along with an email, or None where there is none to be had."""
    if establishment is None or not establishment.crest_id:
        return None
    try:
        picture = MIMEImage(crests.shown_crest(establishment.crest_id), "png")
    except (StoredFile.DoesNotExist, FileUnreadableError):
        return None
    picture.add_header("Content-ID", f"<{CREST}>")
    picture.add_header("Content-Disposition", "inline", filename="crest.png")
    return picture
