"""A policy file into a policy, or into every fault that it has."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import TypeVar

import yaml

from proviso.rules.norms import (
    Basis,
    Check,
    Clause,
    Condition,
    Force,
    Governance,
    Kind,
    NamedContact,
    Norm,
    Policy,
    Protection,
    Runner,
    Step,
    Task,
    Vocabulary,
    Watch,
    faults,
    nearest,
)
from proviso.rules.rulebook._own_document import BLANKS, blanks
from proviso.rules.rulebook._yaml_reader import Reader, Text, line_of

T = TypeVar("T")

NATIONS = ("England", "Wales")
FORCES = (*(force.value for force in Force), "info", "consequence")
RUNNER_OF = {
    "rule": Runner.NORMS,
    "ask": Runner.NORMS,
    "duty": Runner.DUTIES,
    "declare": Runner.DUTIES,
    "report": Runner.PROCEDURE,
    "case": Runner.PROCEDURE,
    "evidence": Runner.PROCEDURE,
    "letter": Runner.PROCEDURE,
    "consent": Runner.CHECKS,
    "official": Runner.CHECKS,
    "post": Runner.CHECKS,
    "alternative": Runner.CHECKS,
    "monitor": Runner.WATCHES,
    "lifecycle": Runner.GOVERNANCE,
    "acknowledge": Runner.GOVERNANCE,
    "scope": None,
    "reference": None,
    "consequence": None,
    "lint": None,
}
POLICY_KEYS = (
    "policy",
    "name",
    "establishment",
    "nation",
    "kind",
    "version",
    "dated",
    "covers",
    "clauses",
)
POLICY_MAY = (
    "covered_by",
    "review_due",
    "ask",
    "groups",
    "definitions",
    "signatories",
    "related",
    "name_welsh",
    "words_welsh",
    "sections",
    "contacts",
    "channels",
)
CONTACTS = ("headteacher", "dsl", "chair", "safeguarding_governor", "school")
CLAUSE_KEYS = ("id", "at", "who", "force", "text", "topics", "runs")
CLAUSE_MAY = (
    *(runner.value for runner in Runner),
    "consequence",
    "refers",
    "welsh",
    "source_note",
    "number",
    "basis",
    "protection",
)
READERS = ("staff", "headteacher", "pupil", "parent")
SURE = ("A", "B", "C")
STEP_MAY = ("by", "letter", "refer_to", "case", "part", "within")
NORM_MAY = ("unless", "met", "overrides", "instead", "what", "by", "to", "of")


def read_policy(path: Path, vocabulary: Vocabulary, topics: Iterable[str], references: Iterable[str]) -> Policy:
    """Read and validate one policy file.

    Raises:
        RulebookError: every fault, each with file, line, what is wrong and what to do.
    """
    return _PolicyReader(path, vocabulary, set(topics), set(references)).policy()


def parse_policy(text: Text, vocabulary: Vocabulary, topics: Iterable[str], references: Iterable[str]) -> Policy:
    """Read and validate the text of a policy; see `read_policy`."""
    return _PolicyReader(text, vocabulary, set(topics), set(references)).policy()


class ConditionReader(Reader):
    """Reads conditions over a vocabulary; group words stand for several values."""

    def __init__(self, source: Path | Text, vocabulary: Vocabulary) -> None:
        super().__init__(source)
        self.vocabulary = vocabulary
        self.groups: dict[str, tuple[str, ...]] = {}

    def exception(self, node: yaml.Node) -> Condition:
        if isinstance(node, yaml.MappingNode):
            return self.condition(node)
        return Condition(flags=self._flags(node))

    def condition(self, node: yaml.Node) -> Condition:
        values: list[tuple[str, tuple[str, ...]]] = []
        flags: list[str] = []
        no: tuple[str, ...] = ()
        either: tuple[str, ...] = ()
        for key, key_node, value in self.pairs(node):
            fact = self.vocabulary.facts.get(key)
            if key == "no":
                no = self._flags(value)
            elif key == "any":
                either = self._flags(value)
            elif fact is None:
                names = (*self.vocabulary.facts, "no", "any")
                self.fault(key_node, f"unknown fact `{key}`{nearest(key, names)}", "use a fact of the vocabulary")
            elif fact.kind is Kind.FLAG:
                flags.append(key)
                if self.text(value) != "yes":
                    self.fault(value, f"`{key}` is a flag", f"write `{key}: yes`, or `no: {key}`")
            else:
                values.append((key, self._values(key, value)))
        return Condition(tuple(values), tuple(flags), no, either)

    def _values(self, fact: str, node: yaml.Node) -> tuple[str, ...]:
        known = self.vocabulary.facts[fact].values
        words = self.texts(node)
        if not words:
            self.fault(node, f"`{fact}` has no value here: a norm that can never apply", "name a value or a group")
        for word in words:
            if word not in known and not set(self.groups.get(word, ("",))) <= set(known):
                every = (*known, *self.groups)
                self.fault(
                    node, f"unknown value `{word}` of `{fact}`{nearest(word, every)}", f"use one of {', '.join(known)}"
                )
        return tuple(word for word in words if word in known or word in self.groups)

    def group(self, name: str, node: yaml.Node) -> tuple[str, ...]:
        every = {value for fact in self.vocabulary.facts.values() for value in fact.values}
        if name in every:
            self.fault(node, f"the group `{name}` has the name of a value", "give it another name")
        return self.words(node, every, "group")

    def _flags(self, node: yaml.Node) -> tuple[str, ...]:
        known = [fact.name for fact in self.vocabulary.flags]
        return self.words(node, known, "flag")

    def words(self, node: yaml.Node | None, known: Iterable[str], what: str) -> tuple[str, ...]:
        known = list(known)
        words = self.texts(node)
        for word in words:
            if word not in known and node is not None:
                self.fault(
                    node, f"unknown {what} `{word}`{nearest(word, known)}", "use one that is known, or add it there"
                )
        return tuple(word for word in words if word in known)


class _PolicyReader(ConditionReader):
    def __init__(self, source: Path | Text, vocabulary: Vocabulary, topics: set[str], references: set[str]) -> None:
        super().__init__(source, vocabulary)
        self.topics = topics
        self.references = references
        self.norm_nodes: dict[tuple[str, int], yaml.Node] = {}
        self.override_nodes: list[tuple[str, yaml.Node]] = []

    def policy(self) -> Policy:
        keys = self.mapping(self.root(), POLICY_KEYS, POLICY_MAY)
        if "groups" in keys:
            self.groups = {name: self.group(name, node) for name, _, node in self.pairs(keys["groups"])}
        related = self.texts(keys.get("related"))
        self.references.update(related)
        clauses = self._clauses(keys.get("clauses"))
        self._named("covered_by", keys, clauses)
        definitions = self._texts_by_key(keys.get("definitions"))
        policy = Policy(
            id=self.text(keys.get("policy")),
            name=self.text(keys.get("name")),
            establishment=self.text(keys.get("establishment")),
            nation=self._one_of(keys.get("nation"), NATIONS, "nation"),
            kind=self.text(keys.get("kind")),
            version=self.text(keys.get("version")),
            dated=self.day(keys.get("dated")) or date.min,
            covers=self._people(keys.get("covers")),
            covered_by=self.texts(keys.get("covered_by")),
            clauses=tuple(clauses.values()),
            review_due=self.day(keys.get("review_due")),
            ask=self.optional(keys.get("ask")) or "the headteacher",
            groups=self.groups,
            definitions=definitions,
            signatories=self.texts(keys.get("signatories")),
            related=related,
            name_welsh=self.optional(keys.get("name_welsh")),
            words_welsh=self._texts_by_key(keys.get("words_welsh")),
            sections=self._lists_by_key(keys.get("sections")),
            contacts=self._contacts(keys.get("contacts")),
            channels=self._channels(keys.get("channels")),
        )
        for word, _, node in self.pairs(keys["definitions"]) if "definitions" in keys else ():
            if definitions[word] not in clauses:
                self.fault(
                    node, f"`{word}` is defined by `{definitions[word]}`, which is no clause here", "name a clause"
                )
        self.finish()
        for fault in faults(policy, self.vocabulary):
            node = self.norm_nodes[fault.clause, fault.norm or 0]
            self.fault(node, f"{fault.clause}: {fault.what}", fault.do)
        self.finish()
        return policy

    def _texts_by_key(self, node: yaml.Node | None) -> dict[str, str]:
        return {} if node is None else {key: self.text(value) for key, _, value in self.pairs(node)}

    def _lists_by_key(self, node: yaml.Node | None) -> dict[str, tuple[str, ...]]:
        return {} if node is None else {key: self.texts(value) for key, _, value in self.pairs(node)}

    def _contacts(self, node: yaml.Node | None) -> dict[str, NamedContact]:
        contacts = {}
        for role, value in self.mapping(node, (), CONTACTS).items() if node is not None else ():
            keys = self.mapping(value, (), ("name", "phone", "email"))
            contacts[role] = NamedContact(**{key: self.text(text) for key, text in keys.items()})
        return contacts

    def _channels(self, node: yaml.Node | None) -> dict[str, tuple[str, ...]]:
        ways = self.vocabulary.facts["through"].values if "through" in self.vocabulary.facts else ()
        return (
            {way: self.texts(value) for way, value in self.mapping(node, (), ways).items()} if node is not None else {}
        )

    def _clauses(self, node: yaml.Node | None) -> dict[str, Clause]:
        clauses: dict[str, Clause] = {}
        for item in self.items(node):
            clause = self._clause(item)
            if clause.id in clauses:
                self.fault(item, f"the id {clause.id} is used twice", "give one of the two clauses another")
            clauses[clause.id] = clause
        for target, node_ in self.override_nodes:
            if target not in clauses:
                self.fault(
                    node_,
                    f"`overrides` names `{target}`, which is no clause here{nearest(target, clauses)}",
                    "name a clause",
                )
        return clauses

    def _named(self, key: str, keys: Mapping[str, yaml.Node], clauses: Mapping[str, Clause]) -> None:
        for clause_id in self.texts(keys.get(key)):
            if clause_id not in clauses:
                self.fault(keys[key], f"`{key}` names `{clause_id}`, which is no clause here", "name a clause")

    def _clause(self, node: yaml.Node) -> Clause:
        keys = self.mapping(node, CLAUSE_KEYS, CLAUSE_MAY)
        clause_id = self.text(keys.get("id"), "an id")
        runs = self.words(keys.get("runs"), RUNNER_OF, "runs")
        clause = Clause(
            id=clause_id,
            at=self.text(keys.get("at"), "the place in the document that the clause comes from"),
            who=self._people(keys.get("who"), some=False),
            force=self._one_of(keys.get("force"), FORCES, "force"),
            text=self.text(keys.get("text")),
            topics=self.words(keys.get("topics"), self.topics, "topics"),
            runs=runs,
            norms=tuple(self._norm(item, clause_id, n) for n, item in enumerate(self.items(keys.get("norms")))),
            duties=self._records(keys.get("duties"), Task, ("who", "what", "when"), ("every",)),
            procedure=self._records(keys.get("procedure"), Step, ("who", "what", "on"), STEP_MAY),
            checks=self._records(keys.get("checks"), Check, ("of", "ask"), ("fails",)),
            watches=self._records(keys.get("watches"), Watch, ("source", "looks_for")),
            governance=self._records(keys.get("governance"), Governance, ("concern", "who", "what"), ("every",)),
            consequence=tuple(self.condition(item) for item in self.items(keys.get("consequence"))),
            refers=self.words(keys.get("refers"), self.references, "refers"),
            welsh=self.optional(keys.get("welsh")),
            source_note=self.optional(keys.get("source_note")),
            number=self.optional(keys.get("number")) or "",
            basis=self._basis(keys.get("basis")),
            protection=self._protection(keys.get("protection")),
        )
        for blank in sorted(blanks(clause).difference(BLANKS)):
            self.fault(node, f"{clause_id} has an unknown blank `{blank}`{nearest(blank, BLANKS)}", "use a known one")
        for word in runs:
            runner = RUNNER_OF.get(word)
            if runner and runner not in clause.runners:
                self.fault(
                    node, f"{clause_id} says that `{word}` carries it out and has no `{runner}`", f"add `{runner}:`"
                )
        return clause

    def _basis(self, node: yaml.Node | None) -> Basis | None:
        if node is None:
            return None
        keys = self.mapping(node, ("source", "sure", "since"), ("until",))
        return Basis(
            source=self.text(keys.get("source")),
            sure=self._one_of(keys.get("sure"), SURE, "sure"),
            since=self.day(keys.get("since")) or date.min,
            until=self.day(keys.get("until")),
        )

    def _protection(self, node: yaml.Node | None) -> Protection | None:
        if node is None:
            return None
        keys = self.mapping(node, ("urgency", "do_now"), ("do_not",))
        urgency = self.text(keys.get("urgency"))
        if not urgency.isdigit():
            self.fault(node, f"`urgency: {urgency}` is no rank", "write a number, 1 for the most urgent")
        return Protection(
            int(urgency) if urgency.isdigit() else 0,
            self._for_readers(keys.get("do_now")),
            self._for_readers(keys.get("do_not")),
        )

    def _for_readers(self, node: yaml.Node | None) -> dict[str, tuple[str, ...]]:
        if node is None:
            return {}
        return {reader: self.texts(steps) for reader, steps in self.mapping(node, (), READERS).items()}

    def _records(
        self, node: yaml.Node | None, make: Callable[..., T], needed: tuple[str, ...], may: tuple[str, ...] = ()
    ) -> tuple[T, ...]:
        records = []
        for item in self.items(node):
            keys = self.mapping(item, needed, may)
            values: dict[str, object] = dict.fromkeys(may)
            values |= {key: self.text(value) for key, value in keys.items() if key not in ("who", "case")}
            if "case" in may:
                values["case"] = self.texts(keys.get("case"))
            if "who" in keys:
                values["who"] = self.text(keys["who"]) if make is Step else self._people(keys["who"])
            if all(key in values for key in needed):
                records.append(make(**values))
        return tuple(records)

    def _norm(self, node: yaml.Node, clause_id: str, number: int) -> Norm:
        self.norm_nodes[clause_id, number] = node
        forces = [force.value for force in Force]
        keys = self.mapping(node, (), (*forces, *NORM_MAY))
        named = [key for key in keys if key in forces]
        if len(named) != 1:
            self.fault(
                node, f"a norm has one force, this has {len(named) or 'none'}", f"use one of {', '.join(forces)}"
            )
            return Norm(Force.PRINCIPLE, Condition())
        force = Force(named[0])
        if force is Force.REQUIRED and "what" not in keys:
            self.fault(node, "a duty that does not say what is to be done", "add `what:`")
        overrides = self.texts(keys.get("overrides"))
        self.override_nodes += [(target, keys["overrides"]) for target in overrides]
        return Norm(
            force=force,
            when=self.condition(keys[named[0]]),
            unless=tuple(self.exception(item) for item in self.items(keys.get("unless"))),
            met=tuple(self.exception(item) for item in self.items(keys.get("met"))),
            overrides=overrides,
            instead=self.optional(keys.get("instead")),
            what=self.optional(keys.get("what")),
            by=self.optional(keys.get("by")),
            to=self.optional(keys.get("to")),
            of=self.optional(keys.get("of")),
        )

    def _people(self, node: yaml.Node | None, *, some: bool = True) -> tuple[str, ...]:
        """Return the people that a node names; with `some`, naming nobody is a fault."""
        words = self.words(node, (*self.vocabulary.facts["who"].values, *self.groups), "who")
        if some and node is not None and not self.texts(node):
            self.fault(node, "nobody is named here", "name a value of `who` or a group")
        return words

    def _one_of(self, node: yaml.Node | None, known: Iterable[str], what: str) -> str:
        word = self.text(node, what)
        if node is not None and word not in known:
            self.fault(node, f"unknown {what} `{word}`{nearest(word, known)}", f"use one of {', '.join(known)}")
        return word


__all__ = ["RUNNER_OF", "line_of", "parse_policy", "read_policy"]
