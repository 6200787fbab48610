"""Sentences that read aloud, whatever they are made from."""

import re

import pytest
from django.utils import translation

from proviso.rules import rulebook
from proviso.rules.answers import answer_facts
from proviso.rules.asking import check_questions
from proviso.rules.norms import FactValue, Phrase
from proviso.wording import outcomes, phrases, rulings, situations
from proviso.wording.statements import statement


def said(policy: str, **facts: FactValue) -> str:
    return rulings.sentence(answer_facts(rulebook.compiled(policy), {k.rstrip("_"): v for k, v in facts.items()}))


@pytest.mark.parametrize(
    ("sentence", "policy", "facts"),
    [
        (
            "No. A teacher may not connect with a pupil of this school on a personal account.",
            "king-david",
            {"who": ["teacher"], "act": "connect", "with": ["pupil"], "through": "personal_account"},
        ),
        (
            "Better not. The policy strongly advises a teacher who is also a parent or carer not to connect with "
            "a pupil's parent or carer on a personal account outside working hours.",
            "asset-education",
            {
                "who": ["teacher", "parent"],
                "act": "connect",
                "with": ["parent"],
                "through": "personal_account",
                "when": "own_time",
            },
        ),
        (
            "Take great care. The policy does not forbid support staff to connect with a former pupil on a personal "
            "account, but it warns about it.",
            "king-david",
            {"who": ["support_staff"], "act": "connect", "with": ["former_pupil"], "through": "personal_account"},
        ),
        (
            "Yes. A governor may connect with a pupil of this school on a personal account outside working hours where "
            "the other person is your own family.",
            "ewloe-green",
            {
                "who": ["governor"],
                "act": "connect",
                "with": ["pupil"],
                "through": "personal_account",
                "own_family": True,
                "when": "own_time",
            },
        ),
        (
            "No. A teacher may not use social media without posting in lesson time.",
            "asset-education",
            {"who": ["teacher"], "act": "browse", "when": "lesson"},
        ),
        (
            "It depends on who wants to do this.",
            "king-david",
            {"act": "connect", "with": ["pupil"], "through": "personal_account"},
        ),
        (
            "It depends on who it is about.",
            "knowsley-central",
            {"act": "receive", "with": ["pupil"], "through": "personal_account"},
        ),
        ("It depends on who the other person is.", "king-david", {"who": ["teacher"], "act": "connect"}),
        ("There is one thing that a teacher must do.", "king-david", {"who": ["teacher"], "act": "suffer_abuse"}),
        ("The policy does not speak of this.", "ewloe-green", {"who": ["teacher"], "act": "find_material"}),
    ],
)
def test_an_outcome_is_one_sentence(sentence: str, policy: str, facts: dict[str, FactValue]) -> None:
    assert said(policy, **facts) == sentence


@pytest.mark.parametrize("policy", rulebook.policy_ids())
def test_every_norm_of_every_policy_is_a_whole_sentence(policy: str) -> None:
    written = rulebook.load(policy)
    for clause in written.clauses:
        for norm in clause.norms:
            sentence = statement(norm, written).sentence
            assert re.fullmatch(r"[A-Z][^%_{}]*\.", sentence), sentence
            assert "  " not in sentence and ".." not in sentence


def test_everyone_may_not_is_never_said() -> None:
    written = rulebook.load("asset-education")
    told = " ".join(statement(norm, written).sentence for clause in written.clauses for norm in clause.norms)
    assert "veryone may not" not in told


def test_flags_of_a_norm_are_listed_where_there_are_several() -> None:
    written = rulebook.load("asset-education")
    norm = written.clause("AE-1.5d").norms[0]
    said_of_it = statement(norm, written)
    assert said_of_it.sentence.endswith("where at least one of these is so.")
    assert said_of_it.any_of == (
        "it makes an allegation or could harm somebody's reputation",
        "it is discriminatory",
        "it breaches copyright or data protection",
    )


def test_what_set_a_clause_aside_is_said_for_every_exception() -> None:
    for written in map(rulebook.load, rulebook.policy_ids()):
        for clause in written.clauses:
            for norm in clause.norms:
                for one in (*norm.unless, *norm.met):
                    assert not re.search(r"[=_]|^always$", phrases.condition(one, written)), clause.id


