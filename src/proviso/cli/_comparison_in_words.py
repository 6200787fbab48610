"""Comparisons as text for people, in English or Welsh."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from proviso.cli._show import say
from proviso.cli._speaking import speaking
from proviso.rules.asking import Uncovered
from proviso.rules.norms import Comparison, DifferentAnswer, OddNorm, OneAnswer, Policy
from proviso.wording import comparisons, outcomes, phrases, situations
from proviso.wording.localised import plain

_QUESTION_KINDS = 20


def say_comparison(comparison: Comparison, a: str, b: str, language: str) -> None:
    """Print how two policies, called `a` and `b`, differ."""
    with speaking(language):
        say(comparisons.verdict(comparison, a, b))
        for line in comparisons.counted(comparison, a, b):
            say(line)
        if comparison.differences or comparison.duties:
            say(comparisons.complete())
        for topic, of_one in groupby(comparison.differences, key=lambda each: each.topic):
            say()
            say(capfirst(phrases.topic(topic)))
            _say_differences(of_one, a, b)
        if comparison.duties:
            say()
            say(_("The same answer, but not the same duties"))
            _say_differences(comparison.duties, a, b)


def _say_differences(differences: Iterable[DifferentAnswer], a: str, b: str) -> None:
    for each in differences:
        say(situations.changed(each), 2)
        for name, answer in ((a, each.a), (b, each.b)):
            say(_("%(policy)s: %(answer)s") % {"policy": name, "answer": _answer(answer)}, 4)


def _answer(answer: OneAnswer) -> str:
    clauses = dict.fromkeys((*answer.clauses, *(duty.clause for duty in answer.duties)))
    said = outcomes.outcome(answer.outcome.value)
    return f"{said} ({', '.join(clauses)})" if clauses else said


def say_within(policy: Policy, odd: Iterable[OddNorm], silent: tuple[Uncovered, ...], language: str) -> None:
    """Print what is odd within a policy, and what people ask about that it does not cover."""
    with speaking(language):
        say(f"{plain(policy.name, policy)}, {policy.establishment}")
        say()
        say(_("Clauses that are odd beside others"))
        for line in [comparisons.odd(norm) for norm in odd] or [_("None")]:
            say(line, 2)
        say()
        say(_("What people ask about and the policy does not cover"))
        for each in silent[:_QUESTION_KINDS]:
            count = ngettext("%(count)d question", "%(count)d questions", each.questions) % {"count": each.questions}
            say(f"{situations.situation(each.facts)} ({count})", 2)
        if not silent:
            say(_("Nothing"), 2)
