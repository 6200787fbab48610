"""The vocabulary alone says what a fact is called and what is special about it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from proviso.rules.norms import Fact, Kind, Phrase, assume
from proviso.rules.rulebook import RulebookError, compiled, topics, vocabulary
from proviso.rules.rulebook._vocabulary import read_vocabulary

SOURCES = Path(__file__).parents[3] / "src" / "proviso"
# Words that are so common that they may stand anywhere by chance: a topic of one word, "When?".
LEAST_WORDS = 3
FACT = """\
{name}:
  kind: one-of
  meaning: what is done
  heading: {{en: What, cy: Beth}}
  question: {{en: 'What?', cy: 'Beth?'}}
  open: {{en: It depends., cy: Mae’n dibynnu.}}
  values:
    post:
      meaning: publish
      choice: {{en: posting, cy: postio}}
"""
DEED = "      deed: {en: a, cy: b}\n      deed_short: {en: a, cy: b}\n"


def phrases(fact: Fact) -> Iterator[Phrase]:
    yield from fact.words.values()
    yield from (group.title for group in fact.groups)
    for value in fact.details.values():
        yield from value.words.values()


def test_every_fact_and_every_value_has_its_words_in_both_languages() -> None:
    for fact in vocabulary().facts.values():
        assert fact.words["question"].en.endswith("?")
        assert all(phrase.en and phrase.cy for phrase in phrases(fact)), fact.name
        assert tuple(fact.details) == fact.values
        if fact.kind is Kind.FLAG:
            assert {"so", "not_so"} <= {*fact.words}
    assert all(topic.name.en and topic.name.cy for topic in topics().values())


def test_every_act_is_offered_once() -> None:
    act = vocabulary().facts["act"]
    offered = [value for group in act.groups for value in group.values]
    assert sorted(offered) == sorted(act.values)


def test_what_has_happened_is_what_an_answer_tells_what_to_do_about() -> None:
    assert vocabulary().happened_acts == ("receive", "suffer_abuse", "see_abuse", "find_material")
    assert vocabulary().has_happened("receive")
    assert not vocabulary().has_happened("post")
    assert not vocabulary().has_happened(None)


def test_signs_of_harm_do_not_hold_unless_they_are_named() -> None:
    rules = compiled("king-david")
    harm = vocabulary().span("harm")
    facts = {"who": ["teacher"], "act": "suffer_abuse", "with": ["pupil"]}
    assumed = assume(rules, vocabulary().situation(facts)).ruling
    assert assumed.situation.no & harm == harm
    told = assume(rules, vocabulary().situation({**facts, "harm": ["threat", "disclosure"]})).ruling
    assert told.facts["harm"] == ["disclosure", "threat"]


def test_a_fact_with_values_is_never_offered_unsaid(tmp_path: Path) -> None:
    path = tmp_path / "vocabulary.yaml"
    path.write_text(FACT.format(name="through").replace("  meaning:", "  unsaid: offer\n  meaning:", 1), "utf-8")
    with pytest.raises(RulebookError) as raised:
        read_vocabulary(path)
    assert any("only flags are offered" in str(fault) for fault in raised.value.faults)


def texts(path: Path) -> Iterator[str]:
    """Yield the texts of a module or a template as somebody would read them."""
    text = path.read_text("utf-8")
    if path.suffix == ".py":
        yield from (
            node.value
            for node in ast.walk(ast.parse(text))
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
        )
    else:
        yield from re.findall(r"translate \"([^\"]+)\"", text)


def test_no_module_repeats_the_words_of_the_vocabulary() -> None:
    owned = {
        phrase.en
        for fact in vocabulary().facts.values()
        for phrase in phrases(fact)
        if len(phrase.en.split()) >= LEAST_WORDS
    }
    assert len(owned) > 200
    paths = [path for path in SOURCES.rglob("*") if path.suffix in (".py", ".html")]
    repeated = [f"{path.name}: {text}" for path in paths for text in texts(path) if text in owned]
    assert repeated == []


@pytest.mark.parametrize(
    ("written", "fault"),
    [
        ("      deed: {en: post, cy: postio}\n", "`deed_short` is missing; add `deed_short:`"),
        ("      traits: [happened]\n", "`event` is missing; add `event:`"),
        ("      traits: [hapened]\n", "unknown trait `hapened` (nearest: happened); use one of happened, towards"),
        ("      deed: {en: post, cy: postio}\n      deed_short: {en: post}\n", "`cy` is missing"),
        (
            DEED + "      deed_towards: {en: post to %(whom)s, cy: a %(whom)s}\n",
            "`deed_towards` has another place than the other person's",
        ),
        (
            DEED + "      deed_towards: {en: post to %(with)s, cy: postio}\n",
            "English and Welsh have different places",
        ),
        ("      around: {en: a, cy: b}\n", "unknown key `around`"),
    ],
)
def test_a_fault_in_the_words_is_found_with_its_line(tmp_path: Path, written: str, fault: str) -> None:
    path = tmp_path / "vocabulary.yaml"
    path.write_text(FACT.format(name="act") + written, "utf-8")
    with pytest.raises(RulebookError) as raised:
        read_vocabulary(path)
    assert any(fault in str(found) for found in raised.value.faults), raised.value.faults
    assert all(found.line > 1 or "deed" not in fault for found in raised.value.faults)
