"""Receipts: the code that somebody without a name holds, and of which only a keyed digest is kept.

A code is twenty letters and figures without those that look alike, some 98 bits, in groups of four. It follows from the
form in which a concern was written, so that a form that is sent twice gives the same receipt.
"""

import hmac
import re
import secrets

from django.conf import settings
from django.utils.crypto import salted_hmac

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # no 0 and O, 1, I and L, no U beside V
LENGTH, GROUP = 20, 4
TOKEN_BYTES = 24
_TOKEN = re.compile(r"[\w-]{32}")


def new_token() -> str:
    """Return what makes a form one form: nobody can guess it, and the page carries it along."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def is_token(text: str) -> bool:
    return _TOKEN.fullmatch(text) is not None


def code_for(token: str, purpose: str = "receipt") -> str:
    """Return the code of a form, in groups that are easy to copy: `7K4M-…`."""
    number = int.from_bytes(_keyed(purpose, token), "big")
    letters = []
    for _each in range(LENGTH):
        number, rest = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[rest])
    code = "".join(letters)
    return "-".join(code[start : start + GROUP] for start in range(0, LENGTH, GROUP))


def digest_of(code: str, purpose: str = "receipt") -> str:
    """Return the keyed digest of a code as somebody typed it; empty for what is no code."""
    letters = re.sub(r"[^0-9A-Z]", "", code.upper())
    if len(letters) != LENGTH or not set(letters) <= set(ALPHABET):
        return ""
    return _keyed(f"{purpose} digest", letters).hex()


def submission_of(token: str) -> str:
    """Return the digest by which a form that was sent before is known."""
    return _keyed("submission", token).hex()


def new_reference(year: int) -> str:
    """Return what a concern is called between people: it says nothing, not even how many there are."""
    return f"C{year % 100}-" + "".join(secrets.choice(ALPHABET) for _each in range(6))


def _keyed(purpose: str, text: str) -> bytes:
    key = salted_hmac("proviso.records.cases.receipts", purpose, secret=settings.SECRET_KEY, algorithm="sha256")
    return hmac.digest(key.digest(), text.encode(), "sha256")
