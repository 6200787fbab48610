"""Questions as they are typed: what can be taken as one."""

from __future__ import annotations

from proviso.rules.language import cleaned

LONGEST = 1000
_MOST_TYPED = 4 * LONGEST  # with blanks and marks that are taken out


class QuestionError(ValueError):
    """A question that cannot be taken; the message says what to do."""


def clean(question: str) -> str:
    """Return a question without control and direction marks, its blanks made single.

    Raises:
        QuestionError: nothing is left of it, or it is longer than `LONGEST` characters.
    """
    if len(question) > _MOST_TYPED:
        raise _too_long(len(question))
    text = cleaned(question)
    if len(text) > LONGEST:
        raise _too_long(len(text))
    if not any(char.isalnum() for char in text):
        raise QuestionError('the question is empty: write it in your own words, for example "may I add a pupil?"')
    return text


def _too_long(length: int) -> QuestionError:
    return QuestionError(
        f"the question has {length:,} characters and at most {LONGEST:,} are read: ask it more shortly"
    )