@pytest.mark.parametrize(
    ("sentence", "facts"),
    [
        (
            "You want to connect with a pupil of this school on a personal account outside working hours.",
            {"who": "teacher", "act": "connect", "with": ["pupil"], "through": "personal_account", "when": "own_time"},
        ),
        (
            "You want to connect with a former pupil on a personal account, and the other person is under 18.",
            {"act": "connect", "with": "former_pupil", "through": "personal_account", "with_under_18": True},
        ),
        (
            "You get a request to connect from a pupil of this school on a personal account.",
            {"act": "receive", "with": ["pupil"], "through": "personal_account", "friend_request": True},
        ),
        (
            "You are bullied, threatened or attacked online by a colleague.",
            {"act": "suffer_abuse", "with": ["colleague"]},
        ),
        ("You come upon indecent or unsuitable material.", {"act": "find_material", "mentions_pupil": False}),
        (
            "You want to use social media without posting in lesson time.",
            {"act": "browse", "when": "lesson", "through": "personal_account"},
        ),
    ],
)
def test_a_situation_is_one_sentence_that_does_not_say_what_comes_of_it(
    sentence: str, facts: dict[str, FactValue]
) -> None:
    assert situations.situation(facts) == sentence


@pytest.mark.parametrize("policy", rulebook.policy_ids())
def test_every_question_to_sign_by_is_a_whole_sentence_with_answers(policy: str) -> None:
    questions = check_questions(rulebook.compiled(policy), rulebook.scenarios(policy), ["teacher"], "seed", count=40)
    assert len(questions) >= 3
    for question in questions:
        sentence = situations.situation(question.facts)
        assert re.fullmatch(r"You [^%_{}]+[^ .]\.", sentence), sentence
        assert len(sentence) < 220, sentence
        labels = {option: outcomes.check_option(option) for option in question.options}
        assert labels[question.right]
        assert len(set(labels.values())) == len(question.options)


def test_words_are_said_in_the_readers_language_or_else_in_english() -> None:
    assert phrases.phrase_words(Phrase("a pupil", "disgybl")) == "a pupil"
    with translation.override("cy"):
        assert phrases.phrase_words(Phrase("a pupil", "disgybl")) == "disgybl"
        assert phrases.phrase_words(Phrase("a pupil")) == "a pupil"


def test_signs_of_harm_are_said_with_the_situation() -> None:
    facts: dict[str, FactValue] = {"who": ["teacher"], "act": "see_abuse", "harmed": ["pupil"], "harm": ["threat"]}
    assert situations.situation(facts) == (
        "You learn of abuse or unsuitable contact online, and who is harmed is a pupil and "
        "somebody threatens violence against a pupil, staff or the school."
    )


def in_words(policy: str, **facts: FactValue) -> rulings.AnswerInWords:
    return rulings.in_words(answer_facts(rulebook.compiled(policy), facts))


@pytest.mark.parametrize(
    ("policy", "above"), [("king-david", "chair of governors"), ("knowsley-central", "chair of governors")]
)
def test_a_headteacher_is_not_told_to_tell_the_headteacher(policy: str, above: str) -> None:
    facts: dict[str, FactValue] = {"act": "see_abuse", "with": ["colleague"], "harmed": ["pupil"]}
    told = {duty.to for duty in in_words(policy, who=["headteacher"], **facts).reasons.own} - {""}
    assert told == {above}
    assert {duty.to for duty in in_words(policy, who=["teacher"], **facts).reasons.own} - {""} == {"headteacher"}


def test_no_duty_names_in_its_own_words_the_headteacher_to_whom_it_is_done() -> None:
    told = [
        (clause.id, norm.what)
        for policy in rulebook.policy_ids()
        for clause in rulebook.load(policy).clauses
        for norm in clause.norms
        if norm.to == "headteacher" and "headteacher" in (norm.what or "")
    ]
    assert told == []


def test_a_headteacher_is_not_told_to_ask_the_headteacher() -> None:
    facts: dict[str, FactValue] = {"act": "connect", "with": ["colleague"], "through": "personal_account"}
    assert in_words("king-david", who=["headteacher"], **facts).ask == "the chair of governors"
    assert in_words("asset-education", who=["headteacher"], **facts).ask == "the trust executive"
    assert in_words("king-david", who=["teacher"], **facts).ask == "the headteacher"
    assert in_words("king-david", who=["headteacher", "parent"], **facts).ask == "the headteacher"


def test_a_duty_that_two_norms_of_a_clause_give_is_named_once() -> None:
    facts: dict[str, FactValue] = {"act": "see_abuse", "with": ["pupil"], "harmed": ["pupil"], "mentions_pupil": True}
    duties = in_words("knowsley-central", who=["governor"], **facts).reasons.own
    assert [duty.clause for duty in duties] == ["KC-3.e"]
    ruling = answer_facts(rulebook.compiled("knowsley-central"), {"who": ["governor"], **facts}).ruling
    assert len(ruling.duties) == len(set(ruling.duties))
