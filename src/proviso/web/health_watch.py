"""Looks now and then whether anything is wrong with the site, so that its log says so though no administrator looks."""

import logging
import threading
from datetime import timedelta

from django.db import DatabaseError, connections
from django.utils import timezone

from proviso.records.people.site_health import log_faults

EVERY = timedelta(minutes=10)
logger = logging.getLogger(__name__)


def watch_health(stopped: threading.Event, every: timedelta = EVERY) -> None:
    """Look until told to stop; first when `every` has passed, since what works in the background starts meanwhile."""
    while not stopped.wait(every.total_seconds()):
        try:
            log_faults(timezone.now())
        except DatabaseError:
            logger.exception("whether anything is wrong with the site could not be read")
        finally:
            connections.close_all()  # those of this thread
