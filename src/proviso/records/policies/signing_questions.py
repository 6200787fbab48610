"""What somebody does before they sign: the questions drawn for them and a text, and what their signature confirms."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from proviso.records.people.facts import who
from proviso.records.people.models import Person
from proviso.records.policies import compiled
from proviso.records.policies.models import Version
from proviso.rules import rulebook
from proviso.rules.asking import CheckQuestion, check_questions
from proviso.rules.norms import Ruling, assume
from proviso.wording import localised


@dataclass(frozen=True)
class QuestionAnswer:
    """What somebody chose first for a question, which is named by its key; see `question_key`."""

    question: str
    chosen: str


def question_key(question: CheckQuestion) -> str:
    """Return what names a question: its situation, the same however it was kept meanwhile."""
    return json.dumps(dict(question.facts), sort_keys=True, default=list)


def drawn_for(person: Person, kinds: Collection[str], version: Version, on: date) -> list[CheckQuestion]:
    """Return the questions that somebody with these roles answers, always the same for them and a text."""
    book = compiled.compiled_policy(version)
    scenarios = rulebook.scenarios_for(book.policy, version.model) if version.model in rulebook.policy_ids() else ()
    return check_questions(book, scenarios, who(kinds), f"{person.pk} {version.fingerprint}", on=on)


def ruling_on(question: CheckQuestion, version: Version, on: date) -> Ruling:
    """Return what a version says of a question's situation, with what lifts a ban or comes before another clause."""
    book = compiled.compiled_policy(version)
    return assume(book, book.vocabulary.situation(question.facts), on).ruling


def unanswered(questions: Sequence[CheckQuestion], answers: Sequence[QuestionAnswer]) -> list[CheckQuestion]:
    """Return the questions to which nothing was chosen that they offer."""
    chosen = _chosen(answers)
    return [each for each in questions if chosen.get(question_key(each)) not in each.options]


def answered(questions: Sequence[CheckQuestion], answers: Sequence[QuestionAnswer]) -> list[dict[str, Any]]:
    """Return questions with what was chosen, as they are kept with the signature."""
    chosen = _chosen(answers)
    return [
        {
            "clauses": list(each.clauses),
            "facts": json.loads(question_key(each)),
            "right": each.right,
            "chosen": chosen[question_key(each)],
        }
        for each in questions
    ]


def _chosen(answers: Sequence[QuestionAnswer]) -> Mapping[str, str]:
    chosen: dict[str, str] = {}
    for answer in answers:
        chosen.setdefault(answer.question, answer.chosen)  # the first answer counts
    return chosen


@dataclass(frozen=True)
class Confirmation:
    """What a signature confirms, in the language of whoever signs, and the number of the clause that asks for it."""

    clause: str
    words: str


def confirmations(kinds: Collection[str], version: Version) -> list[Confirmation]:
    """Return what the signature of somebody with these roles confirms, as the policy's governance asks."""
    policy = compiled.policy_of(version)
    roles = set(who(kinds))
    return [
        Confirmation(clause.label, localised.plain(duty.what, policy))
        for clause in policy.clauses
        for duty in clause.governance
        if duty.concern == "acknowledgement" and roles & {*policy.expand(duty.who)}
    ]
