"""How long records are kept: dated data, each rule with its basis, its trigger and who reviews it."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import cast

import yaml

from proviso.rules.norms import nearest
from proviso.rules.rulebook._reference import nations_of, sureness
from proviso.rules.rulebook._yaml_reader import Reader

_NEEDED = ("record", "nations", "basis", "trigger", "reviewer", "source", "sure", "read")
_ALLOWED = ("years", "months", "longer", "since", "until")
REVIEWERS = ("headteacher", "dsl", "chair", "executive", "dpo")


@dataclass(frozen=True, slots=True)
class RetentionRule:
    """How long a kind of record is kept in some nations. Texts are by language, `en` and `cy`.

    Without `months` the school decides on the day of the review, which is the day of the trigger. `longer` is what
    the period gives way to where that is later. `reviewer` is who confirms a deletion.
    """

    id: str
    record: dict[str, str]
    nations: tuple[str, ...]
    basis: str
    trigger: dict[str, str]
    reviewer: str
    source: str
    sure: str
    read: date | None
    months: int | None = None
    longer: dict[str, str] | None = None
    since: date | None = None
    until: date | None = None

    def due_on(self, starts_on: date, not_before: date | None = None) -> date:
        """Return the day of the review, for a period that begins on a day and gives way to a later one."""
        over = _later(starts_on, self.months or 0)
        return max(over, not_before) if not_before else over


def read_retention(path: Path) -> dict[str, RetentionRule]:
    """Read the rules of retention by id, in the order of the file.

    Raises:
        RulebookError: every fault of the file.
    """
    reader = Reader(path)
    rules = {rule_id: _rule(reader, rule_id, node) for rule_id, _, node in reader.pairs(reader.root())}
    reader.finish()
    return rules


def _rule(reader: Reader, rule_id: str, node: yaml.Node) -> RetentionRule:
    keys = reader.mapping(node, _NEEDED, _ALLOWED)
    reviewer = reader.text(keys.get("reviewer"))
    if "reviewer" in keys and reviewer not in REVIEWERS:
        what = f"unknown reviewer `{reviewer}`{nearest(reviewer, REVIEWERS)}"
        reader.fault(keys["reviewer"], what, f"use one of {', '.join(REVIEWERS)}")
    years, months = (_count(reader, keys.get(name)) for name in ("years", "months"))
    return RetentionRule(
        id=rule_id,
        record=_words(reader, keys.get("record")),
        nations=nations_of(reader, keys.get("nations")),
        basis=reader.text(keys.get("basis")),
        trigger=_words(reader, keys.get("trigger")),
        reviewer=reviewer,
        source=reader.text(keys.get("source")),
        sure=sureness(reader, keys.get("sure")),
        read=reader.day(keys.get("read")),
        months=None if years is None and months is None else 12 * (years or 0) + (months or 0),
        longer=_words(reader, keys["longer"]) if "longer" in keys else None,
        since=reader.day(keys.get("since")),
        until=reader.day(keys.get("until")),
    )


def _words(reader: Reader, node: yaml.Node | None) -> dict[str, str]:
    if node is None:
        return {}
    keys = reader.mapping(node, ("en", "cy"))
    return {language: reader.text(text) for language, text in keys.items()}


def _count(reader: Reader, node: yaml.Node | None) -> int | None:
    text = reader.optional(node)
    if text is None:
        return None
    if not text.isdigit() or int(text) == 0:
        reader.fault(cast(yaml.Node, node), f"`{text}` is not a period", "write a whole number above 0")
        return None
    return int(text)


def _later(day: date, months: int) -> date:
    year, month = divmod(day.month - 1 + months, 12)
    last = calendar.monthrange(day.year + year, month + 1)[1]
    return date(day.year + year, month + 1, min(day.day, last))
