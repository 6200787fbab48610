"""What happens to evidence when things go wrong: the program is killed, the disk is full, the database is away.

Processes add texts and files as evidence, and note each item only after the program said that it is kept. They are
killed at random moments. At the end every noted item must be there with its hash, and none half. `make soak` prints
what it saw.
"""

import argparse
import os
import random
import resource
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
WRITERS = 2
LONGEST_LIFE = 0.9  # seconds until a writer is killed
AWAY_SECONDS = 10


def main() -> None:
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--kills", type=int, default=300)
    reader.add_argument("--seed", type=int, default=1)
    reader.add_argument("--on", choices=("sqlite", "postgresql"), help="one of them; both unless said")
    options = reader.parse_args()
    if options.on:
        _soak(options.on, options.kills, options.seed)
        return
    for database in ("sqlite", "postgresql"):
        command = [sys.executable, "-m", "bench.soak", "--on", database]
        command += ["--kills", str(options.kills), "--seed", str(options.seed)]
        subprocess.run(command, check=True, cwd=ROOT)  # noqa: S603  # this very program


def _soak(database: str, kills: int, seed: int) -> None:
    from tests import databases

    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="soak")))
        os.environ |= {"PROVISO_DATA": str(folder / "data"), "DJANGO_SETTINGS_MODULE": "proviso.web.settings"}
        cluster = None
        if database == "postgresql":
            cluster = stack.enter_context(databases.cluster())
            os.environ |= {databases.CLUSTER: str(cluster)}
            os.environ["PROVISO_DATABASE"] = databases.make("soak", migrated=True)
            _commit_for_good(cluster)
        else:
            os.environ["PROVISO_DATABASE"] = ""
            databases.put_migrated(folder / "data")
        import django

        django.setup()
        owner = _apart(_owner)
        notes = folder / "notes"
        _say(f"\n{database}")
        _kill(owner, notes, kills, random.Random(seed))  # noqa: S311  # moments, not secrets
        _report(f"{kills} kills of {WRITERS} writing processes", notes)
        away = _locked if cluster is None else lambda: _stopped(cluster)
        _write_while(owner, notes, away)
        _report(f"database away for {AWAY_SECONDS} seconds", notes)
        _say(f"  {_apart(_fill_the_disk, owner)}")
        _report("after the disk was full", notes)
        _say(f"  {_apart(_send_twice, owner)}")


