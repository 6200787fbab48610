"""What is sent is taken in whole before the site sees it; of a long body nothing lies on a disk that could be read."""

from collections.abc import Callable, Iterable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from proviso.web.request_body import BodyFirst, Limits

MARK = b"Perdita Small was here"
LIMITS = Limits(largest=5_000_000)


class Site:
    """An application that remembers what it was sent, and what its process had in files without a name meanwhile."""

    def __init__(self) -> None:
        self.body = b""
        self.files: list[bytes] = []

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        self.body = environ["wsgi.input"].read()
        self.files = [each.read_bytes() for each in unnamed_files()]
        return [b"done"]


def unnamed_files() -> list[Path]:
    """Return the temporary files of this process that have no name, or none any more, by its own list of open files."""
    return [each for each in Path("/proc/self/fd").iterdir() if each.exists() and "deleted" in str(each.readlink())]


def send(body: bytes) -> Site:
    site = Site()
    environ = {"CONTENT_LENGTH": str(len(body)), "wsgi.input": BytesIO(body), "REMOTE_ADDR": "192.0.2.1"}
    assert [*BodyFirst(site, LIMITS, [])(environ, lambda *_args: None)] == [b"done"]
    return site


@pytest.mark.parametrize("size", [1, 999_999, 1_000_000, 1_000_001, 3_000_000])
def test_a_body_comes_whole_whatever_its_length(size: int) -> None:
    body = (MARK * (size // len(MARK) + 1))[:size]
    assert send(body).body == body


def test_a_long_body_lies_sealed_in_its_temporary_file() -> None:
    files = send(MARK * 100_000).files
    assert any(len(content) > 2_000_000 for content in files), "the body is in no file"
    assert not [content[:40] for content in files if MARK in content]
