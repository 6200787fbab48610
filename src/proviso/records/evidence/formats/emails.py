"""Emails as they were saved: `.eml` and Outlook's `.msg`. Headers, text and the names of attachments are read."""

import struct
from collections.abc import Iterator
from email import policy
from email.errors import MessageError
from email.message import EmailMessage
from email.parser import BytesParser
from html.parser import HTMLParser
from typing import IO

from django.utils.translation import gettext as _
from oxmsg import Message

from proviso.records.evidence.formats.contents import Contents, Part
from proviso.records.files.errors import FileRefusedError

MOST_BYTES = 40_000_000  # of a message that is taken apart; of a longer one only the head is read
HEAD_BYTES = 1_000_000
HEADERS = ("From", "Sender", "To", "Cc", "Bcc", "Date", "Subject", "Message-ID", "Reply-To", "Return-Path")
_BROKEN = (MessageError, ValueError, LookupError, TypeError, AttributeError, RecursionError)
# What a Compound File that is cut off or made up can make its readers do.
_NO_MSG = (OSError, EOFError, struct.error, AssertionError, MemoryError, *_BROKEN)


class _Text(HTMLParser):
    """Takes the words of a page and leaves what draws or runs."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self._silent += tag in ("script", "style")
        if tag in ("p", "br", "div", "tr", "li"):
            self.words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in ("script", "style") and self._silent > 0

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.words.append(data)


def words_of(page: str) -> str:
    """Return the words of an HTML page."""
    reader = _Text()
    reader.feed(page)
    lines = ("".join(reader.words)).splitlines()
    return "\n".join(line.strip() for line in lines if line.strip())


def parsed(content: IO[bytes]) -> EmailMessage:
    """Return a MIME message; of one beyond the limit, its beginning."""
    content.seek(0)
    raw = content.read(MOST_BYTES + 1)
    if len(raw) > MOST_BYTES:
        raw = raw[:HEAD_BYTES]
    return BytesParser(policy=policy.default).parsebytes(raw)


def read_eml(content: IO[bytes]) -> Contents:
    """Return what an email says.

    Raises:
        FileRefusedError: it cannot be taken apart.
    """
    try:
        message = parsed(content)
        fields = [(name, value) for name in HEADERS for value in message.get_all(name, [])[:5]]
        return Contents.of(fields, _body(message), _attachments(message))
    except _BROKEN as error:
        raise _unreadable() from error


def read_msg(content: IO[bytes]) -> Contents:
    """Return what an email of Outlook says.

    Raises:
        FileRefusedError: it is cut off, damaged, or not an email.
    """
    content.seek(0)
    raw = content.read(MOST_BYTES + 1)
    if len(raw) > MOST_BYTES:
        raise FileRefusedError(
            _("This Outlook message is larger than %(size)d MB.") % {"size": MOST_BYTES // 1_000_000},
            _("Save the message and its attachments as files of their own, and add those."),
        )
    try:
        message = Message.load(raw)
        if not message.message_class.upper().startswith("IPM"):
            raise _unreadable()
        to = [f"{each.name} <{each.email_address}>" for each in message.recipients]
        headers = message.message_headers
        fields: list[tuple[str, object]] = [
            ("From", message.sender),
            ("To", headers.get("To") or "; ".join(to)),
            ("Date", message.sent_date or headers.get("Date")),
            ("Subject", message.subject),
            ("Message-ID", headers.get("Message-ID")),
        ]
        parts = [Part(each.file_name or "", each.mime_type or "", each.size) for each in message.attachments]
        return Contents.of(fields, message.body or words_of(message.html_body or ""), parts)
    except FileRefusedError:
        raise
    except _NO_MSG as error:
        raise _unreadable() from error


def size_of(part: EmailMessage) -> int | None:
    """Return about how many bytes a part of a message has, without unpacking it."""
    payload = part.get_payload()
    if not isinstance(payload, str):
        return None
    return len(payload) * 3 // 4 if part.get("Content-Transfer-Encoding", "").lower() == "base64" else len(payload)


def _body(message: EmailMessage) -> str:
    body = message.get_body(preferencelist=("plain", "html"))
    if body is None:
        return ""
    text = str(body.get_content())
    return text if body.get_content_type() == "text/plain" else words_of(text)


def _attachments(message: EmailMessage) -> Iterator[Part]:
    for attached in message.iter_attachments():
        yield Part(attached.get_filename() or "", attached.get_content_type(), size_of(attached))


def _unreadable() -> FileRefusedError:
    return FileRefusedError(
        _("This email cannot be read: the file is cut off, damaged, or not an email."),
        _("Save the message again from your mail program, and add that file."),
    )
