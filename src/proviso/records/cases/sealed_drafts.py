"""The seal of a draft: a key of its own, which goes with it when it is deleted."""

from proviso.records.cases.models import ConcernDraft
from proviso.records.files.keys import key_ring
from proviso.records.files.models import Vault
from proviso.records.files.sealing import new_key
from proviso.records.files.vaults import read_text, seal_text


def seal_draft(draft: ConcernDraft, content: str) -> None:
    """Seal the content of a draft under a new key; the caller saves it."""
    key = key_ring().wrap(new_key(), f"vault:{draft.owner}")
    draft.key_id, draft.wrapped_key = key.key_id, key.wrapped
    draft.content = seal_text(_vault(draft), content)


def open_draft(draft: ConcernDraft) -> str:
    """Return the content of a draft.

    Raises:
        FileUnreadableError: its key is missing, or it was changed.
    """
    return read_text(_vault(draft), draft.content)


def _vault(draft: ConcernDraft) -> Vault:
    """Return the vault that a draft would have, if it were to leave a stub."""
    return Vault(owner=draft.owner, key_id=draft.key_id, wrapped_key=draft.wrapped_key, opened_at=draft.saved_at)
