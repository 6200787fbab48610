"""Where the files of this room are."""

from __future__ import annotations

from pathlib import Path

HERE = Path(__file__).parent
LEXICONS = HERE / "lexicons"
