"""`proviso decide` and `proviso ask`."""

from __future__ import annotations

import argparse
from datetime import date
from typing import Any

from proviso.cli._language import add_language
from proviso.cli._show import say_json, say_table
from proviso.rules.answers import Answer, Taken, baseline_ruling
from proviso.rules.norms import (
    Assumed,
    Change,
    Duty,
    FactError,
    Facts,
    FactValue,
    Kind,
    Note,
    Ruling,
    assume,
    first,
    nearest,
)
from proviso.rules.rulebook import compiled, vocabulary


def add_decide(commands: Any) -> None:
    command = commands.add_parser(
        "decide", help="a ruling on facts", description="Rule on facts: `fact=value`, `flag`, `no:flag`."
    )
    command.add_argument("policy", metavar="POLICY", nargs="?", help="a policy's id, or a policy file ending in .yaml")
    command.add_argument("facts", metavar="FACT", nargs="*", help="fact=value, flag or no:flag")
    command.add_argument(
        "--assume-no", action="store_true", help="take every flag not given as no, and every fact not given as none"
    )
    command.add_argument(
        "--on", metavar="DATE", type=day_written, help="the day to rule for, as 2026-09-01 (default: today)"
    )
    command.add_argument("--json", action="store_true", help="as JSON")
    command.add_argument("--facts", dest="list_facts", action="store_true", help="list the facts and their values")
    add_language(command)
    command.set_defaults(run=_decide)


def add_ask(commands: Any) -> None:
    command = commands.add_parser("ask", help="an answer to a question in plain words")
    command.add_argument("policy", metavar="POLICY", help="a policy's id, or a policy file ending in .yaml")
    command.add_argument("question", metavar="QUESTION", help='such as "can I add a pupil on instagram"')
    command.add_argument("--as", dest="role", metavar="ROLE", help="who asks, such as teacher, governor or parent")
    command.add_argument(
        "--on", metavar="DATE", type=day_written, help="the day to answer for, as 2026-09-01 (default: today)"
    )
    command.add_argument("--json", action="store_true", help="as JSON")
    add_language(command)
    command.set_defaults(run=_ask)


def day_written(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"`{text}` is not a day: write it as 2026-09-01") from None


def read_facts(words: list[str]) -> Facts:
    """Turn `fact=value`, `flag` and `no:flag` into plain facts.

    Raises:
        FactError: an unknown fact or value, or the same fact said in two ways.
    """
    known = vocabulary().facts
    facts: dict[str, FactValue] = {}
    for word in words:
        name, equals, value = word.partition("=")
        denied = name.startswith("no:")
        name = name.removeprefix("no:")
        fact = known.get(name)
        if fact is None:
            raise FactError(f"unknown fact `{name}`{nearest(name, known)}: `proviso decide --facts` lists them")
        if fact.kind is Kind.FLAG:
            if equals:
                raise FactError(f"`{name}` is a flag and takes no value: write `{name}` or `no:{name}`")
            _put(facts, name, not denied)
        elif denied or not value:
            raise FactError(f"`{name}` needs a value: write `{name}=VALUE`, one of {', '.join(fact.values)}")
        elif fact.kind is Kind.ANY_OF:
            held = facts.get(name)
            facts[name] = [*(held if isinstance(held, list) else []), *value.split(",")]
        else:
            _put(facts, name, value)
    return facts


def _put(facts: dict[str, FactValue], name: str, value: bool | str) -> None:
    if name in facts and facts[name] != value:
        values = " and ".join(_fact_written(name, each) for each in (facts[name], value))
        raise FactError(f"{values} contradict each other: keep one of them")
    facts[name] = value


def _fact_written(name: str, value: FactValue) -> str:
    return f"`{name}={value}`" if isinstance(value, str) else f"`{name}`" if value else f"`no:{name}`"


def _decide(options: argparse.Namespace) -> int:
    if options.list_facts:
        return _list_facts()
    if options.policy is None:
        raise ValueError(
            "`decide` needs a policy and facts, such as `proviso decide king-david who=teacher act=connect`"
        )
    policy = compiled(options.policy)
    facts = read_facts(options.facts)
    on = options.on or date.today()
    if options.assume_no:
        assumed = assume(policy, policy.vocabulary.situation(facts), on, values=True)
    else:
        assumed = Assumed(policy.rule(facts, on), (), ())
    ruling = assumed.ruling
    taken = Taken.ALL if options.assume_no else Taken.HARM
    national = baseline_ruling(policy, facts, on=on, taken=taken)
    given = policy.vocabulary.plain(policy.vocabulary.situation(facts))
    if options.json:
        decided = ruling_json(ruling, given, assumed.so_long_as, assumed.unless)
        say_json(decided | baseline_json(national, first(national)))
        return 0
    from proviso.cli._answers_in_words import say_assumed  # Django takes longer to load than a ruling to make

    say_assumed(assumed, national, options.language)
    return 0


