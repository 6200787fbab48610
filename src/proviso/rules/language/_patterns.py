"""Lexicons: files that a person edits, and the patterns in them put together."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

LEXICONS = Path(__file__).parent / "lexicons"
# What stands before and after alternatives under a word; `lexicon.yaml` says what the words mean.
_AROUND = {
    "maybe": ("(?:", ")?"),
    "several": ("(?:", "){0,6}"),
    "some": ("(?:", "){1,6}"),
    "before": ("(?=", ")"),
    "not_before": ("(?!", ")"),
    "who": ("(?P<who>", ")"),
    "role": ("(?P<role>", ")"),
    "mine": ("(?P<mine>", ")"),
}


class _Texts(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]  # the loader in C where there is it
    """Takes every scalar as text: `yes` and `no` are keys here."""


_Texts.yaml_implicit_resolvers = {}


def read_lexicon(path: Path) -> Any:
    """Return a lexicon as it is written; every scalar is a text."""
    return yaml.load(path.read_text("utf-8"), Loader=_Texts)  # noqa: S506  # a kind of safe loader


def read_words(path: Path) -> frozenset[str]:
    """Return the words of a text file."""
    return frozenset(path.read_text("utf-8").split())


def pattern(entry: Any) -> str:
    """Return the regular expression that an entry of a lexicon stands for.

    Alternatives are not grouped: whoever puts more around them does that.
    """
    if isinstance(entry, str):
        return entry
    if isinstance(entry, list):
        return "|".join(pattern(alternative) for alternative in entry)
    return "".join(_piece(piece) for piece in entry["then"])


def _piece(piece: Any) -> str:
    if isinstance(piece, str):
        return piece
    if isinstance(piece, list):
        return f"(?:{pattern(piece)})"
    [(word, alternatives)] = piece.items()
    before, after = _AROUND[word]
    return f"{before}{pattern(alternatives)}{after}"
