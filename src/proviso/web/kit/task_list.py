"""A list of steps with how far each is, what can be done now, and what comes next."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from proviso.web.kit.pages import Link


@dataclass(frozen=True)
class Step:
    """A line of the task list: where it leads, if its reader may go there, how far it is, and what else can be done."""

    text: str
    status: str
    is_done: bool
    url: str = ""
    hint: str = ""
    is_blocked: bool = False
    is_optional: bool = False
    more: Link | None = None

    @property
    def is_next(self) -> bool:
        """Whether its reader can do it now."""
        return bool(self.url) and not (self.is_done or self.is_blocked or self.is_optional)


@dataclass(frozen=True)
class Stage:
    """Steps under one heading."""

    heading: str
    steps: list[Step]


@dataclass(frozen=True)
class TaskList:
    """All steps, how many of those that must be done are, and the next that its reader can do."""

    stages: list[Stage]

    @property
    def _counted(self) -> list[Step]:
        return [step for stage in self.stages for step in stage.steps if not step.is_optional]

    @property
    def total(self) -> int:
        return len(self._counted)

    @property
    def finished(self) -> int:
        return sum(step.is_done for step in self._counted)

    @property
    def next(self) -> Step | None:
        return next((step for step in self._counted if step.is_next), None)

    @property
    def words(self) -> str:
        return _("%(finished)s of %(total)s steps done") % {"finished": self.finished, "total": self.total}
