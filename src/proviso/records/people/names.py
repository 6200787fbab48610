"""People's names: written in one way when they are entered, and compared by what can be seen of them."""

import unicodedata
from collections.abc import Sequence
from typing import Any

from django.db import models

# What people type for the same sign, as their keyboard has it.
_SAME = str.maketrans(dict.fromkeys("’‘ʼʹ′`´＇", "'") | dict.fromkeys("‐‑‒–—−－", "-"))


def normal_name(text: str) -> str:
    """Return a name with composed letters, single spaces, and nothing that cannot be seen."""
    visible = (sign for sign in unicodedata.normalize("NFC", text) if unicodedata.category(sign) != "Cf")
    # A line break or another control character separates, as a space does.
    return " ".join("".join(" " if unicodedata.category(sign) == "Cc" else sign for sign in visible).split())


def same_name(typed: str, name: str) -> bool:
    """Say whether somebody typed a name: capitals, spaces, and which apostrophe or hyphen make no difference."""
    return _key(typed) == _key(name)


def _key(name: str) -> str:
    folded = unicodedata.normalize("NFKC", normal_name(name).translate(_SAME)).casefold()
    return unicodedata.normalize("NFC", folded)


class NameField(models.CharField[str, str]):
    """Part of a person's name, made normal whenever it is validated."""

    def to_python(self, value: object) -> str:
        return normal_name(super().to_python(value) or "")

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        # The column is that of a CharField: migrations need not know of it.
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs
