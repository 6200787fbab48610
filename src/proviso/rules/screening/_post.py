"""A post checked: what was found in text and pictures, with the clause behind it, and what only a person can say."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from proviso.rules.norms import Clause, Policy
from proviso.rules.rulebook import baseline
from proviso.rules.screening._content import content_in
from proviso.rules.screening._findings import Finding, Kind, Severity
from proviso.rules.screening._fold import composed
from proviso.rules.screening._identifiers import Span, identifiers_in
from proviso.rules.screening._names import NameFinder, NameMatch
from proviso.rules.screening._pictures import Picture
from proviso.rules.screening._roll import Consent, RolledPerson

# The topics of the clause that asks for a check, the nearest first.
TOPICS: dict[Kind, tuple[str, ...]] = {
    Kind.NAME: ("naming-and-identifying", "pictures", "confidentiality"),
    Kind.FIRST_NAME: ("naming-and-identifying", "pictures", "confidentiality"),
    Kind.PHONE: ("contact-details", "confidentiality"),
    Kind.EMAIL: ("contact-details", "confidentiality"),
    Kind.POSTAL_ADDRESS: ("contact-details", "confidentiality"),
    Kind.POSTCODE: ("contact-details", "confidentiality"),
    Kind.WHEREABOUTS: ("naming-and-identifying", "confidentiality"),
    Kind.METADATA: ("pictures", "naming-and-identifying"),
    Kind.FACE: ("pictures", "naming-and-identifying"),
    Kind.TONE: ("abusive-content", "disrepute"),
    Kind.GRIEVANCE: ("complaints-online", "disrepute"),
    Kind.DISREPUTE: ("disrepute", "abusive-content"),
    Kind.COPYRIGHT: ("copyright",),
    Kind.CLAIM: ("speaking-for-school", "official-accounts", "disrepute"),
    Kind.INCLUSIVE: ("discrimination", "abusive-content"),
    Kind.LINK: ("official-accounts", "unsuitable-material", "disrepute"),
    Kind.READING_AGE: ("equity-of-access", "official-accounts"),
}
OTHERWISE = ("confidentiality", "naming-and-identifying")
ASKING = frozenset(("prohibited", "required", "discouraged", "caution"))
REFUSED = frozenset((Consent.REFUSED, Consent.WITHDRAWN))


@dataclass(frozen=True, slots=True)
class Post:
    """A draft: its text and its pictures."""

    text: str = ""
    pictures: tuple[Picture, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """What a clause wants to be known of a post and only a person can say; `fails` is the answer that stops it."""

    clause: str
    ask: str
    fails: bool | None


@dataclass(frozen=True, slots=True)
class PostCheck:
    """What was found in a post, the gravest first, and what is left to ask. Places are those of `text`."""

    text: str
    findings: tuple[Finding, ...]
    questions: tuple[Question, ...]

    @property
    def severity(self) -> Severity | None:
        """The gravest of the findings."""
        return self.findings[0].severity if self.findings else None


def check_post(policy: Policy, post: Post, names: NameFinder, on: date) -> PostCheck:
    """Return what a post holds that the policy asks to look at, on a day."""
    text = composed(post.text)
    matches = names.find(text)
    findings = [_of_name(text, match, with_picture=bool(post.pictures)) for match in matches]
    findings += identifiers_in(text, tuple(Span(match.start, match.end) for match in matches), on)
    findings += content_in(text)
    findings += [finding for picture in post.pictures for finding in _of_picture(picture)]
    clauses = _Clauses(policy, on)
    found = [replace(finding, clause=clauses.for_kind(finding.kind)) for finding in findings]
    order = list(Severity)
    found.sort(key=lambda finding: (order.index(finding.severity), finding.start, finding.kind))
    return PostCheck(text, tuple(found), _questions(policy))


def _of_name(text: str, match: NameMatch, *, with_picture: bool) -> Finding:
    person = match.people[0] if len(match.people) == 1 else None
    words = text[match.start : match.end]
    if not match.is_full:
        severity = Severity.ASK if with_picture else Severity.HINT
        return Finding(Kind.FIRST_NAME, words, match.start, match.end, severity, person.id if person else "")
    consent = _least(match.people)
    why = "like" if match.is_slip else consent
    return Finding(
        Kind.NAME, words, match.start, match.end, _severity(match, consent), person.id if person else "", why
    )


def _severity(match: NameMatch, consent: Consent) -> Severity:
    if consent == Consent.GIVEN:
        return Severity.HINT
    is_sure = not match.is_slip
    if consent in REFUSED:
        return Severity.STOP if is_sure else Severity.ASK
    return Severity.STOP if is_sure and not all(person.is_staff for person in match.people) else Severity.ASK


def _least(people: tuple[RolledPerson, ...]) -> Consent:
    """Return the consent of whoever agreed least: nobody knows yet which of them is meant."""
    order = [Consent.REFUSED, Consent.WITHDRAWN, Consent.NOT_ASKED, Consent.GIVEN]
    return min((person.name_consent for person in people), key=order.index)


def _of_picture(picture: Picture) -> list[Finding]:
    found = []
    if picture.has_place or picture.has_metadata:
        severity = Severity.STOP if picture.has_place else Severity.ASK
        found.append(
            Finding(Kind.METADATA, picture.name, 0, 0, severity, why="place" if picture.has_place else "details")
        )
    why = "not_counted" if picture.faces is None else str(picture.faces)
    found.append(Finding(Kind.FACE, picture.name, 0, 0, Severity.ASK if why != "0" else Severity.HINT, why=why))
    return found


class _Clauses:
    """The clause behind each kind of finding: one whose checks are for posts, else one that speaks of it."""

    def __init__(self, policy: Policy, on: date) -> None:
        self._sources = [policy.clauses, baseline(policy.nation, on).policy.clauses]

    def for_kind(self, kind: Kind) -> str:
        for clauses in self._sources:
            for topic in TOPICS.get(kind, OTHERWISE):
                about = [clause for clause in clauses if topic in clause.topics]
                chosen = sorted(about, key=_fitness)
                if chosen and _fitness(chosen[0]) < _UNFIT:
                    return chosen[0].id
        return ""


_UNFIT = 2


def _fitness(clause: Clause) -> int:
    if any(check.of == "post" for check in clause.checks):
        return 0
    return 1 if clause.force in ASKING else _UNFIT


def _questions(policy: Policy) -> tuple[Question, ...]:
    fails = {"yes": True, "no": False}
    return tuple(
        Question(clause.id, check.ask, fails.get(check.fails or ""))
        for clause in policy.clauses
        for check in clause.checks
        if check.of == "post"
    )
