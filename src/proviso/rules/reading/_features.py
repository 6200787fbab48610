"""What a statement is learned by: its words, what the rules say of them, and where it stands."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache

from proviso.rules.language import pattern, read_lexicon
from proviso.rules.reading._clauses import main_clause
from proviso.rules.reading._force import LEXICONS, Force, force_of, plain, stem_kind
from proviso.rules.reading._groups import agent_groups, asked_groups, groups_in, person, subject_groups

Features = dict[str, float]
_WORD = re.compile(r"[a-z][a-z'-]*")
_OWN_SUBJECT = re.compile(r"^(?:[\w' ]{3,40}?)\b(?:must|should|will|may|shall|can|is|are)\b")
_ACCOUNTS = re.compile(
    r"\b(?:official|school|trust|our|college)(?:'s)? (?:\w+ )?(?:accounts?|pages?|channels?|facebook|social "
    r"media accounts?)\b"
)
_PEOPLE = ("staff", "pupils", "parents", "governors", "volunteers", "publishers", "everyone", "leaders")
_ENDINGS = ("ings", "ing", "ies", "ied", "ed", "es", "s", "ly")


@dataclass(frozen=True, slots=True)
class Seen:
    """A statement with what stands around it; `before` is the one before it in the same paragraph, if there is one."""

    text: str
    stem: str = ""
    headings: tuple[str, ...] = ()
    title: str = ""
    mostly: str = "everyone"
    before: Seen | None = None
    forced: Force = field(default_factory=lambda: Force("info", ""))

    @property
    def heading(self) -> str:
        return self.headings[-1] if self.headings else ""


def stemmed(words: str) -> list[str]:
    """Return the words of a text without their endings."""
    return [_stem(word) for word in _WORD.findall(words)]


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


def force_features(seen: Seen) -> Features:
    """Return what the force of a statement is learned by."""
    words, before, heading = plain(seen.text), plain(seen.stem), plain(seen.heading)
    told = force_of(seen.text, seen.stem, seen.heading)
    clause = main_clause(words)
    core, subject = clause.core.split(), stemmed(clause.subject)
    features: Features = {
        f"rule {told.force}": 2.0,
        f"told {told.told_by} {told.force}": 2.0,
        f"stem {stem_kind(before) if before else '-'}": 1.0,
        f"verb {clause.verb}": 1.0,
        f"core {' '.join(core[:2])}": 1.0,
        f"core {' '.join(core[:3])}": 1.0,
        f"subject ends {subject[-1] if subject else '-'}": 0.5,
        f"subject starts {subject[0] if subject else '-'}": 0.7,
        f"who {' '.join(subject_groups(words)[:1])} {clause.verb}": 0.7,
    }
    if before:
        features[f"stem ends {' '.join(before.split()[-2:])}"] = 0.7
        features[f"stem ends {before.split()[-1]}"] = 0.7
    if clause.opening:
        features[f"opens {clause.opening.split()[0]}"] = 0.5
    single = _WORD.findall(words)
    features[f"first {' '.join(single[:1])}"] = 0.7
    features[f"first {' '.join(single[:2])}"] = 0.7
    features |= {f"heading {word}": 0.3 for word in stemmed(heading)}
    features |= {f"word {_stem(word)}": 0.35 for word in single}
    features |= {f"words {one} {other}": 0.35 for one, other in itertools.pairwise(single)}
    features |= {f"person {name}": 0.7 for name in person(words)}
    if len(single) < 6:
        features["short"] = 0.7
    if seen.before is not None:
        features[f"before {force_of(seen.before.text, seen.before.stem, seen.heading).force}"] = 0.4
    return features


@cache
def _topics() -> tuple[tuple[str, tuple[re.Pattern[str], ...]], ...]:
    written = read_lexicon(LEXICONS / "topics.yaml")
    return tuple((name, tuple(re.compile(pattern(each)) for each in entry)) for name, entry in written.items())


@lru_cache(maxsize=8_192)
def topic_words(words: str) -> tuple[tuple[str, float], ...]:
    """Return the topics whose words are found, each with how much of it is found."""
    found = []
    for name, patterns in _topics():
        count = sum(1 for each in patterns for _match in itertools.islice(each.finditer(words), 3))
        if count:
            found.append((name, 1.0 + 0.25 * (count - 1)))
    return tuple(found)


def topic_features(seen: Seen) -> Features:
    """Return what the topics of a statement are learned by."""
    words, before = plain(seen.text), plain(seen.stem)
    single = stemmed(words)
    features: Features = {f"word {word}": 0.7 for word in single}
    features |= {f"words {one} {other}": 0.5 for one, other in itertools.pairwise(single)}
    features |= {f"stem word {word}": 0.35 for word in stemmed(before)}
    for place, heading in enumerate(reversed(seen.headings[-2:])):
        weight = 0.6 if not place else 0.3
        features |= {f"heading {place} {word}": weight for word in stemmed(plain(heading))}
        features |= {f"heading topic {place} {name}": weight * much for name, much in topic_words(plain(heading))}
    found = dict(topic_words(words))
    features |= {f"topic {name}": 2.0 * much for name, much in found.items()}
    features |= {f"stem topic {name}": 0.7 * much for name, much in topic_words(before)}
    if len(found) == 1:
        features[f"only topic {next(iter(found))}"] = 1.5
    for one, other in itertools.combinations(sorted(found), 2):
        features[f"topics {one} {other}"] = 0.5
    told = seen.forced.force
    features[f"force {told}"] = 0.5
    features |= {f"{told} topic {name}": 0.7 for name in found}
    if seen.before is not None:
        features |= {f"before topic {name}": 0.5 * much for name, much in topic_words(plain(seen.before.text))}
    return features


@lru_cache(maxsize=8_192)
def told_audience(seen: Seen) -> tuple[str, str]:
    """Return whom a statement binds, and where that is said: its subject, stem, agent, headings, or the document."""
    words, before = plain(seen.text), plain(seen.stem)
    asked = asked_groups(words) or asked_groups(before)
    if asked:
        return asked[0], "asked"
    agents = agent_groups(words)
    if agents:
        return agents[0], "agent"
    passive = _is_told(words)
    named = subject_groups(words) if not before or _OWN_SUBJECT.search(words) else ()
    for source, groups in (
        ("subject", [] if passive else named),
        ("stem", subject_groups(before) or groups_in(before)),
    ):
        if groups and (groups[0] != "school" or seen.forced.force == "required"):
            return groups[0], source
    if seen.before is not None:
        earlier, source = told_audience(seen.before)
        if source in ("subject", "stem", "before") and earlier not in ("school", "leaders", "dsl"):
            return earlier, "before"
    for place, heading in enumerate(reversed(seen.headings)):
        group = _headed(plain(heading), seen.mostly)
        if group:
            return group, f"heading {min(place, 2)}"
    return seen.mostly, "document"


def _is_told(words: str) -> bool:
    """Whether the subject only hears of something (`the headteacher must be told`), or has it done to them."""
    rest = main_clause(words).rest
    return (
        re.match(
            r"(?:also |always |\w+ly )?be (?:\w+ly )?(?:told|informed|notified|contacted|consulted|asked for|"
            r"involved|photographed|shown|named|filmed|identified|given|taught|supported|seated|added|approached)\b",
            rest,
        )
        is not None
    )


def _headed(heading: str, mostly: str) -> str:
    """Return whom a heading names as those whom its section is for."""
    if _ACCOUNTS.search(heading):
        return "publishers"
    named = groups_in(re.sub(r"\b(?:with|about|between|to|of|by|from|against|on behalf)\b.*", "", heading))
    groups = [group for group in named if group not in ("school", "dsl", "leaders")]
    if not groups or (mostly in ("staff", "publishers") and groups[0] in ("pupils", "parents")):
        return ""
    return groups[0]


def audience_features(seen: Seen) -> Features:
    """Return what the audience of a statement is learned by."""
    words, before = plain(seen.text), plain(seen.stem)
    told, source = told_audience(seen)
    force = seen.forced.force
    features: Features = {
        f"told {told}": 3.0,
        f"told {told} by {source}": 2.0,
        f"told {told} {force}": 0.7,
        f"mostly {seen.mostly}": 0.7,
        f"source {source}": 0.3,
        f"{source} {force} {seen.mostly}": 0.7,
    }
    for name, groups, weight in (
        ("subject", subject_groups(words), 1.0),
        ("stem", subject_groups(before) or groups_in(before) if before else (), 1.0),
        ("agent", agent_groups(words), 1.0),
    ):
        features |= {f"{name} {group}": weight / (1 + place) for place, group in enumerate(groups)}
        features[f"{name} all {' '.join(groups)}"] = weight * 0.7
    for place, heading in enumerate(reversed(seen.headings[-3:])):
        features |= {f"heading {place} {group}": 0.6 for group in groups_in(plain(heading))}
        if not place:
            features |= {f"heading word {word}": 0.25 for word in stemmed(plain(heading))}
    clause = main_clause(words)
    features[f"verb {clause.verb}"] = 0.3
    features[f"verb {clause.verb} {told}"] = 0.4
    passive = re.match(r"(?:\w+ )?(?:be|been|being) \w+", clause.rest) is not None
    features[f"passive {passive} {source} {told}"] = 0.7
    features |= {f"person {name} {told}": 0.7 for name in person(f"{before} {words}")}
    features |= {f"named {group}": 0.2 for group in groups_in(words)}
    features |= {f"word {word}": 0.2 for word in stemmed(words)}
    features |= {f"topic {name}": 0.25 for name, _much in topic_words(words)}
    return features


def mostly(opening: str, scope: Sequence[str], subjects: Mapping[str, int]) -> str:
    """Return whom a document is for: whom its title names, else its sentences about its scope, else its subjects."""
    whole = [
        sentence
        for sentence in scope
        if not re.search(r"\b(?:section|part|chapter|page|rules?) (?:\d|[A-Z]\b|is\b)|sections?\b", sentence)
    ]
    for words in (opening, " ".join(whole[:3])):
        named = [group for group in groups_in(plain(words)) if group in _PEOPLE]
        staff = [group for group in named if group in ("staff", "volunteers", "publishers", "leaders")]
        if len(named) == 1 and named[0] != "leaders":
            return named[0]
        if (
            named
            and len(staff) == len([group for group in named if group not in ("everyone", "governors")])
            and "staff" in staff
        ):
            return "staff"
        if len([group for group in named if group in ("staff", "pupils", "parents", "everyone")]) > 1:
            return "everyone"
    people = {group: count for group, count in subjects.items() if group in _PEOPLE}
    best = max(people, key=lambda group: people[group], default="everyone")
    return best if people and people[best] > 0.7 * sum(people.values()) else "everyone"
