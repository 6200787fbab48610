"""How long the main pages take with 200 schools and 20,000 people, as ratios to an empty page of Django.

Both are served by the same server with one process each. The rounds alternate between all pages, so that
what else the machine does falls on all of them alike; a ratio is the median over the rounds.
"""

from __future__ import annotations

import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path

ROUNDS, REQUESTS, WARM = 9, 24, 8
PROGRAM = [sys.executable, "-m", "proviso.cli"]
BARE = ["--interface", "wsgi", "--workers", "1", "--blocking-threads", "4", "bench.bare:application"]
QUESTION = "answer/?q=Can+I+accept+a+friend+request+from+a+girl+in+my+class%3F&as=teacher"


@dataclass
class Page:
    """A page that is measured: who looks at it, and the seconds that it took in each round."""

    name: str
    address: str
    cookie: str = ""
    port: int = 0
    rounds: list[list[float]] = field(default_factory=list)

    def at(self, share: float) -> list[float]:
        """Return for each round the time within which a share of the requests was answered."""
        return [sorted(times)[min(len(times) - 1, int(len(times) * share))] for times in self.rounds]


def main() -> int:
    schools, people = (int(number) for number in (sys.argv[1:] or ["200", "20000"]))
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"PROVISO_DATA": folder, "DJANGO_SETTINGS_MODULE": "proviso.web.settings"}
        os.environ.pop("PROVISO_DATABASE", None)
        size = ["--schools", str(schools), "--people", str(people)]
        subprocess.run([*PROGRAM, "populate", *size], check=True, stdout=subprocess.DEVNULL)  # noqa: S603  # our own words
        pages = _pages()
        site, bare = _free_port(), _free_port()
        empty = Page("an empty page", "/", port=bare)
        for page in pages:
            page.port = site
        serve = [*PROGRAM, "serve", "--port", str(site), "--no-work"]
        with _running(serve, site), _running([_granian(), "--port", str(bare), *BARE], bare):
            _measure([empty, *pages])
    _print(empty, pages)
    return 0


def _granian() -> str:
    return str(Path(sys.executable).with_name("granian"))


def _pages() -> list[Page]:
    """Return what is measured, each for somebody of the first school who may see it."""
    import django

    django.setup()
    from django.utils import timezone

    from proviso.records.people.models import Establishment, Role

    on = timezone.localdate()
    establishment = Establishment.objects.filter(kind="school").order_by("pk")[0]
    above = establishment.parent
    held = Role.objects.on(on).select_related("person").order_by("pk")

    def cookie(place: Establishment | None, kind: str) -> str:
        from tests.cast import visits

        person = held.filter(establishment=place, kind=kind)[0].person
        return visits(person).cookies["sessionid"].value

    teacher, head = cookie(establishment, "teacher"), cookie(establishment, "headteacher")
    executive, here = cookie(above, "executive"), f"/schools/{establishment.slug}/"
    return [
        Page("all schools", "/"),
        Page("ask, of a school", f"/{establishment.slug}/"),
        Page("answer, of a school", f"/{establishment.slug}/{QUESTION}"),
        Page("the policy of a school", f"/{establishment.slug}/policy/"),
        Page("what waits, of a teacher", "/my/", teacher),
        Page("what waits, of a headteacher", "/my/", head),
        Page("a school, of its headteacher", here, head),
        Page("signing by name", f"{here}signing/people/", head),
        Page("people", f"{here}people/", head),
        Page("the log", f"{here}log/", head),
        Page("an authority and its schools", f"/schools/{above.slug if above else ''}/", executive),
    ]


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    return port


@contextmanager
def _running(command: list[str], port: int) -> Iterator[None]:
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)  # noqa: S603  # our own words
    try:
        until = time.monotonic() + 60
        while server.poll() is None and time.monotonic() < until:
            with socket.socket() as knock:
                if knock.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield
    finally:
        server.terminate()
        server.wait()


def _measure(pages: list[Page]) -> None:
    for page in pages:
        _taken(page, WARM)
    for _ in range(ROUNDS):
        for page in pages:
            page.rounds.append(_taken(page, REQUESTS))


def _taken(page: Page, count: int) -> list[float]:
    """Ask for a page so many times; return how long each took.

    Raises:
        RuntimeError: it was not shown.
    """
    connection = HTTPConnection("localhost", page.port, timeout=60)
    headers = {"Cookie": f"sessionid={page.cookie}"} if page.cookie else {}
    taken = []
    for _ in range(count):
        start = time.perf_counter()
        connection.request("GET", page.address, headers=headers)
        answer = connection.getresponse()
        answer.read()
        taken.append(time.perf_counter() - start)
        if answer.status != 200:
            raise RuntimeError(f"{page.name}: {page.address} answered {answer.status}")
    connection.close()
    return taken


def _print(empty: Page, pages: list[Page]) -> None:
    out = sys.stdout.write
    out("\n### Pages with 200 schools and 20,000 people\n\n")
    out("| page | p50 ms | p95 ms | times an empty page, p50 | p95 |\n|---|--:|--:|--:|--:|\n")
    for page in [empty, *pages]:
        half, most = page.at(0.5), page.at(0.95)
        ratios = [
            statistics.median(mine / theirs for mine, theirs in zip(ours, bare, strict=True))
            for ours, bare in ((half, empty.at(0.5)), (most, empty.at(0.95)))
        ]
        times = [statistics.median(series) * 1e3 for series in (half, most)]
        out(f"| {page.name} | {times[0]:.1f} | {times[1]:.1f} | {ratios[0]:.0f} | {ratios[1]:.0f} |\n")


if __name__ == "__main__":
    sys.exit(main())
