"""The files of this room, read as they are."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent


class _Words(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Takes every scalar as text: `yes` and `no` are keys here."""


_Words.yaml_implicit_resolvers = {}


def read_yaml(name: str) -> Any:
    """Return a YAML file of this room; every scalar is a text."""
    return yaml.load((HERE / name).read_text("utf-8"), Loader=_Words)  # noqa: S506


def read_words(name: str) -> frozenset[str]:
    """Return the words of a text file of this room."""
    return frozenset((HERE / name).read_text("utf-8").split())
