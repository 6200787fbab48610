"""Vaults: one key for all the texts and files of an owner, so that destroying it destroys them all.

The key of a vault is wrapped by the keys of the site, which are kept outside the database. Rooms above open a vault
inside their own change, seal texts under it, and let it be shredded when retention says so; a stub stays.
"""

import os
from datetime import datetime

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import connection, transaction

from proviso.records.files.errors import ContentChangedError, FileUnreadableError
from proviso.records.files.keys import NONCE_BYTES, WrappedKey, key_ring
from proviso.records.files.models import Vault
from proviso.records.files.sealing import new_key


def open_vault(owner: str, *, now: datetime) -> Vault:
    """Make the vault of an owner `kind:id`, inside the caller's change. An owner has one vault.

    Raises:
        TransactionManagementError: outside a transaction.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("a vault is opened inside a change of the room that owns it")
    key = key_ring().wrap(new_key(), _name(owner))
    return Vault.objects.create(owner=owner, key_id=key.key_id, wrapped_key=key.wrapped, opened_at=now)


def seal_text(vault: Vault, text: str) -> bytes:
    """Return a text sealed under the key of a vault; an empty text is empty bytes."""
    if not text:
        return b""
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(vault_key(vault)).encrypt(nonce, text.encode(), _name(vault.owner).encode())


def read_text(vault: Vault, sealed: bytes | memoryview) -> str:
    """Return a sealed text.

    Raises:
        FileUnreadableError: the vault was shredded, its key is missing, or the text was changed.
    """
    raw = bytes(sealed)
    if not raw:
        return ""
    try:
        opened = AESGCM(vault_key(vault)).decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], _name(vault.owner).encode())
    except InvalidTag:
        raise ContentChangedError(f"a text of {vault.owner} was changed") from None
    return opened.decode()


def vault_key(vault: Vault) -> bytes:
    """Return the key of a vault.

    Raises:
        FileUnreadableError: it was shredded, or the site's key that wraps it is missing or wrong.
    """
    if vault.shredded_at is not None:
        raise FileUnreadableError(f"the key of {vault.owner} was destroyed")
    return key_ring().unwrap(WrappedKey(vault.key_id, vault.wrapped_key), _name(vault.owner))


def wrap(vault: Vault, data_key: bytes, blob: str) -> str:
    """Return the data key of a blob, encrypted by that of a vault; hexadecimal. It cannot be moved to another blob."""
    nonce = os.urandom(NONCE_BYTES)
    return (nonce + AESGCM(vault_key(vault)).encrypt(nonce, data_key, _context(vault, blob))).hex()


def unwrap(vault: Vault, wrapped: str, blob: str) -> bytes:
    """Return the data key of a blob of a vault.

    Raises:
        FileUnreadableError: the vault was shredded, its key is missing, or the wrapped key was changed.
    """
    raw = bytes.fromhex(wrapped)
    try:
        return AESGCM(vault_key(vault)).decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], _context(vault, blob))
    except InvalidTag:
        raise ContentChangedError(f"the key of a file of {vault.owner} was changed") from None


def _context(vault: Vault, blob: str) -> bytes:
    return f"proviso.files.data-key:{_name(vault.owner)}:{blob}".encode()


def rewrap(vault: Vault) -> WrappedKey:
    """Return the key of a vault wrapped by the key of the site that is in use now.

    Raises:
        FileUnreadableError: see `vault_key`.
    """
    return key_ring().wrap(vault_key(vault), _name(vault.owner))


def _name(owner: str) -> str:
    return f"vault:{owner}"
