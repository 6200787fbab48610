"""Where the encoder's weights and word pieces lie."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent / "weights"
HARM_HEAD = FOLDER / "harm.npz"
