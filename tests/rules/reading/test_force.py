"""Statements are read for what they mean, not for a word in them."""

import time

import pytest

from proviso.rules.reading import FORCES, Statement, read


def only(text: str) -> Statement:
    (statement,) = read(text.encode(), "policy.txt").statements
    return statement


@pytest.mark.parametrize(
    ("force", "text"),
    [
        ("prohibited", "Staff must not accept friend requests from pupils."),
        ("prohibited", "Staff should refrain from naming pupils online."),
        ("prohibited", "I will not share my password with my friends."),
        ("prohibited", "Photographs may only be published with the consent of a parent."),
        ("prohibited", "No account may be opened without the headteacher's permission."),
        ("prohibited", "Pictures that show other people's children must not be put online."),
        ("discouraged", "Staff are strongly advised not to become friends with parents on social media."),
        ("required", "Staff must not fail to report a message from a pupil."),
        ("required", "The headteacher is responsible for checking the school's accounts every term."),
        ("required", "If a pupil writes to you, tell the designated safeguarding lead."),
        ("required", "All staff should keep their passwords secret."),
        ("caution", "Staff should not assume that a post in a closed group will stay private."),
        ("caution", "Staff should think carefully before posting anything about their work."),
        ("permitted", "Staff may use the school's app to reach parents."),
        ("permitted", "Nothing in this policy prevents staff from keeping in touch with their own family."),
        ("consequence", "Staff who break this policy may face disciplinary action."),
        ("info", "This policy applies to all staff."),
        ("info", "Social media is part of everyday life for most families."),
    ],
)
def test_the_force_of_a_sentence(force: str, text: str) -> None:
    assert only(text).force == force


def test_a_stem_gives_its_items_their_force_unless_they_turn_it() -> None:
    text = b"Staff must:\n- report any worry;\n- never meet a pupil alone.\n\nThis policy aims to:\n- protect pupils.\n"
    forces = [each.force for each in read(text, "policy.md").statements]

    assert forces == ["required", "prohibited", "info"]


def test_a_sentence_with_two_duties_is_two_statements() -> None:
    text = b"Staff must keep accounts private and must not tell pupils their names. Staff must record and report it."
    texts = [each.text for each in read(text, "policy.txt").statements]

    assert texts == [
        "Staff must keep accounts private",
        "must not tell pupils their names.",
        "Staff must record and report it.",
    ]


def test_who_is_bound_is_said_by_the_subject_or_else_by_what_stands_above() -> None:
    text = b"""# Social media policy

## Pupils

Pupils must not use their phones in lessons. Phones must be switched off.

## Parents and carers

Please do not post pictures of other children. The headteacher will speak to anybody who does.
"""
    assert [each.who[0] for each in read(text, "policy.md").statements] == ["pupils", "pupils", "parents", "leaders"]


def test_topics_and_facts_are_told() -> None:
    statement = only("Staff must not accept friend requests from pupils on Facebook.")

    assert statement.topics[0] == "pupils-as-friends"
    assert "with=pupil" in statement.facts
    assert 0 < statement.confidence.least <= 1


def test_hostile_repeats_take_no_time() -> None:
    ordinary = "Staff must not post anything about the school, and they should tell the headteacher of it. " * 12
    began = time.monotonic()
    for piece in (
        "staff must not ",
        "who which that ",
        "a) b) c) ",
        "((((",
        ", and, and",
        "no staff no ",
        "only be must only ",
    ):
        read((ordinary + piece * 3_000).encode(), "policy.txt")
    assert time.monotonic() - began < 60


def test_every_statement_has_one_of_the_forces() -> None:
    text = b"Staff must post nothing. It is sunny. Do not run; you may walk. Breaches lead to dismissal."
    assert {each.force for each in read(text, "policy.txt").statements} <= set(FORCES)
