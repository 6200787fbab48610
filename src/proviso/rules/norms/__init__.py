"""The clause language: facts, norms, rulings, explanations and batches.

Pure: no framework, no clock, no input or output. Policies come from `rulebook`, dates and
facts from the caller.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from proviso.rules.norms._answer_diff import (
    Among,
    ChangedAnswer,
    ChangedAnswers,
    Direction,
    VersionAnswer,
    Weight,
    changed_answers,
)
from proviso.rules.norms._assume import STRICTNESS, Assumed, Change, assume, supposed
from proviso.rules.norms._beside import Beside, beside, first
from proviso.rules.norms._comparison import Comparison, DifferentAnswer, OneAnswer, Verdict, compare
from proviso.rules.norms._explain import Answer, NormTested, Tested, explain
from proviso.rules.norms._facts import (
    Fact,
    FactError,
    Facts,
    FactValue,
    Kind,
    Situation,
    Unsaid,
    Value,
    ValueGroup,
    Vocabulary,
    nearest,
)
from proviso.rules.norms._language import (
    Basis,
    Check,
    Clause,
    Condition,
    Force,
    Governance,
    NamedContact,
    Norm,
    Note,
    Policy,
    Protection,
    Runner,
    Step,
    Task,
    Watch,
)
from proviso.rules.norms._phrases import Phrase
from proviso.rules.norms._procedure import ProcedureStep, procedure_of
from proviso.rules.norms._reasons import Duty, Outcome, SetAside, words_of
from proviso.rules.norms._ruling import ENGINE, CompiledPolicy, ReplayError, Ruling, replay
from proviso.rules.norms._validate import Fault, faults
from proviso.rules.norms._within import Oddity, OddNorm, odd_norms

if TYPE_CHECKING:
    from proviso.rules.norms._batch import Batch, batch

__all__ = [
    "ENGINE",
    "STRICTNESS",
    "Among",
    "Answer",
    "Assumed",
    "Basis",
    "Batch",
    "Beside",
    "Change",
    "ChangedAnswer",
    "ChangedAnswers",
    "Check",
    "Clause",
    "Comparison",
    "CompiledPolicy",
    "Condition",
    "NamedContact",
    "Direction",
    "DifferentAnswer",
    "Duty",
    "Fact",
    "FactError",
    "FactValue",
    "Facts",
    "Fault",
    "Force",
    "Governance",
    "Kind",
    "Norm",
    "NormTested",
    "Note",
    "OddNorm",
    "Oddity",
    "OneAnswer",
    "Outcome",
    "Phrase",
    "Policy",
    "ProcedureStep",
    "Protection",
    "ReplayError",
    "Ruling",
    "Runner",
    "VersionAnswer",
    "SetAside",
    "Situation",
    "Step",
    "Task",
    "Tested",
    "Unsaid",
    "Value",
    "ValueGroup",
    "Verdict",
    "Vocabulary",
    "Watch",
    "Weight",
    "assume",
    "batch",
    "beside",
    "changed_answers",
    "compare",
    "explain",
    "faults",
    "first",
    "nearest",
    "odd_norms",
    "procedure_of",
    "replay",
    "supposed",
    "words_of",
]


def __getattr__(name: str) -> Any:
    """Import the batches when they are asked for: they alone need NumPy."""
    if name not in ("Batch", "batch"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    try:
        from proviso.rules.norms import _batch
    except ModuleNotFoundError as error:
        if error.name != "numpy":
            raise
        raise ImportError("batches need NumPy: install `numpy`") from error
    return getattr(_batch, name)
