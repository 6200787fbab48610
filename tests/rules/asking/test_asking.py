"""Questions in plain words: how they are cleaned, understood, answered, and when they are not."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.questions import FOLDER, put
from proviso.rules.answers import Answer, Confidence, answer_facts
from proviso.rules.asking import LONGEST, QuestionError, ask, search
from proviso.rules.asking._asked import asked_of
from proviso.rules.asking._bank import bank
from proviso.rules.language import signs_of_harm
from proviso.rules.norms import FactError, FactValue
from proviso.rules.rulebook import compiled, policy_ids
from tools.bank_stamp import BANK_STAMP, bank_stamp
from tools.examples import STAMP, examples, stamp

ON = date(2026, 11, 20)


def answer(policy: str, question: str, role: str | None = None) -> Answer:
    return ask(compiled(policy), question, role, ON)


def reading(policy: str, question: str, role: str | None) -> Mapping[str, FactValue]:
    return asked_of(compiled(policy), question, role, bank()).understanding.frame.facts


def test_the_first_question_is_answered_with_its_clause() -> None:
    said = answer("king-david", "Can I accept a friend request from a girl in my class?")
    assert (said.outcome, said.clauses) == ("prohibited", ("KD-S.d1",))


@pytest.mark.parametrize(
    ("policy", "question", "role", "outcome", "clause"),
    [
        ("king-david", "can i add a kid from my class on insta", "teacher", "prohibited", "KD-S.d1"),
        ("king-david", "frends with ex pupils on facebok", "teacher", "caution", "KD-S.d2"),
        (
            "ewloe-green",
            "a lad who left last year wants to add me on snap, he is at the comp now",
            "teacher",
            "prohibited",
            "EG-6b",
        ),
        (
            "ewloe-green",
            "my own daughter is in year 4 here, can we stay friends on whatsapp",
            "teacher",
            "permitted",
            "EG-6b",
        ),
        ("lancashire", "can I be friends with the mum of one of mine on fb", None, "prohibited", "LA-4.1iv"),
        ("lancashire", "scrolling tiktok in PPA time", "teacher", "prohibited", "LA-4.1i"),
        (
            "asset-education",
            "can parents post photos of the nativity with other kids in",
            None,
            "prohibited",
            "AE-2.4b",
        ),
        ("asset-education", "friends with parents on facebook?", "teacher", "discouraged", "AE-2.1c"),
        ("knowsley-central", "a pupil has messaged me on instagram", "teacher", "required", "KC-3.b"),
        (
            "knowsley-central",
            "can I put a photo of my colleague on facebook, she said i could",
            "teacher",
            "permitted",
            "KC-3.d",
        ),
    ],
)
def test_everyday_words_lead_to_the_clause(
    policy: str, question: str, role: str | None, outcome: str, clause: str
) -> None:
    said = answer(policy, question, role)
    assert said.outcome == outcome
    assert clause in said.clauses


@pytest.mark.parametrize(
    "question", ["what's for dinner tomorrow", "the boiler is broken", "where do I park the minibus"]
)
def test_what_has_nothing_to_do_with_such_a_policy_is_told_so(question: str) -> None:
    told = answer("king-david", question, "teacher")
    assert (told.confidence, told.clauses) == (Confidence.NO, ())


@pytest.mark.parametrize("question", ["asdf qwer zxcv", "zz top?!", "42", "could he have it back then"])
def test_what_is_not_understood_never_becomes_a_definite_answer(question: str) -> None:
    told = answer("king-david", question, "teacher")
    assert told.outcome not in ("permitted", "not_covered", "prohibited")
    assert len(told.offers) <= 3
    for offer in told.offers:
        assert offer.clauses and answer_facts(compiled("king-david"), {"who": "teacher", **offer.facts}, ON).outcome


@pytest.mark.parametrize(
    ("question", "role", "sign"),
    [
        ("a pupil has sent me a naked picture", "teacher", "sexual_image"),
        ("a pupil told me that someone sends her nudes", "teacher", "sexual_image"),
        ("a girl told me that her uncle touches her; she meets a stranger tonight", None, "abuse"),
        ("a colleague is too close to a girl in year 10", "teacher", "adult_conduct"),
        ("someone is bullying me", "pupil", "child_bullied"),
        ("mae disgybl eisiau lladd ei hun", "teacher", "self_harm"),
        ("can I post the sports day photos? also a boy says he wants to kill himself", "teacher", "self_harm"),
    ],
)
def test_a_sign_of_harm_comes_first_whatever_else_is_asked(question: str, role: str | None, sign: str) -> None:
    told = answer("ewloe-green", question, role)
    assert told.first
    assert told.outcome not in ("not_covered", "outside")
    assert sign in signs_of_harm(question)


@pytest.mark.parametrize(
    "question",
    ["can I add a pupil on instagram", "who signs off the school's facebook page", "photos of my class on my own page"],
)
def test_an_ordinary_question_raises_no_alarm(question: str) -> None:
    assert answer("king-david", question, "teacher").first == ()


@pytest.mark.parametrize(
    ("words", "topic"),
    [("photo", "pictures"), ("mates with mums and dads", "parents-as-friends"), ("selfies", "pictures")],
)
def test_a_search_finds_what_is_meant_and_not_only_the_word(words: str, topic: str) -> None:
    policy = compiled("knowsley-central")
    assert topic in policy.policy.clause(search(policy, words)[0]).topics


def test_a_search_for_nothing_finds_nothing() -> None:
    assert search(compiled("king-david"), "…") == ()


@pytest.mark.parametrize(
    "question",
    [
        "somebody made an account in my name",
        "someone set up an instagram pretending to be me",
        "a parent keeps calling me useless on facebook",
    ],
)
def test_what_is_done_to_an_adult_at_work_is_no_sign_about_a_child(question: str) -> None:
    assert answer("king-david", question, "teacher").first == ()


@pytest.mark.parametrize(
    ("question", "role"),
    [
        ("they keep calling her names on snapchat", "teacher"),
        ("someone is bullying my son online", "teacher"),
        ("somebody made an account in my name", "pupil"),
    ],
)
def test_whoever_else_is_spoken_of_may_be_a_child(question: str, role: str) -> None:
    assert answer("king-david", question, role).first


@pytest.mark.parametrize(
    ("question", "role", "doer", "harmed"),
    [
        ("a parent is slagging off my colleague on facebook, what do i do", "teacher", "parent", "colleague"),
        ("a colleague is messaging a girl in year 6 late at night, what should I do", "teacher", "colleague", "pupil"),
        (
            "a parent told me a colleague is messaging her daughter on snapchat, what now",
            "teacher",
            "colleague",
            "pupil",
        ),
        ("a colleague is being bullied online by a parent, what do we do", "teacher", "parent", "colleague"),
        ("a year 5 pupil is being bullied on whatsapp, what do i do", "teacher", None, "pupil"),
        ("a pupil is bullying another pupil on snapchat, what happens", "teacher", "pupil", "pupil"),
        ("i am being bullied on facebook by a parent", "teacher", "parent", "colleague"),
        ("someone is bullying me online", "pupil", None, "pupil"),
    ],
)
def test_whoever_does_harm_and_whoever_is_harmed_are_two(
    question: str, role: str, doer: str | None, harmed: str
) -> None:
    assert reading("asset-education", question, role).get("with") == ([doer] if doer else None)
    assert reading("king-david", question, role)["harmed"] == [harmed]


def test_a_bullied_colleague_is_not_referred_as_one_who_harms() -> None:
    duties = answer("asset-education", "a colleague is being bullied online by a parent, what do we do", "teacher")
    assert {duty.clause for duty in duties.ruling.duties} == {"AE-2.6b"}


def test_abuse_of_nobody_in_particular_is_a_concern_all_the_same() -> None:
    question = "there is something nasty going on online, what should i do about the abuse"
    facts = reading("king-david", question, "teacher")
    assert "harmed" not in facts
    duties = answer_facts(compiled("king-david"), facts, ON).ruling.duties
    assert "KD-C.i" in {duty.clause for duty in duties}


def test_a_fact_with_values_that_matters_is_asked_for() -> None:
    said = answer("king-david", "can i message a parent", "teacher")
    assert (said.outcome, said.missing) == ("undecided", ("through",))
    assert "KD-C.a2" in said.ruling.waiting


def test_an_answer_says_what_would_change_it() -> None:
    said = answer("ewloe-green", "can I be facebook friends with a pupil", "teacher")
    assert said.outcome == "prohibited"
    assert "own_family" in [one.fact for one in said.unless]
    said = answer("ewloe-green", "can I be facebook friends with a colleague", "teacher")
    assert said.outcome == "caution"
    assert "disreputable" in [one.fact for one in said.so_long_as]


def test_what_was_merely_supposed_is_marked_as_taken() -> None:
    said = answer("king-david", "can I add a pupil", "teacher")
    taken = {one.fact for one in said.understood if one.taken}
    assert "through" in taken
    assert "act" not in taken


def test_the_words_come_before_the_role_that_the_site_knows() -> None:
    said = answer("asset-education", "as a governor can I add parents on facebook", "teacher")
    assert said.facts["who"] == ["governor"]


def test_an_answer_without_a_role_holds_for_those_it_names() -> None:
    said = answer("lancashire", "can I add a pupil on facebook")
    assert said.outcome == "prohibited"
    assert set(said.audience) == {"teacher", "support_staff", "headteacher"}


def test_a_question_about_the_policy_gets_the_clauses_that_speak_of_it() -> None:
    said = answer("ewloe-green", "who reads my school e-mail?", "teacher")
    assert said.outcome == "information"
    assert "EG-9a" in said.clauses


def test_monitoring_without_notice_is_noted_beside_its_clause() -> None:
    noted = [note.id for note in answer("ewloe-green", "who reads my school e-mail?").notes]
    assert "monitoring-without-notice" in noted
    before = ask(compiled("ewloe-green"), "who reads my school e-mail?", on=date(2018, 3, 7))
    assert "monitoring-without-notice" not in [note.id for note in before.notes]


def test_a_platform_is_recognised_from_the_reference_data() -> None:
    for platform in ("Instagram", "insta", "snap", "whatsapp", "linkedin", "tik tok", "X (Twitter)"):
        said = answer("king-david", f"can i message a parent on {platform}", "teacher")
        assert said.facts["through"] == "personal_account", platform


@pytest.mark.parametrize("question", ["", "   ", "\x00\x07", "\u202e\u200f", "...", "x" * (LONGEST + 1), "a " * 5000])
def test_nothing_to_read_or_too_much_is_refused(question: str) -> None:
    with pytest.raises(QuestionError):
        answer("king-david", question)


def test_an_unknown_role_is_refused_with_the_nearest() -> None:
    with pytest.raises(FactError, match="unknown role `techer` \\(nearest: teacher"):
        answer("king-david", "can i add a pupil", "techer")


@given(st.text(min_size=1, max_size=300))
def test_no_text_breaks_it(question: str) -> None:
    try:
        said = answer("asset-education", question)
    except QuestionError:
        return
    assert said.outcome
    assert not any(char in said.question for char in "\u202e\u200f\x00")


def test_every_clause_that_can_be_asked_about_has_questions_from_many_hands() -> None:
    questions = bank().questions
    assert len(questions) >= 4_000
    for policy in policy_ids():
        asked_about = Counter(
            clause for each in questions if each.policy == policy for clause in (*each.clauses, *each.others)
        )
        assert not [clause.id for clause in compiled(policy).policy.clauses if asked_about[clause.id] < 10]


def test_questions_are_answered_no_worse_than_when_last_measured() -> None:
    """Floors a little under the figures in docs/questions.md; raise them when those rise."""
    for name, right in (("past-teachers", 0.82), ("early-fresh", 0.83), ("blind-classroom", 0.69)):
        questions = [each for each in put(FOLDER / f"{name}.tsv") if not each.expected.harm]
        assert len(questions) >= 120
        assert sum(each.right for each in questions) / len(questions) >= right, name
        assert sum(each.soothing for each in questions) / len(questions) <= 0.01, name


def test_the_trees_were_learned_from_this_bank() -> None:
    assert len(bank().vectors) == len(bank().questions)
    assert BANK_STAMP.read_text("utf-8").strip() == bank_stamp(), "the bank has changed: run make learn"


def test_the_weights_were_learned_from_these_examples() -> None:
    """`make learn` writes the stamp; a changed example or pattern without it fails here."""
    assert json.loads(STAMP.read_text("utf-8")) == stamp(examples()), (
        "examples or patterns have changed: run make learn"
    )
