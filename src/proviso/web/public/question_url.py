"""The address of a page holds all there is to know of a question: nothing is kept anywhere else."""

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from proviso.rules.answers import Answer, Understood, answer_understood
from proviso.rules.asking import LONGEST, QuestionError, ask
from proviso.rules.norms import CompiledPolicy, Fact, FactValue, Kind, Vocabulary, nearest

NONE = "none"  # the value that says that no value of the fact holds
THEN = ("answer", "check")  # the pages that a change can lead back to
OWN = {"q", "as", "taken", "for", "ask", "asked", "then", "clause", "right"}
UNSEEN = ("Cc", "Cf", "Cn", "Co", "Cs")  # control, format, unassigned, private, surrogate
# What other people's programs hang on an address when it is passed on.
FOREIGN = ("utm_", "mc_", "fbclid", "gclid", "msclkid", "igsh")


class AddressError(ValueError):
    """An address that says something impossible; the message tells a visitor what."""


@dataclass(frozen=True)
class Address:
    """A question or a situation as an address holds it.

    `taken` are the facts that were supposed, not said; `audience` the roles that an answer
    without a role is for, and `clauses` those that inform, where no situation is asked about.
    `ask` is the fact whose question is wanted, `asked` the one that was put, and `then` where
    to go when it is answered.
    """

    question: str = ""
    role: str | None = None
    facts: Mapping[str, FactValue] = field(default_factory=dict)
    taken: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()
    clauses: tuple[str, ...] = ()
    ask: str | None = None
    asked: str | None = None
    then: str = ""

    @classmethod
    def of(cls, answer: Answer, role: str | None = None) -> "Address":
        """Return the address of an answer, each fact that it rests on spelled out."""
        taken = tuple(known.fact for known in answer.understood if known.taken)
        return cls(answer.question, role, answer.facts, taken, answer.audience)

    @property
    def unanswered(self) -> str | None:
        """The fact whose question was put and sent back without an answer."""
        is_answered = self.asked in self.facts or (self.asked == "who" and self.role is not None)
        return None if is_answered else self.asked

    def answer(self, policy: CompiledPolicy, on: date) -> Answer:
        """Answer what the address says: its facts, or its question where it names none.

        Raises:
            QuestionError: a question that is empty or too long.
            FactError: facts that cannot be.
        """
        if not self.facts and not self.clauses:
            return ask(policy, self.question, self.role, on)
        if len(self.question) > LONGEST:
            raise QuestionError("too long")
        return self.ruled(policy, on)

    def ruled(self, policy: CompiledPolicy, on: date) -> Answer:
        """Answer from the facts alone, few as they may be; who asks acts, unless the facts say who does.

        Raises:
            AddressError: clauses that the policy does not have.
            FactError: facts that cannot be.
        """
        facts: dict[str, FactValue] = {**self.facts}
        if self.role and "who" not in facts and not self.clauses:
            facts = {"who": [self.role], **facts}
        understood = [Understood(name, value, name in self.taken) for name, value in facts.items()]
        audience = () if "who" in facts else self.audience
        answered = answer_understood(policy, self.question, understood, audience, on)
        if not self.clauses:
            return answered
        informing = replace(answered, outcome="information", information=self._known_clauses(policy))
        return replace(informing, so_long_as=(), unless=(), missing=(), audience=())

    def _known_clauses(self, policy: CompiledPolicy) -> tuple[str, ...]:
        known = {clause.id for clause in policy.policy.clauses}
        for clause in self.clauses:
            if clause not in known:
                raise AddressError(
                    _("It names the clause “%(id)s”, which the policy does not have.") % {"id": clause[:60]}
                )
        return tuple(dict.fromkeys(self.clauses))

    def having(self, fact: str, value: FactValue) -> "Address":
        """Return the same with a fact said."""
        taken = tuple(name for name in self.taken if name != fact)
        audience = () if fact == "who" else self.audience
        return replace(self, facts={**self.facts, fact: value}, taken=taken, audience=audience)

    def without(self, fact: str) -> "Address":
        """Return the same without a fact, as a form starts from when it asks for it."""
        facts = {name: value for name, value in self.facts.items() if name != fact}
        taken = tuple(name for name in self.taken if name != fact)
        audience = () if fact == "who" else self.audience
        return replace(self, facts=facts, taken=taken, audience=audience)

    def pairs(self) -> Iterator[tuple[str, str]]:
        """Yield names and values as a form or an address carries them."""
        if self.question:
            yield "q", self.question
        if self.role:
            yield "as", self.role
        for name, value in self.facts.items():
            yield from ((name, each) for each in _said(value))
        yield from (("taken", name) for name in self.taken)
        yield from (("for", role) for role in self.audience)
        yield from (("clause", clause) for clause in self.clauses)

    def link(self, page: str, policy: str, **more: str) -> str:
        """Return the address of a page of a policy with all of this in it."""
        query = urlencode([*self.pairs(), *more.items()])
        return reverse(f"public:{page}", args=[policy]) + (f"?{query}" if query else "")


