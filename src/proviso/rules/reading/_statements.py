"""From passages to statements: what each asks, of whom, about what, and how sure the reading is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from proviso.rules.language import lexicon_in_use, opened, vectors_of
from proviso.rules.reading._features import (
    Seen,
    audience_features,
    force_features,
    mostly,
    told_audience,
    topic_features,
    topic_words,
)
from proviso.rules.reading._force import Force, force_of, plain
from proviso.rules.reading._groups import subject_groups
from proviso.rules.reading._learned import Scores, heads
from proviso.rules.reading._passages import Outline, Passage
from proviso.rules.reading._sentences import duties, listed, sentences
from proviso.rules.rulebook import vocabulary

MOST_READ_FOR_MEANING = 120
MOST_READ_IN_FULL = 900  # of longer documents the rest is read by the rules alone: far more than a policy has
_MOST_FACTS_IN = 200
_LONGEST = 600
_ASKS = re.compile(r"\b(?:must|should|shall|may|not|never|cannot|need)\b|n[’']t\b", re.I)
_WITH = {
    "PUPIL": "pupil",
    "PARENT": "parent",
    "FORMER": "former_pupil",
    "COLLEAGUE": "colleague",
    "APPLICANT": "applicant",
}


@dataclass(frozen=True, slots=True)
class Confidence:
    """How often readings as sure as this one are right, from 0 to 1, for each of what is read."""

    force: float
    who: float
    topics: float

    @property
    def least(self) -> float:
        return min(self.force, self.who, self.topics)


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing that a policy says, in its own words, with its place and how it was read."""

    text: str
    stem: str
    heading: str
    at: str
    page: int
    force: str
    who: tuple[str, ...]
    topics: tuple[str, ...]
    facts: tuple[str, ...]
    told_by: str
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class Cut:
    """The words of one statement in their passage; `follows` says that it goes on from the one before it."""

    text: str
    stem: str
    passage: Passage
    follows: bool


def cuts_of(outline: Outline) -> Iterator[Cut]:
    """Yield the words of each statement."""
    for passage in outline.passages:
        stem, items = listed(passage.text)
        if passage.whole:
            yield Cut(passage.text, passage.stem, passage, follows=False)
        elif items:
            for item in items:
                yield Cut(item, f"{passage.stem} {stem}".strip(), passage, follows=False)
        else:
            yield from _of_prose(passage)


def _of_prose(passage: Passage) -> Iterator[Cut]:
    first = True
    for place, sentence in enumerate(sentences(passage.text)):
        stem = passage.stem if not place else ""
        for part in _parts(sentence, stem):
            if any(char.isalpha() for char in part):
                yield Cut(part, stem if part is not None else "", passage, follows=not first)
                first = False


def _parts(sentence: str, stem: str) -> list[str]:
    """Return the parts of a sentence that ask for something of their own: what only tells stays with the rest."""
    parts = duties(sentence)
    if len(parts) < 2:
        return [sentence]
    forces = [force_of(part, stem).force for part in parts]
    telling = [force == "info" and not _ASKS.search(part) for force, part in zip(forces, parts, strict=True)]
    alike = len(set(forces)) == 1 and forces[0] in ("info", "consequence", "caution")
    return _joined(sentence, parts, telling) if alike or all(telling) else parts


def _joined(sentence: str, parts: list[str], telling: Sequence[bool]) -> list[str]:
    """Return the parts with each that only tells joined to its neighbour, in the words of the sentence."""
    starts = []
    place = 0
    for number, part in enumerate(parts):
        start = sentence.find(part, place)
        place = start + len(part)
        joins = number and (not any(telling) or telling[number] or telling[number - 1])
        if not joins:
            starts.append(start)
    ends = [*starts[1:], len(sentence)]
    return [
        sentence[start:end].strip(" ,;") if end < len(sentence) else sentence[start:end].strip()
        for start, end in zip(starts, ends, strict=True)
    ]


def seen_of(outline: Outline, cuts: Sequence[Cut]) -> list[Seen]:
    """Return each statement with what stands around it."""
    subjects = Counter(groups[0] for cut in cuts if (groups := subject_groups(plain(cut.stem or cut.text))))
    for_whom = mostly(*outline.about(), subjects)
    found: list[Seen] = []
    for cut in cuts:
        before = found[-1] if cut.follows and found else None
        if before is not None and before.before is not None:
            before = replace(before, before=replace(before.before, before=None))
        found.append(Seen(cut.text, cut.stem, cut.passage.headings, outline.title, for_whom, before))
    return found


