"""The ties that a signed-in reader declared, beside an answer that may be about one of them.

Nothing is taken from them until the reader says that the question is about that person, and nothing of it is kept.
"""

from dataclasses import dataclass

from proviso.records.people.actors import Actor
from proviso.records.registers.facts import DECLARED, acknowledged_ties, facts_of, may_be_about
from proviso.records.registers.models import Declaration
from proviso.rules.answers import Answer
from proviso.web.public.question_url import Address

TIE = "tie"  # the trait of acts that turn on what ties two people


@dataclass(frozen=True)
class DeclaredTie:
    """A tie that a question may be about, and where the answer is that takes it as a fact."""

    tie: Declaration
    url: str


def ties_beside(actor: Actor | None, answer: Answer, role: str | None) -> list[DeclaredTie]:
    """Return the reader's own ties that a question may be about, unless it says already what was declared."""
    if actor is None or answer.first or answer.facts.get(DECLARED) is not None:
        return []
    if answer.facts.get("act") not in answer.policy.vocabulary.values_with("act", TIE):
        return []
    slug, others = answer.policy.policy.id, answer.facts.get("with")
    named = None if others is None or isinstance(others, bool) else [others] if isinstance(others, str) else others
    ties = [tie for tie in acknowledged_ties(actor, slug) if may_be_about(tie, named)]
    return [DeclaredTie(tie, _address(Address.of(answer, role), tie).link("answer", slug)) for tie in ties]


def _address(here: Address, tie: Declaration) -> Address:
    for flag, value in facts_of(tie).items():
        here = here.having(flag, value)
    return here
