"""Which answers differ between two versions: hand-made pairs, and what holds of every pair."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from proviso.rules.norms import (
    ChangedAnswer,
    Clause,
    CompiledPolicy,
    Force,
    Kind,
    Outcome,
    Policy,
    Ruling,
    Situation,
    Vocabulary,
    Weight,
    assume,
    changed_answers,
)
from proviso.rules.rulebook import compile_policy, compiled
from tests.rules.norms import strategies
from tests.rules.norms.strategies import ON, policy_of
from tests.rules.norms.test_rulings import clause, norm, policy, when


def told(change: ChangedAnswer) -> str:
    """Write a change on one line, as a person would note it down."""
    where = [f"{one.fact}{' not' if one.but_not else ''} {'/'.join(one.values)}" for one in change.where]
    flags = [*change.flags, *(["one of " + "/".join(change.either)] if change.either else [])]
    sides = f"{change.before.outcome.value} -> {change.after.outcome.value}"
    return f"{', '.join([*where, *flags])}: {sides}"


def lines(before: CompiledPolicy, after: CompiledPolicy) -> list[str]:
    return [told(change) for change in changed_answers(before, after, ON).changes]


BAN = clause("A", norm(Force.PROHIBITED, when(who=("teacher", "parent"), act="connect", with_="pupil")))


def test_a_clause_that_goes_leaves_its_situations_not_covered_in_one_line() -> None:
    assert lines(policy(BAN), policy()) == ["who teacher/parent, act connect, with pupil: prohibited -> not_covered"]


def test_a_clause_that_comes_is_the_same_the_other_way_round() -> None:
    assert lines(policy(), policy(BAN)) == ["who teacher/parent, act connect, with pupil: not_covered -> prohibited"]


def test_a_milder_force_changes_the_outcome_and_both_sides_cite_the_clause() -> None:
    mild = clause("A", replace(BAN.norms[0], force=Force.DISCOURAGED))
    (change,) = changed_answers(policy(BAN), policy(mild)).changes
    assert (change.before.outcome, change.before.clauses) == (Outcome.PROHIBITED, ("A",))
    assert (change.after.outcome, change.after.clauses) == (Outcome.DISCOURAGED, ("A",))


def test_another_exception_changes_only_the_answers_where_it_is_met() -> None:
    lifted = clause("A", replace(BAN.norms[0], unless=(when("own_family"),)))
    assert lines(policy(BAN), policy(lifted)) == [
        "who teacher/parent, act connect, with pupil, own_family: prohibited -> permitted"
    ]


def test_a_change_that_another_ban_hides_changes_only_the_clauses_cited() -> None:
    wide = clause("B", norm(Force.PROHIBITED, when(act="connect")))
    (change,) = changed_answers(policy(BAN, wide), policy(wide)).changes
    assert change.weight is Weight.CLAUSES
    assert (change.before.clauses, change.after.clauses) == (("A",), ())


def test_a_duty_that_reads_otherwise_is_told_although_the_outcome_stays() -> None:
    before = clause("A", norm(Force.REQUIRED, when(act="receive"), what="Tell the headteacher"))
    after = clause("A", norm(Force.REQUIRED, when(act="receive"), what="Tell the DSL"))
    (change,) = changed_answers(policy(before), policy(after)).changes
    assert change.weight is Weight.DUTIES
    assert [duty.what for duty in change.before.duties] == ["Tell the headteacher"]
    assert [duty.what for duty in change.after.duties] == ["Tell the DSL"]


def test_flags_of_which_one_is_enough_are_one_line() -> None:
    ban = clause("A", norm(Force.PROHIBITED, when(act="post", either=("derogatory", "confidential"))))
    assert lines(policy(ban), policy()) == ["act post, one of derogatory/confidential: prohibited -> not_covered"]


def test_what_holds_for_every_other_value_is_said_so() -> None:
    narrow = clause("B", norm(Force.CAUTION, when(act="connect", through="official")))
    wide = clause("A", norm(Force.PROHIBITED, when(act="connect")))
    assert lines(policy(wide, narrow), policy(narrow)) == [
        "act connect, through official: prohibited -> caution",
        "act connect, through not official: prohibited -> not_covered",
    ]


def test_a_group_word_that_means_more_people_changes_their_answers_only() -> None:
    ban = clause("A", norm(Force.PROHIBITED, when(who="staff", act="post")))
    before, after = (policy(ban, groups={"staff": who}) for who in (("teacher",), ("teacher", "parent")))
    assert lines(before, after) == ["who parent, act post: not_covered -> prohibited"]


def test_text_alone_and_another_order_change_no_answer() -> None:
    other = clause("B", norm(Force.CAUTION, when(act="post")))
    before, after = policy(BAN, other), policy(other, replace(BAN, text="in other words"))
    assert changed_answers(before, after).changes == ()


def test_it_is_said_when_there_were_more_situations_than_could_be_looked_at() -> None:
    other = clause("B", norm(Force.CAUTION, when(act="post")))
    few, every = (changed_answers(policy(BAN, other), policy(), most=most) for most in (1, 2))
    assert (few.looked_at, few.all_looked_at) == (1, False)
    assert (every.looked_at, every.all_looked_at) == (2, True)


def test_parents_as_online_friends_once_the_county_ban_is_switched_off() -> None:
    county = compiled("lancashire")
    kept = tuple(one for one in county.policy.clauses if one.id != "LA-4.1iv")
    changes = changed_answers(county, compile_policy(replace(county.policy, id="our-school", clauses=kept)), ON)
    assert [told(change) for change in changes.of(Weight.OUTCOME)] == [
        "who teacher/support_staff/headteacher, act connect/communicate, with parent, through personal_account, "
        "when not lesson/working_hours: prohibited -> not_covered",
        "who teacher/support_staff/headteacher, act receive, with parent, through personal_account: "
        "required -> not_covered",
    ]
    assert changes.all_looked_at


@st.composite
def versions(draw: st.DrawFn, vocabulary: Vocabulary) -> tuple[CompiledPolicy, CompiledPolicy]:
    """Return two versions that share some clauses and differ in others."""
    before = draw(strategies.policies(vocabulary))
    other = draw(strategies.policies(vocabulary))
    others = {one.id: one for one in other.clauses}
    clauses: list[Clause] = []
    for one in before.clauses:
        fate = draw(st.sampled_from(("kept", "kept", "gone", "other")))
        if fate != "gone":
            clauses.append(others.get(one.id, one) if fate == "other" else one)
    return CompiledPolicy(before, vocabulary), CompiledPolicy(_sound(policy_of(*clauses)), vocabulary)


def _sound(written: Policy) -> Policy:
    """Drop priorities over clauses that are not there."""
    ids = {one.id for one in written.clauses}
    clauses = tuple(
        replace(
            one,
            norms=tuple(replace(each, overrides=tuple(o for o in each.overrides if o in ids)) for each in one.norms),
        )
        for one in written.clauses
    )
    return replace(written, clauses=clauses)


def both(before: CompiledPolicy, after: CompiledPolicy, facts: Situation) -> tuple[Ruling, Ruling]:
    one, other = (assume(book, facts, ON, values=True).ruling for book in (before, after))
    return one, other


@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_every_change_that_is_told_is_so(data: st.DataObject) -> None:
    words = data.draw(strategies.vocabularies())
    before, after = data.draw(versions(words))
    for change in changed_answers(before, after, ON).changes:
        assert change.situations
        for facts in change.situations:
            one, other = both(before, after, words.situation(facts))
            assert (one.outcome, other.outcome) == (change.before.outcome, change.after.outcome)
            assert set(change.before.clauses) <= set(one.clauses)
            assert set(change.before.duties) == set(one.duties) - set(other.duties)
            assert set(change.after.duties) == set(other.duties) - set(one.duties)
            differs = one.outcome is not other.outcome or set(one.clauses) != set(other.clauses)
            assert differs or change.weight is Weight.DUTIES


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_the_same_version_has_no_change_and_two_have_the_same_both_ways(data: st.DataObject) -> None:
    words = data.draw(strategies.vocabularies())
    before, after = data.draw(versions(words))
    assert changed_answers(before, before, ON).changes == ()
    forth, back = changed_answers(before, after, ON), changed_answers(after, before, ON)
    turned = {replace(change, before=change.after, after=change.before) for change in back.changes}
    assert set(forth.changes) == turned
    assert forth.looked_at == back.looked_at


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_no_change_without_flags_is_missed(data: st.DataObject) -> None:
    words = data.draw(strategies.vocabularies())
    before, after = data.draw(versions(words))
    plain = {}
    for fact in words.facts.values():
        if fact.kind is not Kind.FLAG:
            value = data.draw(st.sampled_from(fact.values if fact.name == "act" else (None, *fact.values)))
            if value:
                plain[fact.name] = value if fact.kind is Kind.ONE_OF else (value,)
    one, other = both(before, after, words.situation(plain))
    found = any(plain in change.situations for change in changed_answers(before, after, ON).changes)
    same = (one.outcome, set(one.clauses), set(one.duties)) == (other.outcome, set(other.clauses), set(other.duties))
    assert found is not same
