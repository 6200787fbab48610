"""An application with a page that never comes, as the site's server runs it: for the tests of what becomes of that."""

import os
import re
import sys
import threading
from collections.abc import Callable, Iterable
from ipaddress import ip_network
from typing import Any

from proviso.cli._server import serve
from proviso.web.request_body import BodyFirst, Limits
from proviso.web.time_limit import TimeLimit


def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Say which process answers; `/stuck` searches in compiled code for ages, `/waits` for what never happens."""
    if environ["PATH_INFO"] == "/stuck":
        re.match(r"(a|aa)+$", "a" * 100 + "b")
    if environ["PATH_INFO"] == "/waits":
        threading.Event().wait()
    sent = environ["wsgi.input"].read()
    start_response("200 OK", [("Content-Type", "text/plain")])
    yield f"{os.getpid()} {len(sent)}".encode()


PROXIES = [ip_network("127.0.0.1")]
LIMITS = Limits(largest=10_000, seconds=float(os.environ.get("SLOW_AFTER", "60")))
application = BodyFirst(TimeLimit(answer, float(os.environ.get("STUCK_AFTER", "60"))), LIMITS, PROXIES)

if __name__ == "__main__":
    serve("tests.stuck:application", "127.0.0.1", int(sys.argv[1]), 1)
