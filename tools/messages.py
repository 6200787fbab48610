"""The Welsh catalogue: `make messages` extracts every marked text anew and keeps the translations that there are.

Only Babel is needed, and Django's own reading of its templates.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).parents[1]
SOURCES = ROOT / "src" / "proviso"
CATALOGUE = SOURCES / "wording" / "locale" / "cy" / "LC_MESSAGES" / "django.po"
WAITING = "Waiting for a translator's review"
# Django's own plural forms of Welsh: one, two, eight and eleven apart, the rest.
PLURALS = (4, "(n==1) ? 0 : (n==2) ? 1 : (n != 8 && n != 11) ? 2 : 3")
HEADER = f"""\
# Welsh words of Proviso.
#
# No translator has reviewed these yet: each entry says so until somebody has. A reviewer puts right what is wrong and
# takes the comment away. docs/welsh.md has the terms. `make messages` brings the entries up to date with the program.
msgid ""
msgstr ""
"Project-Id-Version: Proviso\\n"
"Language: cy\\n"
"X-Review: {WAITING}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals={PLURALS[0]}; plural={PLURALS[1]};\\n"

"""
KEYWORDS = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop")),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
}


def sources() -> Iterator[Path]:
    """Yield every file that may hold marked texts."""
    for path in sorted(SOURCES.rglob("*")):
        if path.suffix in {".py", ".html", ".txt"} and ("templates" in path.parts or path.suffix == ".py"):
            yield path


def marked(path: Path) -> Iterator[tuple[int, str | tuple[str, ...], str | None]]:
    """Yield line, text (or its singular and plural) and context of what a file marks for translation."""
    text = path.read_text("utf-8")
    if path.suffix != ".py":
        # What is left of a template reads as Python, but for its indents.
        text = "\n".join(line.lstrip() for line in templatize(text, origin=str(path)).splitlines())
    for line, message, _comments, context in extract("python", io.BytesIO(text.encode()), keywords=KEYWORDS):
        if message and message != ("", ""):
            yield line, message, context


def extracted(paths: Iterator[Path] | list[Path]) -> Catalog:
    """Return a catalogue of all that some files mark, with the files where each stands."""
    catalogue = Catalog(locale="cy", domain="django", fuzzy=False)
    for path in paths:
        for _line, message, context in marked(path):
            catalogue.add(message, locations=[(str(path.relative_to(SOURCES)), 0)], context=context)
    return catalogue


def stored() -> Catalog:
    """Return the catalogue as it is kept."""
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="cy", domain="django")


def text_of(catalogue: Catalog) -> bytes:
    """Return a catalogue as the text of its file."""
    written = io.BytesIO()
    write_po(written, catalogue, width=116, omit_header=True, include_lineno=False)
    return HEADER.encode() + written.getvalue()


def merged() -> Catalog:
    """Return the catalogue with every text that is marked now, in the order of the program's files."""
    fresh, before = extracted(sources()), stored() if CATALOGUE.exists() else Catalog(locale="cy")
    catalogue = Catalog(locale="cy", domain="django", fuzzy=False)
    catalogue.mime_headers = [("Plural-Forms", f"nplurals={PLURALS[0]}; plural={PLURALS[1]};")]
    for message in fresh:
        if not message.id:
            continue
        known = before.get(message.id, message.context)
        comments = known.user_comments if known and _said(known.string) else [WAITING]
        string = known.string if known else ("",) * PLURALS[0] if message.pluralizable else ""
        files = sorted({location[0] for location in message.locations})
        catalogue.add(
            message.id,
            string,
            [(name, 0) for name in files],
            message.flags,
            user_comments=comments,
            context=message.context,
        )
    return catalogue


def _said(string: str | Sequence[str] | None) -> bool:
    return bool(string) and all(string or ())


def main() -> int:
    """Bring the catalogue up to date and say what it lacks."""
    catalogue = merged()
    CATALOGUE.write_bytes(text_of(catalogue))
    empty = [message for message in catalogue if message.id and not _said(message.string)]
    sys.stdout.write(f"{CATALOGUE.relative_to(ROOT)}: {len(catalogue)} texts, {len(empty)} without Welsh\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
