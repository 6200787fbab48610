"""What to do at once when a child may come to harm, and what a nation's law and guidance say, in words.

The roles (the safeguarding lead, the headteacher, the chair) have no names here: whoever knows the school gives them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext

from proviso.rules import rulebook
from proviso.rules.answers import Answer
from proviso.rules.norms import Beside, Clause, NamedContact, Ruling, beside, first
from proviso.rules.rulebook import Contact, ProtectiveStep
from proviso.wording._marking import gettext_noop as _
from proviso.wording.clauses import QuotedClause, quotations
from proviso.wording.phrases import listed, phrase_words, put
from proviso.wording.references import SURE
from proviso.wording.rulings import DutiesOfOthers, DutyInWords, reasons

_NOT_CHECKED = "C"
_IMAGES = frozenset(("sexual_image", "sextortion"))
_CONDUCT = frozenset(("adult_conduct", "headteacher_conduct", "governor_conduct"))
_BESIDE = {
    Beside.POLICY_SILENT: _("Your policy does not mention this. National guidance says:"),
    Beside.POLICY_STRICTER: _("National guidance says less than your policy. Your policy is stricter: follow it."),
    Beside.BASELINE_STRICTER: _("National guidance says more than your policy. National guidance is stricter."),
}
_NATIONAL = {
    "prohibited": _("Do not do it."),
    "discouraged": _("Better not."),
    "caution": _("Take great care."),
    "permitted": _("It can be done."),
    "required": _("There is something that must be done."),
}


@dataclass(frozen=True)
class ContactInWords:
    """Somebody to turn to; `kind` is `role`, `phone`, `text` or `web`, `person` who holds a role, if that is known.

    `dial` is the number without spaces, for a link; `hours` are empty where they are not sure.
    """

    id: str
    kind: str
    name: str
    person: str = ""
    number: str = ""
    dial: str = ""
    url: str = ""
    email: str = ""
    hours: str = ""


@dataclass(frozen=True)
class StepInWords:
    """One thing to do, addressed to the reader, with the contacts to show beside it."""

    id: str
    text: str
    contacts: tuple[ContactInWords, ...] = ()


@dataclass(frozen=True)
class DoNow:
    """What to do at once, in order, what not to do, and everybody to turn to, each once.

    `clauses` are those of the baseline that call for it, the most urgent first; `unverified` says that one of them
    rests on what nobody has checked. `topic` is what a concern about it would be about (`image`, `adult`, `pupil`).
    """

    steps: tuple[StepInWords, ...]
    do_not: tuple[StepInWords, ...]
    contacts: tuple[ContactInWords, ...]
    clauses: tuple[QuotedClause, ...]
    unverified: bool
    topic: str = ""


@dataclass(frozen=True)
class BaselineInWords:
    """What law and guidance of the nation say beside a policy.

    `lead` says how the two stand to each other, `sources` are what the clauses rest on, and `unverified` says that
    nobody has checked one of them.
    """

    lead: str
    sentence: str
    quotes: tuple[QuotedClause, ...]
    own: tuple[DutyInWords, ...]
    others: tuple[DutiesOfOthers, ...]
    instead: tuple[str, ...]
    sources: tuple[str, ...]
    unverified: bool


@dataclass(frozen=True)
class _Reader:
    """For whom the steps are: the kind of reader, the nation, the signs of harm, and who holds the roles."""

    kind: str
    nation: str
    harm: frozenset[str] = frozenset()
    named: Mapping[str, NamedContact] = field(default_factory=dict)


def do_now(baseline: Ruling, urgent: Sequence[str], named: Mapping[str, NamedContact] | None = None) -> DoNow | None:
    """Say what protects a child now, in the reader's language; None where nothing has to be done first.

    `baseline` and `urgent` are the `baseline` and the `first` of an `Answer`. `named` says who holds which role at the
    school (`dsl`, `headteacher`, `chair`, `lado`, `social_care`); a role that is not in it has no person and no number.
    """
    if not urgent:
        return None
    policy = baseline.policy.policy
    facts = baseline.facts
    harm = frozenset(listed(facts.get("harm")))
    reader = _Reader(reader_of(listed(facts.get("who"))), policy.nation, harm, named or {})
    clauses = [policy.clause(each) for each in urgent]
    known = rulebook.baseline_steps()
    now = _steps((_listed(clause, "do_now", reader) for clause in clauses), known.now, reader)
    never = _steps((_listed(clause, "do_not", reader) for clause in clauses), known.never, reader)
    contacts = {contact.id: contact for step in now for contact in step.contacts}
    unverified = any(clause.basis is not None and clause.basis.sure == "C" for clause in clauses)
    quoted = tuple(quotations(policy, urgent).values())
    return DoNow(now, never, tuple(contacts.values()), quoted, unverified, _topic(harm))


def _topic(harm: frozenset[str]) -> str:
    """Return what a concern with these signs of harm would be about."""
    if harm & _IMAGES:
        return "image"
    return "adult" if harm & _CONDUCT else "pupil" if harm else ""


def reader_of(who: Iterable[str]) -> str:
    """Return the kind of reader (`staff`, `headteacher`, `pupil`, `parent`) that steps are for; not known is staff."""
    roles = set(who)
    works = {*rulebook.vocabulary().values_with("who", "works"), "partner", "school", "former_employee"}
    if "headteacher" in roles:
        return "headteacher"
    if not roles or roles & works:
        return "staff"
    return "pupil" if "pupil" in roles else "parent"


def baseline_in_words(answer: Answer) -> BaselineInWords | None:
    """Say what the nation's law and guidance say beside an answer; None where they say nothing, or the same."""
    return beside_in_words(answer.ruling, answer.baseline) if answer.baseline is not None else None


