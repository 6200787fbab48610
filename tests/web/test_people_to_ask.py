"""Ask a person: whom the policy names, and a question that goes on only by its asker's choice."""

from dataclasses import replace

import pytest
from django.core.mail import EmailMessage
from django.test import Client, RequestFactory

from proviso.records.people.mail import QuestionPassedOn, pass_question_on
from proviso.rules import rulebook
from proviso.web.public.readers import Reader, reader_of
from tests.cast import Cast, actor
from tests.clock import TODAY
from tests.web.pages import DAVID, read

pytestmark = pytest.mark.django_db


def test_a_model_names_nobody_and_says_whom_to_ask(visitor: Client) -> None:
    told = read(visitor, f"{DAVID}/person/?q=may+I+add+a+pupil")
    assert "Ask the headteacher." in told and "Ask at the school office." in told
    assert "Pass my question on" not in told


def test_where_a_child_may_be_at_risk_there_are_phones_and_nothing_is_passed_on(visitor: Client) -> None:
    there = f"{DAVID}/person/?q=she+told+me&who=teacher&act=receive&harm=disclosure"
    told = read(visitor, there)
    assert told.startswith("Do this now") and "we pass nothing on" in told
    assert 'href="tel:08088005000"' in visitor.get(there).text
    assert "mailto:" not in visitor.get(there).text


def test_nothing_goes_on_where_nobody_can_get_it(visitor: Client, mailoutbox: list[EmailMessage]) -> None:
    assert visitor.get(f"{DAVID}/person/pass-on/?q=x").status_code == 404
    assert not mailoutbox


def test_a_signed_in_person_is_who_they_are_whatever_the_address_says(cast: Cast) -> None:
    policy = replace(rulebook.load("king-david"), id="oak-lane")
    request = RequestFactory().get("/")
    request.actor = actor(cast.headteacher, TODAY)  # type: ignore[attr-defined]  # as the middleware sets it
    assert reader_of(request, policy, "pupil") == Reader(("headteacher",), is_signed_in=True)
    assert reader_of(RequestFactory().get("/"), policy, "pupil") == Reader(("pupil",))


def test_a_question_that_is_passed_on_is_sent_with_its_answer_and_no_reply_address(
    cast: Cast, mailoutbox: list[EmailMessage]
) -> None:
    there = "/ysgol-y-bryn/answer/?q=may+I+add+a+pupil"
    pass_question_on(QuestionPassedOn("head@bryn.example", "may I add a pupil", there), cast.elsewhere)
    (sent,) = mailoutbox
    assert sent.to == ["head@bryn.example"] and not sent.reply_to
    assert "Ysgol y Bryn" in sent.subject and " / " in sent.subject  # a Welsh school writes in both languages
    assert "may I add a pupil" in sent.body and there in sent.body