def read(query: QueryDict, vocabulary: Vocabulary) -> Address:
    """Read an address.

    Raises:
        AddressError: an unknown fact, value or role, or two that contradict each other.
    """
    facts: dict[str, FactValue] = {}
    for name in query:
        if name in vocabulary.facts:
            values = [value for value in query.getlist(name) if value]
            if values:
                facts[name] = _value(vocabulary.facts[name], values)
        elif name not in OWN and not name.startswith(FOREIGN):
            details = {"name": name[:60], "nearest": nearest(name, vocabulary.facts)}
            raise AddressError(_("It names “%(name)s”, which this site does not recognise%(nearest)s.") % details)
    roles = vocabulary.facts["who"]
    role = query.get("as") or None
    if role:
        _known(roles, role)
    for each in query.getlist("for"):
        _known(roles, each)
    return Address(
        question=printable(query.get("q", "")),
        role=role,
        facts=facts,
        taken=tuple(name for name in query.getlist("taken") if name in facts),
        audience=tuple(query.getlist("for")),
        clauses=tuple(query.getlist("clause")),
        ask=_fact(query.get("ask"), vocabulary),
        asked=_fact(query.get("asked"), vocabulary),
        then=query.get("then", "") if query.get("then") in THEN else "",
    )


def printable(text: str) -> str:
    """Return a text without control and direction marks, which would garble the page around it."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return "".join(char for char in lines if char == "\n" or unicodedata.category(char) not in UNSEEN)


def _value(fact: Fact, values: list[str]) -> FactValue:
    details = {"name": fact.name, "values": " / ".join(values)[:120]}
    if fact.kind is Kind.FLAG:
        if not {*values} <= {"yes", "no"}:
            raise AddressError(_("“%(name)s” is yes or no; the address says “%(values)s”.") % details)
        if len({*values}) > 1:
            raise AddressError(_("It says that “%(name)s” is so and that it is not. Only one can be right.") % details)
        return values[0] == "yes"
    listed = list(dict.fromkeys(values))
    if NONE in listed:
        if len(listed) > 1:
            raise AddressError(_("It says “none” of “%(name)s”, but also names one: %(values)s.") % details)
        return []
    for value in listed:
        _known(fact, value)
    if fact.kind is Kind.ONE_OF:
        if len(listed) > 1:
            raise AddressError(_("“%(name)s” can be one thing at a time; the address says %(values)s.") % details)
        return listed[0]
    return listed


def _known(fact: Fact, value: str) -> None:
    if value not in fact.values:
        details = {"name": fact.name, "value": value[:60], "nearest": nearest(value, fact.values)}
        raise AddressError(
            _("It says “%(value)s” for “%(name)s”, which this site does not recognise%(nearest)s.") % details
        )


def _fact(name: str | None, vocabulary: Vocabulary) -> str | None:
    if name and name not in vocabulary.facts:
        details = {"name": name[:60], "nearest": nearest(name, vocabulary.facts)}
        raise AddressError(_("It asks about “%(name)s”, which this site does not recognise%(nearest)s.") % details)
    return name or None


def _said(value: FactValue) -> list[str]:
    if isinstance(value, bool):
        return ["yes" if value else "no"]
    if isinstance(value, str):
        return [value]
    return list(value or ()) or [NONE]
