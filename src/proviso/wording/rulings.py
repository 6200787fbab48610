"""What an answer or a ruling says: its outcome in a sentence, and every reason, duty and alternative in words."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext

from proviso.rules.answers import Answer
from proviso.rules.norms import Change, Duty, FactValue, Policy, Ruling, SetAside, words_of
from proviso.wording import outcomes, phrases, references
from proviso.wording._marking import gettext_noop as _
from proviso.wording.changes import ChangesInWords, changes
from proviso.wording.clauses import QuotedClause, quotations
from proviso.wording.localised import capped, clause_text, written
from proviso.wording.offers import OfferInWords, offers
from proviso.wording.phrases import listed
from proviso.wording.references import Cited
from proviso.wording.situations import FactInWords, understood
from proviso.wording.welsh_grammar import put

_RULINGS = {
    "prohibited": _("No. %(who)s may not %(deed)s."),
    "discouraged": _("Better not. The policy strongly advises %(whom)s not to %(deed)s."),
    "caution": _("Take great care. The policy does not forbid %(whom)s to %(deed)s, but it warns about it."),
    "permitted": _("Yes. %(who)s may %(deed)s."),
    "not_covered": _("The policy does not say whether %(whom)s may %(deed)s."),
}
_TO_YOU = {  # a verb of its own in some languages
    "prohibited": _("No. You may not %(deed)s."),
    "discouraged": _("Better not. The policy strongly advises you not to %(deed)s."),
    "caution": _("Take great care. The policy does not forbid you to %(deed)s, but it warns about it."),
    "permitted": _("Yes. You may %(deed)s."),
    "not_covered": _("The policy does not say whether you may %(deed)s."),
}


@dataclass(frozen=True)
class DutyInWords:
    """A duty: under which clause, what, by when and to whom."""

    clause: str
    what: str
    by: str
    to: str


# Who stands above the headteacher, by the kind of establishment; nobody is sent to themselves.
_ABOVE = {"trust": "trust executive"}
_HEADTEACHER = ["headteacher"]


@dataclass(frozen=True)
class DutiesOfOthers:
    """What somebody else must do, under a heading that says who."""

    heading: str
    duties: tuple[DutyInWords, ...]


@dataclass(frozen=True)
class SetAsideInWords:
    """A clause that would have spoken, and why it does not."""

    clause: str
    because: str


@dataclass(frozen=True)
class ReasonsInWords:
    """Everything that a ruling carries beside the clauses that it cites."""

    changes: ChangesInWords
    own: tuple[DutyInWords, ...]
    others: tuple[DutiesOfOthers, ...]
    met: tuple[DutyInWords, ...]
    set_aside: tuple[SetAsideInWords, ...]
    instead: tuple[str, ...]


@dataclass(frozen=True)
class AnswerInWords:
    """An answer in the reader's language.

    `quotes` are all clauses that it speaks of, by id. `audience` names whom it holds for, `outside` who the policy is
    not for. `offers` are what the question may have meant, where that is not sure, `ask` whom to ask where the policy
    leaves something open.
    """

    word: str
    sentence: str
    understood: tuple[FactInWords, ...]
    reasons: ReasonsInWords
    quotes: Mapping[str, QuotedClause]
    notes: tuple[Cited, ...]
    audience: str
    outside: str
    offers: tuple[OfferInWords, ...]
    ask: str


def in_words(answer: Answer, reader: Collection[str] = ()) -> AnswerInWords:
    """Say all of an answer in the reader's language; `reader` are the reader's own roles (values of `who`)."""
    return AnswerInWords(
        word=outcomes.outcome(answer.outcome),
        sentence=sentence(answer, reader),
        understood=understood(answer),
        reasons=reasons(answer.ruling, (*answer.unless, *answer.so_long_as)),
        quotes=quotations(answer.policy.policy, _cited(answer)),
        notes=tuple(map(references.note, answer.notes)),
        audience=phrases.people("who", answer.audience) if answer.audience else "",
        outside=_outside(answer),
        offers=offers(answer, reader),
        ask=whom_to_ask(answer.ruling),
    )


def _cited(answer: Answer) -> Iterator[str]:
    """Yield the clauses that an answer speaks of."""
    ruling = answer.ruling
    yield from answer.clauses
    yield from (aside.clause for aside in ruling.exceptions)
    yield from (duty.clause for duty in (*ruling.duties, *ruling.met))
    yield from (*ruling.support, *ruling.principles, *ruling.consequences, *answer.policy.policy.covered_by)


def reasons(ruling: Ruling, changing: Iterable[Change] = ()) -> ReasonsInWords:
    """Say what a ruling carries, and what would change it, in the reader's language."""
    policy = ruling.policy.policy
    return ReasonsInWords(
        changes=changes(changing),
        own=_duties((duty for duty in ruling.duties if duty.of is None), ruling),
        others=_of_others(ruling.duties, ruling),
        met=_duties(ruling.met, ruling),
        set_aside=tuple(_set_aside(aside, policy) for aside in dict.fromkeys(ruling.exceptions)),
        instead=tuple(written(advice, policy) for advice in ruling.instead),
    )


def _subject(answer: Answer, reader: Collection[str]) -> str:
    """Say who acts; whoever asks is *you* unless the question is about somebody else."""
    roles = listed(answer.facts.get("who"))
    return phrases.one_person("who", roles) if roles and not set(roles) <= set(reader) else gettext("you")


