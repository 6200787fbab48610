"""People, acts and ways, as the parts of a sentence; `sentences` puts them together."""

import re
from collections.abc import Iterable, Sequence

from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_noop as _

from proviso.rules.asking import WORDING
from proviso.rules.norms import Condition, Policy
from proviso.web.welsh import put
from proviso.web.written import plain

# What somebody may or may not do: alone, towards another person, and in a list with other deeds.
ACTS: dict[str, tuple[str, str | None, str]] = {
    "connect": (_("connect"), _("connect with %(with)s"), _("connect")),
    "communicate": (_("communicate"), _("communicate with %(with)s"), _("communicate")),
    "view": (_("look at somebody’s page"), _("look at the page of %(with)s"), _("look at somebody’s page")),
    "ask_details": (
        _("ask somebody for personal information"),
        _("ask %(with)s for personal information"),
        _("ask for personal information"),
    ),
    "give_details": (
        _("give out personal contact details"),
        _("give personal contact details to %(with)s"),
        _("give out personal contact details"),
    ),
    "give_login": (
        _("let somebody have a login or password"),
        _("let %(with)s have a login or password"),
        _("share a login or password"),
    ),
    "post": (_("post text, a link or a comment"), None, _("post")),
    "post_picture": (_("post a photograph or video"), None, _("publish pictures")),
    "state_employer": (_("name the school or the job on a personal page"), None, _("name the school or the job")),
    "register": (_("open an account on a platform"), None, _("open an account")),
    "browse": (_("use social media without posting"), None, _("use social media")),
    "edit_encyclopaedia": (_("change an open online encyclopaedia"), None, _("change an online encyclopaedia")),
    "open_channel": (_("create an official site, page, account or group"), None, _("create an official site")),
    "vet_applicant": (
        _("look up a job applicant online"),
        _("look up a job applicant online"),
        _("look up applicants"),
    ),
    "take_picture": (_("take photographs or film at work"), None, _("take pictures at work")),
    "hold_material": (_("have, open or link to unsuitable material"), None, _("have unsuitable material")),
    "expose_pupils": (_("let pupils see unsuitable images or links"), None, _("let pupils see unsuitable material")),
    "pose_as_child": (_("pretend to be a child online"), None, _("pretend to be a child online")),
    "use_information": (
        _("use or pass on information learned through the job"),
        None,
        _("pass on information learned through the job"),
    ),
    "browse_web": (_("use the internet for private purposes"), None, _("use the internet privately")),
    "link_pupils": (
        _("set up a way for pupils to communicate with one another"),
        None,
        _("link pupils with one another"),
    ),
    "delete_evidence": (_("delete messages or posts that show abuse"), None, _("delete what shows abuse")),
}
# What has happened, from whom or about whom.
HAPPENED: dict[str, tuple[str, str]] = {
    "receive": (
        _("a message, comment or request has come in"),
        _("a message, comment or request has come in from %(with)s"),
    ),
    "suffer_abuse": (
        _("somebody is bullied, threatened or attacked online"),
        _("somebody is bullied, threatened or attacked online by %(with)s"),
    ),
    "see_abuse": (
        _("there is abuse or unsuitable contact"),
        _("there is abuse or unsuitable contact that concerns %(with)s"),
    ),
    "find_material": (_("indecent or unsuitable material has been found"), ""),
}
THROUGH = {
    "personal_account": _("on a personal account"),
    "official_channel": _("on an official account of the school"),
    "agreed_channel": _("on a secure channel that the school has agreed"),
    "school_contact": _("by school e-mail or the school telephone"),
    "personal_contact": _("by personal e-mail or telephone"),
    "staff_group": _("in a chat or group of colleagues"),
}
WHEN = {
    "lesson": _("in lesson time"),
    "working_hours": _("in working hours, outside lessons"),
    "break": _("in a break inside the school day"),
    "own_time": _("outside working hours"),
}
OTHERS = {"public": _("a member of the public")}  # the choice in `WORDING` is no name for a person
FACTS = {
    "who": _("Who"),
    "act": _("What"),
    "with": _("The other person"),
    "through": _("By what way"),
    "when": _("When"),
}
WAYLESS = {"browse", "open_channel", "register", "state_employer", "vet_applicant"}  # these name their way themselves
_ALIKE = {"connect", "communicate"}  # these two share their preposition
_ANYTHING = 15  # a group word for as many acts as this means whatever anybody does
_ASIDE = re.compile(r"\s*\([^)]*\)")


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
    return gettext(dict(WORDING[fact].choices).get(value, value))


