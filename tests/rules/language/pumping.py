"""Every pattern that questions are read by, with hostile repeats: `python tests/rules/language/pumping.py`.

A pattern that can read the same words in two ways under a repeat takes twice as long with every further word, so a
question of thirty words stands still for a minute. Each pattern gets texts of `LENGTH` characters that repeat its own
words (every alternative under every repeat, behind whatever must come before it) and words that many patterns share.
It runs as a program of its own because a regular expression that has begun cannot be stopped from within.
"""

from __future__ import annotations

import re
import sre_constants as op
import sre_parse
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

LENGTH = 1000
MOST_REPEATED = 12
_REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT)
_SHARED = ("a", "is", "and", "so", "hi", "i", "the", "can", "so so", ".", ",", "and so", "to", "my", "one of the", "&")
_MOST_WAYS = 400

_patterns: set[str] = set()
_compile = re.compile


def _recording(pattern: Any, flags: int = 0) -> Any:
    compiled = _compile(pattern, flags)
    if "proviso" in sys._getframe(1).f_code.co_filename:
        _patterns.add(compiled.pattern)
    return compiled


def patterns() -> set[str]:
    """Return every pattern that the reading of questions compiles, as the example questions make it do."""
    re.compile = _recording
    from bench.questions import FOLDER
    from proviso.rules.asking import ask
    from proviso.rules.asking._bank import precedents
    from proviso.rules.language import lexicon_in_use
    from proviso.rules.rulebook import compiled

    for name in ("early-fresh", "early-welsh-tuned"):
        for question in precedents(FOLDER / f"{name}.tsv")[:20]:
            ask(compiled(question.policy), question.question, question.role or None)
    words = lexicon_in_use()
    words.flags_in("", "", words.flags)
    re.compile = _compile
    return _patterns


def ways(tree: Any) -> list[str]:
    """Return texts that a part of a pattern matches: each alternative, with and without what is optional."""
    texts = [""]
    for kind, value in tree:
        if kind is op.BRANCH:
            options = [text for branch in value[1] for text in ways(branch)]
        elif kind is op.SUBPATTERN:
            options = ways(value[3])
        elif kind is op.ATOMIC_GROUP:
            options = ways(value)
        elif kind in _REPEATS:
            options = ([""] if value[0] == 0 else []) + ways(value[2])
        elif kind in (op.ASSERT, op.ASSERT_NOT, op.AT):
            continue
        else:
            options = [_character(kind, value)]
        kept = texts if len(options) == 1 else texts[:3]
        texts = [before + text for before in kept for text in options][:_MOST_WAYS]
    return list(dict.fromkeys(texts))


def _character(kind: Any, value: Any) -> str:
    if kind is op.LITERAL:
        return chr(value)
    if kind is not op.IN or value[0][0] is op.NEGATE:
        return "q"
    first, what = value[0]
    if first is op.CATEGORY:
        return {op.CATEGORY_DIGIT: "7", op.CATEGORY_SPACE: " "}.get(what, "a")
    return chr(what[0] if first is op.RANGE else what)


@dataclass(frozen=True, slots=True)
class Repeat:
    """A repeat in a pattern: what must come before it, what it repeats, and how often at most."""

    before: str
    texts: list[str]
    most: int
    group: bool


def repeats(tree: Any, before: str = "") -> Iterator[Repeat]:
    """Yield every repeat in a parsed pattern, those within others too."""
    for kind, value in tree:
        if kind is op.BRANCH:
            for branch in value[1]:
                yield from repeats(branch, before)
        elif kind is op.SUBPATTERN:
            yield from repeats(value[3], before)
        elif kind is op.ATOMIC_GROUP:
            yield from repeats(value, before)
        elif kind in _REPEATS:
            yield Repeat(before, ways(value[2]), int(value[1]), value[2][0][0] in (op.SUBPATTERN, op.BRANCH))
            yield from repeats(value[2], before)
        before += ways([(kind, value)])[0] if kind not in (op.ASSERT, op.ASSERT_NOT, op.AT) else ""


def unbounded(pattern: str) -> list[str]:
    """Return what a pattern repeats, words or more, without saying how often at most."""
    return [
        " | ".join(repeat.texts[:5])
        for repeat in repeats(sre_parse.parse(pattern))
        if repeat.group and repeat.most > MOST_REPEATED
    ]


def pumped(pattern: str) -> Iterator[str]:
    """Yield the hostile texts for a pattern; none of them ends as it would have to."""
    bodies = {("", f"{word} ") for word in _SHARED}
    for repeat in repeats(sre_parse.parse(pattern)):
        if repeat.most > 1:
            starts = ("", repeat.before)
            bodies |= {(start, text + end) for text in repeat.texts for start in starts for end in ("", " ")}
    for before, body in sorted(bodies):
        if body:
            yield f"{before}{body * (LENGTH // len(body) + 1)} ~"


def main() -> int:
    """Search every hostile text with its pattern, and ask questions made of such texts."""
    faults, texts = [], set()
    every = sorted(patterns())
    for pattern in every:
        faults += [f"{pattern[:80]}: repeats {words!r} without bound" for words in unbounded(pattern)]
    if not faults:
        for pattern in every:
            searched = _compile(pattern)
            for text in pumped(pattern):
                searched.search(text)
                texts.add(text[:LENGTH])
        _ask_all(sorted(texts)[:: max(len(texts) // 50, 1)])
    sys.stdout.write("\n".join([*faults, f"{len(every)} patterns, {len(texts)} texts", ""]))
    return bool(faults)


def _ask_all(texts: list[str]) -> None:
    from proviso.rules.asking import LONGEST, QuestionError, ask
    from proviso.rules.rulebook import compiled

    policy = compiled("ewloe-green")
    for text in (*texts, *(f"{word} " * LONGEST for word in _SHARED), *(word * LONGEST for word in _SHARED)):
        try:
            ask(policy, text[:LONGEST])
        except QuestionError:
            continue


if __name__ == "__main__":
    sys.exit(main())
