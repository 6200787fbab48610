"""What the registers keep."""

from proviso.records.registers.models.consents import Consent, ConsentLink, ConsentWording, RollEntry
from proviso.records.registers.models.declarations import Declaration, DeclarationStep

__all__ = ["Consent", "ConsentLink", "ConsentWording", "Declaration", "DeclarationStep", "RollEntry"]
