"""The points of *Rulings*, each on a small policy made by hand, with what must come out written by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from proviso.rules.norms import (
    Answer,
    Batch,
    Clause,
    CompiledPolicy,
    Condition,
    Duty,
    Fact,
    FactError,
    Facts,
    Force,
    Kind,
    Norm,
    Note,
    Outcome,
    ReplayError,
    SetAside,
    Situation,
    Unsaid,
    Vocabulary,
    assume,
    batch,
    explain,
    replay,
)
from proviso.rules.rulebook import compiled
from tests.rules.norms.strategies import HAPPENED, policy_of

ACTS = ("post", "connect", "register", "receive", "suffer_abuse", "see_abuse", "find_material")
FLAGS = {
    "own_family": Unsaid.UNLESS,
    "consent": Unsaid.UNLESS,
    "agreed": Unsaid.UNLESS,
    "told": Unsaid.UNLESS,
    "derogatory": Unsaid.SO_LONG_AS,
    "confidential": Unsaid.SO_LONG_AS,
}
WORDS = Vocabulary(
    {
        "who": Fact("who", Kind.ANY_OF, "who acts", ("teacher", "pupil", "parent")),
        "act": Fact("act", Kind.ONE_OF, "what is done", ACTS, details=HAPPENED),
        "with": Fact("with", Kind.ANY_OF, "the other person", ("pupil", "parent", "family")),
        "through": Fact("through", Kind.ONE_OF, "by what way", ("personal", "official")),
        **{name: Fact(name, Kind.FLAG, name, unsaid=unsaid) for name, unsaid in FLAGS.items()},
    }
)
DAY = date(2026, 9, 1)


def when(*flags: str, no: tuple[str, ...] = (), either: tuple[str, ...] = (), **values: Any) -> Condition:
    """Return a condition; `with` is written `with_`."""
    named = {name.rstrip("_"): (said,) if isinstance(said, str) else said for name, said in values.items()}
    return Condition(tuple(named.items()), flags, no, either)


def norm(force: Force, condition: Condition, *unless: Condition, **more: Any) -> Norm:
    return Norm(force, condition, unless, **more)


def clause(clause_id: str, *norms: Norm, **more: Any) -> Clause:
    return Clause(clause_id, "1", (), "info", f"The text of {clause_id}.", (), (), norms=norms, **more)


def policy(*clauses: Clause, notes: tuple[Note, ...] = (), **more: Any) -> CompiledPolicy:
    return CompiledPolicy(policy_of(*clauses, **more), WORDS, notes)


BAN = norm(Force.PROHIBITED, when(act="connect", with_="pupil"), when("own_family"), instead="Use the school's site.")


# 1. Facts are yes, no or unknown, and so are norms and exceptions.


@pytest.mark.parametrize(
    ("facts", "outcome", "clauses", "missing"),
    [
        ({"act": "connect", "with": "pupil", "own_family": False}, Outcome.PROHIBITED, ("A",), ()),
        ({"act": "connect", "with": ["pupil", "parent"], "own_family": False}, Outcome.PROHIBITED, ("A",), ()),
        ({"act": "connect", "with": "pupil", "own_family": True}, Outcome.PERMITTED, ("A",), ()),
        ({"act": "connect", "with": "pupil"}, Outcome.UNDECIDED, (), ("own_family",)),
        ({"act": "connect", "own_family": False}, Outcome.UNDECIDED, (), ("with",)),
        ({"act": "connect", "with": "parent"}, Outcome.NOT_COVERED, (), ()),
        ({"act": "connect", "with": []}, Outcome.NOT_COVERED, (), ()),
        ({"act": "post", "with": "pupil"}, Outcome.NOT_COVERED, (), ()),
        ({"act": [], "with": "pupil"}, Outcome.NOT_COVERED, (), ()),
    ],
)
def test_a_ban_with_an_exception(
    facts: Facts, outcome: Outcome, clauses: tuple[str, ...], missing: tuple[str, ...]
) -> None:
    ruling = policy(clause("A", BAN)).rule(facts)
    assert (ruling.outcome, ruling.clauses, ruling.missing) == (outcome, clauses, missing)


def test_a_denied_flag_and_an_alternative_are_three_valued() -> None:
    rules = policy(clause("A", norm(Force.PROHIBITED, when(act="post", no=("consent",), either=("told", "agreed")))))
    assert rules.rule({"act": "post", "consent": False, "told": True}).outcome is Outcome.PROHIBITED
    assert rules.rule({"act": "post", "consent": True, "told": True}).outcome is Outcome.NOT_COVERED
    assert rules.rule({"act": "post", "consent": False, "told": False, "agreed": False}).outcome is Outcome.NOT_COVERED
    assert rules.rule({"act": "post", "consent": False, "told": False}).missing == ("agreed",)
    assert rules.rule({"act": "post", "told": True}).missing == ("consent",)


def test_a_group_of_the_policy_stands_for_its_values() -> None:
    rules = policy(
        clause("A", norm(Force.PROHIBITED, when(who="adults", act="post"))), groups={"adults": ("teacher", "parent")}
    )
    assert rules.rule({"who": "parent", "act": "post"}).outcome is Outcome.PROHIBITED
    assert rules.rule({"who": "pupil", "act": "post"}).outcome is Outcome.NOT_COVERED


def test_an_exception_of_several_parts_lifts_only_when_all_hold() -> None:
    rules = policy(clause("A", norm(Force.PROHIBITED, when(act="post"), when("consent", no=("confidential",)))))
    assert rules.rule({"act": "post", "consent": True, "confidential": False}).outcome is Outcome.PERMITTED
    assert rules.rule({"act": "post", "consent": True, "confidential": True}).outcome is Outcome.PROHIBITED
    assert rules.rule({"act": "post", "consent": False}).outcome is Outcome.PROHIBITED
    assert rules.rule({"act": "post", "consent": True}).missing == ("confidential",)


# 2. The strongest force decides.

FORCES = policy(
    clause("P", norm(Force.PROHIBITED, when("derogatory", act="post"))),
    clause("D", norm(Force.DISCOURAGED, when("confidential", act="post"))),
    clause("C", norm(Force.CAUTION, when("told", act="post"))),
    clause("M", norm(Force.PERMITTED, when("agreed", act="post"))),
    clause("R", norm(Force.REQUIRED, when("consent", act="post"), what="Keep the record.")),
)
FLAG_OF = {"P": "derogatory", "D": "confidential", "C": "told", "M": "agreed", "R": "consent"}


@pytest.mark.parametrize(
    ("spoken", "outcome", "decides"),
    [
        ("PDCMR", Outcome.PROHIBITED, "P"),
        ("DCMR", Outcome.DISCOURAGED, "D"),
        ("CMR", Outcome.CAUTION, "C"),
        ("MR", Outcome.PERMITTED, "M"),
        ("R", Outcome.REQUIRED, "R"),
        ("", Outcome.NOT_COVERED, ""),
    ],
)
def test_the_strongest_force_decides(spoken: str, outcome: Outcome, decides: str) -> None:
    ruling = FORCES.rule({"act": "post"} | {flag: name in spoken for name, flag in FLAG_OF.items()})
    assert (ruling.outcome, ruling.clauses) == (outcome, tuple(decides))
    assert [duty.clause for duty in ruling.duties] == (["R"] if "R" in spoken else [])


@pytest.mark.parametrize(("spoken", "open_"), [("P", "DCMR"), ("D", "CMR"), ("C", "MR"), ("M", "R")])
def test_what_is_weaker_need_not_be_known(spoken: str, open_: str) -> None:
    facts: dict[str, Any] = {"act": "post"} | {
        flag: name == spoken for name, flag in FLAG_OF.items() if name not in open_
    }
    ruling = FORCES.rule(facts)
    assert (ruling.clauses, ruling.missing) == ((spoken,), ())


@pytest.mark.parametrize(("spoken", "open_"), [("D", "P"), ("C", "D"), ("M", "C"), ("R", "M"), ("", "R")])
def test_what_is_stronger_must_be_known(spoken: str, open_: str) -> None:
    facts: dict[str, Any] = {"act": "post"} | {
        flag: name == spoken for name, flag in FLAG_OF.items() if name not in open_
    }
    ruling = FORCES.rule(facts)
    assert (ruling.outcome, ruling.clauses, ruling.missing) == (Outcome.UNDECIDED, (), (FLAG_OF[open_],))
    assert ruling.waiting == (open_,)


def test_all_clauses_of_the_strongest_force_decide_in_the_policys_order() -> None:
    ban = norm(Force.PROHIBITED, when(act="post"))
    assert policy(clause("B", ban), clause("A", ban, ban)).rule({"act": "post"}).clauses == ("B", "A")


def test_a_ban_that_its_own_exception_lifts_permits_by_its_clause() -> None:
    ruling = policy(clause("A", BAN)).rule({"act": "connect", "with": "pupil", "own_family": True})
    assert ruling.outcome is Outcome.PERMITTED
    assert ruling.clauses == ("A",)
    assert ruling.exceptions == (SetAside("A", "own_family"),)
    assert ruling.instead == ()


def test_advice_against_that_its_exception_lifts_is_silent() -> None:
    rules = policy(clause("A", norm(Force.DISCOURAGED, when(act="connect"), when("own_family"))))
    ruling = rules.rule({"act": "connect", "own_family": True})
    assert (ruling.outcome, ruling.clauses) == (Outcome.NOT_COVERED, ())
    assert ruling.exceptions == (SetAside("A", "own_family"),)


def test_a_ban_that_can_only_turn_out_lifted_waits_as_a_permission_would() -> None:
    advice = clause("B", norm(Force.CAUTION, when(act="connect")))
    facts: dict[str, Any] = {"act": "connect", "own_family": True}
    assert policy(clause("A", BAN), advice).rule(facts).outcome is Outcome.CAUTION
    alone = policy(clause("A", BAN)).rule(facts)
    assert (alone.outcome, alone.missing) == (Outcome.UNDECIDED, ("with",))


def test_a_lifted_ban_yields_to_another_ban() -> None:
    other = clause(
        "B", norm(Force.PROHIBITED, when(act="connect", through="personal"), instead="Use the school's site.")
    )
    ruling = policy(clause("A", BAN), other).rule(
        {"act": "connect", "with": "pupil", "own_family": True, "through": "personal"}
    )
    assert (ruling.outcome, ruling.clauses) == (Outcome.PROHIBITED, ("B",))
    assert ruling.instead == ("Use the school's site.",)


REPORT = norm(
    Force.REQUIRED, when(act="receive"), met=(when("told"),), what="Tell the head.", by="at once", to="the head"
)


def test_for_what_has_happened_the_duty_comes_first_and_the_permission_stands_beside_it() -> None:
    rules = policy(
        clause("A", REPORT),
        clause("B", norm(Force.PERMITTED, when(act="receive"))),
        clause("C", norm(Force.PROHIBITED, when("derogatory", act="receive"))),
    )
    ruling = rules.rule({"act": "receive", "told": False, "derogatory": True})
    assert (ruling.outcome, ruling.clauses, ruling.support) == (Outcome.REQUIRED, ("A",), ("B",))
    assert ruling.duties == (Duty("A", "Tell the head.", "at once", "the head"),)


@pytest.mark.parametrize("act", ["receive", "suffer_abuse", "see_abuse", "find_material"])
def test_each_act_that_happens_to_somebody_requires_first(act: str) -> None:
    rules = policy(
        clause("A", norm(Force.REQUIRED, when(), what="Keep it.")), clause("B", norm(Force.PERMITTED, when()))
    )
    assert rules.rule({"act": act}).outcome is Outcome.REQUIRED
    assert rules.rule({"act": "post"}).outcome is Outcome.PERMITTED


def test_a_duty_that_the_facts_meet_is_met_and_not_applied() -> None:
    ruling = policy(clause("A", REPORT)).rule({"act": "receive", "told": True})
    assert (ruling.outcome, ruling.duties) == (Outcome.NOT_COVERED, ())
    assert ruling.met == (Duty("A", "Tell the head.", "at once", "the head"),)
    assert ruling.exceptions == ()


def test_a_duty_that_nobody_says_is_met_waits() -> None:
    ruling = policy(clause("A", REPORT)).rule({"act": "receive"})
    assert (ruling.outcome, ruling.missing) == (Outcome.UNDECIDED, ("told",))


def test_duties_of_others_are_listed_beside_a_ban() -> None:
    duty = norm(Force.REQUIRED, when(act="connect"), what="Offer a site.", of="school")
    ruling = policy(clause("A", BAN), clause("B", duty)).rule({"act": "connect", "with": "pupil", "own_family": False})
    assert (ruling.outcome, ruling.clauses) == (Outcome.PROHIBITED, ("A",))
    assert ruling.duties == (Duty("B", "Offer a site.", None, None, "school"),)


def test_a_principle_is_shown_and_decides_nothing() -> None:
    rules = policy(clause("A", norm(Force.PRINCIPLE, when(act="post"))))
    ruling = rules.rule({"act": "post"})
    assert (ruling.outcome, ruling.clauses, ruling.principles) == (Outcome.NOT_COVERED, (), ("A",))
    assert rules.rule({}).outcome is Outcome.NOT_COVERED


def test_a_consequence_is_named_beside_what_is_not_allowed_only() -> None:
    threat = clause("Z", consequence=(when(act="post"),))
    ban = clause("A", norm(Force.PROHIBITED, when("derogatory", act="post")))
    rules = policy(ban, threat)
    assert rules.rule({"act": "post", "derogatory": True}).consequences == ("Z",)
    assert rules.rule({"act": "post", "derogatory": False}).consequences == ()


# 3. An undecided ruling names what is missing, best first.


def test_the_fact_that_settles_most_is_named_first() -> None:
    rules = policy(
        clause("A", norm(Force.PROHIBITED, when("derogatory", act="post"))),
        clause("B", norm(Force.PROHIBITED, when("confidential", act="post", with_="pupil"))),
        clause("C", norm(Force.PROHIBITED, when("confidential", act="post", with_="parent"))),
        clause("D", norm(Force.PROHIBITED, when("confidential", act="post", with_="family"))),
    )
    # `with` settles two of three values of B, C and D each; `confidential` half of each; `derogatory` all of A.
    assert rules.rule({"act": "post"}).missing == ("with", "confidential", "derogatory")
    assert rules.rule({"act": "post", "with": "pupil"}).missing == ("derogatory", "confidential")
    assert rules.rule({"act": "post", "confidential": False}).missing == ("derogatory",)


def test_what_is_missing_does_not_depend_on_what_was_ruled_before() -> None:
    ban = norm(Force.PROHIBITED, when("derogatory", act="post"), when("consent", "told"), when("agreed", "told"))
    ruled, other = policy(clause("A", ban)), policy(clause("A", ban))
    ruled.rule({"act": "post", "consent": True, "agreed": False})
    facts: dict[str, Any] = {"act": "post", "consent": False, "agreed": False}
    assert ruled.rule(facts).missing == other.rule(facts).missing == ("derogatory",)


def test_with_the_act_unknown_every_norm_may_speak() -> None:
    rules = policy(clause("A", BAN))
    assert rules.rule({}).missing == ("act", "with", "own_family")
    assert rules.rule({"with": "parent"}).outcome is Outcome.NOT_COVERED
    everywhere = policy(clause("A", norm(Force.PROHIBITED, when("derogatory"))))
    assert everywhere.rule({"derogatory": True}).outcome is Outcome.PROHIBITED


def test_with_the_act_unknown_a_duty_and_a_permission_leave_it_open_whether_something_has_happened() -> None:
    rules = policy(
        clause("A", norm(Force.REQUIRED, when(), what="Keep it.")), clause("B", norm(Force.PERMITTED, when()))
    )
    ruling = rules.rule({})
    assert (ruling.outcome, ruling.missing) == (Outcome.UNDECIDED, ("act",))
    assert rules.rule({"act": []}).outcome is Outcome.PERMITTED


# Declared priorities.

SPECIAL = clause("S", norm(Force.PERMITTED, when("agreed", act="connect"), overrides=("A",)))
PLAIN = clause("A", norm(Force.PROHIBITED, when(act="connect")))


def test_a_special_clause_sets_the_general_one_aside() -> None:
    for rules in (policy(PLAIN, SPECIAL), policy(SPECIAL, PLAIN)):
        ruling = rules.rule({"act": "connect", "agreed": True})
        assert (ruling.outcome, ruling.clauses) == (Outcome.PERMITTED, ("S",))
        assert ruling.exceptions == (SetAside("A", "S"),)
        assert rules.rule({"act": "connect", "agreed": False}).clauses == ("A",)


def test_a_special_clause_in_doubt_leaves_the_general_one_in_doubt() -> None:
    ruling = policy(PLAIN, SPECIAL).rule({"act": "connect"})
    assert (ruling.outcome, ruling.waiting, ruling.missing) == (Outcome.UNDECIDED, ("A", "S"), ("agreed",))


def test_a_special_clause_in_doubt_is_no_matter_beside_another_ban() -> None:
    other = clause("B", norm(Force.PROHIBITED, when(act="connect")))
    ruling = policy(PLAIN, SPECIAL, other).rule({"act": "connect"})
    assert (ruling.outcome, ruling.clauses, ruling.missing) == (Outcome.PROHIBITED, ("B",), ())


def test_a_clause_that_is_set_aside_sets_nothing_aside_in_whatever_order_they_stand() -> None:
    chief = clause("T", norm(Force.CAUTION, when("told", act="connect"), overrides=("S",)))
    for clauses in ((PLAIN, SPECIAL, chief), (chief, SPECIAL, PLAIN), (SPECIAL, chief, PLAIN)):
        rules = policy(*clauses)
        assert rules.rule({"act": "connect", "agreed": True, "told": True}).clauses == ("A",)
        assert rules.rule({"act": "connect", "agreed": True, "told": False}).clauses == ("S",)
        assert rules.rule({"act": "connect", "agreed": True}).missing == ("told",)


# 4. Notes, beside situations and clauses, by date.


def test_notes_stand_beside_what_they_speak_of_while_they_are_in_force() -> None:
    def note(name: str, **more: Any) -> Note:
        return Note(name, "a text", "a source", "A", more.pop("nations", ("England",)), date(2026, 1, 1), **more)

    notes = (
        note("situation", when=when(act="connect")),
        note("clause", clauses=("A",)),
        note("past", clauses=("A",), until=date(2026, 8, 31)),
        note("last day", clauses=("A",), until=DAY),
        note("elsewhere", clauses=("A",), nations=("Wales",)),
        note("other clause", clauses=("B",)),
    )
    rules = policy(clause("A", BAN), notes=notes)
    facts: dict[str, Any] = {"act": "connect", "with": "pupil", "own_family": False}
    assert [one.id for one in rules.rule(facts, DAY).notes] == ["situation", "clause", "last day"]
    assert rules.rule(facts).notes == ()
    assert [one.id for one in rules.rule({"act": "post"}, DAY).notes] == []


# 5. A ruling can be replayed.


def test_a_recorded_ruling_is_replayed() -> None:
    rules = policy(clause("A", BAN))
    ruling = rules.rule({"act": "connect", "with": ["pupil"], "own_family": False}, DAY)
    record = ruling.record()
    assert record == {
        "policy": "example",
        "version": "1",
        "engine": "1",
        "on": "2026-09-01",
        "facts": {"act": "connect", "with": ["pupil"], "own_family": False},
        "outcome": "prohibited",
        "clauses": ["A"],
    }
    assert replay(record, rules) == ruling


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"policy": "another"}, "made under policy `another`, and this is `example`"),
        ({"version": "0"}, "made under version `0`, and this is `1`"),
        ({"engine": "0"}, "made under engine `0`"),
        ({"outcome": "permitted"}, "was recorded as permitted and now comes out as prohibited"),
        ({"clauses": ["B"]}, "was recorded as prohibited"),
    ],
)
def test_a_ruling_that_cannot_be_replayed_says_why(change: dict[str, Any], says: str) -> None:
    rules = policy(clause("A", BAN))
    record = rules.rule({"act": "connect", "with": "pupil", "own_family": False}).record()
    with pytest.raises(ReplayError, match=says):
        replay(record | change, rules)


# 6. The answer comes first.

SAYING = clause("W", norm(Force.PROHIBITED, when(act="connect", either=("derogatory", "confidential"))))


def test_unsaid_flags_are_taken_as_no_and_named_where_they_would_change_the_outcome() -> None:
    rules = policy(clause("A", BAN), SAYING)
    found = assume(rules, WORDS.situation({"act": "connect", "with": "parent"}))
    assert found.ruling.outcome is Outcome.NOT_COVERED
    assert [(one.fact, one.outcome, one.clauses) for one in found.so_long_as] == [
        ("derogatory", Outcome.PROHIBITED, ("W",)),
        ("confidential", Outcome.PROHIBITED, ("W",)),
    ]
    assert found.unless == ()
    found = assume(rules, WORDS.situation({"act": "connect", "with": "pupil", "derogatory": False}))
    assert (found.ruling.outcome, found.so_long_as) == (Outcome.PROHIBITED, ())
    assert [(one.fact, one.outcome, one.clauses, one.beside) for one in found.unless] == [
        ("own_family", Outcome.PERMITTED, ("A",), ())
    ]


def test_a_flag_that_was_said_is_not_asked_again() -> None:
    rules = policy(clause("A", BAN), SAYING)
    found = assume(rules, WORDS.situation({"act": "connect", "with": "pupil", "own_family": False}))
    assert (found.ruling.outcome, found.unless) == (Outcome.PROHIBITED, ())


def test_a_missing_value_is_asked_for_unless_none_is_meant() -> None:
    rules = policy(clause("A", BAN))
    asked = assume(rules, WORDS.situation({"act": "connect"}))
    assert (asked.ruling.outcome, asked.ruling.missing, asked.unless) == (Outcome.UNDECIDED, ("with",), ())
    assert assume(rules, WORDS.situation({"act": "connect"}), values=True).ruling.outcome is Outcome.NOT_COVERED


def test_flags_that_change_the_outcome_only_together_are_named_together() -> None:
    rules = policy(
        clause("A", norm(Force.PROHIBITED, when(act="register"), when("consent"))),
        clause("B", norm(Force.PROHIBITED, when(act="register"), when("agreed"), when("told"))),
    )
    found = assume(rules, WORDS.situation({"act": "register"}))
    assert found.ruling.clauses == ("A", "B")
    # One of `agreed` and `told` is enough for B, and the first is dropped as not needed.
    assert [(one.fact, one.outcome, one.clauses, one.beside) for one in found.unless] == [
        ("consent", Outcome.PERMITTED, ("A", "B"), ("told",)),
        ("told", Outcome.PERMITTED, ("A", "B"), ("consent",)),
    ]


def test_flags_that_change_nothing_even_together_are_not_named() -> None:
    rules = policy(
        clause("A", norm(Force.PROHIBITED, when(act="register"), when("consent"))),
        clause("B", norm(Force.PROHIBITED, when(act="register"))),
    )
    assert assume(rules, WORDS.situation({"act": "register"})).unless == ()


def test_a_teacher_may_open_a_channel_when_three_things_are_given_together() -> None:
    rules = compiled("ewloe-green")
    found = assume(rules, rules.vocabulary.situation({"who": "teacher", "act": "open_channel"}))
    assert found.ruling.clauses == ("EG-7b", "EG-7d", "EG-7e")
    assert {one.fact for one in found.unless} == {"business_reason", "requirements_met", "provider_terms_met"}
    assert {one.outcome for one in found.unless} == {Outcome.PERMITTED}
    assert {len(one.beside) for one in found.unless} == {2}


# Explanation.


def test_an_explanation_tests_every_norm_part_by_part() -> None:
    rules = policy(clause("A", BAN), clause("B", norm(Force.CAUTION, when("told", act=("post", "register")))))
    found = explain(rules, WORDS.situation({"act": "connect", "own_family": True}))
    assert [(one.clause, one.force, one.applies) for one in found] == [
        ("A", Force.PROHIBITED, Answer.NO),
        ("B", Force.CAUTION, Answer.NO),
    ]
    assert [(part.words, part.holds) for part in found[0].parts] == [
        ("act=connect", Answer.YES),
        ("with=pupil", Answer.UNKNOWN),
    ]
    assert [(one.words, one.holds) for one in found[0].exceptions] == [("own_family", Answer.YES)]
    assert [(part.words, part.holds) for part in found[1].parts] == [
        ("act=post/register", Answer.NO),
        ("told", Answer.UNKNOWN),
    ]
    assert explain(rules, WORDS.situation({"act": "connect", "with": "pupil"}))[0].applies is Answer.UNKNOWN


def test_an_answer_is_never_taken_for_true_or_false() -> None:
    for answer in Answer:
        with pytest.raises(TypeError, match=r"compare an Answer with Answer\.YES"):
            bool(answer)


# Facts that cannot be.


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        ({"derogatry": True}, r"unknown fact `derogatry` \(nearest: derogatory\)"),
        ({"act": "conect"}, r"unknown value `conect` of `act` \(nearest: connect\)"),
        ({"act": ["post", "connect"]}, "`act` holds one value at a time, not post and connect: keep one of them"),
        ({"act": True}, "`act` needs a value: one of post, connect"),
        ({"who": ["teacher", "techer"]}, r"unknown value `techer` of `who` \(nearest: teacher"),
        ({"consent": "yes"}, "`consent` is a flag and takes no value"),
        ({"consent": ["yes"]}, "`consent` is a flag and takes no value"),
    ],
)
def test_facts_that_cannot_be_are_refused_with_the_nearest_names(facts: Facts, says: str) -> None:
    with pytest.raises(FactError, match=says):
        policy(clause("A", BAN)).rule(facts)


def test_a_situation_that_contradicts_itself_is_refused() -> None:
    with pytest.raises(FactError, match="said to be so and not to be so"):
        Situation(yes=3, no=2)


def test_facts_come_back_as_they_were_said() -> None:
    facts: dict[str, Any] = {"who": ["teacher", "parent"], "act": "post", "with": [], "told": True, "agreed": False}
    assert policy(clause("A", BAN)).rule(facts | {"consent": None}).facts == facts


# Batches.


def test_a_batch_in_numbers() -> None:
    rules = policy(clause("A", BAN))
    found = batch(
        rules,
        {
            "act": [1, 1, 1, 0, -1, len(ACTS)],  # connect, connect, connect, post, unknown, none of them
            "with": [1, 1 + 4, -1, 1, 1, 1],  # pupil; pupil and family; unknown
            "own_family": [0, 1, 0, 0, 0, 0],
        },
    )
    assert [Batch.order[number] for number in found.outcomes] == [
        Outcome.PROHIBITED,
        Outcome.PERMITTED,
        Outcome.UNDECIDED,
        Outcome.NOT_COVERED,
        Outcome.UNDECIDED,
        Outcome.NOT_COVERED,
    ]
    assert found.ruling(1).exceptions == (SetAside("A", "own_family"),)
    assert found.ruling(2).missing == ("with",)
    assert found.facts(-1) == {"act": [], "with": ["pupil"], "own_family": False}
    assert found.ruling(0).reasons is found.policy.rule(found.facts(0)).reasons
    with pytest.raises(IndexError):
        found.ruling(6)


@pytest.mark.parametrize(
    ("columns", "says"),
    [
        ({"akt": [0]}, r"unknown fact `akt` \(nearest: act"),
        ({"act": [len(ACTS) + 1]}, "the column `act` holds a number outside -1 to 7"),
        ({"told": [-2]}, "the column `told` holds a number outside -1 to 1"),
        ({"with": [8]}, "the column `with` holds a number outside -1 to 7"),
        ({"told": [0.5]}, "not a plain row of integers"),
        ({"told": [[1]]}, "not a plain row of integers"),
        ({"told": [0, 1], "act": [0]}, r"columns must be of one length \(told 2, act 1\)"),
        ({}, "columns must be of one length"),
    ],
)
def test_columns_that_cannot_be_are_refused(columns: dict[str, Any], says: str) -> None:
    with pytest.raises(FactError, match=says):
        batch(policy(clause("A", BAN)), columns)
