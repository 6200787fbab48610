"""Answers and rulings as text for people, in English or Welsh."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from proviso.cli._show import say
from proviso.cli._translations import speaking
from proviso.rules.answers import Answer, Confidence, Understood
from proviso.rules.norms import Assumed, Note, Policy, Ruling, first
from proviso.rules.rulebook import vocabulary
from proviso.wording import outcomes, phrases, protection, references, rulings
from proviso.wording.clauses import QuotedClause, quotations
from proviso.wording.localised import clause_words, unmarked
from proviso.wording.offers import OfferInWords
from proviso.wording.phrases import put
from proviso.wording.protection import BaselineInWords
from proviso.wording.rulings import AnswerInWords, DutyInWords, ReasonsInWords
from proviso.wording.whom_to_ask import whom_to_ask_about


def say_answer(answer: Answer, language: str) -> None:
    """Print an answer in a language, `en` or `cy`."""
    with speaking(language):
        _say_answer(answer)


def say_assumed(assumed: Assumed, national: Ruling, language: str) -> None:
    """Print a ruling on facts, with the baseline's, in a language, `en` or `cy`."""
    ruling = assumed.ruling
    with speaking(language):
        _say_first(national, first(national))
        if ruling.outcome.value != "not_covered" or not first(national):
            say(outcomes.sentence(ruling.outcome.value))
        beside = protection.beside_in_words(ruling, national)
        _say_ruling(ruling, rulings.reasons(ruling, (*assumed.unless, *assumed.so_long_as)), beside)
        _say_whom_to_ask(ruling, first(national))
        _say_missing(ruling.missing, ruling.waiting)


def _say_first(national: Ruling, urgent: tuple[str, ...]) -> None:
    """Print what protects a child now, before everything else."""
    do_now = protection.do_now(national, urgent)
    if do_now is None:
        return
    say(_("Do this now"))
    for number, step in enumerate(do_now.steps, start=1):
        say(f"{number}. {step.text}", 2)
        for contact in step.contacts:
            reached = contact.number or contact.url
            if reached:
                say(f"{contact.name}: {reached}{f' ({contact.hours})' if contact.hours else ''}", 5)
    _say_list(_("What not to do"), [step.text for step in do_now.do_not])
    _say_quotes(do_now.clauses)
    if do_now.unverified:
        say(protection.not_checked(), 2)
    say()


def _say_baseline(words: BaselineInWords | None) -> None:
    """Print what the nation's law and guidance say, where the policy is silent or says otherwise."""
    if words is None:
        return
    say(words.lead)
    if words.sentence:
        say(words.sentence, 2)
    _say_quotes(words.quotes)
    _say_list(_("What must be done now"), [_duty(duty) for duty in words.own])
    for others in words.others:
        _say_list(others.heading, [_duty(duty) for duty in others.duties])
    _say_list(_("What to do instead"), words.instead)
    _say_list(_("Sources"), words.sources)
    if words.unverified:
        say(protection.not_checked(), 2)


def _say_answer(answer: Answer) -> None:
    """Print an answer in the order of reading: what protects a child, the verdict, and what stands behind it."""
    words = rulings.in_words(answer)
    if answer.baseline is not None:
        _say_first(answer.baseline, answer.first)
    if answer.confidence is Confidence.NO or answer.outcome == "outside":
        if not answer.first:
            say(outcomes.sentence("outside"))
    elif answer.information and answer.confidence is Confidence.YES:
        say(words.sentence)
        _say_clauses(answer.policy.policy, answer.information)
        _say_list(_("Law and guidance"), _notes(answer.notes))
    elif answer.confidence is Confidence.UNSURE or "act" not in answer.facts:
        _say_offers(words.offers, has_first=bool(answer.first))
    else:
        _say_verdict(answer, words)


def _say_offers(offers: Iterable[OfferInWords], *, has_first: bool) -> None:
    """Print what a question may have meant, each with its short verdict."""
    lines = [f"{offer.sentence} ({offer.word})" for offer in offers]
    if lines:
        say(_("Is it one of these?"))
        for line in lines:
            say(f"- {line}", 2)
    elif not has_first:
        say(_("We are not sure what you mean. We have not given an answer, because it could be wrong."))


