"""The server of pages: its processes, what becomes of one that dies or hangs, and how it ends."""

from __future__ import annotations

import logging

SITE = "proviso.web.served:application"
# Many more than work on pages at once (see web/time_limit.py): the others wait for what visitors send. So the server's
# warning that they are many says nothing new.
THREADS = 16
END_WITHIN = 10  # seconds in which requests in progress may end when the site stops


def serve(target: str, host: str, port: int, workers: int) -> None:
    """Serve a WSGI application until a signal ends it; a process that dies or is ended is replaced."""
    # Loaded here, not above: the commands that only answer must start in a blink.
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    server = Granian(
        target,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=THREADS,
        log_level=LogLevels.warning,
        log_access=False,  # no address of anybody is written down: see decision 24
        respawn_failed_workers=True,
        workers_kill_timeout=END_WITHIN,
    )
    logging.getLogger("_granian").addFilter(lambda record: "Python threads" not in record.getMessage())
    server.serve()
