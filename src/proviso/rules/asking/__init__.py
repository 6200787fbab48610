"""Plain words into facts, and facts into an answer. Pure: no network, no model, no clock."""

from proviso.rules.asking._answer import Answer, Nearest, Understood, answer_facts, answer_understood
from proviso.rules.asking._ask import ask
from proviso.rules.asking._check import HAPPENED_OPTIONS, MAY_OPTIONS, CheckQuestion, check_questions
from proviso.rules.asking._words import LONGEST, QuestionError

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
