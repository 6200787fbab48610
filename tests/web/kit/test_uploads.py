"""How much comes in is decided by the page, before it is read."""

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from proviso.records.files.uploads import MEGABYTE
from tests.cast import Cast, visits

IMPORT = "/schools/oak-lane/imports/people/"


class Counted(io.BytesIO):
    """A body that knows how much of it was read."""

    taken = 0

    def read(self, size: int | None = -1, /) -> bytes:
        part = super().read(size)
        self.taken += len(part)
        return part


def posted(client: Client, path: str, size: int) -> tuple[Any, Counted]:
    head = b'--b\r\nContent-Disposition: form-data; name="file"; filename="p.csv"\r\n\r\n'
    body = Counted(head + b"x" * size + b"\r\n--b--\r\n")
    length = str(len(body.getvalue()))
    headers = {"CONTENT_TYPE": "multipart/form-data; boundary=b", "CONTENT_LENGTH": length}
    answer = client.request(REQUEST_METHOD="POST", PATH_INFO=path, **headers, **{"wsgi.input": body})
    return answer, body


def test_a_file_beyond_the_limit_is_refused_before_it_is_read(cast: Cast) -> None:
    answer, body = posted(visits(cast.administrator), IMPORT, 30 * MEGABYTE)
    assert answer.status_code == 413
    assert "The file must be 20 MB or smaller." in answer.content.decode()
    assert body.taken == 0


def test_a_file_a_little_beyond_the_limit_is_told_by_the_form(cast: Cast) -> None:
    answer, _body = posted(visits(cast.administrator), IMPORT, 20 * MEGABYTE + 1)
    assert answer.status_code == 400
    assert "The file is larger than 20 MB." in answer.content.decode()


@pytest.mark.parametrize("path", ["/language/", "/ask/", "/account/sign-in/"])
def test_a_page_that_takes_no_files_reads_none(cast: Cast, path: str) -> None:
    answer, body = posted(Client(), path, 5 * MEGABYTE)
    assert answer.status_code == 413
    assert body.taken == 0


def test_who_is_not_signed_in_sends_no_file(cast: Cast) -> None:
    answer, body = posted(Client(), IMPORT, 5 * MEGABYTE)
    assert answer.status_code == 413
    assert body.taken == 0


def test_a_file_within_the_limit_is_read(cast: Cast) -> None:
    answer, body = posted(visits(cast.administrator), IMPORT, 1000)
    assert answer.status_code == 302
    assert body.taken > 1000


def test_a_small_file_for_a_page_that_takes_none_is_dropped(cast: Cast) -> None:
    file = SimpleUploadedFile("p.csv", b"x" * 1000)
    assert Client().post("/language/", {"language": "cy", "file": file}).status_code == 302
