"""What the log proves beyond itself: rooms register kinds of row, and an entry keeps the digest of those it made.

A row that was changed, deleted or slipped in past the program then differs from the log, or is not in it.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.db import models

KEY = "proofs"  # where an entry's details keep them


@dataclass(frozen=True)
class Proven:
    """A kind of row: the fields that its digest covers, from when on it is proven, and whether it must be.

    `required` says that each row has to be in the log. Of the others, only those that are in it are compared.
    """

    fields: tuple[str, ...]
    when: Callable[[Any], bool] = lambda _record: True
    required: bool = False


@dataclass(frozen=True)
class Fault:
    """Something that does not agree with the log: what, as `kind:id`, and why."""

    what: str
    why: str


_PROVEN: dict[type[models.Model], Proven] = {}
_CHECKS: list[Callable[[], Iterator[Fault]]] = []


def register(model: type[models.Model], proven: Proven) -> None:
    """Have rows of a model proven by the log."""
    _PROVEN[model] = proven


def check(look: Callable[[], Iterator[Fault]]) -> None:
    """Have something else looked at whenever the log is verified; a check only reads."""
    if look not in _CHECKS:
        _CHECKS.append(look)


def about(record: models.Model) -> str:
    """Return how the log names a record: `person:12`."""
    return f"{record._meta.model_name}:{record.pk}"


def proofs_of(records: Iterable[models.Model]) -> dict[str, str]:
    """Return the digests of those records that are to be proven, by what the log calls them."""
    proofs = {}
    for record in records:
        proven = _PROVEN.get(record._meta.model)
        if proven is not None and proven.when(record):
            proofs[about(record)] = digest_of(record, proven.fields)
    return proofs


def digest_of(record: models.Model, fields: Iterable[str]) -> str:
    """Return the SHA-256 of some fields of a record."""
    values = {name: _canonical(getattr(record, name)) for name in fields}
    return hashlib.sha256(json.dumps(values, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def _canonical(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return value.isoformat() if isinstance(value, date) else value


def faults(proofs: Mapping[str, str]) -> Iterator[Fault]:
    """Compare what is in the database with the latest proofs of the log."""
    for model, proven in _PROVEN.items():
        missing = {name for name in proofs if name.startswith(f"{model._meta.model_name}:")}
        for record in model._default_manager.order_by("pk").iterator(chunk_size=2000):
            name = about(record)
            missing.discard(name)
            if name in proofs:
                if digest_of(record, proven.fields) != proofs[name]:
                    yield Fault(name, "was changed after it was logged")
            elif proven.required and proven.when(record):
                yield Fault(name, "is in no entry of the log: the program did not make it")
        yield from (Fault(name, "was deleted") for name in sorted(missing))
    for look in _CHECKS:
        yield from look()
