"""Concerns, cases, and the people in them."""

from proviso.records.cases.models.cases import Case, CaseParty
from proviso.records.cases.models.concerns import Concern, ConcernDraft, ConcernParty, Message
from proviso.records.cases.models.kinds import HarmThreshold, Matter, PartyRole

__all__ = [
    "Case",
    "CaseParty",
    "Concern",
    "ConcernDraft",
    "ConcernParty",
    "HarmThreshold",
    "Matter",
    "Message",
    "PartyRole",
]
