"""Ask a person: whom the policy names, and a question that goes on only by its asker's choice."""

from dataclasses import replace

import pytest
from django.core.mail import EmailMessage
from django.test import Client, RequestFactory

from proviso.records.people.mail import QuestionPassedOn, pass_question_on
from proviso.rules import rulebook
from proviso.rules.answers import answer_facts
from proviso.rules.norms import FactValue, NamedContact, Policy
from proviso.web.public.people_to_ask import Asking
from proviso.web.public.question_url import Address
from proviso.web.public.readers import Reader, reader_of
from proviso.wording.whom_to_ask import people_to_ask
from tests.cast import Cast, actor
from tests.clock import TODAY
from tests.web.pages import DAVID, read

pytestmark = pytest.mark.django_db


def with_contacts() -> Policy:
    """Return a policy whose school names its people."""
    people = {
        "headteacher": NamedContact("Ms Hale", "01632 960 010", "head@oak-lane.example"),
        "chair": NamedContact("Mr Reed", "01632 960 011"),
        "school": NamedContact("", "01632 960 012"),
    }
    return replace(rulebook.load("king-david"), id="oak-lane", contacts=people)


def asking(reader: Reader, **facts: FactValue) -> Asking:
    book = rulebook.compile_policy(with_contacts())
    address = Address("may I add a pupil", reader.role, facts)
    return Asking(book, address, answer_facts(book, facts, TODAY, address.question), reader)


def test_the_people_of_the_school_are_named_and_nobody_is_sent_to_themselves() -> None:
    policy = with_contacts()
    assert [person.contact.name for person in people_to_ask(policy)] == ["Ms Hale", ""]
    assert people_to_ask(policy)[0].dial == "01632960010"
    assert [person.contact.name for person in people_to_ask(policy, ("headteacher",))] == ["Mr Reed", ""]


def test_a_question_goes_to_whoever_has_an_address_but_never_where_a_child_may_be_at_risk(cast: Cast) -> None:
    teacher: FactValue = ["teacher"]
    calm = asking(Reader(("teacher",)), who=teacher, act="connect", **{"with": ["pupil"]}).person(cast.school)
    assert calm is not None and calm.contact.email == "head@oak-lane.example"
    urgent = asking(Reader(("teacher",)), who=teacher, act="receive", harm=["disclosure"])
    assert urgent.is_urgent and urgent.person(cast.school) is None
    assert asking(Reader(("headteacher",)), who=["headteacher"], act="connect").person(cast.school) is None


def test_a_model_names_nobody_and_says_whom_to_ask(visitor: Client) -> None:
    told = read(visitor, f"{DAVID}/person/?q=may+I+add+a+pupil")
    assert "Ask the headteacher." in told and "Ask at the school office." in told
    assert "Pass my question on" not in told


def test_where_a_child_may_be_at_risk_there_are_phones_and_nothing_is_passed_on(visitor: Client) -> None:
    there = f"{DAVID}/person/?q=she+told+me&who=teacher&act=receive&harm=disclosure"
    told = read(visitor, there)
    assert told.startswith("Do this now") and "we do not pass questions on" in told
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
