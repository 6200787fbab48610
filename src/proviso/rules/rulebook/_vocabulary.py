"""The vocabulary of facts and the list of topics, as files."""

from __future__ import annotations

from pathlib import Path

from proviso.rules.norms import Fact, Kind, Unsaid, Vocabulary
from proviso.rules.rulebook._nodes import Reader


def read_vocabulary(path: Path) -> Vocabulary:
    """Read the facts: `name: {kind, meaning, values}` or `name: {flag: no|offer, meaning}`.

    Raises:
        RulebookError: every fault of the file.
    """
    reader = Reader(path)
    facts: dict[str, Fact] = {}
    for name, _, node in reader.pairs(reader.root()):
        keys = reader.mapping(node, ("meaning",), ("kind", "values", "unsaid"))
        meaning = reader.text(keys.get("meaning"))
        if "unsaid" in keys:
            word = reader.text(keys["unsaid"])
            if word not in tuple(Unsaid):
                reader.fault(keys["unsaid"], f"unknown `unsaid: {word}`", "write `no` or `offer`")
                continue
            facts[name] = Fact(name, Kind.FLAG, meaning, unsaid=Unsaid(word))
        else:
            kind = reader.text(keys.get("kind"))
            if kind not in (Kind.ANY_OF, Kind.ONE_OF):
                reader.fault(node, f"`{name}` is neither a flag nor any-of nor one-of", "add `kind:` or `unsaid:`")
                continue
            values = {value: reader.text(said) for value, _, said in reader.pairs(keys.get("values", node))}
            facts[name] = Fact(name, Kind(kind), meaning, tuple(values), tuple(values.values()))
    reader.finish()
    return Vocabulary(facts)


def read_topics(path: Path) -> dict[str, str]:
    """Read the topics: `id: what a statement on it is about`.

    Raises:
        RulebookError: every fault of the file.
    """
    reader = Reader(path)
    topics = {topic: reader.text(node) for topic, _, node in reader.pairs(reader.root())}
    reader.finish()
    return topics
