"""Plain text and JSON on standard output."""

from __future__ import annotations

import json
import shutil
import sys
import textwrap
from collections.abc import Iterable
from typing import Any


def say(text: str = "", indent: int = 0) -> None:
    """Write a paragraph, folded to the terminal's width."""
    width = max(40, min(100, shutil.get_terminal_size().columns))
    blank = " " * indent
    folded = textwrap.fill(text, width, initial_indent=blank, subsequent_indent=blank) if text else ""
    sys.stdout.write(f"{folded}\n")


def say_json(value: Any) -> None:
    """Write a value as JSON, readable and in the order given."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def say_table(rows: Iterable[Iterable[str]]) -> None:
    """Write rows in columns as wide as their widest cell; the last column is not padded."""
    cells = [list(row) for row in rows]
    widths = [max(len(row[column]) for row in cells) for column in range(len(cells[0]) - 1)] if cells else []
    for row in cells:
        padded = [cell.ljust(width) for cell, width in zip(row, widths, strict=False)]
        sys.stdout.write("  ".join([*padded, row[-1]]).rstrip() + "\n")
