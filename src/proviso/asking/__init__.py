"""Plain words into facts, and facts into an answer. Pure: no network, no model, no clock."""

from proviso.asking._answer import Answer, Nearest, Understood, answer_facts, answer_understood
from proviso.asking._ask import ask
from proviso.asking._wording import OUTCOMES, WORDING, Wording, choices
from proviso.asking._words import LONGEST, QuestionError

__all__ = [
    "LONGEST",
    "OUTCOMES",
    "WORDING",
    "Answer",
    "Nearest",
    "QuestionError",
    "Understood",
    "Wording",
    "answer_facts",
    "answer_understood",
    "ask",
    "choices",
]
