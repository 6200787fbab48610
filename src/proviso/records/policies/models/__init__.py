"""Versions of a policy, and signatures on them."""

from proviso.records.policies.models.acknowledgements import Acknowledgement, Campaign
from proviso.records.policies.models.questions import Question
from proviso.records.policies.models.reviews import Review
from proviso.records.policies.models.versions import Approval, Consultation, Variation, Version

__all__ = [
    "Acknowledgement",
    "Approval",
    "Campaign",
    "Consultation",
    "Question",
    "Review",
    "Variation",
    "Version",
]
