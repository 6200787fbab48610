"""The vocabulary of facts and the list of topics, as files: meanings, words in both languages, traits."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from proviso.rules.norms import Fact, Kind, Phrase, Unsaid, Value, ValueGroup, Vocabulary, nearest
from proviso.rules.rulebook._yaml_reader import Reader

_FLAG_WORDS = ("question", "so", "not_so")
_FACT_WORDS = ("heading", "question", "open")
_FACT_WORDS_BESIDE = ("page_question", "page_question_wanted", "hint", "open_wanted")
_DEED_WORDS = ("deed", "deed_short")
_EVENT_WORDS = ("event", "to_you")
_TOWARDS = "_towards"  # after the name of words with a place for the other person
# What words each value must have beside its `choice`, and what words it may have.
_VALUE_WORDS: Mapping[str, tuple[str, ...]] = {"through": ("around",), "when": ("around",)}
_VALUE_WORDS_BESIDE: Mapping[str, tuple[str, ...]] = {
    "who": ("person",),
    "with": ("person",),
    "act": ("deed_towards", "event_towards", "to_you_towards", *_DEED_WORDS, *_EVENT_WORDS),
}
_HAPPENED = "happened"
_TRAITS: Mapping[str, tuple[str, ...]] = {
    "who": ("works", "staff", "seldom_asks"),
    "with": ("pupils",),
    "act": (_HAPPENED, "towards", "may_be_towards", "shares_with", "tie", "abuse", "wayless", "obvious"),
}
_FLAG_TRAITS = ("judges", "of_pupils", "grave")
_PLACE = re.compile(r"%\(([a-z]+)\w*\)s")


@dataclass(frozen=True, slots=True)
class Topic:
    """What a statement of a policy may be about: what the topic takes in, and its name."""

    meaning: str
    name: Phrase


def read_vocabulary(path: Path) -> Vocabulary:
    """Read the facts with their words and traits; the head of the file says how it is laid out.

    Raises:
        RulebookError: every fault of the file.
    """
    reader = _VocabularyReader(path)
    facts = [reader.fact(name, node) for name, _, node in reader.pairs(reader.root())]
    reader.finish()
    return Vocabulary({fact.name: fact for fact in facts if fact is not None})


def read_topics(path: Path) -> dict[str, Topic]:
    """Read the topics: `id: {meaning, name: {en, cy}}`.

    Raises:
        RulebookError: every fault of the file.
    """
    reader = _VocabularyReader(path)
    topics = {topic: reader.topic(node) for topic, _, node in reader.pairs(reader.root())}
    reader.finish()
    return topics


class _VocabularyReader(Reader):
    """Reads facts, their values, words and traits."""

    def fact(self, name: str, node: yaml.Node) -> Fact | None:
        keys = dict.fromkeys(key for key, _, _ in self.pairs(node))
        return self._flag(name, node) if "unsaid" in keys and "kind" not in keys else self._valued(name, node)

    def topic(self, node: yaml.Node) -> Topic:
        keys = self.mapping(node, ("meaning", "name"))
        return Topic(self.text(keys.get("meaning")), self._phrase(keys.get("name")))

    def _flag(self, name: str, node: yaml.Node) -> Fact | None:
        keys = self.mapping(node, ("unsaid", "meaning", *_FLAG_WORDS), ("traits",))
        unsaid = self.text(keys["unsaid"])
        if unsaid not in tuple(Unsaid):
            self.fault(keys["unsaid"], f"unknown `unsaid: {unsaid}`", "write `no` or `offer`")
            return None
        return Fact(
            name,
            Kind.FLAG,
            self.text(keys.get("meaning")),
            unsaid=Unsaid(unsaid),
            words=self._words(keys, _FLAG_WORDS),
            traits=self._traits(keys.get("traits"), _FLAG_TRAITS),
        )

    def _valued(self, name: str, node: yaml.Node) -> Fact | None:
        words = (*_FACT_WORDS, *_FACT_WORDS_BESIDE)
        keys = self.mapping(
            node, ("meaning", "values", *_FACT_WORDS), ("kind", "unsaid", "groups", *_FACT_WORDS_BESIDE)
        )
        kind = self.text(keys.get("kind"))
        if kind not in (Kind.ANY_OF, Kind.ONE_OF):
            self.fault(node, f"`{name}` is neither a flag nor any-of nor one-of", "add `kind:` or `unsaid:`")
            return None
        if "unsaid" in keys and self.text(keys["unsaid"]) != Unsaid.SO_LONG_AS:
            self.fault(keys["unsaid"], f"`{name}` has values, and only flags are offered", "write `unsaid: no`")
        values = keys.get("values")
        details = {key: self._value(name, value) for key, _, value in self.pairs(values)} if values is not None else {}
        return Fact(
            name,
            Kind(kind),
            self.text(keys.get("meaning")),
            tuple(details),
            unsaid=Unsaid.SO_LONG_AS if "unsaid" in keys else None,
            words=self._words(keys, words),
            details=details,
            groups=tuple(self._group(group, details) for group in self.items(keys.get("groups"))),
        )

    def _value(self, fact: str, node: yaml.Node) -> Value:
        needed = ("meaning", "choice", *_VALUE_WORDS.get(fact, ()))
        keys = self.mapping(node, needed, ("traits", *_VALUE_WORDS_BESIDE.get(fact, ())))
        traits = self._traits(keys.get("traits"), _TRAITS.get(fact, ()))
        if fact == "act":
            for word in _EVENT_WORDS if _HAPPENED in traits else _DEED_WORDS:
                if word not in keys:
                    self.fault(node, f"`{word}` is missing", f"add `{word}:`")
        words = (word for word in keys if word not in ("meaning", "traits"))
        return Value(self.text(keys.get("meaning")), self._words(keys, words), traits)

    def _group(self, node: yaml.Node, values: Mapping[str, Value]) -> ValueGroup:
        keys = self.mapping(node, ("title", "values"))
        grouped = self.texts(keys.get("values"))
        for value in grouped:
            if value not in values:
                self.fault(node, f"unknown value `{value}`{nearest(value, values)}", "use a value of this fact")
        return ValueGroup(self._phrase(keys.get("title")), grouped)

    def _words(self, keys: Mapping[str, yaml.Node], names: Iterable[str]) -> dict[str, Phrase]:
        phrases = {name: self._phrase(keys[name]) for name in names if name in keys}
        for name, phrase in phrases.items():
            if name.endswith(_TOWARDS) and _PLACE.findall(phrase.en) not in ([], ["with"]):
                self.fault(keys[name], f"`{name}` has another place than the other person's", "write `%(with)s`")
        return phrases

    def _phrase(self, node: yaml.Node | None) -> Phrase:
        if node is None:
            return Phrase("")
        keys = self.mapping(node, ("en", "cy"))
        phrase = Phrase(self.text(keys.get("en")), self.text(keys.get("cy")))
        if set(_PLACE.findall(phrase.en)) != set(_PLACE.findall(phrase.cy)):
            self.fault(node, "English and Welsh have different places", "use the same `%(with)s` in both")
        return phrase

    def _traits(self, node: yaml.Node | None, known: tuple[str, ...]) -> frozenset[str]:
        if node is None:
            return frozenset()
        traits = self.texts(node)
        for trait in traits:
            if trait not in known:
                self.fault(node, f"unknown trait `{trait}`{nearest(trait, known)}", f"use one of {', '.join(known)}")
        return frozenset(traits)
