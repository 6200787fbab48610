"""The question, and every kind of answer to it."""

import pytest
from django.test import Client

from proviso.rules import rulebook
from proviso.rules.asking import LONGEST, ask
from proviso.web.public import examples
from tests.web.pages import DAVID, GIRL, link, main, read, words

TEACHER = "/answer/?who=teacher&act=connect&with=pupil&through=personal_account&when=own_time"


def test_the_question_page_offers_examples_and_other_ways(visitor: Client) -> None:
    page = main(visitor.get(f"{DAVID}/").text)
    assert link(page, GIRL).startswith("/king-david/answer/?q=Can")
    assert link(page, "step by step") == "/king-david/steps/"
    assert "Nothing that you ask is kept." in words(page)


@pytest.mark.parametrize("policy", rulebook.policy_ids())
def test_every_example_is_understood(policy: str) -> None:
    for question in examples.questions(policy):
        answer = ask(rulebook.compiled(policy), question)
        assert "act" in answer.facts or answer.information, question
        assert answer.outcome != "not_covered", question


def test_the_answer_comes_first_and_cites_its_clause(visitor: Client) -> None:
    text = read(visitor, f"{DAVID}/answer/?q=Can+I+accept+a+friend+request+from+a+girl+in+my+class%3F")
    assert text.index("Not allowed No. You may not connect with a pupil of this school") < text.index(
        "KD-S.d1 Prohibited"
    )
    assert "We took this for granted" in text
    assert "You did not say who you are." in text
    assert "version 2019-09, dated 1 September 2019" in text and "ask the headteacher" in text


def test_facts_in_the_address_give_the_same_answer_in_the_third_person(visitor: Client) -> None:
    text = read(visitor, DAVID + TEACHER)
    assert (
        "No. A teacher may not connect with a pupil of this school on a personal account outside working hours." in text
    )
    assert "What the policy says about consequences" in text


def test_what_would_change_the_answer_is_one_touch_away(visitor: Client) -> None:
    page = main(visitor.get("/ewloe-green" + TEACHER).text)
    assert "This becomes allowed if the other person is your own family" in words(page)
    text = read(visitor, link(page, "the other person is your own family"))
    assert "outside working hours where the other person is your own family." in text
    assert "Clause EG-6b is set aside, because the other person is your own family." in text
    assert "This becomes not allowed if" in text


def test_a_change_keeps_the_question_what_was_taken_for_granted_and_for_whom_it_holds(visitor: Client) -> None:
    page = main(visitor.get("/ewloe-green/answer/", {"q": GIRL}).text)
    text = read(visitor, link(page, "the other person is your own family"))
    assert GIRL in text
    assert "We took this for granted" in text
    assert "The answer is the same for each of these" in text


def test_where_something_has_happened_what_to_do_comes_first(visitor: Client) -> None:
    text = read(visitor, f"{DAVID}/answer/?who=teacher&act=suffer_abuse")
    assert "Act now There is one thing that a teacher must do. Keep records of the abuse" in text
    assert text.index("When: at once") < text.index("What others must do") < text.index("The school must")
    assert "Help that the policy offers KD-B.c1" in text


def test_duties_of_others_alone_ask_to_let_them_know(visitor: Client) -> None:
    text = read(visitor, "/asset-education/answer/?who=teacher&act=see_abuse&with=colleague")
    assert "Others must act now: make sure that they know." in text
    assert "The DSL or headteacher must Record the disclosure" in text and "To: LADO" in text


def test_a_duty_that_is_done_is_shown_as_done(visitor: Client) -> None:
    facts = "who=teacher&act=connect&with=parent&through=personal_account&bears_on_post=yes&friend_before=yes"
    assert "What must be done Acknowledge the tie" in read(visitor, f"{DAVID}/answer/?{facts}")
    assert "Already done Acknowledge the tie" in read(visitor, f"{DAVID}/answer/?{facts}&declared=yes")


def test_an_open_answer_asks_its_question_on_the_same_page_and_says_why(visitor: Client) -> None:
    page = main(visitor.get(f"{DAVID}/answer/?who=teacher&act=connect").text)
    assert "A question first It depends on who the other person is." in words(page)
    assert 'name="with" type="radio" value="pupil"' in page
    assert "These clauses of the policy wait for it: KD-S.d1" in words(page)


