"""Versions of a policy, signatures on them, and the tasks that their duties make."""

from proviso.policies.models.duties import Calendar, Task
from proviso.policies.models.signing import Acknowledgement, Campaign
from proviso.policies.models.versions import Approval, Consultation, Variation, Version

__all__ = ["Acknowledgement", "Approval", "Calendar", "Campaign", "Consultation", "Task", "Variation", "Version"]
