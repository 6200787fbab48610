"""An establishment's own document: sections, numbers, and blanks that are filled in."""

from dataclasses import replace
from datetime import date

import pytest

from proviso.rules import rulebook
from proviso.rules.norms import Clause, Condition, Force, NamedContact, Norm, Policy
from proviso.rules.rulebook import RulebookError, filled, numbered, parse_policy, sections, write_policy


def clause(clause_id: str, at: str, text: str = "Be kind.", **more: object) -> Clause:
    return Clause(clause_id, at, ("teacher",), "info", text, ("scope",), ("scope",), **more)  # type: ignore[arg-type]  # fields of several types


def policy(*clauses: Clause, **more: object) -> Policy:
    head = Policy("elm", "Policy", "Elm School", "Wales", "school", "1", date(2026, 1, 5), ("teacher",), (), clauses)
    return replace(head, **more)  # type: ignore[arg-type]  # fields of several types


def test_clauses_are_numbered_from_the_sections_of_the_document() -> None:
    written = policy(
        clause("X-0", "Front"),
        clause("X-1", "2.1"),
        clause("X-2", "2.1(a)"),
        clause("X-3", "3 Scope, bullet 1"),
        sections={"Staff": ("2.1",), "Approval": ("Front",)},
    )
    own = numbered(written)
    assert [(each.id, each.number) for each in own.clauses] == [
        ("X-1", "1.1"),
        ("X-2", "1.2"),
        ("X-0", "2.1"),
        ("X-3", "3.1"),
    ]
    titled = [(section.number, section.title, len(section.clauses)) for section in sections(own)]
    assert titled == [("1", "Staff", 2), ("2", "Approval", 1), ("3", "Scope", 1)]


def test_a_model_keeps_its_places_and_ids() -> None:
    written = policy(clause("X-1", "Scope (a)"), clause("X-2", "Scope (b)"))
    assert [(section.number, section.title) for section in sections(written)] == [("", "Scope")]
    assert written.label("X-1") == "X-1"
    assert numbered(written).label("X-1") == "1.1"


def test_numbers_contacts_and_channels_are_kept_in_the_file() -> None:
    own = numbered(
        policy(
            clause("X-1", "Scope"),
            contacts={"dsl": NamedContact("Rosa Ash", "01632 960001", "dsl@elm.example")},
            channels={"agreed_channel": ("ClassTalk", "Elm News")},
            sections={"Scope and aims": ("Scope",)},
        )
    )
    assert parse_policy(write_policy(own)) == own


BLANKS = (
    "Tell {headteacher|the headteacher}, or write by {agreed_channel|an agreed channel}; "
    "see {section:4.1|4.1} and {clause:X-1|a note}."
)


def test_a_model_reads_with_its_own_words() -> None:
    text = filled(policy(clause("X-1", "4.1", BLANKS))).clauses[0].text
    assert text == "Tell the headteacher, or write by an agreed channel; see 4.1 and a note."


def test_blanks_are_filled_in_in_both_languages() -> None:
    welsh = "Dywedwch wrth {headteacher|y pennaeth} yn {school|yr ysgol}; gweler {section:4.1|4.1}."
    norm = Norm(Force.REQUIRED, Condition(), what="Tell {dsl|the DSL} at {school|the school}")
    own = filled(
        numbered(
            policy(
                clause("X-1", "Scope"),
                clause("X-2", "4.1", BLANKS, welsh=welsh, norms=(norm,)),
                contacts={"headteacher": NamedContact("Rosa Ash"), "dsl": NamedContact("Ivor Bryn")},
                channels={"agreed_channel": ("ClassTalk", "the Elm app")},
                words_welsh={"Elm School": "Ysgol Llwyfen", "the Elm app": "ap Llwyfen"},
            )
        )
    )
    second = own.clause("X-2")
    assert second.text == (
        "Tell the headteacher (Rosa Ash), or write by an agreed channel (ClassTalk, the Elm app); "
        "see section 2 and 1.1."
    )
    assert second.welsh == "Dywedwch wrth y pennaeth (Rosa Ash) yn Ysgol Llwyfen; gweler adran 2."
    assert second.norms[0].what == "Tell the DSL (Ivor Bryn) at Elm School"


def test_an_unknown_blank_is_a_fault_of_the_file() -> None:
    with pytest.raises(RulebookError, match="unknown blank `headtecher`.*nearest: headteacher"):
        parse_policy(write_policy(policy(clause("X-1", "Scope", "Tell {headtecher|the head}."))))


@pytest.mark.parametrize("model", rulebook.policy_ids())
def test_each_section_of_a_model_has_a_title_when_it_is_adopted(model: str) -> None:
    own = numbered(rulebook.source(model))
    assert all(section.title[0].isupper() for section in sections(own)), [s.title for s in sections(own)]
    assert sections(own)[-1].title == "Approval and review"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Tell the headteacher today.", "Tell {headteacher|the headteacher} today."),
        (
            "First ask the DSL, then the headteacher, by the app.",
            "First ask the DSL, then {headteacher|the headteacher}, by {agreed_channel|the app}.",
        ),
        ("Tell somebody.", "Tell somebody."),
        ("", ""),
    ],
)
def test_a_text_that_somebody_changed_in_words_keeps_the_blanks_whose_words_still_stand_there(
    typed: str, kept: str
) -> None:
    before = "Tell {headteacher|the headteacher} by {agreed_channel|the app}."
    assert rulebook.without_blanks(before) == "Tell the headteacher by the app."
    assert rulebook.with_blanks(rulebook.without_blanks(before), before) == before
    assert rulebook.with_blanks(typed, before) == kept
