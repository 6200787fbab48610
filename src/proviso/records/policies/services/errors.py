"""Why a change cannot be made. Each message tells a user what, and what to do; nothing was changed."""

from proviso.records.people.change import NotPossible
from proviso.records.policies.models import Version

__all__ = ["ChangedMeanwhile", "NotPossible", "ReplacedMeanwhile"]


class ChangedMeanwhile(Exception):
    """Somebody else changed the draft since the form was opened; `version` is as it is now."""

    def __init__(self, version: Version) -> None:
        super().__init__(f"version {version.number} is at edition {version.edition} now")
        self.version = version


class ReplacedMeanwhile(Exception):
    """The version that was to be signed is not the one to sign any more; `current` is, if there is one."""

    def __init__(self, current: Version | None) -> None:
        super().__init__("another version is to be signed now")
        self.current = current