def statements_of(outline: Outline) -> list[Statement]:
    """Return the statements of a document."""
    cuts = list(cuts_of(outline))
    seen = seen_of(outline, cuts)
    known = heads()
    forces = [known["force"].scores(force_features(each)) for each in seen[:MOST_READ_IN_FULL]]
    forces += [_by_rule(force_of(each.text, each.stem, each.heading).force) for each in seen[MOST_READ_IN_FULL:]]
    seen = [replace(each, forced=Force(force.best, "")) for each, force in zip(seen, forces, strict=True)]
    who = [known["who"].scores(audience_features(each)) for each in seen[:MOST_READ_IN_FULL]]
    who += [_by_rule(told_audience(each)[0]) for each in seen[MOST_READ_IN_FULL:]]
    topics = _topics(seen[:MOST_READ_IN_FULL])
    topics += [_by_rule(_likeliest(each)) for each in seen[MOST_READ_IN_FULL:]]
    return [
        _statement(cut, each, forces[number], who[number], topics[number], with_facts=number < _MOST_FACTS_IN)
        for number, (cut, each) in enumerate(zip(cuts, seen, strict=True))
    ]


def _most_for_meaning(statements: int) -> int:
    """Return for how many statements there is time to look at their meaning."""
    return MOST_READ_FOR_MEANING if statements < MOST_READ_IN_FULL else MOST_READ_FOR_MEANING // 3


def _by_rule(answer: str) -> Scores:
    return Scores(((answer, 1.0), ("", 0.0)), 0.5)


def _likeliest(seen: Seen) -> str:
    """Return the topic for which most words speak."""
    return max(topic_words(plain(seen.text)), key=lambda found: found[1], default=("other", 0.0))[0]


def _topics(seen: Sequence[Seen]) -> list[Scores]:
    """Return the scores of the topics; the least sure are read for their meaning, too, as far as time allows."""
    known = heads()
    features = [topic_features(each) for each in seen]
    scores = [known["topic"].scores(each) for each in features]
    unsure = sorted(range(len(seen)), key=lambda number: (scores[number].margin, number))[
        : _most_for_meaning(len(seen))
    ]
    vectors = vectors_of(f"{seen[number].stem} {seen[number].text}".strip() for number in unsure)
    for number, vector in zip(unsure, vectors, strict=True):
        scores[number] = known["topic meaning"].scores(features[number], vector)
    return scores


def _statement(cut: Cut, seen: Seen, force: Scores, who: Scores, topics: Scores, *, with_facts: bool) -> Statement:
    told = force_of(seen.text, seen.stem, seen.heading)
    return Statement(
        text=cut.text,
        stem=cut.stem,
        heading=cut.passage.heading,
        at=cut.passage.at,
        page=cut.passage.page,
        force=force.best,
        who=_several(who, 0.72, 3),
        topics=_several(topics, 0.6, 3),
        facts=facts_in(f"{cut.stem} {cut.text}") if with_facts else (),
        told_by=told.told_by if told.force == force.best else "like others that were labelled",
        confidence=Confidence(force.sure, who.sure, topics.sure),
    )


def _several(scores: Scores, share: float, most: int) -> tuple[str, ...]:
    """Return the best answer and those for which nearly as much speaks."""
    best = scores.ranked[0][1]
    return tuple(name for name, score in scores.ranked[:most] if score >= best * share and score > 0.2) or (
        scores.best,
    )


def facts_in(text: str) -> tuple[str, ...]:
    """Return the facts of the vocabulary that a statement speaks of."""
    lexicon = lexicon_in_use()
    words = opened(text, _LONGEST)
    tagged = lexicon.tag(words)
    flags = lexicon.flags_in(words, tagged, [name for name, fact in vocabulary().facts.items() if not fact.values])
    found = [f"with={_WITH[word]}" for word in dict.fromkeys(tagged.split()) if word in _WITH]
    return (*found, *(name if value else f"no:{name}" for name, value in flags.items()))
