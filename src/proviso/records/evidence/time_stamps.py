"""Time stamps of an authority (RFC 3161): a signed statement that a hash existed at a time. Nothing else leaves.

Where two settings name an authority and the file with its root certificates, evidence is stamped; otherwise not.
"""

import hashlib
import urllib.request
from collections.abc import Sequence
from pathlib import Path

from cryptography import x509
from django.conf import settings
from rfc3161_client import (
    HashAlgorithm,
    TimestampRequestBuilder,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

TIMEOUT_SECONDS = 20
MOST_BYTES = 100_000
_ANY = b"a request names a hash alone"
_TYPE = "application/timestamp-query"


class TimeStampError(Exception):
    """The authority cannot be reached, or what it answered does not prove the hash; the message says which."""


def is_set_up() -> bool:
    """Say whether the settings name an authority."""
    return bool(settings.TIMESTAMPS)


def stamp_of(sha256: str) -> bytes:
    """Return a time stamp of a hash, fetched from the authority of the settings and proved.

    Raises:
        TimeStampError: see there.
    """
    # The library hashes what it is given, and here the hash is all that there is to give: it takes the other's place.
    request = TimestampRequestBuilder().data(_ANY).hash_algorithm(HashAlgorithm.SHA256).build()
    asked = request.as_bytes().replace(hashlib.sha256(_ANY).digest(), bytes.fromhex(sha256))
    answer = _answer(asked)
    check(answer, sha256, nonce=request.nonce)
    return answer


def check(answer: bytes, sha256: str, *, nonce: int | None = None) -> str:
    """Return the time that a stamp proves for a hash, as ISO 8601 in UTC.

    Raises:
        TimeStampError: it is not of that hash, or not signed by the authority of the settings.
    """
    builder = VerifierBuilder(nonce=nonce, roots=list(_roots()))
    try:
        stamp = decode_timestamp_response(answer)
        builder.build().verify(stamp, bytes.fromhex(sha256))
    except (VerificationError, ValueError) as error:
        raise TimeStampError(f"the time stamp does not prove it: {error}") from error
    return stamp.tst_info.gen_time.isoformat()


def _answer(asked: bytes) -> bytes:
    request = urllib.request.Request(settings.TIMESTAMPS, asked, {"Content-Type": _TYPE})  # noqa: S310  # http(s), see the setting
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as answer:  # noqa: S310  # the same
            got: bytes = answer.read(MOST_BYTES)
            return got
    except OSError as error:
        raise TimeStampError(f"{settings.TIMESTAMPS} cannot be reached: {error}") from error


def _roots() -> Sequence[x509.Certificate]:
    try:
        return x509.load_pem_x509_certificates(Path(settings.TIMESTAMP_CERTIFICATES).read_bytes())
    except (OSError, ValueError) as error:
        raise TimeStampError(f"{settings.TIMESTAMP_CERTIFICATES} holds no certificates: {error}") from error
