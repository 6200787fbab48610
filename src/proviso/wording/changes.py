"""What would change an answer, in words: what becomes of it, and the flags that would have to hold, likeliest first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext

from proviso.rules.norms import Change, Outcome
from proviso.rules.rulebook import vocabulary
from proviso.wording import outcomes, phrases
from proviso.wording._marking import gettext_noop as _

AT_ONCE = 4  # more than these nobody reads: the rest is there on demand
_BECOMES = {
    "prohibited": _("This becomes not allowed if"),
    "discouraged": _("This becomes advised against if"),
    "caution": _("This becomes something to take care with if"),
    "permitted": _("This becomes allowed if"),
    "required": _("There is something that must be done if"),
    "not_covered": _("The policy does not mention it if"),
    "undecided": _("The policy needs to know more if"),
}


@dataclass(frozen=True)
class ChangeInWords:
    """What would change an answer: the flags that would have to hold, in words, and the outcome then."""

    flags: tuple[str, ...]
    text: str
    outcome: str
    word: str


@dataclass(frozen=True)
class Becomes:
    """What an answer becomes (`lead`: *This becomes not allowed if*), and each of the changes that make it so."""

    lead: str
    outcome: str
    changes: tuple[ChangeInWords, ...]


@dataclass(frozen=True)
class ChangesInWords:
    """The likeliest changes of an answer, and the others, both by what it becomes."""

    likeliest: tuple[Becomes, ...] = ()
    others: tuple[Becomes, ...] = ()


def changes(changing: Iterable[Change]) -> ChangesInWords:
    """Say what would change an answer; flags that do so only together are one change."""
    together = {frozenset((change.fact, *change.beside)): change for change in reversed(tuple(changing))}
    every = sorted(together.values(), key=_unlikely)
    return ChangesInWords(_by_outcome(every[:AT_ONCE]), _by_outcome(every[AT_ONCE:]))


def _unlikely(change: Change) -> tuple[bool, bool, bool, int, int]:
    """Order changes: circumstances before what nobody says of their own conduct, one flag before several together.

    What only leads to a further question says least.
    """
    known = vocabulary()
    flags = (change.fact, *change.beside)
    grave, judges = (not set(flags).isdisjoint(known.flags_with(trait)) for trait in ("grave", "judges"))
    order = [*known.facts]
    return change.outcome is Outcome.UNDECIDED, grave, judges, len(flags), min(order.index(flag) for flag in flags)


def _by_outcome(changing: Sequence[Change]) -> tuple[Becomes, ...]:
    """Put changes under what they make of the answer, in the order of the likeliest of each."""
    order = list(dict.fromkeys(change.outcome.value for change in changing))
    sorted_ = sorted(changing, key=lambda change: order.index(change.outcome.value))
    return tuple(
        Becomes(gettext(_BECOMES[outcome]), outcome, tuple(_in_words(change) for change in of_one))
        for outcome, of_one in groupby(sorted_, key=lambda change: change.outcome.value)
    )


def _in_words(change: Change) -> ChangeInWords:
    flags = (change.fact, *change.beside)
    outcome = change.outcome.value
    return ChangeInWords(flags, phrases.both(phrases.flags(flags)), outcome, outcomes.outcome(outcome))
