"""The evidence goes out as a zip that anybody can check with standard tools, and that it went out is written down."""

import csv
import subprocess
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest

from proviso.records.cases.models import Case
from proviso.records.evidence.formats.pictures import Box
from proviso.records.evidence.packages import write_package
from proviso.records.evidence.services.redacting import redact_picture
from proviso.records.evidence.services.removing import seal_unseen
from proviso.records.people.permissions import FreshSecondFactorNeeded, Hidden
from tests.cast import Cast
from tests.clock import NOW
from tests.records.evidence import made_files
from tests.records.evidence.test_evidence import added, events
from tests.records.policies.life import acting

pytestmark = pytest.mark.django_db


def unpacked(case: Case, cast: Cast, folder: Path) -> Path:
    with write_package(acting(cast.headteacher), case, now=NOW) as package, zipfile.ZipFile(package) as archive:
        archive.extractall(folder)
    return folder


def checked(folder: Path) -> subprocess.CompletedProcess[str]:
    command = ["/usr/bin/sha256sum", "-c", "SHA256SUMS"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_sha256sum_finds_everything_as_it_came_in_and_names_what_changed(
    case: Case, cast: Cast, tmp_path: Path
) -> None:
    item = added(case, cast.headteacher, name="post: “ŵ”?.png")
    added(case, cast.headteacher, made_files.EML, "mail.eml", note="=HYPERLINK(1)")
    redact_picture(acting(cast.headteacher), item, [Box(1, 1, 50, 50)], "", now=NOW)
    folder = unpacked(case, cast, tmp_path / "out")
    assert checked(folder).returncode == 0
    (mail,) = folder.glob("items/E2 *")
    assert mail.read_bytes() == made_files.EML
    mail.write_bytes(made_files.EML + b" ")
    result = checked(folder)
    assert result.returncode == 1
    assert [line for line in result.stdout.splitlines() if not line.endswith("OK")] == [f"items/{mail.name}: FAILED"]


def test_the_lists_say_what_is_what_and_who_saw_it(case: Case, cast: Cast, tmp_path: Path) -> None:
    item = added(case, cast.headteacher)
    redact_picture(acting(cast.headteacher), item, [Box(1, 1, 50, 50)], "", now=NOW)
    folder = unpacked(case, cast, tmp_path / "out")
    rows = list(csv.DictReader((folder / "items.csv").read_text("utf-8-sig").splitlines()))
    assert [(row["item"], row["sha256"], row["made_from"], row["malware"]) for row in rows][0] == (
        "E1",
        item.sha256,
        "",
        "not_scanned",
    )
    assert rows[1]["made_from"] == "E1"
    entries = list(csv.DictReader((folder / "custody.csv").read_text("utf-8-sig").splitlines()))
    assert [(entry["item"], entry["event"]) for entry in entries] == [
        ("E1", "entered"),
        ("E2", "entered"),
        ("E1", "exported"),
        ("E2", "exported"),
    ]
    assert {entry["by"] for entry in entries} == {"Hester Quillmore"}
    assert "sha256sum -c SHA256SUMS" in (folder / "README.txt").read_text()


def test_what_is_sealed_stays_inside(case: Case, cast: Cast, tmp_path: Path) -> None:
    item = added(case, cast.headteacher, name="a girl of 8B.png")
    seal_unseen(acting(cast.headteacher), case, now=NOW)
    folder = unpacked(case, cast, tmp_path / "out")
    assert not list(folder.glob("items/*"))
    assert "8B" not in "".join(each.read_text() for each in folder.iterdir() if each.is_file())
    assert "sealed" in (folder / "items.csv").read_text()
    assert events(item) == ["entered", "sealed"]


def test_it_goes_out_to_handlers_who_have_just_proved_themselves(case: Case, cast: Cast) -> None:
    with pytest.raises(Hidden):
        write_package(acting(cast.administrator), case, now=NOW)
    with pytest.raises(FreshSecondFactorNeeded):
        write_package(acting(cast.headteacher, proved=NOW - timedelta(hours=1)), case, now=NOW)
