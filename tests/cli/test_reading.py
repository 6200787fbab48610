"""`proviso read` as its users meet it."""

from pathlib import Path

from tests.cli.test_commands import answer, refused, run
from tests.rules.reading import made


def test_a_word_file_is_read_with_every_key(tmp_path: Path) -> None:
    path = tmp_path / "policy.docx"
    path.write_bytes(made.word())

    first = answer("read", str(path))["statements"][0]

    assert first["text"] == "accept a friend request from a pupil;"
    assert first["stem"] == "Staff must not"
    assert first["heading"] == "Contact with pupils"
    assert first["at"] == "Contact with pupils, 1"
    assert first["force"] == "prohibited"
    assert first["who"] == ["staff"]
    assert first["topics"][0] == "pupils-as-friends"


def test_it_is_shown_place_by_place(tmp_path: Path) -> None:
    path = tmp_path / "policy.txt"
    path.write_text("1.1 Staff must lock their screens.\n\n1.2 Pupils may use tablets in lessons.\n", "utf-8")

    shown = run("read", str(path)).stdout

    assert "1.1: required; staff" in shown
    assert "1.2: permitted; pupils" in shown


def test_a_file_that_cannot_be_read_is_one_line(tmp_path: Path) -> None:
    empty, absent = tmp_path / "empty.txt", tmp_path / "absent.txt"
    empty.write_bytes(b"")

    assert (
        refused("read", str(empty)) == f"proviso: {empty}: the file is empty; choose the file that holds the policy\n"
    )
    assert refused("read", str(absent)) == f"proviso: {absent}: No such file or directory\n"