def person(fact: str, value: str) -> str:
    """Return somebody in a few words, without the examples in brackets."""
    return gettext(OTHERS[value]) if fact == "with" and value in OTHERS else _ASIDE.sub("", choice(fact, value))


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
    told = []
    for word in words:
        if word in policy.groups:
            told.append(f"{group(word, policy)} ({people('who', policy.groups[word])})")
        else:
            told.append(person("who", word))
    return capfirst("; ".join(told))


def deed(acts: Sequence[str], others: str, policy: Policy | None = None) -> str:
    """Say what is done, as an infinitive without *to*, towards `others` if any."""
    listed = policy.expand(tuple(acts)) if policy else tuple(acts)
    if not listed or len(listed) >= _ANYTHING:
        words = gettext("do anything")
    elif len(listed) == 1:
        alone, towards, _short = ACTS[listed[0]]
        if others and towards:
            return put(gettext(towards), **{"with": others})
        words = gettext(alone)
    else:
        words = either(gettext(ACTS[act][2]) for act in listed if act in ACTS)
    if not others:
        return words
    if set(listed) <= _ALIKE:
        return put(gettext("%(deed)s with %(with)s"), **{"deed": words, "with": others})
    return put(gettext("%(deed)s where the other person is %(with)s"), **{"deed": words, "with": others})


def happening(acts: Sequence[str], others: str) -> str:
    """Say what has happened, from `others` or about them if any."""
    return either(
        put(gettext(HAPPENED[act][1]), **{"with": others}) if others and HAPPENED[act][1] else gettext(HAPPENED[act][0])
        for act in acts
        if act in HAPPENED
    )


def circumstances(through: Sequence[str], when: Sequence[str]) -> str:
    """Say by what way and at what time, to follow a deed; empty where neither is known."""
    ways = either(gettext(THROUGH[way]) for way in through) if through else ""
    times = either(gettext(WHEN[time]) for time in when) if when else ""
    return " ".join(part for part in (ways, times) if part)


def flags(so: Iterable[str], not_so: Iterable[str] = ()) -> list[str]:
    """Say each flag that holds and each that does not, as clauses of a sentence."""
    return [*(gettext(WORDING[flag].so) for flag in so), *(gettext(WORDING[flag].not_so) for flag in not_so)]


def condition(written: Condition, policy: Policy) -> str:
    """Say a condition as it follows *unless* or *because*."""
    values = dict(written.values)
    told = []
    if "who" in values:
        told.append(put(gettext("it is %(who)s"), who=those(policy, values["who"])))
    if "act" in values:
        happened = [act for act in values["act"] if act in HAPPENED]
        told.append(
            happening(happened, "")
            if happened
            else put(gettext("it is to %(deed)s"), deed=deed(values["act"], "", policy))
        )
    if "with" in values:
        others = those(policy, values["with"], "with")
        told.append(put(gettext("the other person is %(with)s"), **{"with": others}))
    around = circumstances(policy.expand(values.get("through", ())), policy.expand(values.get("when", ())))
    if around:
        told.append(put(gettext("it is %(around)s"), around=around))
    told += flags(written.flags, written.no)
    if written.either:
        told.append(any_of(written.either))
    return both(told) if told else gettext("always")


def any_of(names: Sequence[str]) -> str:
    """Say that at least one of some flags holds."""
    return either(flags(names))


def kinds(count: int) -> str:
    return ngettext("%(count)d kind of conduct", "%(count)d kinds of conduct", count) % {"count": count}


def mentioned(written: Condition) -> set[str]:
    """Return the facts that a condition mentions."""
    return {*dict(written.values), *written.flags, *written.no, *written.either}
