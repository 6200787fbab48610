"""Words that the documents of a policy share."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext

from proviso.documents._blocks import Block, Document
from proviso.documents.policy._content import PolicyContent
from proviso.rules.norms import Policy
from proviso.wording import phrases


def day(on: date) -> str:
    """Return a day as it is written on paper."""
    return date_format(on, "j F Y")


def people(policy: Policy, words: Iterable[str]) -> str:
    """Return people as a policy names them: its own word for several, or each by name."""
    named = (phrases.group(word, policy) if word in policy.groups else phrases.person("who", word) for word in words)
    return capfirst(", ".join(named))


def spelled_out(policy: Policy, words: Iterable[str]) -> str:
    """Return people as a policy names them, with what each of its own words means."""
    names = []
    for word in words:
        members = people(policy, policy.groups[word]) if word in policy.groups else ""
        names.append(people(policy, [word]) + (f" ({members[:1].lower()}{members[1:]})" if members else ""))
    return "; ".join(names)


def version(content: PolicyContent) -> str:
    """Return which version this is, and since when it has been in force."""
    words = gettext("Version %(number)s") % {"number": content.number}
    if content.adopted_on is None:
        return gettext("%(version)s: a draft, not adopted") % {"version": words}
    if content.in_force_from is None:
        return words
    return gettext("%(version)s, in force from %(day)s") % {"version": words, "day": day(content.in_force_from)}


def document(content: PolicyContent, title: str, blocks: Iterable[Block]) -> Document:
    """Return blocks as a document with its title, header and footer."""
    policy = content.policy
    return Document(
        language=content.language,
        dated=content.dated,
        title=title,
        subtitle=policy.establishment,
        author=policy.establishment,
        header=(policy.establishment, title),
        footer=version(content),
        # Translators: the two marks stand for the number of the page and of all pages.
        page=gettext("Page {page} of {pages}"),
        blocks=tuple(blocks),
        look=content.look,
    )
