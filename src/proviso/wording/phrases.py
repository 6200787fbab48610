"""People, acts, ways and flags, as the parts of a sentence, and `put`, which puts parts into one."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext

from proviso.rules.norms import Condition, Facts, FactValue, Phrase, Policy
from proviso.rules.rulebook import topics, vocabulary
from proviso.wording.localised import plain
from proviso.wording.welsh_grammar import FORMS, is_welsh

_ANYTHING = 15  # a group word for as many acts as this means whatever anybody does
_ASIDE = re.compile(r"\s*\([^)]*\)")


class _InForm(dict[str, str]):
    """What is put into a sentence; a part with a form's name after it is made when it is asked for."""

    def __missing__(self, name: str) -> str:
        part, _underscore, form = name.rpartition("_")
        phrase = self[part]
        made = FORMS[form](phrase)
        return mark_safe(made) if isinstance(phrase, SafeString) else made  # noqa: S308  # what was safe stays so


def put(frame: str, **parts: str) -> str:
    """Return a translated frame with its parts in it, in the form that the frame asks for.

    Where a part is HTML (words of a policy in another language), the sentence is, and the rest is escaped.
    """
    if any(isinstance(part, SafeString) for part in parts.values()):
        escaped = _InForm({name: conditional_escape(part) for name, part in parts.items()})
        return mark_safe(conditional_escape(frame) % escaped)  # noqa: S308  # every part was escaped one line above
    return frame % _InForm(parts)


def either(words: Iterable[str]) -> str:
    """Join alternatives: `a, b or c`; empty where there are none."""
    return _joined(gettext("%(many)s or %(last)s"), words)


def both(words: Iterable[str]) -> str:
    """Join what holds together: `a, b and c`; empty where there is nothing."""
    return _joined(gettext("%(many)s and %(last)s"), words)


def _joined(frame: str, words: Iterable[str]) -> str:
    *many, last = [*words] or [""]
    return put(frame, many=", ".join(many), last=last) if many else last


def phrase_words(phrase: Phrase) -> str:
    """Return words of the vocabulary in the reader's language."""
    return phrase.cy if phrase.cy and is_welsh() else phrase.en


def fact_words(fact: str, *names: str) -> str:
    """Return the first of a fact's words that it has, in the reader's language; empty where it has none of them."""
    words = vocabulary().facts[fact].words
    return next((phrase_words(words[name]) for name in names if name in words), "")


def value_words(fact: str, value: str, *names: str) -> str:
    """Return the first of a value's words that it has, in the reader's language; empty where it has none of them."""
    details = vocabulary().facts[fact].details
    words = details[value].words if value in details else {}
    return next((phrase_words(words[name]) for name in names if name in words), "")


def has_trait(fact: str, value: FactValue, trait: str) -> bool:
    """Whether a value of a fact has a trait."""
    return value in vocabulary().values_with(fact, trait)


def choices(fact: str) -> list[tuple[str, str]]:
    """Return the answers to a fact in words: its values, or yes and no for a flag."""
    values = vocabulary().facts[fact].values
    if values:
        return [(value, choice(fact, value)) for value in values]
    return [("yes", gettext("Yes")), ("no", gettext("No"))]


def topic(name: str) -> str:
    """Return a topic's name; a topic of a site's own is called by its id."""
    return phrase_words(topics()[name].name) if name in topics() else name.replace("-", " ")


def choice(fact: str, value: str) -> str:
    """Return a value of a fact in the words of its question."""
    return value_words(fact, value, "choice") or value


def person(fact: str, value: str) -> str:
    """Return somebody in a few words, without the examples in brackets."""
    return value_words(fact, value, "person") or _ASIDE.sub("", choice(fact, value))


def people(fact: str, values: Sequence[str]) -> str:
    return either(dict.fromkeys(person(fact, value) for value in values))


def one_person(fact: str, values: Sequence[str]) -> str:
    """Return somebody who is several things at once: `a teacher who is also a parent`."""
    first, *also = dict.fromkeys(person(fact, value) for value in values) or [""]
    return put(gettext("%(who)s who is also %(also)s"), who=first, also=both(also)) if also else first


def group(word: str, policy: Policy | None = None) -> str:
    """Return a policy's own word for several people or acts."""
    return plain(word.replace("_", " "), policy)


def those(policy: Policy, words: Sequence[str], fact: str = "who") -> str:
    """Return people as a policy names them: its group words stand as they are."""
    return either(group(word, policy) if word in policy.groups else person(fact, word) for word in words)


def spelled_out(policy: Policy, words: Sequence[str]) -> str:
    """Return people as a policy names them, with what each group word means."""
    named = []
    for word in words:
        if word in policy.groups:
            named.append(f"{group(word, policy)} ({people('who', policy.groups[word])})")
        else:
            named.append(person("who", word))
    return capfirst("; ".join(named))


@dataclass(frozen=True)
class Parts:
    """What the facts of a situation say, as parts of a sentence.

    Either somebody does something (`deed`, an infinitive without *to*) or something happens to *you* (`event`), with
    whom, by what way and when. `so` are the flags that hold, `harms` who is harmed and by what signs that shows.
    """

    deed: str
    event: str
    so: tuple[str, ...]
    harms: tuple[str, ...]


