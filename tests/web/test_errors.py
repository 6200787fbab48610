"""What cannot be shown, said so that a visitor can go on and an administrator can mend it."""

from pathlib import Path

import pytest
from django.test import Client

from tests.cast import Cast
from tests.records.policies.life import adopted
from tests.web.pages import DAVID, link, main, read, words


def test_an_unknown_address_offers_no_policy_of_another_organisation(visitor: Client) -> None:
    text = read(visitor, "/king-davis/", 404)
    assert "Page not found" in text
    assert "King David" not in text and "Ewloe Green" not in text


def test_an_unknown_address_offers_the_schools_here_that_are_called_like_it(visitor: Client, cast: Cast) -> None:
    adopted(cast)
    page = visitor.get("/oka-lane/policy/")
    assert page.status_code == 404
    assert "Did you mean one of these schools?" in words(main(page.text))
    assert link(main(page.text), "Oak Lane Primary School") == "/oak-lane/"
    assert "Ewloe Green" not in words(main(page.text))


def test_an_address_like_no_school_offers_the_few_that_there_are(visitor: Client, cast: Cast) -> None:
    adopted(cast)
    text = read(visitor, "/xyzzy/", 404)
    assert "Schools on this site" in text and "Oak Lane Primary School" in text and "Find your school" in text


def test_an_unknown_page_of_a_school_leads_to_that_school(visitor: Client, cast: Cast) -> None:
    adopted(cast)
    page = visitor.get("/oak-lane/no-such-page/")
    assert page.status_code == 404
    assert link(main(page.text), "Read the policy") == "/oak-lane/policy/"
    assert "Did you mean" not in words(main(page.text))


def test_a_page_of_those_who_sign_in_says_nothing_of_schools(visitor: Client, cast: Cast) -> None:
    adopted(cast)
    assert "Oak Lane" not in read(visitor, "/schools/oak-lane/no-such-page/", 404)


def test_an_unknown_clause_is_not_found_and_the_nearest_is_named(visitor: Client) -> None:
    text = read(visitor, f"{DAVID}/clauses/KD-S.d9/", 404)
    assert "The policy has no clause “KD-S.d9” (nearest: " in text and "KD-S.d" in text


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("wiht=pupil", "It names “wiht”, which this site does not recognise (nearest: with"),
        ("who=techer&act=connect", "It says “techer” for “who”, which this site does not recognise (nearest: teacher"),
        ("own_family=perhaps&act=connect", "“own_family” is yes or no; the address says “perhaps”."),
        ("own_family=yes&own_family=no", "It says that “own_family” is so and that it is not."),
        ("act=connect&act=post", "“act” can be one thing at a time; the address says connect / post."),
        ("with=none&with=pupil", "It says “none” of “with”, but also names one"),
        ("as=wizard&q=may+I", "It says “wizard” for “who”"),
        ("for=wizard&act=connect", "It says “wizard” for “who”"),
        ("ask=wizard", "It asks about “wizard”"),
        ("asked=<b>", "It asks about “<b>”"),
    ],
)
@pytest.mark.parametrize("page", ["answer", "steps", "check"])
def test_a_wrong_address_is_told_what_is_wrong_and_led_on(
    visitor: Client, page: str, query: str, expected: str
) -> None:
    answer = visitor.get(f"{DAVID}/{page}/?{query}")
    assert answer.status_code == 400
    text = main(answer.text)
    assert expected in words(text)
    assert link(text, "Ask in your own words") == "/king-david/"


def test_what_other_programs_hang_on_an_address_is_let_be(visitor: Client) -> None:
    read(visitor, f"{DAVID}/answer/?act=connect&who=teacher&fbclid=1&utm_source=x")


def test_a_page_to_return_to_that_is_none_is_let_be(visitor: Client) -> None:
    read(visitor, f"{DAVID}/steps/?who=teacher&then=//elsewhere.example")


@pytest.mark.parametrize("page", ["", "answer/?q=may+I", "steps/", "policy/", "clauses/KD-0.1/"])
def test_a_policy_that_cannot_be_read_says_what_to_mend_and_which_others_work(
    visitor: Client, spoilt: Path, page: str
) -> None:
    text = read(visitor, f"{DAVID}/{page}", 503)
    assert "This policy cannot be shown now" in text
    assert "policies/king-david.yaml, line " in text and "unknown key `colour`" in text
    assert str(spoilt) not in text
    assert "Ewloe Green" in text
    assert read(visitor, "/ewloe-green/")


def test_a_policy_that_is_mended_is_back_at_once(visitor: Client, spoilt: Path) -> None:
    read(visitor, f"{DAVID}/", 503)
    file = spoilt / "policies" / "king-david.yaml"
    file.write_text(file.read_text("utf-8").replace("- id: KD-0.1\n  colour: red\n", ""), "utf-8")
    assert "What do you want to know?" in read(visitor, f"{DAVID}/")


def test_a_vocabulary_that_cannot_be_read_leaves_the_first_page_standing(visitor: Client, spoilt: Path) -> None:
    (spoilt / "vocabulary.yaml").write_text("who: [", "utf-8")
    assert "Cannot be read" in read(visitor, "/")
    assert "rulebook/vocabulary.yaml, line " in read(visitor, "/ewloe-green/", 503)


def test_about_and_accessibility_say_what_is_kept_and_what_was_not_tested(visitor: Client) -> None:
    about = read(visitor, "/about/")
    assert "Reading and asking do not set cookies." in about
    assert "nothing is deleted: what they signed stays as proof" in about
    assert "ask the school’s data protection officer" in about
    assert "it has not been tried with screen readers" in read(visitor, "/accessibility/")
