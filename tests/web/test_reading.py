"""The policy in plain words, clause by clause."""

import re
from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from proviso.rules import rulebook
from proviso.web import clauses
from proviso.wording.clauses import place
from tests.web.pages import DAVID, link, main, read, words


@pytest.mark.parametrize("policy", rulebook.policy_ids())
def test_every_clause_has_its_own_place_and_its_own_page(visitor: Client, policy: str) -> None:
    page = visitor.get(f"/{policy}/policy/").text
    for clause in rulebook.load(policy).clauses:
        assert f'id="{clause.id}"' in page
        text = read(visitor, f"/{policy}/clauses/{clause.id}/")
        assert " ".join(clause.text.split()) in text
        assert place(clause.at, rulebook.load(policy)) in text


def test_the_contents_lead_to_every_section(visitor: Client) -> None:
    page = main(visitor.get("/king-david/policy/").text)
    targets = re.findall(r'href="#([^"]+)"', page.partition('id="contents"')[2].partition("</nav>")[0])
    assert len(targets) == 11
    assert set(targets) <= set(re.findall(r'id="([^"]+)"', page))
    assert "Safer practice" in words(page)


def test_numbered_places_are_gathered_as_far_as_several_clauses_share_a_number() -> None:
    titles = [section.title for section in clauses.sections(rulebook.compiled("lancashire"), date(2026, 1, 1))]
    assert titles[2:] == ["Section 1", "Section 2", "Section 3", "Section 4.1", "Section 4.2", "Section 5", "Section 6"]


def test_a_clause_says_how_strong_it_is_whom_it_is_for_and_what_carries_it_out(visitor: Client) -> None:
    text = read(visitor, "/king-david/policy/")
    assert "KD-S.d1 Prohibited Adults should never become friends" in text
    assert "Safer practice (d) · For: Staff · Rules on questions" in text


def test_the_policys_own_words_are_explained(visitor: Client) -> None:
    text = read(visitor, "/king-david/policy/")
    assert "Staff A teacher, support staff, the headteacher or principal, a volunteer or a contractor" in text
    assert "Cyberbullying" in text and "KD-B.a" in text
    assert "Equal opportunities policy" in text


def test_a_platform_that_is_gone_and_a_source_that_nobody_checked_are_told(visitor: Client) -> None:
    text = read(visitor, "/knowsley-central/clauses/KC-3.2/")
    assert "MSN Messenger Closed in April 2013" in text
    assert "Not verified: nobody here has checked it." in read(visitor, "/ewloe-green/clauses/EG-4c/")


def test_a_note_on_law_stands_beside_its_clause_only_while_it_holds(
    visitor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Looking at what staff publish is monitoring too." in read(visitor, "/king-david/clauses/KD-0.3/")
    monkeypatch.setattr(timezone, "localdate", lambda: date(2023, 10, 2))
    assert "Looking at what staff publish" not in read(visitor, "/king-david/clauses/KD-0.3/")


def test_a_clause_page_says_its_rule_in_plain_words_with_what_lifts_it(visitor: Client) -> None:
    text = read(visitor, "/ewloe-green/clauses/EG-6b/")
    assert "Staff members may not connect or communicate with a pupil of this school, a pupil of another school" in text
    assert "Unless the other person is your own family." in text


def test_a_clause_page_tells_its_tasks_and_steps(visitor: Client) -> None:
    assert "A task" in read(visitor, "/king-david/clauses/KD-S.c/")
    text = read(visitor, "/asset-education/clauses/AE-2.5b/")
    assert "A step of a procedure" in text and "Referred to LADO" in text


def test_a_search_keeps_the_clauses_with_every_word_and_marks_them(visitor: Client) -> None:
    page = main(visitor.get("/king-david/policy/?find=Former+PUPILS").text)
    assert "“Former PUPILS”" in words(page)
    assert "<mark>former</mark> <mark>pupils</mark>" in page


def test_a_search_in_vain_says_so_and_leads_on(visitor: Client) -> None:
    page = main(visitor.get("/king-david/policy/?find=zebra").text)
    assert "No clause has “zebra” in it" in words(page)
    assert link(page, "Ask it as a question instead") == "/king-david/answer/?q=zebra"
    assert link(page, "Show the whole policy") == "/king-david/policy/"


def test_a_search_shows_no_markup_that_was_typed(visitor: Client) -> None:
    page = main(visitor.get("/king-david/policy/?find=<b>").text)
    assert "“&lt;b&gt;”" in page and "“<b>" not in page
    assert clauses.marked("a <i> b", ["<i>"]) == "a <mark>&lt;i&gt;</mark> b"


def test_only_what_applies_to_a_role_is_shown_where_it_is_asked_for(visitor: Client) -> None:
    text = read(visitor, f"{DAVID}/policy/?for=contractor")
    assert "42 of 54 clauses apply to" in text
    assert len(text) < len(read(visitor, f"{DAVID}/policy/"))
    assert "clauses apply to" not in read(visitor, f"{DAVID}/policy/?for=martian")
    searched = read(visitor, f"{DAVID}/policy/?for=contractor&find=photo")
    assert "Only what applies to a contractor was searched." in searched and "apply to a" not in searched


def test_a_clause_can_be_linked_to_and_its_address_copied(visitor: Client) -> None:
    page = main(visitor.get(f"{DAVID}/policy/").text)
    assert 'id="KD-S.d1"' in page and 'href="#KD-S.d1"' in page
    assert 'value="http://testserver/king-david/clauses/KD-S.d1/"' in main(
        visitor.get(f"{DAVID}/clauses/KD-S.d1/").text
    )
