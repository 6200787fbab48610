"""What to do now, in words: in order, once, to whoever reads it, with the school's own people where they are known."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import translation

from proviso.rules import rulebook
from proviso.rules.answers import answer_facts
from proviso.rules.norms import FactValue, NamedContact
from proviso.wording.protection import DoNow, baseline_in_words, do_now, reader_of

ON = date(2026, 11, 21)
POLICIES = {"England": "lancashire", "Wales": "ewloe-green"}
HARM = rulebook.vocabulary().facts["harm"].values


def box(nation: str, *harm: str, named: dict[str, NamedContact] | None = None, **facts: FactValue) -> DoNow:
    answer = answer_facts(rulebook.compiled(POLICIES[nation]), {**facts, "harm": harm}, ON)
    assert answer.baseline is not None
    told = do_now(answer.baseline, answer.first, named)
    assert told is not None
    return told


def ids(told: DoNow) -> list[str]:
    return [step.id for step in told.steps]


def test_nothing_is_to_be_done_first_where_no_child_is_at_risk() -> None:
    facts: dict[str, FactValue] = {"who": ["teacher"], "act": "post"}
    answer = answer_facts(rulebook.compiled("lancashire"), facts, ON)
    assert answer.baseline is not None
    assert do_now(answer.baseline, answer.first) is None


def test_a_picture_is_neither_looked_at_nor_copied_nor_deleted() -> None:
    told = box("England", "sexual_image", who=["teacher"])
    assert ids(told)[:3] == ["call_999", "leave_image", "tell_dsl"]
    assert {"look", "copy", "delete"} <= {step.id for step in told.do_not}


@pytest.mark.parametrize("nation", POLICIES)
@pytest.mark.parametrize("who", ["teacher", "headteacher", "pupil", "parent", None])
def test_many_signs_together_say_no_step_and_no_contact_twice(nation: str, who: str | None) -> None:
    told = box(nation, *HARM, who=[who] if who else None)
    for listed in (told.steps, told.do_not, told.contacts):
        assert len({each.id for each in listed}) == len(listed)
    texts = [step.text for step in (*told.steps, *told.do_not)]
    assert len(set(texts)) == len(texts)
    assert "%(" not in " ".join(texts)
    assert told.steps[0].id == "call_999"


def test_about_the_headteacher_no_step_leads_to_the_headteacher() -> None:
    for who in ("teacher", "support_staff", "parent", "governor"):
        told = box("England", *HARM, who=[who])
        assert "headteacher" not in {contact.id for contact in told.contacts}
        assert "chair" in {contact.id for contact in told.contacts}


def test_a_headteacher_is_not_told_to_tell_the_headteacher() -> None:
    for sign in HARM:
        told = box("Wales", sign, who=["headteacher"])
        assert "headteacher" not in {contact.id for contact in told.contacts}, sign
        assert "Tell the headteacher" not in " ".join(step.text for step in told.steps), sign


def test_a_pupil_is_told_of_an_adult_and_of_childline_and_in_wales_of_meic() -> None:
    assert {"tell_adult", "childline"} <= set(ids(box("England", "disclosure", who=["pupil"])))
    assert "meic" not in ids(box("England", "disclosure", who=["pupil"]))
    assert "meic" in ids(box("Wales", "disclosure", who=["pupil"]))


def test_the_school_s_own_people_stand_beside_the_steps() -> None:
    named = {"dsl": NamedContact("Mrs Ashdown", "01632 960 001", "dsl@example.sch.uk")}
    told = box("England", "disclosure", who=["teacher"], named=named)
    contact = next(contact for contact in told.contacts if contact.id == "dsl")
    assert (contact.person, contact.number, contact.dial) == ("Mrs Ashdown", "01632 960 001", "01632960001")
    nspcc = next(contact for contact in told.contacts if contact.id == "nspcc")
    assert (nspcc.number, nspcc.dial, nspcc.hours) == ("0808 800 5000", "08088005000", "")


def test_the_steps_are_in_the_reader_s_language() -> None:
    with translation.override("cy"):
        told = box("Wales", "headteacher_conduct", who=["teacher"])
        texts = " ".join(step.text for step in told.steps)
    assert "Dywedwch wrth gadeirydd y llywodraethwyr heddiw" in texts
    assert "Tell" not in texts


@pytest.mark.parametrize(
    ("who", "reader"),
    [
        ([], "staff"),
        (["teacher", "parent"], "staff"),
        (["headteacher"], "headteacher"),
        (["pupil"], "pupil"),
        (["family"], "parent"),
        (["governor"], "staff"),
    ],
)
def test_who_asks_says_to_whom_the_steps_speak(who: list[str], reader: str) -> None:
    assert reader_of(who) == reader


def test_the_baseline_is_told_where_the_policy_is_silent_and_not_where_they_agree() -> None:
    silent: dict[str, FactValue] = {"who": ["governor"], "act": "post", "discriminatory": True}
    words = baseline_in_words(answer_facts(rulebook.compiled("king-david"), silent, ON))
    assert words is not None
    assert words.lead == "Your policy does not mention this. National guidance says:"
    assert [quote.id for quote in words.quotes] == ["EN-equality"]
    assert words.unverified
    agreed: dict[str, FactValue] = {
        "who": ["teacher"],
        "act": "connect",
        "with": ["pupil"],
        "through": "personal_account",
    }
    assert baseline_in_words(answer_facts(rulebook.compiled("king-david"), agreed, ON)) is None


def test_what_was_said_first_is_not_said_again() -> None:
    facts: dict[str, FactValue] = {"who": ["teacher"], "act": "suffer_abuse", "harm": ["threat"]}
    words = baseline_in_words(answer_facts(rulebook.compiled("lancashire"), facts, ON))
    assert words is not None
    assert [quote.id for quote in words.quotes] == ["EN-staff-bullied"]
    assert {duty.clause for duty in words.own} == {"EN-staff-bullied"}
