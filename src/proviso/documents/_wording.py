"""Words that several documents share."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext

from proviso.documents._content import PolicyDocument
from proviso.documents._sheet import Block, Sheet
from proviso.rules.asking import WORDING
from proviso.rules.norms import Clause, Policy

_ASIDE = re.compile(r"\s*\([^)]*\)")
_NUMBER = re.compile(r"\d+(\.\d+)*")


def day(on: date) -> str:
    """Return a day as it is written on paper."""
    return date_format(on, "j F Y")


def people(policy: Policy, words: Iterable[str]) -> str:
    """Return people as a policy names them: its own word for several, or each by name."""
    named = dict(WORDING["who"].choices)
    told = [_group(policy, word) if word in policy.groups else _ASIDE.sub("", gettext(named[word])) for word in words]
    return capfirst(", ".join(told))


def _group(policy: Policy, word: str) -> str:
    words = word.replace("_", " ")
    return policy.words_welsh.get(words, words) if get_language() == "cy" else words


def spelled_out(policy: Policy, words: Iterable[str]) -> str:
    """Return people as a policy names them, with what each of its own words means."""
    told = []
    for word in words:
        meant = people(policy, policy.groups[word]) if word in policy.groups else ""
        told.append(people(policy, [word]) + (f" ({meant[:1].lower()}{meant[1:]})" if meant else ""))
    return "; ".join(told)


def heading(title: str) -> str:
    """Return a heading; a bare number is called a section."""
    return gettext("Section %(number)s") % {"number": title} if _NUMBER.fullmatch(title) else title


def place(clause: Clause, title: str) -> str:
    """Return a clause's place within its heading: what the heading says already is left out, numbers stay whole."""
    rest = clause.at.removeprefix(title)
    within = title and rest != clause.at and not _NUMBER.fullmatch(title)
    short = (rest.strip(" ,;") if within else clause.at).strip()
    return "" if clause.at == title else short


def version(document: PolicyDocument) -> str:
    """Return which version this is, and since when it has been in force."""
    words = gettext("Version %(number)s") % {"number": document.number}
    if document.adopted_on is None:
        return gettext("%(version)s: a draft, not adopted") % {"version": words}
    if document.in_force_from is None:
        return words
    return gettext("%(version)s, in force from %(day)s") % {"version": words, "day": day(document.in_force_from)}


def sheet(document: PolicyDocument, title: str, blocks: Iterable[Block]) -> Sheet:
    """Return a document with its title, header and footer."""
    policy = document.policy
    return Sheet(
        language=document.language,
        dated=document.dated,
        title=title,
        subtitle=policy.establishment,
        author=policy.establishment,
        header=(policy.establishment, title),
        footer=version(document),
        # Translators: the two marks stand for the number of the page and of all pages.
        page=gettext("Page {page} of {pages}"),
        blocks=tuple(blocks),
    )