def _say_verdict(answer: Answer, words: AnswerInWords) -> None:
    """Print a ruling; with a child at risk nothing is said of a policy's silence."""
    if answer.outcome != "not_covered" or not answer.first:
        say(words.sentence)
    _say_ruling(answer.ruling, words.reasons, protection.baseline_in_words(answer))
    _say_whom_to_ask(answer.ruling, answer.first)
    _say_missing(answer.missing, answer.ruling.waiting)
    say(_("Understood as: %(facts)s") % {"facts": _understood(answer) or _("nothing yet")})


def _understood(answer: Answer) -> str:
    words = [_known(known) for known in answer.understood]
    if answer.audience:
        words.append(f"who={' or '.join(answer.audience)} (taken)")
    return "; ".join(words)


def _known(known: Understood) -> str:
    """Write a fact as `decide` reads it: `fact=value`, `flag`, `no:flag`."""
    values = ", ".join(phrases.listed(known.value))
    name = known.fact if values or known.value else f"no:{known.fact}"
    return (f"{name}={values}" if values else name) + (" (taken)" if known.taken else "")


def _say_clauses(policy: Policy, ids: Iterable[str]) -> None:
    _say_quotes(quotations(policy, ids).values())


def _say_quotes(quotes: Iterable[QuotedClause]) -> None:
    for quote in quotes:
        say(f"{quote.id} ({unmarked(quote.place)}, {quote.force}): {quote.words}", 2)


def _say_ruling(ruling: Ruling, reasons: ReasonsInWords, beside: BaselineInWords | None) -> None:
    """Print what stands behind a verdict: what to do, what would change it, the deciding clauses, and the rest."""
    policy = ruling.policy.policy
    _say_list(_("What must be done now"), [_duty(duty) for duty in reasons.own])
    _say_list(_("What to do instead"), reasons.instead)
    for becomes in (*reasons.changes.likeliest, *reasons.changes.others):
        _say_list(becomes.lead, [change.text for change in becomes.changes])
    _say_clauses(policy, ruling.clauses)
    _say_baseline(beside)
    lists = [
        *((others.heading, [_duty(duty) for duty in others.duties]) for others in reasons.others),
        (_("Already done"), [_duty(duty) for duty in reasons.met]),
        (_("Set aside"), [f"{aside.clause}: {aside.because}" for aside in reasons.set_aside]),
        (_("Support"), [_quoted(policy, clause) for clause in ruling.support]),
        (_("To be kept in mind"), [_quoted(policy, clause) for clause in ruling.principles]),
        (_("Consequences"), [_quoted(policy, clause) for clause in ruling.consequences]),
        (_("Law and guidance"), _notes(ruling.notes)),
    ]
    for title, lines in lists:
        _say_list(title, lines)


def _say_whom_to_ask(ruling: Ruling, urgent: tuple[str, ...]) -> None:
    """Print whom to ask where the policy is silent; with a child at risk it has been said already whom to tell."""
    if ruling.outcome.value == "not_covered" and not urgent:
        say(put(_("This does not mean that it is allowed. Ask %(whom)s."), whom=unmarked(whom_to_ask_about(ruling))))


def _say_list(title: str, lines: Iterable[str]) -> None:
    unmarked_lines = [unmarked(line) for line in lines]
    if unmarked_lines:
        say(f"{unmarked(title)}:")
        for line in unmarked_lines:
            say(f"- {line}", 2)


def _duty(duty: DutyInWords) -> str:
    around = ", ".join(unmarked(part) for part in (duty.by, duty.to) if part)
    return f"{unmarked(duty.what)}{f' ({around})' if around else ''} [{duty.clause}]"


def _quoted(policy: Policy, clause: str) -> str:
    return f"{clause_words(policy.clause(clause))} [{clause}]"


def _notes(notes: Iterable[Note]) -> list[str]:
    cited = map(references.note, notes)
    return [" ".join(unmarked(part) for part in (note.says, f"[{unmarked(note.source)}]", note.sure)) for note in cited]


def _say_missing(missing: tuple[str, ...], waiting: tuple[str, ...]) -> None:
    if not missing:
        return
    fact = missing[0]
    clauses = ", ".join(waiting)
    say(
        _("%(question)s (needed for %(clauses)s)")
        % {"question": phrases.fact_words(fact, "question"), "clauses": clauses}
    )
    for value, words in phrases.choices(fact):
        say(f"- {fact}={value}: {words}" if vocabulary().facts[fact].values else f"- {words}", 2)
    if missing[1:]:
        say(_("Then: %(facts)s") % {"facts": ", ".join(missing[1:])})
