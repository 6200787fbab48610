"""What administrators must know of the site itself: rooms above register a check, administrators read what it says."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.cache import cache

from proviso.records.people.actors import Actor
from proviso.records.people.models import Role

LOG_EVERY = timedelta(hours=1)
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class SiteFault:
    """Something that whoever runs the site must put right: in the reader's language, and a line for the log.

    `key` is the same for as long as it is the same fault.
    """

    key: str
    title: str
    text: str
    log_line: str


Check = Callable[[datetime], SiteFault | None]
_checks: list[Check] = []


def register(check: Check) -> None:
    """Have a check made whenever administrators look: it takes the time and returns a fault or None."""
    if check not in _checks:
        _checks.append(check)


def site_faults(actor: Actor, now: datetime) -> list[SiteFault]:
    """Return what is wrong with the site, for administrators: nobody else can do anything about it."""
    if not any(role.kind == Role.Kind.ADMINISTRATOR for role in actor.roles):
        return []
    return log_faults(now)


def log_faults(now: datetime) -> list[SiteFault]:
    """Write what is wrong with the site to its log, each fault once in `LOG_EVERY`; return it."""
    faults = [fault for check in _checks if (fault := check(now)) is not None]
    for fault in faults:
        if cache.add(f"site-fault:{fault.key}", True, LOG_EVERY.total_seconds()):
            logger.warning(fault.log_line)
    return faults
