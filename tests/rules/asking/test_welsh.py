"""Questions in Welsh."""

from datetime import date

import pytest

from bench.questions import FOLDER, put
from proviso.rules.asking import ask
from proviso.rules.asking._bank import BANK, precedents
from proviso.rules.language import in_english, lexicon_in_use
from proviso.rules.rulebook import compiled

ON = date(2026, 11, 20)


def english(question: str) -> str | None:
    return in_english(question, lexicon_in_use().knows)


@pytest.mark.parametrize(
    ("question", "gist"),
    [
        ("Ga i decstio disgybl?", "can i text pupil ?"),
        ("ga i ychwanegu disgyblion ar Instagram", "can i add pupils on instagram"),
        ("Mae athrawes wedi anfon neges ata i", "teacher has sent message to me"),
        ("ydy hi'n iawn i fi ddilyn cydweithiwr", "is it ok for me to follow colleague"),
        ("ga i ddefnyddio fy ffôn fy hun", "can i use my own phone"),
        ("ga i agor cyfrif personol", "can i open personal account"),
        ("ga i agor fy nghyfrif preifat i", "can i open my private account"),
    ],
)
def test_words_are_known_in_their_mutated_forms_and_phrases_before_words(question: str, gist: str) -> None:
    said = english(question)
    assert said is not None
    assert [word for word in said.split() if word not in {"a", "an", "the"}] == gist.split()


@pytest.mark.parametrize("hand", ["first-questions", "new-teachers", "leaders"])
def test_no_english_question_is_taken_for_welsh(hand: str) -> None:
    questions = [each.question for each in precedents(BANK / f"{hand}.tsv")]
    assert [question for question in questions if english(question) is not None] == []


def test_accents_and_apostrophes_do_not_matter() -> None:
    assert english("ga i decstio disgybl o fy ffôn i?") == english("ga i decstio disgybl o fy ffon i?")
    assert english("beth sy’n digwydd os dw i’n torri’r polisi") == english(
        "beth sy'n digwydd os dw i'n torri'r polisi"
    )


def test_the_question_is_shown_as_it_was_asked() -> None:
    said = ask(compiled("ewloe-green"), "Ga i decstio disgybl?", "teacher", ON)
    assert said.question == "Ga i decstio disgybl?"


def test_a_word_that_is_not_known_is_left_out_rather_than_mended_into_another() -> None:
    assert english("ga i fwyta brechdan gyda disgybl") == "can i with pupil"


@pytest.mark.parametrize("name", ["early-welsh-tuned", "early-welsh-kept"])
def test_welsh_questions_are_understood_no_worse_than_when_last_measured(name: str) -> None:
    questions = put(FOLDER / f"{name}.tsv")
    assert len(questions) >= 30
    assert sum(question.offered for question in questions) / len(questions) >= 0.85
    assert sum(question.wrong for question in questions) <= 2