# ---- What is done in processes of their own: each has its own connection to the database.
def _apart(work: Callable[..., str], *arguments: Any) -> str:
    """Do something in a process of its own and return what it says."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        status = 1
        try:
            os.write(write, work(*arguments).encode())
            status = 0
        finally:
            os._exit(status)
    os.close(write)
    with os.fdopen(read) as said:
        text = said.read()
    if os.waitpid(child, 0)[1]:
        raise SystemExit(f"{work.__name__} failed")
    return text


def _owner() -> str:
    """Make a school and a case, and return who handles it and its id."""
    from django.db import transaction
    from django.utils import timezone

    from tests.cast import cast
    from tests.records.evidence.owners import case_of

    with transaction.atomic():
        people = cast(timezone.now())
        case = case_of(people.school, people.headteacher)
    return f"{people.headteacher.pk} {case.pk}"


def _actor_and_case(owner: str) -> tuple[Any, Any]:
    from django.utils import timezone

    from proviso.records.cases.models import Case
    from proviso.records.people.actors import Actor
    from proviso.records.people.models import Person

    person, case = (int(part) for part in owner.split())
    actor = Actor.of(Person.objects.get(pk=person), timezone.localdate(), timezone.now())
    return actor, Case.objects.get(pk=case)


def _write(owner: str, notes: Path, seed: int) -> None:
    """Add evidence for as long as it may, and note each item when the program has said that it is kept."""
    from django.db import DatabaseError, close_old_connections
    from django.utils import timezone

    from proviso.records.evidence.services.entering import Found, capture_files, capture_text
    from proviso.records.files.uploads import sealed_upload

    chance = random.Random(seed)  # noqa: S311  # texts of a test
    target = os.open(notes, os.O_APPEND | os.O_CREAT | os.O_WRONLY, 0o600)
    actor, case = None, None
    while True:
        text = chance.randbytes(chance.choice((100, 10_000, 300_000))).hex()
        try:
            if actor is None:
                actor, case = _actor_and_case(owner)
            found = Found("https://social.example/", timezone.now(), "A note.")
            if chance.random() < 0.5:
                items = [capture_text(actor, case, text[:200_000], found, now=timezone.now())]
            else:
                parts = [sealed_upload([part.encode()], "post.txt", 10**8) for part in (text, text[::-1])]
                items = capture_files(actor, case, parts, found, now=timezone.now())
        except DatabaseError:
            actor = None
            close_old_connections()
            time.sleep(0.1)
            continue
        os.write(target, "".join(f"{item.pk} {item.sha256}\n" for item in items).encode())


def _kill(owner: str, notes: Path, kills: int, chance: random.Random) -> None:
    for done in range(0, kills, WRITERS):
        writers = [_started(owner, notes, chance.getrandbits(32)) for _writer in range(min(WRITERS, kills - done))]
        for writer in writers:
            time.sleep(chance.uniform(0.05, LONGEST_LIFE))
            os.kill(writer, signal.SIGKILL)
        for writer in writers:
            os.waitpid(writer, 0)


def _started(owner: str, notes: Path, seed: int) -> int:
    child = os.fork()
    if child == 0:
        try:
            _write(owner, notes, seed)
        finally:
            os._exit(1)
    return child


def _write_while(owner: str, notes: Path, away: Callable[[], Any]) -> None:
    writer = _started(owner, notes, 7)
    time.sleep(2)
    with away():
        time.sleep(AWAY_SECONDS)
    time.sleep(4)
    os.kill(writer, signal.SIGKILL)
    os.waitpid(writer, 0)


@contextmanager
def _locked() -> Iterator[None]:
    """Keep everybody else from the SQLite database."""
    connection = sqlite3.connect(Path(os.environ["PROVISO_DATA"]) / "proviso.sqlite3", timeout=30, isolation_level=None)
    connection.execute("BEGIN EXCLUSIVE")
    try:
        yield
    finally:
        connection.execute("ROLLBACK")
        connection.close()


@contextmanager
def _stopped(cluster: Path) -> Iterator[None]:
    """Stop PostgreSQL in the middle of everything, without a word to anybody, and start it again."""
    _control(cluster, "-m", "immediate", "stop")
    try:
        yield
    finally:
        _control(cluster, "-t", "60", "-l", str(cluster / "log"), "-o", _started_with(cluster), "start")


def _started_with(cluster: Path) -> str:
    return f"-c listen_addresses='' -c unix_socket_directories='{cluster}' -c max_connections=200"


def _control(cluster: Path, *arguments: str) -> None:
    from tests import databases

    folder = databases.programs()
    assert folder is not None  # noqa: S101  # the cluster runs
    owner = (cluster / "data").stat().st_uid
    user: dict[str, Any] = {"user": owner, "extra_groups": []} if os.geteuid() == 0 else {}
    command = [str(folder / "pg_ctl"), "-D", str(cluster / "data"), "-w", *arguments]
    quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "cwd": "/"}
    subprocess.run(command, check=True, **quiet, **user)  # noqa: S603  # PostgreSQL's own


def _commit_for_good(cluster: Path) -> None:
    """Have PostgreSQL answer only when a transaction is in its log: tests have it otherwise."""
    import psycopg

    with psycopg.connect(host=str(cluster), user="test", dbname="postgres", autocommit=True) as connection:
        connection.execute("ALTER ROLE test SET synchronous_commit = on")


def _fill_the_disk(owner: str) -> str:
    """Add a file of which only a part finds room; say what the program said, and how much of it was kept."""
    from django.utils import timezone

    from proviso.records.evidence.models import EvidenceItem
    from proviso.records.evidence.services.entering import Found, capture_files
    from proviso.records.files.uploads import sealed_upload
    from proviso.records.people.change import NotPossible

    actor, case = _actor_and_case(owner)
    before, blobs = EvidenceItem.objects.count(), _blobs()
    large = sealed_upload([os.urandom(1 << 20).hex().encode() for _part in range(20)], "post.txt", 10**9)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, resource.RLIM_INFINITY))  # no file grows beyond 1 MB
    try:
        capture_files(actor, case, [large], Found(), now=timezone.now())
    except NotPossible as error:
        said = error.messages[0].partition(":")[0]
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    return f"disk full: “{said}”; {EvidenceItem.objects.count() - before} items, {_blobs() - blobs} files left"


def _send_twice(owner: str) -> str:
    """Send the same form twice at the same moment, some times; say how many items that made."""
    from django.db import connections
    from django.utils import timezone

    from proviso.records.evidence.models import EvidenceItem
    from proviso.records.evidence.services.entering import Found, capture_text

    actor, case = _actor_and_case(owner)
    before, forms = EvidenceItem.objects.count(), 20

    def send(form: str) -> None:
        try:
            capture_text(actor, case, "A post.", Found(form=form), now=timezone.now())
        except Exception as error:  # noqa: BLE001  # it is counted
            refused.append(type(error).__name__)
        finally:
            connections.close_all()

    refused: list[str] = []
    for number in range(forms):
        threads = [threading.Thread(target=send, args=(f"form-{number:08}",)) for _time in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    made = EvidenceItem.objects.count() - before
    return f"{forms} forms sent twice at once: {made} items, {len(refused)} refused ({', '.join(sorted(set(refused)))})"


# ---- The check.
def _report(what: str, notes: Path) -> None:
    seen = _apart(_check, notes)
    _say(f"  {what}: {seen}")


def _check(notes: Path) -> str:
    from proviso.records.audit.services import verify as verify_log
    from proviso.records.evidence.models import CustodyEntry, EvidenceItem
    from proviso.records.evidence.verification import Outcome, verify
    from proviso.records.files.models import StoredFile

    noted = dict(line.split() for line in notes.read_text().splitlines())
    there = {str(item.pk): item.sha256 for item in EvidenceItem.objects.all()}
    lost = sum(there.get(pk) != sha256 for pk, sha256 in noted.items())
    faults = list(verify(Outcome()))
    entered = set(CustodyEntry.objects.filter(event="entered").values_list("item", flat=True))
    half = len({*there} - {str(pk) for pk in entered}) + abs(StoredFile.objects.count() - len(there))
    _held, broken = verify_log()
    log = "the log holds" if broken is None else f"the log is broken: {broken}"
    spare = _blobs() - StoredFile.objects.count()
    return (
        f"{len(noted)} items said to be kept, {lost} lost, {len(faults)} damaged, {half} half there, {log}; "
        f"{len(there)} items in all, {spare} blobs without a row for `tidy`"
    )


def _blobs() -> int:
    return sum(1 for path in (Path(os.environ["PROVISO_DATA"]) / "files").rglob("*") if path.is_file())


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