def test_an_open_answer_sent_back_empty_is_an_error_that_leads_to_the_question(visitor: Client) -> None:
    page = visitor.get(f"{DAVID}/answer/?who=teacher&act=connect&asked=with").text
    assert "<title>Error: " in page
    assert link(page, "Choose one of these answers") == "#with"
    assert 'id="with"' in page


def test_an_open_answer_that_is_answered_loses_the_marks_of_its_form(visitor: Client) -> None:
    page = visitor.get(f"{DAVID}/answer/?who=teacher&act=connect&asked=with&with=pupil")
    assert page.headers["Location"] == "/king-david/answer/?who=teacher&act=connect&with=pupil"


def test_a_question_about_the_policy_gets_the_clauses_that_speak_of_it(visitor: Client) -> None:
    text = read(visitor, f"{DAVID}/answer/?q=Who+does+this+policy+cover%3F")
    assert "This is what the policy says about it." in text and "KD-0.5" in text


def test_silence_is_said_with_care_and_with_whom_to_ask(visitor: Client) -> None:
    text = read(visitor, f"{DAVID}/answer/?who=parent&act=post_picture&through=personal_account")
    assert "The policy does not say whether a parent or carer may post a photograph or video" in text
    assert "That it says nothing does not mean that it allows it. Ask the headteacher before you go on." in text
    assert "This policy does not set rules for a parent or carer." in text and "KD-0.5" in text


def test_what_was_not_understood_gets_no_answer_but_ways_on(visitor: Client) -> None:
    page = main(visitor.get(f"{DAVID}/answer/?q=qwerty+flub").text)
    assert "app-answer" not in page and "Not covered" not in words(page)
    assert link(page, "Put the question in other words") == "/king-david/?q=qwerty+flub"
    assert read(visitor, link(page, "Ask a person"))


@pytest.mark.parametrize("typed", ["", "   ", "?!", "\x00\x07", "\u202e\u200f"])
def test_an_empty_question_is_an_error_that_leads_to_the_box(visitor: Client, typed: str) -> None:
    page = visitor.get(f"{DAVID}/answer/", {"q": typed})
    assert page.status_code == 400
    assert "<title>Error: What do you want to know?" in page.text
    assert link(page.text, "Enter a question in your own words") == "#q"


@pytest.mark.parametrize("facts", [{}, {"who": "teacher", "act": "connect"}])
def test_too_long_a_question_is_an_error_that_keeps_what_was_typed(visitor: Client, facts: dict[str, str]) -> None:
    typed = "May I add a pupil? " * 530
    page = visitor.get(f"{DAVID}/answer/", {"q": typed, "as": "teacher", **facts})
    assert page.status_code == 400
    assert f"Your question must be {LONGEST} characters or fewer. It has {len(typed)}." in words(page.text)
    assert f">{typed}</textarea>" in page.text
    assert '<input type="hidden" name="as" value="teacher">' in page.text


def test_control_and_direction_marks_do_no_harm(visitor: Client) -> None:
    page = visitor.get(f"{DAVID}/answer/", {"q": "\u202eCan I be friends\x00 with\r\na pupil\u2066 on Facebook?"})
    assert page.status_code == 200
    assert not {"\u202e", "\u2066", "\x00"} & {*page.text}
    assert "No. You may not connect with a pupil of this school" in words(page.text)


def test_markup_in_a_question_is_shown_as_it_was_typed(visitor: Client) -> None:
    page = visitor.get(f"{DAVID}/answer/", {"q": "<script>alert(1)</script> may I add a pupil?"})
    assert "<script>alert" not in page.text and "&lt;script&gt;alert(1)&lt;/script&gt;" in page.text


def test_an_answer_sets_no_cookie(visitor: Client) -> None:
    assert not visitor.get(DAVID + TEACHER).cookies


def test_an_answer_to_nothing_leads_to_the_question(visitor: Client) -> None:
    assert visitor.get(f"{DAVID}/answer/").headers["Location"] == "/king-david/"
    assert visitor.get(f"{DAVID}/answer/?who=teacher").headers["Location"] == "/king-david/steps/?who=teacher"
