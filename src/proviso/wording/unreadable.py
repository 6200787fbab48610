"""Why a file could not be read as a policy, as one line that says what is wrong and what to do."""

from __future__ import annotations

from django.utils.translation import gettext

from proviso.rules.reading import UnreadableError
from proviso.wording._marking import gettext_noop as _

_WHY: dict[str, str] = {
    "empty": _("the file is empty; choose the file that holds the policy"),
    "too-large": _("the file is larger than %(megabytes)s MB; save it without pictures and try again"),
    "too-large-unpacked": _(
        "the document unpacks to more than %(megabytes)s MB of text; save it anew from your word processor"
    ),
    "locked": _("the file is locked by a password; save it without one"),
    "damaged": _("the file is damaged and cannot be opened as %(kind)s; save or export it again"),
    "scanned": _(
        "the PDF holds pictures of pages and no text, as a scan does; use the Word file, or run text recognition "
        "on it first"
    ),
    "too-many-pages": _("the PDF has %(pages)s pages; %(most)s are the most that can be read: send the policy alone"),
    "too-long": _("the document is longer than any policy; send the policy alone"),
    "spreadsheet": _("this is a spreadsheet; a policy is read from Word, PDF, HTML, Markdown or plain text"),
    "slides": _("these are slides; a policy is read from Word, PDF, HTML, Markdown or plain text"),
    "odt": _("this is an OpenDocument file; save it as Word (.docx) or PDF"),
    "rtf": _("this is a rich text file (RTF); save it as Word (.docx) or PDF"),
    "old-word": _("this is a file of an old Office version; save it as Word (.docx) or PDF"),
    "zip": _("this is a zip; take the policy out of it and send that"),
    "wrong-ending": _("the name ends in %(ending)s, but the file is of another kind; save it again as Word or PDF"),
    "not-text": _("this is no text; a policy is read from Word, PDF, HTML, Markdown or plain text"),
    "no-text": _("no words were found in the file; check that it opens and shows the policy"),
    "welsh": _("the document is in Welsh, which cannot be read yet; send the English version"),
    "other-language": _("the document does not seem to be in English; send the English version"),
    "too-slow": _("the file took longer than %(seconds)s seconds to read; save it again, or send the policy alone"),
    "too-much-memory": _(
        "the file needs more memory to read than any policy does; save it again, or send the policy alone"
    ),
    "broke-reader": _("the file could not be read: something in it breaks the reader; save it again as Word or PDF"),
}


def why_unreadable(error: UnreadableError) -> str:
    """Return why a file could not be read, and what to do, in lower case and without a stop."""
    return gettext(_WHY.get(error.code, _WHY["broke-reader"])) % error.details
