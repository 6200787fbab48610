"""Versions of a policy, signatures on them, and the tasks that their duties make."""

from proviso.records.policies.models.acknowledgements import Acknowledgement, Campaign
from proviso.records.policies.models.duties import Calendar, Task
from proviso.records.policies.models.versions import Approval, Consultation, Variation, Version

__all__ = ["Acknowledgement", "Approval", "Calendar", "Campaign", "Consultation", "Task", "Variation", "Version"]
