"""Measure Proviso's engine beside others and print what comes out, as Markdown."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

import numpy as np

from bench import arrays, measuring, peers, plain
from bench.rules import Answer, Rules, all_rules
from bench.situations import Known, columns, known, partly_known, with_lists
from proviso.rules.norms import CompiledPolicy, batch
from proviso.rules.rulebook import reference, vocabulary

SITUATIONS = 1_000
FEW = 20
ROWS = 1_000_000
QUESTIONS = (
    "May I accept a friend request from a pupil?",
    "Can a teacher post a photo of the class on the school's Facebook page?",
    "A parent has sent me a message on Instagram. What must I do?",
    "Am I allowed to text a former pupil from my own phone?",
    "Does the policy cover volunteers?",
)
ON = date(2026, 9, 1)
# The memory that a fresh interpreter has taken, in bytes: all of it, and what Python itself has counted.
MEMORY = """
import os, tracemalloc
def resident():
    return int(open("/proc/self/statm").read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
start = resident()
{imports}
tracemalloc.start() if {counted} else None
{work}
print(resident() - start, tracemalloc.get_traced_memory()[0] if {counted} else 0)
"""
COMPILE = """
from proviso.rules.rulebook import compiled, policy_ids
policies = [compiled(policy) for policy in policy_ids()]
for policy in policies:
    for bit in (0, *(policy.vocabulary.bit("act", act) for act in policy.vocabulary.facts["act"].values)):
        policy.evaluator(bit)
"""


@dataclass(frozen=True, slots=True)
class Row:
    """One engine, its seconds for one situation, and on how many situations it disagreed with the plain loop."""

    engine: str
    how: str
    seconds: float
    disagree: str


def main() -> int:
    """Measure everything; the status is 1 when an engine disagrees."""
    measuring.pin()
    rules = all_rules()
    singles = [*_ours(rules), *_others(rules)]
    _table("One ruling", "rulings/s", singles, "Proviso, cold")
    batches = _batches(rules)
    _table(f"A batch of {ROWS:,}", "situations/s", batches, "Proviso, all known")
    _memory()
    _questions(rules.values())
    _commands()
    return int(any(row.disagree not in ("0", "-") for row in (*singles, *batches)))


def _say(line: str = "") -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _table(title: str, unit: str, rows: Sequence[Row], ours: str) -> None:
    own = next(row.seconds for row in rows if row.engine == ours)
    _say(f"\n### {title}\n")
    _say(f"| engine | how | {unit} | µs each | times the time of {ours} | disagree |")
    _say("|---|---|--:|--:|--:|--:|")
    for row in rows:
        each = f"{row.seconds * 1e6:.3f}" if row.seconds < 1e-6 else f"{row.seconds * 1e6:.1f}"
        _say(
            f"| {row.engine} | {row.how} | {1 / row.seconds:,.0f} | {each} | {row.seconds / own:.2f} | {row.disagree} |"
        )


def _touch(policy: CompiledPolicy, situations: Iterable[Known]) -> list[Answer]:
    """Make complete rulings, and look at what a caller would show."""
    answers: list[Answer] = []
    for situation in situations:
        ruling = policy.rule(situation, ON)
        _ = ruling.exceptions, ruling.duties, ruling.missing
        answers.append((ruling.outcome.value, ruling.clauses))
    return answers


def _ours(rules: dict[str, Rules]) -> list[Row]:
    rows: list[Row] = []
    for how, situations in (("every fact known", known), ("about half of the facts known", partly_known)):
        cold = warm = 0.0
        wrong = 0
        for policy_rules in rules.values():
            asked = situations(policy_rules, SITUATIONS)
            cold += measuring.cpu_seconds(partial(_touch_last, asked), partial(_empty, policy_rules))
            policy = emptied[-1]
            warm += measuring.cpu_seconds(partial(_touch, policy, asked))
            if situations is known:
                wrong += _differ(_touch(policy, asked), map(plain.loop(policy_rules), map(with_lists, asked)))
        count = SITUATIONS * len(rules)
        name = "" if situations is known else ", partly known"
        disagree = str(wrong) if situations is known else "-"
        rows.append(
            Row(f"Proviso{name}, cold", f"{how}; nothing remembered, every situation another", cold / count, disagree)
        )
        rows.append(Row(f"Proviso{name}, warm", f"{how}; the same situations again", warm / count, disagree))
    return rows


emptied: list[CompiledPolicy] = []


def _fresh(rules: Rules) -> CompiledPolicy:
    """Return a policy whose code is there for every act and which remembers no ruling."""
    policy = CompiledPolicy(rules.policy.policy, vocabulary(), reference().notes)
    for act in policy.vocabulary.facts["act"].values:
        policy.evaluator(policy.vocabulary.bit("act", act))
    policy.evaluator(0)
    emptied.clear()
    return policy


def _empty(rules: Rules) -> None:
    emptied.append(_fresh(rules))


def _touch_last(situations: Iterable[Known]) -> list[Answer]:
    return _touch(emptied[-1], situations)


def _each(rule: Callable[[Any], Any], situations: Iterable[Any]) -> list[Any]:
    return [rule(situation) for situation in situations]


def _differ(answers: Iterable[Answer], right: Iterable[Answer]) -> int:
    return sum(answer != other for answer, other in zip(answers, right, strict=True))


def _others(rules: dict[str, Rules]) -> list[Row]:
    engines: list[tuple[str, str, Callable[[Rules], plain.Ruler], Callable[[Known], Known]]] = [
        ("durable_rules", "a rule set for each act, timers off; host combines", peers.durable, peers.flat),
        ("ZEN", "one table, collect; host combines", peers.zen_table, with_lists),
        ("Cedar", "a permit for each rule; host combines", peers.cedar, with_lists),
        ("bit masks in Python", "yardstick, two-valued; host combines", plain.masks, with_lists),
        ("loop over the norms", "yardstick, two-valued; host combines", plain.loop, with_lists),
    ]
    rows = []
    for name, how, make, shape in engines:
        seconds, wrong = _peer(make, shape, rules)
        rows.append(Row(name, how, seconds, str(wrong)))
    return [*rows, _openfisca_single(rules)]


def _peer(
    make: Callable[[Rules], plain.Ruler], shape: Callable[[Known], Known], rules: dict[str, Rules]
) -> tuple[float, int]:
    """Return the seconds for one situation, already in the shape that the peer takes, and how often it disagrees."""
    seconds, wrong = 0.0, 0
    for policy_rules in rules.values():
        situations = known(policy_rules, SITUATIONS)
        ruler = make(policy_rules)
        shaped = [shape(situation) for situation in situations]
        wrong += _differ(map(ruler, shaped), map(plain.loop(policy_rules), map(with_lists, situations)))
        seconds += measuring.cpu_seconds(partial(_each, ruler, shaped))
    return seconds / SITUATIONS / len(rules), wrong


def _openfisca_single(rules: dict[str, Rules]) -> Row:
    seconds, wrong = 0.0, 0
    for policy_rules in rules.values():
        situations = known(policy_rules, FEW)
        ask = arrays.openfisca(policy_rules)
        shaped = [columns(policy_rules, [situation], 1) for situation in situations]
        asked = [ask(row) for row in shaped]
        answers = [
            policy_rules.combine([number for number, holds in matched.items() if holds[0]], situation["act"])
            for (_, matched), situation in zip(asked, situations, strict=True)
        ]
        wrong += _differ(answers, map(plain.loop(policy_rules), map(with_lists, situations)))
        seconds += measuring.cpu_seconds(partial(_each, ask, shaped), repeats=3)
    return Row("openfisca-core", "one simulation each", seconds / FEW / len(rules), str(wrong))


def _batches(rules: dict[str, Rules]) -> list[Row]:
    seconds: dict[str, float] = dict.fromkeys(("ours", "partly", "bare", "openfisca"), 0.0)
    wrong = {"bare": 0, "openfisca": 0, "ours": 0}
    for policy_rules in rules.values():
        rows = columns(policy_rules, known(policy_rules, SITUATIONS), ROWS)
        partly = columns(policy_rules, partly_known(policy_rules, SITUATIONS), ROWS)
        bare, openfisca = arrays.bare(policy_rules), arrays.openfisca(policy_rules)
        seconds["ours"] += measuring.cpu_seconds(partial(batch, policy_rules.policy, rows))
        seconds["partly"] += measuring.cpu_seconds(partial(batch, policy_rules.policy, partly))
        seconds["bare"] += measuring.cpu_seconds(partial(bare, rows))
        seconds["openfisca"] += measuring.cpu_seconds(partial(openfisca, rows))
        for name, count in _disagreements(
            policy_rules, rows, {"bare": bare(rows), "openfisca": openfisca(rows)}
        ).items():
            wrong[name] += count
    each = {name: taken / ROWS / len(rules) for name, taken in seconds.items()}
    return [
        Row(
            "Proviso, all known",
            "outcomes, and all that a ruling holds for any row asked for",
            each["ours"],
            str(wrong["ours"]),
        ),
        Row("Proviso, partly known", "the same with about half of the facts known", each["partly"], "-"),
        Row("bare NumPy", "yardstick, two-valued: outcomes and a mask for each rule", each["bare"], str(wrong["bare"])),
        Row("openfisca-core", "outcomes and a variable for each rule", each["openfisca"], str(wrong["openfisca"])),
    ]


def _disagreements(rules: Rules, rows: arrays.Columns, answers: dict[str, Any]) -> dict[str, int]:
    """Count the rows whose outcomes differ from ours, and those of the first rows whose deciding clauses do."""
    ours = batch(rules.policy, rows)
    wrong = {}
    for name, (best, matched) in answers.items():
        wrong[name] = int((np.array(arrays.RANK_TO_OURS)[best] != ours.outcomes).sum())
        wrong[name] += sum(
            rules.combine([number for number, holds in matched.items() if holds[row]], str(ours.facts(row)["act"]))
            != (ours.ruling(row).outcome.value, ours.ruling(row).clauses)
            for row in range(SITUATIONS)
        )
    loop = plain.loop(rules)
    wrong["ours"] = sum(
        loop(ours.facts(row)) != (ours.ruling(row).outcome.value, ours.ruling(row).clauses) for row in range(SITUATIONS)
    )
    return wrong


def _memory() -> None:
    resident, _ = measuring.fresh(MEMORY.format(imports="", counted=False, work=COMPILE))
    imports = "import proviso.rules.norms, proviso.rules.rulebook"
    _, counted = measuring.fresh(MEMORY.format(imports=imports, counted=True, work=COMPILE))
    _say("\n### Memory of all five policies, compiled for every act\n")
    beyond = "the process, beyond a bare interpreter (Proviso's code, YAML and what reading leaves behind too)"
    _say(f"* {beyond}: {resident / 1e6:.1f} MB")
    _say(f"* the policies, the vocabulary and the notes alone, as Python counts them: {counted / 1e6:.1f} MB")


def _questions(rules: Iterable[Rules]) -> None:
    _say("\n### A question in plain words, in process\n")
    try:
        from proviso.rules.asking import ask
    except ImportError:
        _say("* `proviso.rules.asking.ask` is not there")
        return
    policies = [policy_rules.policy for policy_rules in rules]
    for policy in policies:
        ask(policy, QUESTIONS[0], on=ON)
    seconds = measuring.cpu_seconds(lambda: [ask(policy, text, on=ON) for policy in policies for text in QUESTIONS])
    _say(f"* {seconds / len(policies) / len(QUESTIONS) * 1e3:.2f} ms")


def _commands() -> None:
    _say("\n### Commands, as whole processes\n")
    _say("| command | CPU s | wall s |")
    _say("|---|--:|--:|")
    decide = (
        "decide",
        "ewloe-green",
        "who=teacher",
        "act=connect",
        "with=pupil",
        "through=personal_account",
        "--assume-no",
    )
    for arguments in (("policies",), decide, ("ask", "ewloe-green", QUESTIONS[0])):
        taken = measuring.command(arguments)
        figures = f"{taken[0]:.2f} | {taken[1]:.2f}" if taken else "does not answer | -"
        _say(f"| `proviso {arguments[0]}` | {figures} |")


if __name__ == "__main__":
    sys.exit(main())
