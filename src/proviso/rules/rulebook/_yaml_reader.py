"""Reading YAML nodes by hand, so that every fault has its line and all are found at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml

from proviso.rules.norms import nearest


@dataclass(frozen=True, slots=True, order=True)
class FileFault:
    """What is wrong in a file, where, and what to do."""

    file: str
    line: int
    what: str
    do: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what}; {self.do}"


@dataclass(frozen=True, slots=True)
class Text:
    """The text of a file that lies nowhere, and the name that its faults give it."""

    name: str
    text: str


class RulebookError(ValueError):
    """A file of the rulebook that cannot be used. `faults` holds everything that was found in it."""

    def __init__(self, faults: Iterable[FileFault]) -> None:
        self.faults = tuple(sorted(set(faults)))
        more = len(self.faults) - 1
        super().__init__(
            f"{self.faults[0]}" + (f" (and {more} more: `proviso policies --check` lists all)" if more else "")
        )


class Reader:
    """Takes values out of the nodes of one file, or of a text, and notes every fault on the way."""

    def __init__(self, source: Path | Text) -> None:
        self.source = source
        self.name = source.name if isinstance(source, Text) else str(source)
        self.faults: list[FileFault] = []

    def root(self) -> yaml.MappingNode:
        """Return the file's top mapping.

        Raises:
            RulebookError: not there, not text, not YAML, cut off, or not a mapping.
        """
        try:
            text = self.source.text if isinstance(self.source, Text) else self.source.read_text("utf-8")
            node = yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            what = f"not readable as YAML: {error.problem or error.context or 'broken off'}"
            raise self.failed(mark.line + 1 if mark else 1, what, "mend the file or restore it") from error
        except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
            what = f"cannot be read: {getattr(error, 'strerror', None) or error}"
            raise self.failed(1, " ".join(what.split()), "mend the file or restore it") from error
        if not isinstance(node, yaml.MappingNode):
            raise self.failed(1, "empty, or not a list of `key: value`", "mend the file or restore it")
        return node

    def failed(self, line: int, what: str, do: str) -> RulebookError:
        self.faults.append(FileFault(self.name, line, what, do))
        return RulebookError(self.faults)

    def fault(self, node: yaml.Node, what: str, do: str) -> None:
        self.faults.append(FileFault(self.name, line_of(node), what, do))

    def finish(self) -> None:
        if self.faults:
            raise RulebookError(self.faults)

    def pairs(self, node: yaml.Node) -> Iterator[tuple[str, yaml.Node, yaml.Node]]:
        """Yield (key, its node, the value's node) of a mapping; a repeated key is a fault."""
        if not isinstance(node, yaml.MappingNode):
            self.fault(node, "not a list of `key: value`", "write it so")
            return
        seen: set[str] = set()
        for key_node, value in node.value:
            key = str(key_node.value)
            if key in seen:
                self.fault(key_node, f"`{key}` stands twice", "keep one of them")
            seen.add(key)
            yield key, key_node, value

    def mapping(self, node: yaml.Node, needed: Iterable[str], allowed: Iterable[str] = ()) -> dict[str, yaml.Node]:
        """Return a mapping's values by key; unknown and missing keys are faults."""
        needed = tuple(needed)
        known = {*needed, *allowed}
        values: dict[str, yaml.Node] = {}
        for key, key_node, value in self.pairs(node):
            if key in known:
                values[key] = value
            else:
                self.fault(
                    key_node, f"unknown key `{key}`{nearest(key, known)}", f"use one of {', '.join(sorted(known))}"
                )
        for key in needed:
            if key not in values:
                self.fault(node, f"`{key}` is missing", f"add `{key}:`")
        return values

    def items(self, node: yaml.Node | None) -> list[yaml.Node]:
        """Return a sequence's nodes; nothing is an empty one."""
        if node is None:
            return []
        if isinstance(node, yaml.SequenceNode):
            return list(node.value)
        self.fault(node, "not a list", "write it as `[a, b]` or with a dash a line")
        return []

    def text(self, node: yaml.Node | None, what: str = "a text") -> str:
        if node is None:
            return ""
        if isinstance(node, yaml.ScalarNode) and node.value.strip():
            return str(node.value).strip()
        self.fault(node, f"{what} is wanted here", "write it")
        return ""

    def optional(self, node: yaml.Node | None) -> str | None:
        return self.text(node) if node is not None else None

    def texts(self, node: yaml.Node | None) -> tuple[str, ...]:
        """Return a list of texts; a single one may stand without the list."""
        if isinstance(node, yaml.ScalarNode):
            return (self.text(node),)
        return tuple(self.text(item) for item in self.items(node))

    def day(self, node: yaml.Node | None) -> date | None:
        if node is None:
            return None
        try:
            return date.fromisoformat(self.text(node, "a date"))
        except ValueError:
            self.fault(node, f"`{node.value}` is not a date", "write it as 2026-09-01")
            return None


def line_of(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1
