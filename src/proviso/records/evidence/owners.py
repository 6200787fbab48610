"""The registry of what can own evidence: a room above registers its kinds in its `evidence_owners.py`.

This room asks the owner's room whose vault it is, whether files may come in, and, by its relations, who it is about
and who handles it. So whoever may not see the owner sees nothing of its evidence.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db.models import Model

from proviso.records.audit.proofs import about
from proviso.records.files.models import Vault
from proviso.records.people.models import Establishment
from proviso.records.people.permissions import Hidden
from proviso.records.people.relations import Relations, relations_of


def _never(_owner: Any) -> bool:
    return False


@dataclass(frozen=True)
class OwnerKind:
    """A kind of record that owns evidence, and what this room asks about one of them.

    `takes_files` says whether files may come in and be seen: never where there may be a sexual image of a child.
    `reference` is how the record is called in the log and in exports. `is_held` says that the owner's own room holds
    everything of it, so that nothing is deleted.
    """

    model: type[Model]
    vault: Callable[[Any], Vault]
    takes_files: Callable[[Any], bool]
    reference: Callable[[Any], str] = str
    is_held: Callable[[Any], bool] = _never


_KINDS: dict[str, OwnerKind] = {}


def register(kind: OwnerKind) -> None:
    """Let records of a kind own evidence.

    Raises:
        ValueError: a kind that is registered already, differently.
    """
    if _KINDS.setdefault(str(kind.model._meta.model_name), kind) != kind:
        raise ValueError(f"{kind.model.__name__} owns evidence already, in another way")


def kind_of(owner: Model) -> OwnerKind:
    """Return what is registered for an owner.

    Raises:
        LookupError: nobody registered its kind: a mistake in the program.
    """
    try:
        return _KINDS[str(owner._meta.model_name)]
    except KeyError:
        raise LookupError(f"{owner._meta.model_name} owns no evidence: nobody registered it") from None


def owner_at(kind: str, pk: int) -> Model:
    """Return an owner by the name of its kind and its id.

    Raises:
        Hidden: there is none.
    """
    if kind not in _KINDS:
        raise Hidden(kind)
    model = _KINDS[kind].model
    found = model._default_manager.select_related(*relations_of(model()).fetch).filter(pk=pk).first()
    if found is None:
        raise Hidden(f"{kind}:{pk}")
    return found


def owner_named(name: str) -> Model:
    """Return an owner by its name, `kind:id`.

    Raises:
        Hidden: there is none.
    """
    kind, _colon, pk = name.partition(":")
    return owner_at(kind, int(pk))


def name_of(owner: Model) -> str:
    """Return how rows and files name an owner: `case:12`."""
    return about(owner)


def relations_by_owner(*, state: str = "state") -> Relations:
    """Return the relations of a record that belongs to an owner: they are those of the owner."""

    def asked(what: str, record: Any, *arguments: Any) -> Any:
        owner = owner_named(record.owner)
        return getattr(relations_of(owner), what)(owner, *arguments)

    def place(record: Any) -> Establishment | None:
        found: Establishment | None = asked("establishment", record)
        return found

    return Relations(
        place,
        handlers=partial(asked, "handlers"),
        stand_ins=partial(asked, "stand_ins"),
        subjects=partial(asked, "subjects"),
        state=state,
    )
