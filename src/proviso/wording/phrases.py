"""People, acts, ways and flags, as the parts of a sentence; the other modules put them together."""

import re
from collections.abc import Iterable, Sequence

from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext

from proviso.rules.norms import Condition, FactValue, Phrase, Policy
from proviso.rules.rulebook import topics, vocabulary
from proviso.wording.localised import plain
from proviso.wording.welsh_grammar import is_welsh, put

_ANYTHING = 15  # a group word for as many acts as this means whatever anybody does
_ASIDE = re.compile(r"\s*\([^)]*\)")


def said(phrase: Phrase) -> str:
    """Return words of the vocabulary in the reader's language."""
    return phrase.cy if phrase.cy and is_welsh() else phrase.en


def fact_words(fact: str, *names: str) -> str:
    """Return the first of a fact's words that it has, in the reader's language; empty where it has none of them."""
    words = vocabulary().facts[fact].words
    return next((said(words[name]) for name in names if name in words), "")


def value_words(fact: str, value: str, *names: str) -> str:
    """Return the first of a value's words that it has, in the reader's language; empty where it has none of them."""
    details = vocabulary().facts[fact].details
    words = details[value].words if value in details else {}
    return next((said(words[name]) for name in names if name in words), "")


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
    return said(topics()[name].name) if name in topics() else name.replace("-", " ")


def either(words: Iterable[str]) -> str:
    """Join alternatives: `a, b or c`."""
    *many, last = words
    return put(gettext("%(many)s or %(last)s"), many=", ".join(many), last=last) if many else last


def both(words: Iterable[str]) -> str:
    """Join what holds together: `a, b and c`."""
    *many, last = words
    return put(gettext("%(many)s and %(last)s"), many=", ".join(many), last=last) if many else last


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
    first, *also = dict.fromkeys(person(fact, value) for value in values)
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


def deed(acts: Sequence[str], others: str, policy: Policy | None = None) -> str:
    """Say what is done, as an infinitive without *to*, towards `others` if any."""
    listed = policy.expand(tuple(acts)) if policy else tuple(acts)
    if not listed or len(listed) >= _ANYTHING:
        words = gettext("do anything")
    elif len(listed) == 1:
        towards = value_words("act", listed[0], "deed_towards")
        if others and towards:
            return put(towards, **{"with": others})
        words = value_words("act", listed[0], "deed")
    else:
        words = either(filter(None, (value_words("act", act, "deed_short") for act in listed)))
    if not others:
        return words
    if all(has_trait("act", act, "shares_with") for act in listed):
        return put(gettext("%(deed)s with %(with)s"), **{"deed": words, "with": others})
    return put(gettext("%(deed)s where the other person is %(with)s"), **{"deed": words, "with": others})


def happening(acts: Sequence[str], others: str) -> str:
    """Say what has happened, from `others` or about them if any."""
    return either(filter(None, (_event(act, others) for act in acts)))


def _event(act: str, others: str) -> str:
    towards = value_words("act", act, "event_towards")
    return put(towards, **{"with": others}) if others and towards else value_words("act", act, "event")


def circumstances(through: Sequence[str], when: Sequence[str]) -> str:
    """Say by what way and at what time, to follow a deed; empty where neither is known."""
    ways = either(value_words("through", way, "around") for way in through) if through else ""
    times = either(value_words("when", time, "around") for time in when) if when else ""
    return " ".join(part for part in (ways, times) if part)


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
            happening(happened, "")
            if happened
            else put(gettext("it is to %(deed)s"), deed=deed(values["act"], "", policy))
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
        clauses.append(any_of(written.either))
    return both(clauses) if clauses else gettext("always")


def harms(harmed: Sequence[str], signs: Sequence[str]) -> list[str]:
    """Say who is harmed and what signs of harm there are (any of them will do), as clauses of a sentence."""
    clauses = [put(gettext("who is harmed is %(who)s"), who=people("harmed", harmed))] if harmed else []
    return [*clauses, either(choice("harm", sign) for sign in signs)] if signs else clauses


def any_of(names: Sequence[str]) -> str:
    """Say that at least one of some flags holds."""
    return either(flags(names))


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
