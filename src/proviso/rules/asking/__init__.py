"""Plain words into facts, and facts into an answer. Pure: no network, no model, no clock."""

from proviso.rules.asking._ask import ask, search
from proviso.rules.asking._clean import LONGEST, QuestionError
from proviso.rules.asking._quiz import HAPPENED_OPTIONS, MAY_OPTIONS, CheckQuestion, check_questions
from proviso.rules.asking._uncovered import Uncovered, uncovered

__all__ = [
    "HAPPENED_OPTIONS",
    "LONGEST",
    "MAY_OPTIONS",
    "CheckQuestion",
    "QuestionError",
    "Uncovered",
    "ask",
    "check_questions",
    "search",
    "uncovered",
]