def beside_in_words(own: Ruling, ruling: Ruling) -> BaselineInWords | None:
    """Say what the baseline's ruling says beside a policy's own; None where it says nothing, or the same."""
    standing = beside(own.outcome, ruling.outcome)
    if standing not in _BESIDE:
        return None
    policy = ruling.policy.policy
    urgent = first(ruling)  # said already, before everything else
    every = dict.fromkeys((*ruling.clauses, *(duty.clause for duty in ruling.duties)))
    cited = [clause for clause in every if clause not in urgent]
    if not cited:
        return None
    carried = reasons(ruling)
    clauses = [policy.clause(each) for each in cited]
    bases = [clause.basis for clause in clauses if clause.basis is not None]
    return BaselineInWords(
        lead=gettext(_BESIDE[standing]),
        sentence=gettext(_NATIONAL[ruling.outcome.value]) if ruling.outcome.value in _NATIONAL else "",
        quotes=tuple(quotations(policy, cited).values()),
        own=tuple(duty for duty in carried.own if duty.clause in cited),
        others=carried.others,
        instead=carried.instead,
        sources=tuple(dict.fromkeys(basis.source for basis in bases)),
        unverified=any(basis.sure == "C" for basis in bases),
    )


def not_checked() -> str:
    """Say once that something was not verified."""
    return gettext(SURE[_NOT_CHECKED])


def contacts_in_words(wanted: Iterable[str], nation: str) -> list[ContactInWords]:
    """Return helplines by their ids, in the reader's language, those that there are in a nation."""
    known = rulebook.contacts()
    reader = _Reader("parent", nation)
    return [_contact(known[each], reader) for each in wanted if nation in known[each].nations]


def _listed(clause: Clause, what: str, reader: _Reader) -> tuple[str, ...]:
    by_reader: Mapping[str, tuple[str, ...]] = getattr(clause.protection, what, {})
    if reader.kind == "headteacher" and "headteacher" not in by_reader:
        return by_reader.get("staff", ())
    return by_reader.get(reader.kind, ())


def _steps(
    lists: Iterable[Iterable[str]], known: Mapping[str, ProtectiveStep], reader: _Reader
) -> tuple[StepInWords, ...]:
    """Return the steps of several lists, each once and in the order of doing."""
    called = {_for(known[step], known, reader).id for steps in lists for step in steps}
    called -= {other for step in called for other in known[step].covers}
    ordered = (step for step in known.values() if step.id in called and step.only in (None, reader.nation))
    return tuple(_step(step, reader) for step in ordered)


def _for(step: ProtectiveStep, known: Mapping[str, ProtectiveStep], reader: _Reader) -> ProtectiveStep:
    about_headteacher = "headteacher_conduct" in reader.harm and reader.kind != "headteacher"
    return known[step.replaced] if step.replaced and about_headteacher else step


def _step(step: ProtectiveStep, reader: _Reader) -> StepInWords:
    contacts = rulebook.contacts()
    places = {each: phrase_words(contact.name_in(reader.nation)) for each, contact in contacts.items()}
    shown = (_contact(contacts[each], reader) for each in step.contacts if reader.nation in contacts[each].nations)
    return StepInWords(step.id, put(phrase_words(step.words), **places), tuple(shown))


def _contact(contact: Contact, reader: _Reader) -> ContactInWords:
    name = phrase_words(contact.name_in(reader.nation))
    if contact.kind == "role":
        person = reader.named.get(contact.id, NamedContact(""))
        dial = person.phone.replace(" ", "")
        return ContactInWords(contact.id, "role", name, person.name, person.phone, dial, email=person.email)
    number = contact.number or ""
    return ContactInWords(
        id=contact.id,
        kind=contact.kind,
        name=name,
        number=number,
        dial=number.replace(" ", ""),
        url=contact.url or "",
        hours=phrase_words(contact.hours),
    )
