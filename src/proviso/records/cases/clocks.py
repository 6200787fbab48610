"""By when a step of a case is due: counted from when the school came to know, in working days.

Three dates are kept apart: when a step is due, when somebody is reminded of it, and when it is looked at whether a
closed case is still needed.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from proviso.records.cases.models import Case, HarmThreshold, Matter
from proviso.records.people.models import Establishment
from proviso.records.tasks.deadlines import WorkingDays, working_days
from proviso.rules import rulebook
from proviso.rules.rulebook import ReferralPeriod

REFERRAL = "referral"
DAY_HOURS = 24


@dataclass(frozen=True)
class Clock:
    """The clock of a case: the day on which the school came to know, and the days that count.

    A referral does not wait for the end of the school holidays, nor for the end of a weekend where the authority
    counts in hours.
    """

    aware_on: date
    days: WorkingDays
    days_of_law: WorkingDays
    period: ReferralPeriod

    def due_on(self, within: str | None) -> date | None:
        """Return by when something is due; None where no time is set."""
        if within is None:
            return None
        if within == REFERRAL:
            return self._referral()
        return self.days.add(self.aware_on, int(within)) if int(within) else self.aware_on

    def remind_on(self, due_on: date | None) -> date | None:
        """Return when somebody is reminded: on the working day before, and not before the school knew."""
        return None if due_on is None else max(self.aware_on, self.days.add(due_on, -1))

    def _referral(self) -> date:
        if self.period.hours:
            return self.aware_on + timedelta(days=-(-self.period.hours // DAY_HOURS))
        return self.days_of_law.add(self.aware_on, self.period.working_days)


def clock_of(establishment: Establishment, aware_on: date, on: date) -> Clock:
    """Return the clock of a case that an establishment came to know of on a day."""
    return Clock(
        aware_on,
        working_days(establishment),
        working_days(establishment, in_term=False),
        rulebook.referral_period(establishment.nation, authority_of(establishment), on),
    )


def authority_of(establishment: Establishment) -> str:
    """Return the name of the authority over a school, or nothing where it is not known."""
    above = establishment.parent
    return above.name if above is not None and above.kind == Establishment.Kind.AUTHORITY else ""


def retention_rule(case: Case, outcome: str) -> str:
    """Return the rule of the schedule under which a case is kept that ends with an outcome."""
    if case.matter == Matter.PUPIL:
        return "child_protection"
    if case.matter != Matter.ADULT:
        return "other_case"
    if outcome in (Case.Outcome.FALSE, Case.Outcome.MALICIOUS):
        return "false_allegation"
    return "low_level_concern" if case.harm_threshold == HarmThreshold.NOT_MET else "allegation"
