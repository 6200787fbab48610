"""Two policies compared: hand-made pairs, the five of the rulebook, and what holds of every pair."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, product

import pytest
from hypothesis import assume as only_if
from hypothesis import given, settings
from hypothesis import strategies as st

from proviso.rules.norms import (
    Clause,
    CompiledPolicy,
    DifferentAnswer,
    Force,
    Norm,
    Oddity,
    Outcome,
    Policy,
    Situation,
    Verdict,
    Vocabulary,
    compare,
    odd_norms,
)
from proviso.rules.rulebook import compile_policy, compiled, load, policy_ids
from tests.rules.norms import strategies
from tests.rules.norms.test_rulings import clause, norm, policy, when

BAN = clause("A", norm(Force.PROHIBITED, when(who=("teacher", "parent"), act="connect", with_="pupil")))


def told(difference: DifferentAnswer) -> str:
    """Write a difference on one line, as a person would note it down."""
    where = [f"{one.fact} {(' and ' if one.at_once else '/').join(one.values)}" for one in difference.where]
    flags = [*difference.flags, *(["one of " + "/".join(difference.either)] if difference.either else [])]
    return f"{', '.join([*where, *flags])}: {difference.a.outcome.value} | {difference.b.outcome.value}"


def lines(a: CompiledPolicy, b: CompiledPolicy) -> list[str]:
    return [told(each) for each in compare(a, b).differences]


def test_a_clause_that_only_one_has_is_one_difference_with_its_people_together() -> None:
    comparison = compare(policy(BAN), policy())
    assert lines(policy(BAN), policy()) == ["who teacher/parent, act connect, with pupil: prohibited | not_covered"]
    assert comparison.verdict is Verdict.A_STRICTER
    assert comparison.differences[0].a.clauses == ("A",)
    assert comparison.differences[0].b.clauses == ()


def test_an_exception_that_only_one_has_is_told_with_its_flag() -> None:
    lifted = clause("B", replace(BAN.norms[0], unless=(when("own_family"),)))
    assert lines(policy(BAN), policy(lifted)) == [
        "who teacher/parent, act connect, with pupil, own_family: prohibited | permitted"
    ]


def test_the_same_said_in_other_clauses_is_proven_to_be_equivalent() -> None:
    teacher, parent = (
        clause(who, norm(Force.PROHIBITED, when(who=who, act="connect", with_="pupil")))
        for who in ("teacher", "parent")
    )
    assert compare(policy(BAN), policy(parent, teacher)).verdict is Verdict.EQUIVALENT


def test_each_may_be_stricter_somewhere() -> None:
    other = clause("B", norm(Force.CAUTION, when(act="post")))
    assert compare(policy(BAN), policy(other)).verdict is Verdict.BOTH_WAYS
    assert lines(policy(BAN), policy(other)) == [
        "act post: not_covered | caution",
        "who teacher/parent, act connect, with pupil: prohibited | not_covered",
    ]


def test_a_difference_that_needs_somebody_to_be_two_things_at_once_is_found() -> None:
    """A person is both: under A the ban on parents is the stronger, under B there is only the caution for teachers."""
    caution = clause("C", norm(Force.CAUTION, when(who="teacher", act="post")))
    allowed = clause("D", norm(Force.PERMITTED, when(who="parent", act="post")))
    sets_aside = clause("D", replace(allowed.norms[0], overrides=("C",)))
    assert lines(policy(caution, allowed), policy(caution, sets_aside)) == [
        "who teacher and parent, act post: caution | permitted"
    ]


def test_a_permission_and_silence_differ_and_neither_is_the_stricter() -> None:
    allowed = clause("D", norm(Force.PERMITTED, when(act="post")))
    comparison = compare(policy(allowed), policy())
    assert (comparison.verdict, len(comparison.differences)) == (Verdict.BOTH_WAYS, 1)


def test_a_duty_is_compared_where_the_outcome_is_the_same() -> None:
    ban = clause("A", norm(Force.PROHIBITED, when(act="post")))
    duty = clause("B", Norm(Force.REQUIRED, when("told", act="post"), what="Tell the headteacher"))
    comparison = compare(policy(ban, duty), policy(ban))
    assert comparison.differences == ()
    assert [told(each) for each in comparison.duties] == ["act post, told: prohibited | prohibited"]
    assert comparison.verdict is Verdict.A_STRICTER


def test_no_more_than_one_way_and_one_time_is_so_at_once() -> None:
    """The ban wants one way and the duty another, so no situation meets both."""
    personal = clause("A", norm(Force.PROHIBITED, when(act="post", through="personal")))
    official = clause("B", norm(Force.PERMITTED, when(act="post", through="official")))
    assert lines(policy(personal, official), policy(official)) == [
        "act post, through personal: prohibited | not_covered"
    ]


@pytest.mark.parametrize("name", policy_ids())
def test_a_policy_is_equivalent_to_itself(name: str) -> None:
    comparison = compare(compiled(name), compiled(name))
    assert (comparison.verdict, comparison.differences, comparison.duties) == (Verdict.EQUIVALENT, (), ())


def test_ewloe_green_bans_pupils_elsewhere_and_its_exception_is_family() -> None:
    """EG-6b forbids contact with a pupil of any school, unless it is family; the other policy speaks of its own."""
    comparison = compare(compiled("ewloe-green"), compiled("knowsley-central"))
    found = [
        each
        for each in comparison.differences
        if each.facts["act"] == "connect" and "pupil_elsewhere" in {v for one in each.where for v in one.values}
    ]
    assert found
    assert {(each.a.outcome, each.a.clauses) for each in found} >= {(Outcome.PROHIBITED, ("EG-6b",))}


@pytest.mark.parametrize("pair", [*combinations(policy_ids(), 2)], ids="-".join)
def test_two_of_the_five_differ_both_ways_and_every_witness_is_so(pair: tuple[str, str]) -> None:
    a, b = (compiled(name) for name in pair)
    comparison = compare(a, b)
    assert comparison.verdict is Verdict.BOTH_WAYS
    for each in comparison.differences:
        assert (a.rule(each.facts).outcome, b.rule(each.facts).outcome) == (each.a.outcome, each.b.outcome)
        assert each.a.outcome is not each.b.outcome


def _one_change(each: Policy, number: int) -> Iterator[Policy]:
    """Yield a policy with one condition changed: the norm of that number no longer speaks of a hidden account."""
    count = 0
    for place, one in enumerate(each.clauses):
        for spot, spoken in enumerate(one.norms):
            if count == number:
                when_ = replace(spoken.when, no=(*spoken.when.no, "hidden"))
                changed = replace(one, norms=(*one.norms[:spot], replace(spoken, when=when_), *one.norms[spot + 1 :]))
                yield replace(each, clauses=(*each.clauses[:place], changed, *each.clauses[place + 1 :]))
            count += 1


@pytest.mark.parametrize("name", policy_ids())
@pytest.mark.parametrize("number", (0, 3, 7))
def test_a_planted_change_of_one_condition_is_found(name: str, number: int) -> None:
    """A norm that no longer speaks where an account is hidden answers otherwise there, unless it never mattered."""
    (changed,) = _one_change(load(name), number)
    spoken = [(one, spot) for one in load(name).clauses for spot in range(len(one.norms))]
    one, spot = spoken[number]
    if one.norms[spot].force is Force.PRINCIPLE or "hidden" in (*one.norms[spot].when.flags, *one.norms[spot].when.no):
        return
    needless = {(odd.clause, odd.norm) for odd in odd_norms(compiled(name)) if odd.oddity is not Oddity.AT_ODDS}
    comparison = compare(compiled(name), compile_policy(changed))
    if comparison.verdict is Verdict.EQUIVALENT:
        assert (one.id, spot) in needless or one.norms[spot].force is Force.PERMITTED
    else:
        assert all("hidden" in {*each.flags, *each.either} for each in comparison.differences)


@st.composite
def pairs(draw: st.DrawFn, vocabulary: Vocabulary) -> tuple[CompiledPolicy, CompiledPolicy]:
    a, b = draw(strategies.policies(vocabulary)), draw(strategies.policies(vocabulary))
    return CompiledPolicy(a, vocabulary), CompiledPolicy(b, vocabulary)


def among(each: DifferentAnswer, situation: Situation, vocabulary: Vocabulary) -> bool:
    """Whether a situation has all that a class of situations needs."""

    def so(fact: str, value: str | None = None) -> bool:
        return bool(situation.yes & vocabulary.bit(fact, value))

    return (
        all((all if one.at_once else any)(so(one.fact, value) for value in one.values) for one in each.where)
        and all(so(flag) for flag in each.flags)
        and (not each.either or any(so(flag) for flag in each.either))
    )


@settings(max_examples=120, deadline=None)
@given(data=st.data())
def test_wherever_two_policies_differ_the_comparison_says_so(data: st.DataObject) -> None:
    words = data.draw(strategies.vocabularies())
    a, b = data.draw(pairs(words))
    comparison = compare(a, b)
    for _ in range(5):
        world = data.draw(strategies.worlds(words))
        one, other = (book.rule_bits(world.yes, world.no).outcome for book in (a, b))
        beneath = [each for each in comparison.differences if among(each, world, words)]
        if one is not other:
            assert any(each.a.outcome is one for each in beneath)
            assert any(each.b.outcome is other for each in beneath)
        duties = [{(d.what, d.by, d.to, d.of) for d in book.rule_bits(world.yes, world.no).duties} for book in (a, b)]
        if bool(duties[0]) != bool(duties[1]):
            assert comparison.verdict is not Verdict.EQUIVALENT


@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_every_difference_that_is_told_is_so(data: st.DataObject) -> None:
    words = data.draw(strategies.vocabularies())
    a, b = data.draw(pairs(words))
    for each in compare(a, b).differences:
        choices = [[one.values] if one.at_once else [(value,) for value in one.values] for one in each.where]
        for values, flag in product(product(*choices), each.either or (None,)):
            yes = sum(
                words.bit(one.fact, value) for one, held in zip(each.where, values, strict=True) for value in held
            )
            yes |= sum(words.bit(name) for name in each.flags) | (words.bit(flag) if flag else 0)
            rulings = [book.rule_bits(yes, (1 << words.width) - 1 & ~yes) for book in (a, b)]
            assert [ruling.outcome for ruling in rulings] == [each.a.outcome, each.b.outcome]
            assert [ruling.clauses for ruling in rulings] == [each.a.clauses, each.b.clauses]


@settings(max_examples=80, deadline=None)
@given(data=st.data())
def test_the_other_way_round_says_the_same(data: st.DataObject) -> None:
    words = data.draw(strategies.vocabularies())
    a, b = data.draw(pairs(words))
    forth, back = compare(a, b), compare(b, a)
    mirrored = {Verdict.A_STRICTER: Verdict.B_STRICTER, Verdict.B_STRICTER: Verdict.A_STRICTER}
    assert back.verdict is mirrored.get(forth.verdict, forth.verdict)
    seen = {(each.where, each.flags, each.either, each.a.outcome, each.b.outcome) for each in forth.differences}
    assert seen == {(each.where, each.flags, each.either, each.b.outcome, each.a.outcome) for each in back.differences}


def without(each: Policy, clause_id: str, number: int) -> Policy:
    def cut(one: Clause) -> Clause:
        left = tuple(spoken for spot, spoken in enumerate(one.norms) if spot != number)
        return replace(one, norms=left) if one.id == clause_id else one

    return replace(each, clauses=tuple(cut(one) for one in each.clauses))


@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_a_norm_is_odd_exactly_if_nothing_changes_without_it(data: st.DataObject) -> None:
    words = data.draw(strategies.vocabularies())
    written = data.draw(strategies.policies(words))
    spoken = [(one, spot) for one in written.clauses for spot in range(len(one.norms))]
    only_if(spoken)
    one, spot = data.draw(st.sampled_from(spoken))
    only_if(one.norms[spot].force.decides and not one.norms[spot].overrides)
    book = CompiledPolicy(written, words)
    odd = {(each.clause, each.norm) for each in odd_norms(book) if each.oddity is not Oddity.AT_ODDS}
    changes = compare(book, CompiledPolicy(without(written, one.id, spot), words)).differences
    if (one.id, spot) in odd:
        assert changes == ()
    elif one.norms[spot].force is not Force.PERMITTED:
        assert changes != ()


def test_a_permission_that_is_banned_wherever_it_speaks_is_at_odds_with_a_witness() -> None:
    allowed = clause("A", norm(Force.PERMITTED, when(who="teacher", act="post")))
    banned = clause("B", norm(Force.PROHIBITED, when(act="post"), when("consent")))
    odd = [each for each in odd_norms(policy(allowed, banned)) if each.oddity is Oddity.AT_ODDS]
    assert [(each.clause, each.beside, each.outcome) for each in odd] == [("A", ("B",), Outcome.PROHIBITED)]
    assert odd[0].facts is not None
    assert (odd[0].facts["who"], odd[0].facts["act"], odd[0].facts["consent"]) == (["teacher"], "post", False)


def test_a_norm_within_a_wider_one_of_the_same_force_is_needless() -> None:
    wide = clause("A", norm(Force.PROHIBITED, when(act="post")))
    narrow = clause("B", norm(Force.PROHIBITED, when("derogatory", act="post")))
    assert [(each.oddity, each.clause, each.beside) for each in odd_norms(policy(wide, narrow))] == [
        (Oddity.NEEDLESS, "B", ("A",))
    ]


def test_a_caution_within_a_ban_never_decides() -> None:
    wide = clause("A", norm(Force.PROHIBITED, when(act="post")))
    narrow = clause("B", norm(Force.CAUTION, when("derogatory", act="post")))
    assert [(each.oddity, each.clause, each.beside) for each in odd_norms(policy(wide, narrow))] == [
        (Oddity.NEVER_DECIDES, "B", ("A",))
    ]
