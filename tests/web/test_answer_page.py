"""The page of an answer: what comes first, what stands beside it, and how sure it is."""

from dataclasses import replace
from datetime import date

import pytest
from django.test import Client, RequestFactory

from proviso.rules import rulebook
from proviso.rules.answers import Answer, Confidence, Offer, answer_facts
from proviso.rules.norms import FactValue
from proviso.web.public import answers, views
from proviso.web.public.question_url import Address
from proviso.web.public.readers import Reader
from tests.web.pages import DAVID, link, main, words

ON = date(2026, 11, 21)
pytestmark = pytest.mark.django_db
Facts = dict[str, FactValue]
SILENT: Facts = {"who": ["parent"], "act": "post_picture", "through": "personal_account"}
BANNED: Facts = {"who": ["teacher"], "act": "connect", "with": ["pupil"], "through": "personal_account"}
NOT_UNDERSTOOD = ("Not covered", "does not say whether", "not sure what you mean", "It does not deal with that")


def answered(facts: Facts, policy: str = "king-david", question: str = "what now") -> Answer:
    return answer_facts(rulebook.compiled(policy), facts, ON, question)


def page_of(answer: Answer, *roles: str) -> str:
    """Return the main part of the page of an answer."""
    reader = Reader(roles, is_signed_in=bool(roles))
    page = answers.page(answer, Address(answer.question, reader.role), reader)
    return main(views.answer_response(RequestFactory().get("/"), page, answer.policy, reader).content.decode())


def offer(**facts: FactValue) -> Offer:
    clauses = answered(facts).clauses
    return Offer(answered(facts).outcome, clauses, facts)


@pytest.mark.parametrize(
    "confidence, outcome",
    [(Confidence.YES, "not_covered"), (Confidence.UNSURE, "undecided"), (Confidence.NO, "outside")],
)
def test_with_a_child_at_risk_do_this_now_comes_first_and_nothing_is_said_of_silence(
    confidence: Confidence, outcome: str
) -> None:
    harmed = answered({**SILENT, "harm": ["disclosure"]})
    page = page_of(replace(harmed, confidence=confidence, outcome=outcome))
    told = words(page)
    assert harmed.first
    assert told.startswith("Do this now"), told[:200]
    assert page.count("<h1") == 1
    assert not [text for text in NOT_UNDERSTOOD if text in told]
    assert 'href="tel:999"' in page


def test_a_question_that_is_not_surely_understood_is_offered_what_it_may_mean() -> None:
    unsure = replace(
        answered({}, question="can i add them"),
        confidence=Confidence.UNSURE,
        offers=(
            offer(**BANNED),
            offer(**{**BANNED, "with": ["former_pupil"]}),
            Offer("information", ("KD-0.5",), {}),
            offer(**{**BANNED, "with": ["parent"]}),
        ),
    )
    page = page_of(unsure, "teacher")
    assert "Is it one of these?" in words(page)
    assert "You want to connect with a pupil of this school on a personal account. Not allowed" in words(page)
    assert page.count("app-offers__item") == 3
    assert "None of these" in words(page) and link(page, "Ask a person")
    full = Client().get(link(page, "You want to connect with a pupil of this school"))
    assert "No. You may not" in words(full.text) or "No. A teacher may not" in words(full.text)
    told = Client().get(link(page, "What the policy says about"))
    assert "This is what the policy says about it." in words(told.text) and "KD-0.5" in told.text


def test_a_question_outside_the_policy_is_told_what_can_be_asked() -> None:
    told = words(page_of(replace(answered({}, question="what is for lunch"), confidence=Confidence.NO)))
    assert "This policy is about social media. It does not deal with that." in told
    assert "What you can ask here" in told and "Not covered" not in told


def test_where_the_policy_is_silent_national_guidance_speaks() -> None:
    facts: Facts = {"who": ["teacher"], "act": "ask_details", "with": ["pupil"], "through": "personal_account"}
    told = words(page_of(answered(facts, "asset-education")))
    assert "Your policy does not mention this. National guidance says: Do not do it." in told
    assert "Not covered" not in told and "This becomes" not in told


def test_where_national_guidance_is_stricter_it_stands_under_the_verdict() -> None:
    facts: Facts = {"who": ["teacher"], "act": "give_details", "with": ["pupil"], "through": "personal_account"}
    told = words(page_of(answered(facts, "ewloe-green")))
    verdict, guidance = told.index("Take great care."), told.index("National guidance is stricter. Do not do it.")
    assert verdict < guidance < told.index("What the policy says")


def test_what_would_change_it_reads_forwards_and_is_four_at_most() -> None:
    page = page_of(answered({"who": ["teacher"], "act": "connect", "with": ["parent"], "through": "personal_account"}))
    seen, _more, _folded = page.partition("More that would change the answer")
    assert "if" in words(seen) and "So long as" not in page and "Unless" not in page
    assert seen.count("app-others__item") <= 4


def test_no_clause_stands_twice_on_a_page() -> None:
    several: tuple[Facts, ...] = (
        BANNED,
        {"who": ["teacher"], "act": "suffer_abuse"},
        {"who": ["teacher"], "act": "receive"},
    )
    for facts in several:
        page = page_of(answered(facts, "ewloe-green"))
        titles = [part.split("</h3>")[0] for part in page.split('<h3 class="app-clause__title">')[1:]]
        assert len(titles) == len(set(titles))


def test_a_reader_who_is_known_is_addressed_and_a_headteacher_is_not_sent_to_the_headteacher() -> None:
    head = words(page_of(answered({**SILENT, "who": ["headteacher"]}), "headteacher"))
    assert "Ask the chair of governors before you go on." in head
    assert "Ask the headteacher" not in head
    assert "No. You may not connect" in words(page_of(answered(BANNED), "teacher"))
    assert "No. A teacher may not connect" in words(page_of(answered(BANNED), "governor"))


def test_who_it_is_about_is_a_list_to_type_into_and_stays_in_the_address(visitor: Client) -> None:
    answer = replace(answered({"act": "connect", "with": ["parent"]}), outcome="undecided", missing=("who",))
    page = page_of(answer)
    assert '<select class="govuk-select" id="who" name="as">' in page
    chosen = visitor.get(f"{DAVID}/answer/?act=connect&with=parent&asked=who&as=teacher")
    assert chosen.headers["Location"].startswith(f"{DAVID}/answer/?as=teacher&act=connect")
    told = visitor.get(chosen.headers["Location"]).text
    assert link(told, "Ask another question") == f"{DAVID}/?as=teacher"
    assert "You are asking as a teacher." in words(visitor.get(f"{DAVID}/?as=teacher").text)


def test_an_unknown_clause_in_an_address_is_an_error(visitor: Client) -> None:
    page = visitor.get(f"{DAVID}/answer/?q=x&clause=KD-99")
    assert page.status_code == 400 and "KD-99" in page.text
