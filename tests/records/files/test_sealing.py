"""Sealed content comes back as it went in, from anywhere, and no byte of it can be changed unnoticed."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proviso.records.files import sealing
from proviso.records.files.errors import ContentChangedError
from proviso.records.files.sealing import CHUNK_BYTES, HEADER_BYTES, TAG_BYTES, Sealer, opened

KEY = bytes(range(32))


def sealed(content: bytes, key: bytes = KEY) -> bytes:
    target = io.BytesIO()
    sealer = Sealer(target, key)
    for start in range(0, len(content), 10_000):
        sealer.write(content[start : start + 10_000])
    sealer.close()
    return target.getvalue()


@pytest.mark.parametrize("size", [0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 3 * CHUNK_BYTES])
def test_content_of_any_length_comes_back(size: int) -> None:
    content = bytes(number % 251 for number in range(size))
    kept = sealed(content)
    chunks = max(1, -(-size // CHUNK_BYTES))
    assert len(kept) == HEADER_BYTES + size + chunks * TAG_BYTES
    with opened(io.BytesIO(kept), KEY) as reader:
        assert reader.read() == content


@given(st.binary(max_size=300_000), st.lists(st.tuples(st.integers(0, 310_000), st.integers(0, 70_000)), max_size=5))
def test_it_is_read_from_anywhere_like_any_file(content: bytes, looks: list[tuple[int, int]]) -> None:
    reader, plain = opened(io.BytesIO(sealed(content)), KEY), io.BytesIO(content)
    for position, length in looks:
        reader.seek(position)
        plain.seek(position)
        assert reader.read(length) == plain.read(length)


def test_nothing_of_the_content_can_be_seen() -> None:
    assert b"Quillmore" not in sealed(b"Quillmore " * 20_000)


def test_the_same_content_is_sealed_differently_each_time() -> None:
    assert sealed(b"same") != sealed(b"same")


def test_every_single_byte_counts() -> None:
    content = b"what was said, and when"
    kept = bytearray(sealed(content))
    for place in range(len(kept)):
        kept[place] ^= 1
        with pytest.raises(ContentChangedError):
            opened(io.BytesIO(bytes(kept)), KEY).read()
        kept[place] ^= 1
    assert opened(io.BytesIO(bytes(kept)), KEY).read() == content


@pytest.mark.parametrize("place", [HEADER_BYTES, HEADER_BYTES + CHUNK_BYTES, HEADER_BYTES + 2 * CHUNK_BYTES + 40, -1])
def test_a_byte_in_the_middle_of_a_long_file_counts(place: int) -> None:
    kept = bytearray(sealed(bytes(3 * CHUNK_BYTES)))
    kept[place] ^= 0x80
    with pytest.raises(ContentChangedError):
        opened(io.BytesIO(bytes(kept)), KEY).read()


SEALED_CHUNK = CHUNK_BYTES + TAG_BYTES


@pytest.mark.parametrize("left", [0, 5, HEADER_BYTES, HEADER_BYTES + 3, HEADER_BYTES + SEALED_CHUNK, -1])
def test_what_is_cut_off_is_missed(left: int) -> None:
    kept = sealed(bytes(2 * CHUNK_BYTES + 100))
    with pytest.raises(ContentChangedError):
        opened(io.BytesIO(kept[:left]), KEY).read()


def test_a_file_cut_at_a_chunk_is_missed_by_who_goes_to_its_end() -> None:
    """A reader that is told the size by the stored length alone would take two thirds for the whole."""
    reader = opened(io.BytesIO(sealed(bytes(3 * CHUNK_BYTES))[: HEADER_BYTES + 2 * SEALED_CHUNK]), KEY)
    reader.seek(0, io.SEEK_END)
    with pytest.raises(ContentChangedError):
        reader.read()


def test_chunks_cannot_change_places() -> None:
    kept = sealed(b"a" * CHUNK_BYTES + b"b" * CHUNK_BYTES + b"c")
    head, first, second = (
        kept[:HEADER_BYTES],
        kept[HEADER_BYTES:][:SEALED_CHUNK],
        kept[HEADER_BYTES + SEALED_CHUNK :][:SEALED_CHUNK],
    )
    exchanged = head + second + first + kept[HEADER_BYTES + 2 * SEALED_CHUNK :]
    with pytest.raises(ContentChangedError):
        opened(io.BytesIO(exchanged), KEY).read()


def test_another_key_opens_nothing() -> None:
    with pytest.raises(ContentChangedError):
        opened(io.BytesIO(sealed(b"text")), sealing.new_key()).read()
