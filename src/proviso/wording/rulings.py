"""What an answer or a ruling says: its outcome in a sentence, and every reason, duty and alternative in words."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext

from proviso.rules.answers import Answer
from proviso.rules.norms import Change, Duty, Facts, Policy, Ruling, SetAside, words_of
from proviso.wording import outcomes, phrases, references
from proviso.wording._marking import gettext_noop as _
from proviso.wording.changes import ChangesInWords, changes
from proviso.wording.clauses import QuotedClause, quotations
from proviso.wording.localised import capped, clause_text, written
from proviso.wording.offers import OfferInWords, offers
from proviso.wording.phrases import listed
from proviso.wording.references import Cited
from proviso.wording.situations import FactInWords, understood
from proviso.wording.whom_to_ask import HEADTEACHER, above_headteacher, is_about_headteacher, whom_to_ask_about

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
        audience=phrases.people("who", answer.audience),
        outside=_outside(answer),
        offers=offers(answer, reader),
        ask=whom_to_ask_about(answer.ruling),
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
    duties = {duty: _duty(duty, ruling) for duty in (*ruling.duties, *ruling.met)}
    by_person: dict[str, dict[Duty, DutyInWords]] = {}
    for duty in ruling.duties:
        by_person.setdefault(duty.of or "", {})[duty] = duties[duty]
    return ReasonsInWords(
        changes=changes(changing),
        own=tuple(by_person.pop("", {}).values()),
        others=tuple(
            DutiesOfOthers(_heading(who, policy), tuple(by_person[who].values())) for who in sorted(by_person)
        ),
        met=tuple(duties[duty] for duty in dict.fromkeys(ruling.met)),
        set_aside=tuple(_set_aside(aside, policy) for aside in dict.fromkeys(ruling.exceptions)),
        instead=tuple(written(advice, policy) for advice in ruling.instead),
    )


def _duty(duty: Duty, ruling: Ruling) -> DutyInWords:
    """Say a duty, and to whom it is done, by name if one is recorded; nobody does it to themselves."""
    policy = ruling.policy.policy
    clause = policy.clause(duty.clause)
    role, holder = duty.to or "", duty.to or ""
    if duty.of is None and role == HEADTEACHER and is_about_headteacher(ruling):
        role, holder = above_headteacher(policy), "chair"
    named = policy.contacts[holder].name if holder in policy.contacts else ""
    what = clause_text(clause) if duty.what == clause.text else written(duty.what, policy)
    by, to = written(duty.by or "", policy), written(role, policy)
    return DutyInWords(clause.id, what, by, format_html("{} ({})", to, named) if named else to)


def _heading(who: str, policy: Policy) -> str:
    return capped(phrases.put(gettext("%(who)s must"), who=written(f"the {who}", policy)))


def sentence(answer: Answer, reader: Collection[str] = ()) -> str:
    """Say the outcome of an answer in one sentence; `reader` are the reader's own roles, who is *you*."""
    roles, act = listed(answer.facts.get("who")), answer.facts.get("act")
    is_you = set(roles) <= set(reader)
    who = gettext("you") if is_you else phrases.one_person("who", roles)
    if isinstance(act, str) and not answer.policy.vocabulary.has_happened(act) and answer.outcome in _RULINGS:
        parts = phrases.parts(_telling(answer, act))
        deed = phrases.where(parts.deed, phrases.both(parts.so))
        frame = (_TO_YOU if is_you else _RULINGS)[answer.outcome]
        return phrases.put(gettext(frame), who=capfirst(who), whom=who, deed=deed)
    own = sum(duty.of is None for duty in answer.ruling.duties)
    return phrases.put(_without_deed(answer, own), who=who, count=str(own))


def _without_deed(answer: Answer, own: int) -> str:
    """Return what is said where nobody judges a deed: there are duties, a question comes first, or it has happened."""
    act, vocabulary = answer.facts.get("act"), answer.policy.vocabulary
    if answer.outcome == "required":
        if not own:
            return gettext("Others must act now: make sure that they know.")
        return ngettext(
            "There is one thing that %(who)s must do.", "There are %(count)s things that %(who)s must do.", own
        )
    if answer.outcome == "undecided" and answer.missing:
        is_wanted = isinstance(act, str) and not vocabulary.has_happened(act)
        words = ("open_wanted", "open") if is_wanted else ("open",)
        return phrases.fact_words(answer.missing[0], *words) or outcomes.sentence("undecided")
    if answer.outcome == "permitted" and vocabulary.has_happened(act):
        return gettext("There is help. The policy says what %(who)s may do.")
    return outcomes.sentence(answer.outcome)


def _telling(answer: Answer, act: str) -> Facts:
    """Return the facts that belong in the sentence: those that its clauses turn on, and a time that was said."""
    policy = answer.policy.policy
    every = [norm for each in answer.clauses for norm in policy.clause(each).norms if norm.force.decides]
    norms = [norm for norm in every if act in policy.expand(dict(norm.when.values).get("act", (act,)))]
    turned_on = {
        fact for norm in norms for condition in (norm.when, *norm.unless) for fact in phrases.mentioned(condition)
    }
    stated = {known.fact for known in answer.understood if not known.taken}
    telling = {"act", "with", "through"} | turned_on | (stated & {"when"})
    return {name: value for name, value in answer.facts.items() if name in telling}


def _set_aside(aside: SetAside, policy: Policy) -> SetAsideInWords:
    """Say what set a clause aside: another clause, or one of its own exceptions."""
    if any(aside.by == clause.id for clause in policy.clauses):
        return SetAsideInWords(
            aside.clause, gettext("clause %(id)s takes priority here") % {"id": policy.label(aside.by)}
        )
    exceptions = {words_of(given): given for norm in policy.clause(aside.clause).norms for given in norm.unless}
    return SetAsideInWords(aside.clause, phrases.condition(exceptions[aside.by], policy))


def _outside(answer: Answer) -> str:
    """Name who acts when the policy is not for them."""
    policy = answer.policy.policy
    roles = answer.facts.get("who")
    if not isinstance(roles, list | tuple) or {*roles} & {*policy.expand(policy.covers)}:
        return ""
    return phrases.people("who", roles) or gettext("anybody whom it does not name")
