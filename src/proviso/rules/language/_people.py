"""Who acts: the roles that people give themselves, or name as the subject of a question."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from proviso.rules.language._patterns import LEXICONS, pattern, read_lexicon
from proviso.rules.norms import FactValue
from proviso.rules.rulebook import vocabulary

OTHERS = {
    "FORMERSCHOOL": "pupil_of_former_school",
    "PUPILELSE": "pupil_elsewhere",
    "FORMER": "former_pupil",
    "OWNKID": "pupil",
    "PUPIL": "pupil",
    "PKIN": "family",
    "PARENT": "parent",
    "COLLEAGUE": "colleague",
    "APPLICANT": "applicant",
}
_PATTERNS = (
    "self",
    "here",
    "does",
    "left",
    "staff_clue",
    "staff",
    "subject",
    "subject_mine",
    "subject_first",
    "alone",
    "taught",
)
_PARTS = ("modal", "lead", "verb", "mine", "article")
_FIRST_PERSON = re.compile(r"\b(?:can|may|could|should|must|am|do|shall|would) (?:i|we)\b")
_OTHER_LEFT = re.compile(
    r"\b(?:he|she|they|who|lad|girl|boy|pupil|kid|child|someone|one) (?:has |have |had )?(?:left|finished|moved)"
)


@dataclass
class Frame:
    """What a question was found to say; `taken` are the facts that were supposed, not said.

    `staff` tells that the asker is staff of no stated role, `adult` that no more is known.
    """

    facts: dict[str, FactValue] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)
    staff: bool = False
    adult: bool = False

    def take(self, fact: str, value: FactValue, *, supposed: bool = False) -> None:
        """Set a fact that nothing has set yet."""
        if fact not in self.facts:
            self.facts[fact] = value
            if supposed:
                self.taken.add(fact)


def asker(frame: Frame, text: str, as_role: str | None) -> tuple[str, bool]:
    """Find who acts, from the words or else from `as_role`; return the other words, and whether it is another."""
    patterns = _patterns()
    match = patterns["left"].search(text)
    if match and not _OTHER_LEFT.search(text):
        frame.take("who", ["former_employee"])
        return f"{text[: match.start()]} {text[match.end() :]}", False
    rest = _said_of_self(frame, text, as_role)
    if rest is not None:
        return rest, False
    match = patterns["staff"].search(text)
    if match and not _FIRST_PERSON.search(text, 0, match.start("who")):
        frame.staff = True
        return f"{text[: match.start('who')]}they{text[match.end('who') :]}", True
    rest = _third_person(frame, text, as_role)
    if rest is not None:
        return rest, True
    if as_role:
        frame.take("who", [as_role])
    elif patterns["taught"].search(text):
        frame.take("who", ["pupil"])
    elif patterns["staff_clue"].search(text):
        frame.staff = True
    return text, False


def _said_of_self(frame: Frame, text: str, as_role: str | None) -> str | None:
    """Take the role that the asker names as their own; return the other words."""
    for name in ("self", "here", "does", "alone"):
        for match in _patterns()[name].finditer(text):
            role = role_of(match.group("role"))
            compared = name == "self" and "as " in match.group() and role in ("pupil", "parent", "family")
            if role and not (compared and as_role not in (None, role)):
                frame.take("who", [role])
                return f"{text[: match.start()]} {text[match.end() :]}".strip(" ,.")
    return None


def _third_person(frame: Frame, text: str, as_role: str | None) -> str | None:
    """Take the role of whoever is the subject of the question; return the words with *they* in its place."""
    for name in ("subject_mine", "subject", "subject_first"):
        match = _patterns()[name].search(text)
        if not match or _FIRST_PERSON.search(text, 0, match.start("who") if name == "subject" else len(text)):
            continue
        if name == "subject_first" and (
            _patterns()["staff_clue"].search(text) or (as_role in _staff() and re.search(r"\b(?:me|my|us)\b", text))
        ):
            continue
        mine = name == "subject_mine"
        role = _words()["of_mine"].get(match.group("mine"), "family") if mine else role_of(match.group("who"))
        if mine and as_role in (*_staff(), "governor"):
            continue
        frame.adult = role is None and bool(re.search(r"man|woman|adult|grown", match.group("who")))
        if role:
            frame.take("who", [role])
        if role or frame.adult:
            return f"{text[: match.start('who')]}they{text[match.end('who') :]}"
    return None


def role_of(words: str) -> str | None:
    """Return the role that some words name, None when they name none."""
    if re.fullmatch(r"schools?|councils?", words):
        return "school"
    role = next((role for named, role in _roles() if named.search(words)), None)
    return role or next((role for role in ("parent", "family", "pupil") if re.fullmatch(_words()[role], words)), None)


@cache
def _staff() -> tuple[str, ...]:
    return vocabulary().values_with("who", "staff")


@cache
def _words() -> dict[str, Any]:
    """Return the words of `people.yaml`, its patterns put together."""
    people = read_lexicon(LEXICONS / "people.yaml")
    roles = [{"role": entry["role"], "words": pattern(entry["words"])} for entry in people.pop("roles")]
    of_mine = people.pop("of_mine")
    return {**{name: pattern(entry) for name, entry in people.items()}, "roles": roles, "of_mine": of_mine}


@cache
def _roles() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple(
        (re.compile(rf"(?<![\w'])(?:{entry['words']})(?![\w'])"), entry["role"]) for entry in _words()["roles"]
    )


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    """Return the patterns with the parts that they name put in."""
    words = _words()
    roles = "|".join(f"(?:{entry['words']})" for entry in words["roles"])
    anyone = f"(?:{roles}|{words['parent']}|{words['family']}|{words['pupil']})"
    compiled: dict[str, re.Pattern[str]] = {}
    for name in _PATTERNS:
        written = words[name]
        for part in _PARTS:
            written = written.replace("{" + part + "}", words[part])
        compiled[name] = re.compile(written.replace("{anyone}", anyone))
    return compiled
