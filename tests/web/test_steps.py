"""Step by step: one question a page, back, change, check, answer."""

import pytest
from django.test import Client

from proviso.rules import rulebook
from proviso.rules.answers import answer_facts
from proviso.web.public import guided_questions
from tests.web.pages import DAVID, link, main, read, words


def test_the_first_question_is_who_and_the_next_is_what(visitor: Client) -> None:
    assert '<h1 class="govuk-fieldset__heading">Who is it about?</h1>' in visitor.get(f"{DAVID}/steps/").text
    assert "What is it about?" in read(visitor, f"{DAVID}/steps/?who=teacher")


def test_every_act_can_be_chosen_once_under_a_heading(visitor: Client) -> None:
    page = main(visitor.get(f"{DAVID}/steps/?who=teacher").text)
    for act in rulebook.vocabulary().facts["act"].values:
        assert page.count(f'value="{act}"') == 1
    text = words(page)
    assert text.index("Something has happened") < text.index("People and contact") < text.index("Official accounts")


def test_the_rulings_order_says_what_comes_next() -> None:
    policy = rulebook.compiled("king-david")
    facts = answer_facts(policy, {"who": ["teacher"], "act": "connect"})
    assert guided_questions.next_fact(facts) == facts.missing[0] == "with"


def test_an_answer_leads_to_the_next_question(visitor: Client) -> None:
    page = visitor.get(f"{DAVID}/steps/?who=teacher&asked=act&act=connect")
    assert page.headers["Location"] == "/king-david/steps/?who=teacher&act=connect"


def test_no_answer_is_an_error_that_leads_to_the_first_choice(visitor: Client) -> None:
    page = visitor.get(f"{DAVID}/steps/?who=teacher&asked=act").text
    assert "<title>Error: What is it about?" in page
    assert link(page, "Choose one of these answers") == "#act"
    assert 'id="act" name="act" type="radio"' in page


def test_back_leads_to_the_question_before_with_its_answer_chosen(visitor: Client) -> None:
    page = visitor.get(f"{DAVID}/steps/?who=teacher&act=connect").text
    before = visitor.get(link(page, "Back")).text
    assert "What is it about?" in before
    assert 'value="connect" checked' in before
    first = visitor.get(link(before, "Back")).text
    assert 'value="teacher" checked' in first
    assert link(first, "Back") == "/king-david/?who=teacher&act=connect" or link(first, "Back").startswith(
        "/king-david/"
    )


def test_when_nothing_is_missing_the_answers_are_checked_and_may_be_changed(visitor: Client) -> None:
    answer = visitor.get(f"{DAVID}/steps/?who=teacher&act=connect&with=pupil&through=personal_account")
    assert answer.headers["Location"].startswith("/king-david/check/?who=teacher")
    page = main(visitor.get(answer.headers["Location"]).text)
    assert "Who A teacher Change Who" in words(page)
    change = visitor.get(link(page, "Change The other person")).text
    assert 'value="pupil" checked' in change and 'name="then" value="check"' in change
    assert link(change, "Back").startswith("/king-david/check/")
    assert "No. A teacher may not" in read(visitor, link(page, "See the answer"))


def test_a_change_from_the_answer_leads_back_to_the_answer(visitor: Client) -> None:
    page = visitor.get(f"{DAVID}/answer/?who=teacher&act=connect&with=pupil&through=personal_account").text
    change = visitor.get(link(page, "Change The other person")).text
    assert link(change, "Back").startswith("/king-david/answer/")
    facts = "who=teacher&act=connect&through=personal_account&then=answer&asked=with&with=former_pupil"
    assert "Take great care." in read(visitor, f"{DAVID}/steps/?{facts}")


def test_a_flag_can_be_changed_too(visitor: Client) -> None:
    page = visitor.get("/ewloe-green/steps/?who=teacher&act=connect&own_family=yes&ask=own_family").text
    assert "Is the other person your own family?" in page
    assert 'value="yes" checked' in page and "None of these" not in page


def test_none_of_these_is_an_answer(visitor: Client) -> None:
    text = read(visitor, f"{DAVID}/answer/?who=none&act=connect&with=pupil&through=personal_account")
    assert "Not covered" in text and "This policy does not set rules for anybody whom it does not name." in text


@pytest.mark.parametrize("policy", rulebook.policy_ids())
@pytest.mark.parametrize("act", rulebook.vocabulary().facts["act"].values)
def test_every_road_ends_at_an_answer_within_a_few_questions(visitor: Client, policy: str, act: str) -> None:
    facts = {"who": "teacher", "act": act}
    for _question in range(4):
        page = visitor.get(f"/{policy}/steps/", facts)
        if page.status_code == 302:
            break
        fact = page.context["step"].fact
        facts[fact] = rulebook.vocabulary().facts[fact].values[0]
    assert page.headers["Location"].startswith(f"/{policy}/check/")
    assert visitor.get(f"/{policy}/answer/", facts).status_code == 200
