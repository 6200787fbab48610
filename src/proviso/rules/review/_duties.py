"""How a document binds: whom, by when, with what force, and whether it says the same throughout."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from itertools import combinations

from proviso.rules.norms import Oddity, odd_norms
from proviso.rules.review._document import ReviewedDocument, Statement, place_of
from proviso.rules.review._findings import Finding, Rule, Severity, quoted

_MODAL = r"(?:must|shall|will|should|is to|are to|has to|have to|needs? to)"
_PASSIVE = re.compile(
    rf"\b{_MODAL}(?: also| always| only)? be (?:\w+ly )?(?P<verb>reviewed|recorded|logged|monitored|checked|"
    r"investigated|approved|trained|provided|"
    r"updated|audited|removed|retained|shared|carried out|put in place)\b(?! as\b)",
    re.IGNORECASE,
)
_AGENT = re.compile(
    r"\bby (?!(?:e-?mail|phone|law|means|using|way|post|default|the end|\d))|\bresponsib|\bwho will\b", re.IGNORECASE
)
_TELL = re.compile(
    r"\b(?:must|shall|should|will|need to|required to)\b(?:(?!\bnot\b|\bnever\b)[^.;]){0,60}?"
    r"\b(?:report|refer|inform|notify|tell|alert)\b"
    r"(?! to (?:the )?(?:appendix|section|guidance|polic))|\bmust be (?:reported|referred|informed|notified|told)\b|"
    r"^[^.]{0,160}(?:should|must|will):?-? (?:Report|Refer|Inform|Notify|Tell) ",
    re.IGNORECASE,
)
_TOLD = re.compile(r"(?:report|refer|tell|inform|notify|contact|alert|pass)\b", re.IGNORECASE)
_TIME = re.compile(
    r"immediate|at once|straight ?away|without (?:undue )?delay|as soon as|promptly|same (?:working |school )?day|"
    r"within|earliest|hours?\b|\bdays?\b|before|\bby (?:the )?(?:end|next|\d|mon|tue|wed|thu|fri)|urgent|"
    r"first opportunity|as a matter of|when (?:the|this|it) ",
    re.IGNORECASE,
)
_GROUPS = {
    "parents and carers": re.compile(r"^(?:all )?(?:parents?|carers?|families|family members)\b", re.IGNORECASE),
    "pupils": re.compile(r"^(?:all )?(?:pupils?|students?|children|learners?|young people)\b", re.IGNORECASE),
    "governors": re.compile(r"^(?:all )?(?:school )?governors?\b", re.IGNORECASE),
    "trustees": re.compile(r"^(?:all )?trustees?\b", re.IGNORECASE),
    "volunteers": re.compile(r"^(?:all )?volunteers?\b", re.IGNORECASE),
    "contractors": re.compile(r"^(?:all )?(?:sub)?contractors?\b", re.IGNORECASE),
    "visitors": re.compile(r"^(?:all )?visitors?\b", re.IGNORECASE),
}
_IN_SCOPE = {
    "parents and carers": r"parents?|carers?|famil",
    "pupils": r"pupils?|students?|children|learners?|young people",
    "governors": r"governors?|governing",
    "trustees": r"trustees?",
    "volunteers": r"volunteers?|unpaid",
    "contractors": r"contractors?|third part|agency|on behalf of",
    "visitors": r"visitors?",
}
_EVERYBODY = re.compile(
    r"everyone|everybody|all (?:users|members of (?:the|our) (?:school )?community)|whole school community", re.I
)
_SCOPE = re.compile(
    r"\b(?:policy|document|guidance|code|requirements|principles|procedures?|it)\b[^.]{0,40}"
    r"\b(?:appl(?:y|ies)|covers?|is (?:for|aimed at|intended for))\b|"
    r"\bpolicy covers\b|hereby collectively|referred to collectively",
    re.IGNORECASE,
)
_BINDS = re.compile(
    r"^[^.,;:]{0,50}?\b(?:must|shall|should|may not|will not|are (?:not permitted|required|expected|forbidden))\b",
    re.IGNORECASE,
)


class _Strength(IntEnum):
    """How strong the words of a statement are."""

    MAY = 0
    SHOULD = 1
    MUST = 2


_STRENGTHS = (
    (
        _Strength.MUST,
        re.compile(
            r"\b(?:must|shall|will not|are (?:not permitted|required|prohibited|forbidden)|"
            r"is (?:forbidden|prohibited))\b",
            re.I,
        ),
    ),
    (
        _Strength.SHOULD,
        re.compile(r"\b(?:should|ought to|(?:strongly )?advised|recommended|encouraged|discouraged)\b", re.I),
    ),
    (_Strength.MAY, re.compile(r"\b(?:may|can|are (?:allowed|permitted)|is (?:allowed|permitted))\b", re.I)),
)
_DENIES = re.compile(
    r"\b(?:not|never|no|nor|neither|prohibited|forbidden|discouraged|refrain|avoid)\b|n['’]t\b", re.IGNORECASE
)
_EMPTY = frozenset(
    "a an the and or of to in on for with by at from as be is are was were any all such this that these those their "
    "they them it its must should shall will may can not never no nor also only always ever do does have has other "
    "your you our we who which strongly advised recommended encouraged discouraged allowed permitted forbidden "
    "prohibited required use using".split()
)
_MANY = 60
_PEOPLE = re.compile(
    r"\b(?:pupil|student|child|learner|parent|carer|famil|governor|colleague|trustee|volunteer|staff|employee|teacher|adult)"
)
_STAFF = frozenset({"staff", "employee", "teacher", "adult"})


def owners(document: ReviewedDocument, on: date) -> Iterator[Finding]:
    """Yield what must be done, but by nobody in particular."""
    for statement in document.statements:
        match = _PASSIVE.search(statement.text)
        if match and not _AGENT.search(statement.text):
            about = {"what": match["verb"].casefold()}
            yield Finding(Rule.NO_OWNER, Severity.NOTE, statement.at, quoted(statement.text), about=about)


def times(document: ReviewedDocument, on: date) -> Iterator[Finding]:
    """Yield what must be told or reported, with no word of by when."""
    if document.policy is not None:
        for clause in document.policy.policy.clauses:
            for step in clause.procedure:
                if step.by is None and (step.refer_to or _TOLD.match(step.what)):
                    about = {"who": step.who, "what": step.what}
                    yield Finding(Rule.NO_TIME, Severity.NOTE, place_of(clause), quoted(clause.text), "step", about)
        return
    for statement in document.statements:
        if _TELL.search(statement.text) and not _TIME.search(statement.text):
            yield Finding(Rule.NO_TIME, Severity.NOTE, statement.at, quoted(statement.text))


def groups(document: ReviewedDocument, on: date) -> Iterator[Finding]:
    """Yield people whom a document binds although it does not say that it is for them."""
    if document.policy is not None:
        yield from _groups_of_policy(document)
        return
    scope = " ".join(each.text for each in document.statements if _SCOPE.search(each.text))
    if not scope or _EVERYBODY.search(scope):
        return
    for group, addressed in _GROUPS.items():
        if re.search(rf"\b(?:{_IN_SCOPE[group]})", scope, re.IGNORECASE):
            continue
        bound = next(
            (each for each in document.statements if addressed.match(each.text) and _BINDS.match(each.text)), None
        )
        if bound:
            about = {"group": group}
            yield Finding(Rule.GROUP_NOT_IN_SCOPE, Severity.WARNING, bound.at, quoted(bound.text), about=about)


def _groups_of_policy(document: ReviewedDocument) -> Iterator[Finding]:
    policy = document.policy.policy if document.policy else None
    covered = {*policy.expand(policy.covers), "school"} if policy else set()
    seen: set[str] = set()
    for clause in policy.clauses if policy else ():
        for who in policy.expand(clause.who) if policy else ():
            binds = clause.force in ("prohibited", "required", "discouraged") and not clause.governance
            if who not in covered and who not in seen and binds:
                seen.add(who)
                about = {"group": who.replace("_", " ")}
                yield Finding(
                    Rule.GROUP_NOT_IN_SCOPE, Severity.NOTE, place_of(clause), quoted(clause.text), about=about
                )


@dataclass(frozen=True, slots=True)
class _Said:
    """A statement with what it binds by: its strength, whether it denies, and its words without those."""

    statement: Statement
    strength: _Strength
    denies: bool
    words: frozenset[str]
    people: frozenset[str]


def forces(document: ReviewedDocument, on: date) -> Iterator[Finding]:
    """Yield pairs of statements on the same matter that contradict each other, or bind with different force."""
    if document.policy is not None:
        yield from _odd(document)
        return
    said = [each for statement in document.statements for each in [_said(statement)] if each]
    for one, other in _near(said):
        if one.people == other.people and _alike(one.words, other.words):
            about = {"other": quoted(other.statement.text), "other_at": other.statement.at}
            quote, at = quoted(one.statement.text), one.statement.at
            may = _Strength.MAY in (one.strength, other.strength)
            if one.denies is not other.denies and (may or one.strength == other.strength):
                yield Finding(Rule.CONTRADICTION, Severity.ERROR, at, quote, about=about)
            elif one.denies is other.denies and one.strength != other.strength and not may:
                yield Finding(Rule.MIXED_FORCE, Severity.WARNING, at, quote, about=about)


def _near(said: list[_Said]) -> Iterator[tuple[_Said, _Said]]:
    """Yield the pairs that share words, in their order; a word that very many have tells nothing."""
    having: dict[str, list[int]] = {}
    for place, each in enumerate(said):
        for word in each.words:
            having.setdefault(word, []).append(place)
    shared = Counter(pair for places in having.values() if len(places) <= _MANY for pair in combinations(places, 2))
    for one, other in sorted(pair for pair, count in shared.items() if count > 1):
        yield said[one], said[other]


def _said(statement: Statement) -> _Said | None:
    text = statement.text
    strength = next((strength for strength, words in _STRENGTHS if words.search(text)), None)
    if strength is None or len(text.split()) > 45 or text.rstrip("- ").endswith(":"):
        return None
    words = {_stem(word) for word in re.findall(r"[a-z]{3,}", statement.own.casefold())} - _EMPTY
    people = frozenset(_PEOPLE.findall(statement.own.casefold())) - _STAFF
    return _Said(statement, strength, bool(_DENIES.search(text)), frozenset(words), people)


def _stem(word: str) -> str:
    return re.sub(r"(?:ing|ed|es|s)$", "", word) if len(word) > 4 else word


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return min(len(one), len(other)) >= 3 and len(one & other) / len(one | other) >= 0.6


def _odd(document: ReviewedDocument) -> Iterator[Finding]:
    """Yield the clauses of a policy that are at odds, with the situation in which they are."""
    if document.policy is None:
        return
    for odd in odd_norms(document.policy):
        if odd.oddity is Oddity.AT_ODDS:
            clause = document.policy.policy.clause(odd.clause)
            facts = [name if value is True else f"{name}={value}" for name, value in (odd.facts or {}).items() if value]
            about = {"clause": odd.clause, "other": ", ".join(odd.beside), "facts": ", ".join(facts)}
            yield Finding(Rule.CONTRADICTION, Severity.ERROR, place_of(clause), quoted(clause.text), "clauses", about)