def _list_facts() -> int:
    rows = [("fact", "values", "means")]
    for fact in vocabulary().facts.values():
        rows.append((fact.name, ", ".join(fact.values) or "(flag)", fact.meaning))
    say_table([(name, means, values) for name, values, means in rows])
    return 0


def _ask(options: argparse.Namespace) -> int:
    from proviso.rules.asking import ask  # it loads NumPy, and longer than the other commands run

    answer = ask(compiled(options.policy), options.question, options.role, options.on or date.today())
    if options.json:
        say_json(answer_json(answer))
        return 0
    from proviso.cli._answers_in_words import say_answer  # Django takes longer to load than an answer to find

    say_answer(answer, options.language)
    return 0


def ruling_json(
    ruling: Ruling, facts: dict[str, Any], so_long_as: tuple[Change, ...], unless: tuple[Change, ...]
) -> dict[str, Any]:
    """Return a ruling under the contract's keys."""
    return {
        "outcome": ruling.outcome.value,
        "clauses": list(ruling.clauses),
        "exceptions": [{"clause": aside.clause, "set_aside_by": aside.by} for aside in ruling.exceptions],
        "duties": [_duty(duty) for duty in ruling.duties],
        "missing": list(ruling.missing),
        "so_long_as": [change.fact for change in so_long_as],
        "unless": [change.fact for change in unless],
        "facts": facts,
        "principles": list(ruling.principles),
        "consequences": list(ruling.consequences),
        "instead": list(ruling.instead),
        "support": list(ruling.support),
        "waiting": list(ruling.waiting),
        "notes": [_note(note) for note in ruling.notes],
        "policy": ruling.policy.policy.id,
        "version": ruling.policy.policy.version,
        "on": ruling.on.isoformat() if ruling.on else None,
    }


def _duty(duty: Duty) -> dict[str, Any]:
    return {"clause": duty.clause, "what": duty.what, "by_when": duty.by, "to_whom": duty.to, "of": duty.of}


def baseline_json(national: Ruling, urgent: tuple[str, ...]) -> dict[str, Any]:
    """Return what the baseline says, and its clauses that protect a child now, under the contract's keys."""
    return {
        "baseline": {
            "outcome": national.outcome.value,
            "clauses": list(national.clauses),
            "duties": [_duty(duty) for duty in national.duties],
        },
        "first": list(urgent),
    }


def _note(note: Note) -> dict[str, Any]:
    return {"id": note.id, "text": note.text, "source": note.source, "sure": note.sure, "since": note.since.isoformat()}


def answer_json(answer: Answer) -> dict[str, Any]:
    """Return an answer under the contract's keys."""
    facts = {name: list(value) if isinstance(value, (list, tuple)) else value for name, value in answer.facts.items()}
    answered = ruling_json(answer.ruling, facts, answer.so_long_as, answer.unless)
    if answer.information:
        answered |= {
            key: [] for key in ("duties", "exceptions", "principles", "consequences", "instead", "support", "waiting")
        }
    asks = answer.missing[0] if answer.missing else None
    answered |= {
        "question": answer.question,
        "notes": [_note(note) for note in answer.notes],
        "outcome": answer.outcome,
        "clauses": list(answer.clauses),
        "missing": list(answer.missing),
        "taken": [known.fact for known in answer.understood if known.taken],
        "audience": list(answer.audience),
        "asks": _asks(asks) if asks else None,
        "understood": answer.confidence.value,
        "offers": [
            {"outcome": offer.outcome, "clauses": list(offer.clauses), "facts": dict(offer.facts)}
            for offer in answer.offers
        ],
    }
    return answered | (baseline_json(answer.baseline, answer.first) if answer.baseline else {})


def _asks(name: str) -> dict[str, Any]:
    """Return the question for a fact, in English: the contract has no other language."""
    fact = vocabulary().facts[name]
    choices = {value: detail.words["choice"].en for value, detail in fact.details.items()} or {"yes": "Yes", "no": "No"}
    return {"fact": name, "question": fact.words["question"].en, "choices": choices}
