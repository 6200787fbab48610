"""Laws, guidance, platforms and notes in words: with source, date and how sure they are."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext

from proviso.rules import rulebook
from proviso.rules.norms import Clause, CompiledPolicy, Note
from proviso.rules.rulebook import Platform, Source
from proviso.wording._marking import gettext_noop as _
from proviso.wording.localised import capped, either, english

SURE = {
    "A": _("We have read the text itself."),
    "B": _("We have read a reliable report of it, not the text itself."),
    "C": _("Not verified: nobody here has checked it."),
}


@dataclass(frozen=True)
class Cited:
    """Something that a clause refers to, or a note beside it."""

    name: str
    says: str = ""
    state: str = ""  # what has become of it, where it is no longer what the policy took it for
    source: str = ""
    sure: str = ""
    verified: bool = True


def cited(names: Iterable[str], today: date) -> list[Cited]:
    """Return what a clause refers to; a name that is no reference is another document of the school."""
    reference = rulebook.reference()
    cited_things = []
    for name in names:
        source = reference.laws.get(name) or reference.guidance.get(name)
        platform = reference.platforms.get(name)
        if source:
            cited_things.append(_source(source, today))
        elif platform:
            cited_things.append(_platform(platform))
        else:
            cited_things.append(Cited(english(name), says=gettext("Another document of the school or the authority.")))
    return cited_things


def changed_since(nation: str, after: date, today: date) -> list[Cited]:
    """Return the law, guidance and platforms of a nation that began or ended after a day, until today."""
    reference = rulebook.reference()
    names = reference.changed(nation, after, today)
    begun = {each.id: each.since for each in (*reference.laws.values(), *reference.guidance.values())}
    begun |= {each.id: each.since for each in reference.platforms.values()}
    return [
        replace(each, state=each.state or _begun(begun[name]))
        for name, each in zip(names, cited(names, today), strict=True)
    ]


def _begun(since: date | None) -> str:
    return gettext("Since %(day)s") % {"day": date_format(since, "j F Y")} if since else ""


def touching(clause: Clause, policy: CompiledPolicy, today: date) -> list[Cited]:
    """Return the law and guidance of the policy's nation that touch a clause although it does not name them."""
    return cited(rulebook.reference().touching(clause, policy.policy.nation), today)


def _source(source: Source, today: date) -> Cited:
    state = ""
    if source.until and source.until < today:
        state = gettext("No longer in force since %(day)s") % {"day": date_format(source.until, "j F Y")}
    name, says = either(source.name, source.name_welsh), either(source.says, source.welsh)
    return Cited(name, says, state, either(source.source, None), gettext(SURE[source.sure]), source.sure != "C")


def _platform(platform: Platform) -> Cited:
    says = ""
    if platform.minimum_age:
        says = gettext("Its own terms set a minimum age of %(age)d.") % {"age": platform.minimum_age}
    state = "" if platform.state == "live" else capped(either(platform.state, platform.welsh))
    source = either(platform.source, None)
    return Cited(platform.name, says, state, source, gettext(SURE[platform.sure]), platform.sure != "C")


def note(written: Note) -> Cited:
    """Return a note on law or guidance in words."""
    since = ""
    if written.since > date.min:
        since = gettext("Since %(day)s") % {"day": date_format(written.since, "j F Y")}
    text, source = either(written.text, written.welsh), either(written.source, None)
    return Cited("", text, since, source, gettext(SURE[written.sure]), written.sure != "C")


def notes_on(clause: Clause, policy: CompiledPolicy, today: date) -> list[Cited]:
    """Return the notes that stand beside a clause today."""
    return [note(beside) for beside in policy.notes if clause.id in beside.clauses and beside.in_force(today)]