def parts(facts: Facts) -> Parts:
    """Return the parts of a sentence on a situation."""
    act = facts.get("act")
    others = one_person("with", listed(facts.get("with")))
    ways = [] if has_trait("act", act, "wayless") else listed(facts.get("through"))
    around = circumstances(ways, listed(facts.get("when")))
    so = [name for name, value in facts.items() if value is True]
    event = ""
    if isinstance(act, str) and vocabulary().has_happened(act):
        happens = value_words("act", act, "to_you")
        if act == "receive" and "friend_request" in so:
            happens = gettext("You get a request to connect")
            so.remove("friend_request")
        towards = value_words("act", act, "to_you_towards") if others else ""
        event = _spaced(happens, put(towards, **{"with": others}), around)
    core = "" if event else deed(listed(act), others, around)
    harmed = harms(listed(facts.get("harmed")), listed(facts.get("harm")))
    return Parts(core, event, tuple(flags(so)), tuple(harmed))


def deed(acts: Sequence[str], others: str, around: str = "") -> str:
    """Say what is done, as an infinitive without *to*, towards `others` if any, by what way and when."""
    words = either(filter(None, (value_words("act", act, "deed_short") for act in acts)))
    towards = ""
    if not acts or len(acts) >= _ANYTHING:
        words = gettext("do anything")
    elif len(acts) == 1:
        words = value_words("act", acts[0], "deed")
        towards = value_words("act", acts[0], "deed_towards")
    if others and not towards:
        towards = gettext("%(deed)s where the other person is %(with)s")
        if all(has_trait("act", act, "shares_with") for act in acts):
            towards = gettext("%(deed)s with %(with)s")
    return _spaced(put(towards, **{"deed": words, "with": others}) if others else words, around)


def happening(acts: Sequence[str], others: str, around: str = "") -> str:
    """Say what has happened, from `others` or about them if any, by what way and when."""
    return _spaced(either(filter(None, (_event(act, others) for act in acts))), around)


def _event(act: str, others: str) -> str:
    towards = value_words("act", act, "event_towards")
    return put(towards, **{"with": others}) if others and towards else value_words("act", act, "event")


def circumstances(through: Sequence[str], when: Sequence[str]) -> str:
    """Say by what way and at what time, to follow a deed; empty where neither is known."""
    ways = either(value_words("through", way, "around") for way in through)
    return _spaced(ways, either(value_words("when", time, "around") for time in when))


def where(core: str, so: str) -> str:
    """Say on what a deed or an event turns, if on anything."""
    return put(gettext("%(deed)s where %(so)s"), deed=core, so=so) if so else core


def _spaced(*words: str) -> str:
    return " ".join(filter(None, words))


def flags(so: Iterable[str], not_so: Iterable[str] = ()) -> list[str]:
    """Say each flag that holds and each that does not, as clauses of a sentence."""
    return [*(fact_words(flag, "so") for flag in so), *(fact_words(flag, "not_so") for flag in not_so)]


def condition(written: Condition, policy: Policy) -> str:
    """Say a condition as it follows *unless* or *because*."""
    values = dict(written.values)
    clauses = []
    if "who" in values:
        clauses.append(put(gettext("it is %(who)s"), who=those(policy, values["who"])))
    if "act" in values:
        happened = [act for act in values["act"] if vocabulary().has_happened(act)]
        clauses.append(
            happening(happened, "") or put(gettext("it is to %(deed)s"), deed=deed(policy.expand(values["act"]), ""))
        )
    if "with" in values:
        others = those(policy, values["with"], "with")
        clauses.append(put(gettext("the other person is %(with)s"), **{"with": others}))
    clauses += harms(values.get("harmed", ()), values.get("harm", ()))
    around = circumstances(policy.expand(values.get("through", ())), policy.expand(values.get("when", ())))
    if around:
        clauses.append(put(gettext("it is %(around)s"), around=around))
    clauses += flags(written.flags, written.no)
    if written.either:
        clauses.append(either(flags(written.either)))
    return both(clauses) or gettext("always")


def harms(harmed: Sequence[str], signs: Sequence[str]) -> list[str]:
    """Say who is harmed and what signs of harm there are (any of them will do), as clauses of a sentence."""
    clauses = [put(gettext("who is harmed is %(who)s"), who=people("harmed", harmed))] if harmed else []
    return [*clauses, either(choice("harm", sign) for sign in signs)] if signs else clauses


def kinds(count: int) -> str:
    return ngettext("%(count)d kind of conduct", "%(count)d kinds of conduct", count) % {"count": count}


def mentioned(written: Condition) -> set[str]:
    """Return the facts that a condition mentions."""
    return {*dict(written.values), *written.flags, *written.no, *written.either}


def listed(value: FactValue) -> list[str]:
    """Return the values of a fact, none where it has none."""
    if isinstance(value, str):
        return [value]
    return [] if value is None or isinstance(value, bool) else list(value)
