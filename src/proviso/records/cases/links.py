"""What is left out of a text that may be about a sexual image: pasted data, and addresses under which it may lie.

Whoever reads a concern must not be led to such an image, and none may come in by the text. Pure.
"""

import re

LEFT_OUT = "[…]"
# Data of a file, an address with its scheme, one that begins with www, one with a path, and long runs of coded bytes.
_UNWANTED = re.compile(
    r"data:[\w.+-]{0,100}/?[\w.+-]{0,100}[;,]\S*"
    r"|\b[a-z][a-z0-9+.-]{1,20}://\S+"
    r"|\bwww\.\S+"
    r"|\b(?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,24}(?::\d{1,5})?/\S*"
    r"|\b[a-z0-9-]{1,63}\.(?:com|net|org|io|me|ly|gg|tv|link|app|xyz|onion|co|uk|ru|to)\b(?!@)"
    r"|[A-Za-z0-9+/_=-]{160,}",
    re.IGNORECASE,
)


def without_links(text: str) -> str:
    """Return a text with a mark in the place of each address and of pasted data; an email address stays."""
    return _UNWANTED.sub(_left_out, text)


def _left_out(found: re.Match[str]) -> str:
    before = found.string[: found.start()]
    return found.group() if before.endswith("@") else LEFT_OUT