def sentence(answer: Answer, reader: Collection[str] = ()) -> str:
    """Say the outcome of an answer in one sentence; `reader` are the reader's own roles, who is *you*."""
    facts = answer.facts
    act = facts.get("act")
    if answer.outcome == "required":
        return _required(answer, reader)
    if answer.outcome == "undecided" and answer.missing:
        wanted = isinstance(act, str) and not answer.policy.vocabulary.has_happened(act)
        words = ("open_wanted", "open") if wanted else ("open",)
        return phrases.fact_words(answer.missing[0], *words) or outcomes.sentence("undecided")
    if not isinstance(act, str) or answer.policy.vocabulary.has_happened(act) or answer.outcome not in _RULINGS:
        return _fallback(answer, act, reader)
    telling = {name: value for name, value in facts.items() if name in _telling(answer, act)}
    around = phrases.circumstances(listed(telling.get("through")), listed(telling.get("when")))
    people = listed(facts.get("with"))
    deed = f"{phrases.deed([act], phrases.one_person('with', people) if people else '')} {around}".strip()
    so = [name for name, value in telling.items() if value is True]
    if so:
        deed = put(gettext("%(deed)s where %(so)s"), deed=deed, so=phrases.both(phrases.flags(so)))
    if set(listed(facts.get("who"))) <= set(reader):
        return put(gettext(_TO_YOU[answer.outcome]), deed=deed)
    who = _subject(answer, reader)
    return put(gettext(_RULINGS[answer.outcome]), who=capfirst(who), whom=who, deed=deed)


def _telling(answer: Answer, act: str) -> set[str]:
    """Return the facts that belong in the sentence: those that its clauses turn on, and a time that was said."""
    policy = answer.policy.policy
    written = [norm for each in answer.clauses for norm in policy.clause(each).norms if norm.force.decides]
    norms = [norm for norm in written if act in policy.expand(dict(norm.when.values).get("act", (act,)))]
    turned_on = {
        fact for norm in norms for condition in (norm.when, *norm.unless) for fact in phrases.mentioned(condition)
    }
    stated = {known.fact for known in answer.understood if not known.taken}
    return (turned_on | {"through"} | (stated & {"when"})) - (
        {"through"} if phrases.has_trait("act", act, "wayless") else set()
    )


def _fallback(answer: Answer, act: FactValue, reader: Collection[str]) -> str:
    if answer.policy.vocabulary.has_happened(act) and answer.outcome == "permitted":
        return put(gettext("There is help. The policy says what %(who)s may do."), who=_subject(answer, reader))
    return outcomes.sentence(answer.outcome)


def _required(answer: Answer, reader: Collection[str]) -> str:
    own = sum(duty.of is None for duty in answer.ruling.duties)
    if not own:
        return gettext("Others must act now: make sure that they know.")
    frame = ngettext(
        "There is one thing that %(who)s must do.", "There are %(count)s things that %(who)s must do.", own
    )
    return put(frame, count=str(own), who=_subject(answer, reader))


def whom_to_ask(ruling: Ruling) -> str:
    """Name whom to ask where the policy leaves something open: for a headteacher who would be sent to themselves, who
    stands above them.
    """
    policy = ruling.policy.policy
    if policy.ask == "the headteacher" and _asks_as_headteacher(ruling):
        return written(f"the {above_headteacher(policy)}", policy)
    return written(policy.ask, policy)


def _asks_as_headteacher(ruling: Ruling) -> bool:
    return ruling.facts.get("who") == _HEADTEACHER


def above_headteacher(policy: Policy) -> str:
    """Name who stands above a headteacher, as a policy writes it without its article."""
    return _ABOVE.get(policy.kind, "chair of governors")


def _duties(duties: Iterable[Duty], ruling: Ruling) -> tuple[DutyInWords, ...]:
    policy = ruling.policy.policy
    return tuple(
        DutyInWords(duty.clause, _what(duty, policy), written(duty.by or "", policy), _recipient(duty, ruling))
        for duty in dict.fromkeys(duties)
    )


def _recipient(duty: Duty, ruling: Ruling) -> str:
    """Say to whom a duty is done, by name if one is recorded; whoever has it does it to who stands above them."""
    policy = ruling.policy.policy
    own = duty.of is None and duty.to == "headteacher" and _asks_as_headteacher(ruling)
    role = above_headteacher(policy) if own else duty.to or ""
    contact = policy.contacts.get("chair" if own else role)
    named = contact.name if contact else ""
    return format_html("{} ({})", written(role, policy), named) if named else written(role, policy)


def _what(duty: Duty, policy: Policy) -> str:
    clause = policy.clause(duty.clause)
    return clause_text(clause) if duty.what == clause.text else written(duty.what, policy)


def _of_others(duties: Iterable[Duty], ruling: Ruling) -> tuple[DutiesOfOthers, ...]:
    policy = ruling.policy.policy
    called = sorted((duty for duty in duties if duty.of), key=lambda duty: duty.of or "")
    return tuple(
        DutiesOfOthers(capped(put(gettext("%(who)s must"), who=written(f"the {who}", policy))), _duties(of_one, ruling))
        for who, of_one in groupby(called, key=lambda duty: duty.of)
    )


def _set_aside(aside: SetAside, policy: Policy) -> SetAsideInWords:
    """Say what set a clause aside: another clause, or one of its own exceptions."""
    if any(aside.by == clause.id for clause in policy.clauses):
        return SetAsideInWords(
            aside.clause, gettext("clause %(id)s comes before it here") % {"id": policy.label(aside.by)}
        )
    exceptions = {words_of(given): given for norm in policy.clause(aside.clause).norms for given in norm.unless}
    return SetAsideInWords(aside.clause, phrases.condition(exceptions[aside.by], policy))


def _outside(answer: Answer) -> str:
    """Name who acts when the policy is not for them."""
    policy = answer.policy.policy
    roles = answer.facts.get("who")
    if not isinstance(roles, list | tuple) or {*roles} & {*policy.expand(policy.covers)}:
        return ""
    return phrases.people("who", roles) if roles else gettext("anybody whom it does not name")
