"""The key envelope: each file's data key is encrypted by a key of the site, which has a name and can be exchanged."""

import hashlib
import os
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from proviso.records.files.errors import KeyMissingError, KeyWrongError

NONCE_BYTES = 12


@dataclass(frozen=True)
class WrappedKey:
    """A data key that only the key `key_id` of the site opens; `wrapped` is hexadecimal."""

    key_id: str
    wrapped: str


class KeyRing:
    """The keys of a site by their names. The first one wraps; the others only open what was wrapped before."""

    def __init__(self, secrets: dict[str, str]) -> None:
        self._keys = {key_id: _derived(key_id, secret) for key_id, secret in secrets.items()}
        self.current = next(iter(secrets))

    def wrap(self, data_key: bytes, blob: str) -> WrappedKey:
        """Encrypt a data key for one blob: it cannot be moved to another."""
        nonce = os.urandom(NONCE_BYTES)
        sealed = AESGCM(self._keys[self.current]).encrypt(nonce, data_key, _context(self.current, blob))
        return WrappedKey(self.current, (nonce + sealed).hex())

    def unwrap(self, key: WrappedKey, blob: str) -> bytes:
        """Return the data key of a blob.

        Raises:
            KeyMissingError: the site has no key of that name.
            KeyWrongError: it has another one of that name, or the wrapped key was changed.
        """
        if key.key_id not in self._keys:
            raise KeyMissingError(key.key_id)
        raw = bytes.fromhex(key.wrapped)
        cipher = AESGCM(self._keys[key.key_id])
        try:
            return cipher.decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], _context(key.key_id, blob))
        except InvalidTag:
            raise KeyWrongError(key.key_id) from None


def key_ring() -> KeyRing:
    """Return the keys that the setting `FILE_KEYS` names: identifiers and secrets, the one in use first."""
    return KeyRing(settings.FILE_KEYS)


def local_key_id(secret: str) -> str:
    """Return the name of a secret that a site made for itself: another secret has another name."""
    return "local-" + hashlib.sha256(b"proviso.files.name:" + secret.encode()).hexdigest()[:8]


def _derived(key_id: str, secret: str) -> bytes:
    return HKDF(SHA256(), 32, salt=None, info=b"proviso.files.key:" + key_id.encode()).derive(secret.encode())


def _context(key_id: str, blob: str) -> bytes:
    return f"proviso.files.data-key:{key_id}:{blob}".encode()
