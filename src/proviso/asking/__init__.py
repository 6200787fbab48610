"""Plain words into facts, and facts into an answer. Pure: no network, no model, no clock."""

from proviso.asking._answer import Answer, Nearest, Understood, answer_facts, answer_understood
from proviso.asking._ask import ask
from proviso.asking._check import HAPPENED_OPTIONS, MAY_OPTIONS, CheckQuestion, check_questions
from proviso.asking._words import LONGEST, QuestionError

__all__ = [
    "HAPPENED_OPTIONS",
    "LONGEST",
    "MAY_OPTIONS",
    "Answer",
    "CheckQuestion",
    "Nearest",
    "QuestionError",
    "Understood",
    "answer_facts",
    "answer_understood",
    "ask",
    "check_questions",
]
