"""`proviso read`."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from proviso.cli._language import add_language
from proviso.cli._show import say, say_json

if TYPE_CHECKING:
    from proviso.rules.reading import Document, Statement, UnreadableError

_UNSURE = 0.45


def add_read(commands: Any) -> None:
    """Add the command."""
    command = commands.add_parser("read", help="read a policy of your own: Word, PDF, HTML, Markdown or plain text")
    command.add_argument("file", metavar="FILE", help="a file ending in .docx, .pdf, .html, .md or .txt")
    command.add_argument("--json", action="store_true", help="as JSON")
    add_language(command)
    command.set_defaults(run=_read)


def document_in(path: Path, language: str) -> Document:
    """Return the document of a file, read in a process of its own.

    Raises:
        ValueError: it cannot be read; the message says why, in a language, and what to do.
        OSError: no file, or one that may not be read.
    """
    from proviso.rules.reading import UnreadableError, read_apart  # other commands do not wait for the readers

    try:
        return read_apart(path.read_bytes(), path.name)
    except UnreadableError as error:
        raise ValueError(f"{path}: {_why(error, language)}") from error


def _read(options: argparse.Namespace) -> int:
    document = document_in(Path(options.file), options.language)
    if options.json:
        say_json(document.as_mapping())
        return 0
    _show(document)
    return 0


def _why(error: UnreadableError, language: str) -> str:
    from proviso.cli._speaking import speaking
    from proviso.wording.unreadable import why_unreadable

    with speaking(language):
        return why_unreadable(error)


def _show(document: Document) -> None:
    unsure = sum(statement.confidence.least < _UNSURE for statement in document.statements)
    say(document.title or "A policy without a title")
    say(f"{len(document.statements)} statements; {unsure} are unsure (marked ?)")
    heading = ""
    for statement in document.statements:
        if statement.heading != heading:
            heading = statement.heading
            say()
            say(heading)
        _say_statement(statement)


def _say_statement(statement: Statement) -> None:
    mark = "?" if statement.confidence.least < _UNSURE else " "
    say(f"{mark} {statement.at}: {statement.force}; {', '.join(statement.who)}; {', '.join(statement.topics)}", 2)
    say(f"{statement.stem}: {statement.text}" if statement.stem else statement.text, 6)
