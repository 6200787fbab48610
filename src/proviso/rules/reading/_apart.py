"""Reading in a process of its own, which may take so much time and memory and no more, and is killed without harm."""

from __future__ import annotations

import json
import subprocess
import sys

from proviso.rules.reading._blocks import UnreadableError
from proviso.rules.reading._document import Document
from proviso.rules.reading._kinds import MOST_BYTES

SECONDS = 30
READ, REFUSED = 0, 3


def read_apart(content: bytes, name: str = "", *, seconds: float = SECONDS) -> Document:
    """Read a policy in a process of its own.

    Raises:
        UnreadableError: it cannot be read, or not within bounds of time and memory; the code says why.
    """
    if len(content) > MOST_BYTES:
        raise UnreadableError("too-large", megabytes=MOST_BYTES // 1_000_000)
    command = [sys.executable, "-I", "-m", "proviso.rules.reading", name[-200:]]
    try:
        done = subprocess.run(command, input=content, capture_output=True, timeout=seconds, check=False)  # noqa: S603  # own module
    except subprocess.TimeoutExpired as error:
        raise UnreadableError("too-slow", seconds=int(seconds)) from error
    if done.returncode == READ:
        return Document.of_mapping(json.loads(done.stdout))
    if done.returncode == REFUSED:
        refused = json.loads(done.stdout)
        raise UnreadableError(refused["code"], **refused["details"])
    raise UnreadableError("broke-reader")
