"""The main clause of a statement: its subject, its verb with what denies it, and the rest."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_NOT = (
    r"(?:(?:\s+\w+ly|\s+also|\s+then|\s+therefore|\s+always|\s+normally|\s+in any circumstances,?|\s+on no "
    r"account|\s+under no circumstances|\s+at no time|\s+at all times)?(?:,?\s+not|,?\s+never|\s+only|n't)?)"
)
_VERB = re.compile(
    r"\b(?:must|should|shall|will|may|might|can|could|would|ought|need(?:s)?(?=(?: not)? (?:to\b|\w+\b))|"
    r"cannot|is|are|was|were|am|has|have|had|do|does|did|"
    r"mustn|shouldn|won|shan|can|couldn|wouldn|isn|aren|don|doesn|hasn|haven|needn|mayn)(?:'t\b|\b)(?:(?<=')|)" + _NOT
)
_SHORTENED = re.compile(r"\b(i|we|you|they|he|she|it|that|there|who)'(ll|re|ve|m|s|d)\b")
_LONG = {"ll": "will", "re": "are", "ve": "have", "m": "am", "s": "is", "d": "would"}
_OPENING = re.compile(
    r"(?:if|when|where|whenever|wherever|once|before|after|while|whilst|although|though|unless|until|as|"
    r"because|since|even|whatever|however|whoever|"
    r"in|on|at|for|from|to|by|with|outside|during|under|without|other than|apart from|save|except|following|"
    r"given|having|used)\b"
)
_FIRST_OR_SECOND = re.compile(
    r"^(?:in|on|at|for|to|by|with|outside|during) .{0,60}\b(?:i|we|you|they|staff) (?:will|must|should|may|shall|can)\b"
)
_SAID = re.compile(r"^i (?:also )?(?:understand|know|agree|accept|confirm|am aware|promise)(?: and \w+)? that (?=\w)")
_ORDERED = re.compile(r"(?:please|kindly|always|never|do|don't)\b")
_MARK = re.compile(
    r"\b(?:who|which|that|whom|whose|where|if|when|because|whether|unless|until|what|how|than|while|whoever|whatever)\b"
)
_AND = re.compile(r"\b(?:and|but|or|nor|so)\b|[;:]")


@dataclass(frozen=True, slots=True)
class Clause:
    """A main clause; without a finite verb that is known here, `verb` is empty and all words are the rest."""

    opening: str
    subject: str
    verb: str
    rest: str

    @property
    def core(self) -> str:
        """Return the verb with the words next to it, up to a clause that hangs on it."""
        near = _MARK.split(self.rest, maxsplit=1)[0]
        return f"{self.verb} {' '.join(near.split()[:8])}".strip()


@lru_cache(maxsize=8_192)
def main_clause(words: str) -> Clause:
    """Return the main clause of a statement in lower-case words."""
    words = re.sub(r"\s*\([^()]*\)", "", words)
    words = _SHORTENED.sub(lambda match: f"{match.group(1)} {_LONG[match.group(2)]}", words)
    words = _SAID.sub(
        "", re.sub(r"^(?:(?:and|but|so|or|yet|however|therefore|also|then|although|though)\b,? )+", "", words)
    )
    opening, main = _opened(words)
    if _ORDERED.match(main):
        return Clause(opening, "", "", main)
    found = list(_VERB.finditer(main))
    if not found:
        return Clause(opening, "", "", main)
    chosen = _chosen(main, found)
    return Clause(opening, main[: chosen.start()].strip(" ,"), chosen.group(), main[chosen.end() :].strip(" ,"))


def _opened(words: str) -> tuple[str, str]:
    """Return what stands before the main clause, such as a condition, and the main clause."""
    inverted = re.match(r"(?:should|were|had) (?:a|an|the|any|this|you|it|they|staff|there)\b", words)
    if not (_OPENING.match(words) or inverted):
        return "", words
    depth = 0
    for match in re.finditer(r",\s+", words):
        after = words[match.end() :]
        if not _VERB.search(after) and not re.match(r"(?:please |do |always )?[a-z]+\b", after):
            break
        if (
            re.match(
                r"(?:or|and|including|such as|for (?:example|instance)|whether|which|who|where|even|however|e\.g)\b",
                after,
            )
            and depth < 4
        ):
            depth += 1
            continue
        if _FIRST_OR_SECOND.search(words[: match.start()]):
            break
        return words[: match.start()], after
    return _opened_by_pronoun(words)


def _opened_by_pronoun(words: str) -> tuple[str, str]:
    """Return a condition that no comma ends: the main clause begins with the second subject."""
    found = list(
        re.finditer(
            r"\b(?:i|we|you|they|staff|the \w+|pupils|please|it)\b(?= (?:must|should|will|shall|may|can|need|are|is|"
            r"do|tell)\b)",
            words,
        )
    )
    later = [match for match in found if match.start() > 8]
    if later and len(found) > 1 or later and not found[0].start() < 8:
        return words[: later[0].start()].strip(), words[later[0].start() :]
    return "", words


def _chosen(main: str, found: list[re.Match[str]]) -> re.Match[str]:
    """Return the verb of the main clause: not that of a clause which hangs on the subject."""
    for place, match in enumerate(found):
        before = main[: match.start()]
        later = place + 1 < len(found)
        marks = [mark for mark in _MARK.finditer(before) if mark.start() > 0 or (mark.group() == "what" and later)]
        if not marks:
            return match
        if place + 1 == len(found):
            return match if place == 0 else _first_free(main, found)
        between = main[match.end() : found[place + 1].start()]
        if _MARK.search(between) or _AND.search(between) and _MARK.search(before) is None:
            if len(marks) > place and _MARK.search(between):
                continue
            return match
        if len(marks) <= place:
            return match
    return found[0]


def _first_free(main: str, found: list[re.Match[str]]) -> re.Match[str]:
    """Return the first verb that no open clause claims, counting one verb for each mark before it."""
    for place, match in enumerate(found):
        if len(list(_MARK.finditer(main[: match.start()]))) <= place:
            return match
    return found[-1]
