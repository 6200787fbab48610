"""Whom to turn to and what to do when a child may come to harm: contacts and steps, each with its words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml

from proviso.rules.norms import Phrase, Policy, nearest
from proviso.rules.rulebook._reference import nations_of, sureness
from proviso.rules.rulebook._yaml_reader import Reader

_KINDS = ("role", "phone", "text", "web")
_PLACE = re.compile(r"%\((\w+?)(?:_(?:soft|aspirate|ag|ac|neu|i))?\)s")  # a role, in Welsh with its form
_NOTHING = Phrase("")


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody to turn to: a role that the school names (`kind` is `role`), or a helpline with its number or address.

    `read` is the day on which its details were read at `source`; `hours` are empty where no primary source says them.
    """

    id: str
    kind: str
    name: Phrase
    name_wales: Phrase
    number: str | None
    url: str | None
    hours: Phrase
    nations: tuple[str, ...]
    source: str
    sure: str
    read: date

    def name_in(self, nation: str) -> Phrase:
        """Return what the contact is called in a nation."""
        return self.name_wales if nation == "Wales" and self.name_wales.en else self.name


@dataclass(frozen=True, slots=True)
class ProtectiveStep:
    """One thing to do at once, or not to do; its words may name contacts that are roles, as `%(dsl)s`.

    `only` is the nation that it is for, `replaced` the step in its place when the worry is about the headteacher,
    and `covers` are steps that need not be said beside it.
    """

    id: str
    words: Phrase
    contacts: tuple[str, ...] = ()
    only: str | None = None
    replaced: str | None = None
    covers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ProtectiveSteps:
    """All steps by id: what to do, in the order of doing, and what not to do."""

    now: Mapping[str, ProtectiveStep]
    never: Mapping[str, ProtectiveStep]


def read_contacts(path: Path) -> dict[str, Contact]:
    """Read the contacts by id, in the order of the file.

    Raises:
        RulebookError: every fault of the file.
    """
    reader = _ProtectionReader(path)
    contacts = {contact_id: reader.contact(contact_id, node) for contact_id, _, node in reader.pairs(reader.root())}
    reader.finish()
    return contacts


def read_steps(path: Path, contacts: Mapping[str, Contact]) -> ProtectiveSteps:
    """Read the steps, which may name only these contacts.

    Raises:
        RulebookError: every fault of the file.
    """
    reader = _ProtectionReader(path)
    root = reader.mapping(reader.root(), ("now", "not"))
    steps = ProtectiveSteps(
        *({step: reader.step(step, node, contacts) for step, _, node in reader.pairs(root[key])} for key in root)
    )
    for step in steps.now.values():
        for other in (*step.covers, *([step.replaced] if step.replaced else [])):
            if other not in steps.now:
                what = f"`{step.id}` names the step `{other}`, which is none{nearest(other, steps.now)}"
                reader.fault(root["now"], what, "name a step")
    reader.finish()
    return steps


def check_protections(policy: Policy, steps: ProtectiveSteps, path: Path) -> None:
    """Check that the clauses of a baseline say what they rest on and name only steps that there are.

    Raises:
        RulebookError: every fault, at the first line of the file.
    """
    reader = Reader(path)
    root = reader.root()
    for clause in policy.clauses:
        if clause.basis is None:
            reader.fault(root, f"{clause.id} rests on nothing", "add `basis:`")
        if clause.protection is None:
            continue
        named = ((clause.protection.do_now, steps.now), (clause.protection.do_not, steps.never))
        for by_reader, known in named:
            for step in dict.fromkeys(step for ids in by_reader.values() for step in ids):
                if step not in known:
                    what = f"{clause.id} names the step `{step}`, which is none{nearest(step, known)}"
                    reader.fault(root, what, "name a step of steps.yaml")
    reader.finish()


class _ProtectionReader(Reader):
    def contact(self, contact_id: str, node: yaml.Node) -> Contact:
        needed = ("kind", "name", "nations", "source", "sure", "read")
        keys = self.mapping(node, needed, ("name_wales", "number", "url", "hours"))
        kind = self.text(keys.get("kind"))
        if kind not in _KINDS:
            self.fault(node, f"unknown kind `{kind}`{nearest(kind, _KINDS)}", f"use one of {', '.join(_KINDS)}")
        elif (kind == "role") == bool({"number", "url"} & keys.keys()):
            self.fault(
                node, f"a contact of kind `{kind}`", "a role has no `number:` and no `url:`, all others have one"
            )
        return Contact(
            id=contact_id,
            kind=kind,
            name=self._phrase(keys.get("name")),
            name_wales=self._phrase(keys.get("name_wales")),
            number=self.optional(keys.get("number")),
            url=self.optional(keys.get("url")),
            hours=self._phrase(keys.get("hours")),
            nations=nations_of(self, keys.get("nations")),
            source=self.text(keys.get("source")),
            sure=sureness(self, keys.get("sure")),
            read=self.day(keys.get("read")) or date.min,
        )

    def step(self, step_id: str, node: yaml.Node, contacts: Mapping[str, Contact]) -> ProtectiveStep:
        keys = self.mapping(node, ("en", "cy"), ("contacts", "only", "replaced", "covers"))
        words = Phrase(self.text(keys.get("en")), self.text(keys.get("cy")))
        named = self.texts(keys.get("contacts"))
        places = {*_PLACE.findall(words.en)}
        if places != {*_PLACE.findall(words.cy)}:
            self.fault(node, "English and Welsh have different places", "use the same `%(dsl)s` in both")
        for contact in (*named, *sorted(places - {*named})):
            if contact not in contacts:
                known = ", ".join(contacts)
                self.fault(node, f"unknown contact `{contact}`{nearest(contact, contacts)}", f"use one of {known}")
        only = nations_of(self, keys["only"]) if "only" in keys else ()
        replaced, covers = self.optional(keys.get("replaced")), self.texts(keys.get("covers"))
        return ProtectiveStep(step_id, words, named, only[0] if only else None, replaced, covers)

    def _phrase(self, node: yaml.Node | None) -> Phrase:
        if node is None:
            return _NOTHING
        keys = self.mapping(node, ("en", "cy"))
        return Phrase(self.text(keys.get("en")), self.text(keys.get("cy")))
