"""`proviso decide` and `proviso ask`."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from proviso.cli._language import add_language, speaking
from proviso.cli._show import say, say_json, say_table
from proviso.rules.asking import Answer, ask
from proviso.rules.norms import (
    Assumed,
    Change,
    FactError,
    Facts,
    FactValue,
    Kind,
    Note,
    Policy,
    Ruling,
    assume,
    nearest,
)
from proviso.rules.rulebook import compiled, vocabulary
from proviso.wording import outcomes, phrases, references, rulings
from proviso.wording.localised import clause_words, unmarked, written
from proviso.wording.rulings import DutyInWords, ReasonsInWords
from proviso.wording.welsh_grammar import put


def add_decide(commands: Any) -> None:
    command = commands.add_parser(
        "decide", help="a ruling on facts", description="Rule on facts: `fact=value`, `flag`, `no:flag`."
    )
    command.add_argument("policy", metavar="POLICY", nargs="?", help="a policy's id, or a policy file ending in .yaml")
    command.add_argument("facts", metavar="FACT", nargs="*", help="fact=value, flag or no:flag")
    command.add_argument(
        "--assume-no", action="store_true", help="take every flag not given as no, and every fact not given as none"
    )
    command.add_argument("--on", metavar="DATE", type=_day, help="the day to rule for, as 2026-09-01 (default: today)")
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
        "--on", metavar="DATE", type=_day, help="the day to answer for, as 2026-09-01 (default: today)"
    )
    command.add_argument("--json", action="store_true", help="as JSON")
    add_language(command)
    command.set_defaults(run=_ask)


def _day(text: str) -> date:
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
            before = facts.get(name)
            facts[name] = [*(before if isinstance(before, list) else []), *value.split(",")]
        else:
            _put(facts, name, value)
    return facts


def _put(facts: dict[str, FactValue], name: str, value: bool | str) -> None:
    if name in facts and facts[name] != value:
        facts_said = " and ".join(_said(name, each) for each in (facts[name], value))
        raise FactError(f"{facts_said} contradict each other: keep one of them")
    facts[name] = value


def _said(name: str, value: FactValue) -> str:
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
    given = policy.vocabulary.plain(policy.vocabulary.situation(facts))
    if options.json:
        say_json(ruling_json(ruling, given, assumed.so_long_as, assumed.unless))
        return 0
    with speaking(options.language):
        say(outcomes.sentence(ruling.outcome.value))
        _say_ruling(ruling, rulings.reasons(ruling, assumed.so_long_as, assumed.unless))
        _say_missing(ruling.missing, ruling.waiting)
    return 0


def _list_facts() -> int:
    rows = [("fact", "values", "means")]
    for fact in vocabulary().facts.values():
        rows.append((fact.name, ", ".join(fact.values) or "(flag)", fact.meaning))
    say_table([(name, means, values) for name, values, means in rows])
    return 0


def _ask(options: argparse.Namespace) -> int:
    answer = ask(compiled(options.policy), options.question, options.role, options.on or date.today())
    if options.json:
        say_json(answer_json(answer))
        return 0
    with speaking(options.language):
        _say_answer(answer)
    return 0


def _say_answer(answer: Answer) -> None:
    words = rulings.in_words(answer)
    if answer.nearest:
        say(_("The question was not understood. Is it about one of these?"))
        for situation in words.nearest:
            say(f"- {situation.sentence}", 2)
    elif answer.information:
        say(words.sentence)
        _say_clauses(answer.policy.policy, answer.information)
        _say_list(_("Law and guidance"), _notes(answer.notes))
    else:
        say(words.sentence)
        _say_ruling(answer.ruling, words.reasons)
        _say_missing(answer.missing, answer.ruling.waiting)
        say(_("Understood as: %(facts)s") % {"facts": _understood(answer) or _("nothing yet")})


def _understood(answer: Answer) -> str:
    words = []
    for fact in answer.understood:
        value = (
            fact.value
            if isinstance(fact.value, str)
            else ", ".join(fact.value)
            if isinstance(fact.value, (list, tuple))
            else ""
        )
        name = fact.fact if value or fact.value else f"no:{fact.fact}"
        words.append((f"{name}={value}" if value else name) + (" (taken)" if fact.taken else ""))
    if answer.audience:
        words.append(f"who={' or '.join(answer.audience)} (taken)")
    return "; ".join(words)


def _say_clauses(policy: Policy, ids: Iterable[str]) -> None:
    for clause in map(policy.clause, ids):
        place = unmarked(written(clause.at, policy))
        say(f"{clause.id} ({place}, {outcomes.force(clause.force)}): {clause_words(clause)}", 2)


def _say_ruling(ruling: Ruling, reasons: ReasonsInWords) -> None:
    policy = ruling.policy.policy
    _say_clauses(policy, ruling.clauses)
    lists = [
        (_("So long as none of this is so"), [change.text for change in reasons.so_long_as]),
        (_("Unless one of these is so"), [change.text for change in reasons.unless]),
        (_("What must be done now"), [_duty(duty) for duty in reasons.own]),
        *((others.heading, [_duty(duty) for duty in others.duties]) for others in reasons.others),
        (_("Already done"), [_duty(duty) for duty in reasons.met]),
        (_("Set aside"), [f"{aside.clause}: {aside.because}" for aside in reasons.set_aside]),
        (_("Instead"), reasons.instead),
        (_("Support"), [_quoted(policy, clause) for clause in ruling.support]),
        (_("To be kept in mind"), [_quoted(policy, clause) for clause in ruling.principles]),
        (_("Consequences"), [_quoted(policy, clause) for clause in ruling.consequences]),
        (_("Law and guidance"), _notes(ruling.notes)),
    ]
    for title, lines in lists:
        _say_list(title, lines)
    if ruling.outcome.value == "not_covered":
        say(put(_("Silence is not permission: ask %(whom)s."), whom=unmarked(written(policy.ask, policy))))


def _say_list(title: str, lines: Iterable[str]) -> None:
    plain_lines = [unmarked(line) for line in lines]
    if plain_lines:
        say(f"{unmarked(title)}:")
        for line in plain_lines:
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
        _("%(question)s (%(clauses)s wait for it)")
        % {"question": phrases.fact_words(fact, "question"), "clauses": clauses}
    )
    for value, words in phrases.choices(fact):
        say(f"- {fact}={value}: {words}" if vocabulary().facts[fact].values else f"- {words}", 2)
    if missing[1:]:
        say(_("Then: %(facts)s") % {"facts": ", ".join(missing[1:])})


def ruling_json(
    ruling: Ruling, facts: dict[str, Any], so_long_as: tuple[Change, ...], unless: tuple[Change, ...]
) -> dict[str, Any]:
    """Return a ruling under the contract's keys."""
    return {
        "outcome": ruling.outcome.value,
        "clauses": list(ruling.clauses),
        "exceptions": [{"clause": exception.clause, "set_aside_by": exception.by} for exception in ruling.exceptions],
        "duties": [
            {"clause": duty.clause, "what": duty.what, "by_when": duty.by, "to_whom": duty.to, "of": duty.of}
            for duty in ruling.duties
        ],
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


def _note(note: Note) -> dict[str, Any]:
    return {"id": note.id, "text": note.text, "source": note.source, "sure": note.sure, "since": note.since.isoformat()}


def answer_json(answer: Answer) -> dict[str, Any]:
    """Return an answer under the contract's keys."""
    facts = {name: list(value) if isinstance(value, (list, tuple)) else value for name, value in answer.facts.items()}
    answer_json = ruling_json(answer.ruling, facts, answer.so_long_as, answer.unless)
    if answer.information:
        answer_json |= {
            key: [] for key in ("duties", "exceptions", "principles", "consequences", "instead", "support", "waiting")
        }
    asks = answer.missing[0] if answer.missing else None
    answer_json |= {
        "question": answer.question,
        "notes": [_note(note) for note in answer.notes],
        "outcome": answer.outcome,
        "clauses": list(answer.clauses),
        "missing": list(answer.missing),
        "taken": [fact.fact for fact in answer.understood if fact.taken],
        "audience": list(answer.audience),
        "asks": _asks(asks) if asks else None,
        "nearest": [{"sentence": offer.sentence.en, "facts": dict(offer.facts)} for offer in answer.nearest],
    }
    return answer_json


def _asks(name: str) -> dict[str, Any]:
    """Return the question for a fact, in English: the contract has no other language."""
    fact = vocabulary().facts[name]
    choices = {value: detail.words["choice"].en for value, detail in fact.details.items()} or {"yes": "Yes", "no": "No"}
    return {"fact": name, "question": fact.words["question"].en, "choices": choices}
