"""Concerns, cases, and the people in them."""

from proviso.records.cases.models.cases import Case, CaseParty
from proviso.records.cases.models.chronology import ChronologyEntry, Decision
from proviso.records.cases.models.concerns import Concern, ConcernDraft, ConcernParty, Message
from proviso.records.cases.models.kinds import HarmThreshold, Matter, PartyRole
from proviso.records.cases.models.letters import Letter, LetterTemplate
from proviso.records.cases.models.steps import Step
from proviso.records.cases.models.transfers import Transfer

__all__ = [
    "Case",
    "CaseParty",
    "ChronologyEntry",
    "Concern",
    "ConcernDraft",
    "ConcernParty",
    "Decision",
    "HarmThreshold",
    "Letter",
    "LetterTemplate",
    "Matter",
    "Message",
    "PartyRole",
    "Step",
    "Transfer",
]
