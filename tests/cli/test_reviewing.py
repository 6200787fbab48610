"""`proviso review` as its users meet it."""

from __future__ import annotations

from pathlib import Path

import docx

from tests.cli.test_commands import answer, refused, run

TEXT = """Social media policy

1 Law

Staff heed the Malicious Communications Act 1998.

Next review date: May 2023
"""


def test_a_file_is_reviewed_with_the_keys_of_the_contract(tmp_path: Path) -> None:
    file = tmp_path / "ours.txt"
    file.write_text(TEXT, "utf-8")
    findings = answer("review", str(file), "--on", "2026-11-22")["findings"]
    wrong = [finding for finding in findings if finding["severity"] == "error"]
    assert [finding["rule"] for finding in wrong] == ["overdue-review", "wrong-year"]
    assert {"rule", "severity", "at", "quote", "message", "source"} <= wrong[1].keys()
    assert wrong[1]["message"] == "There is no Malicious Communications Act of 1998. Its year is 1988."
    assert (wrong[1]["at"], wrong[1]["source"]) == ("1 Law, line 5", "legislation.gov.uk/ukpga/1988/27")


def test_a_review_is_of_its_day(tmp_path: Path) -> None:
    file = tmp_path / "ours.md"
    file.write_text(TEXT, "utf-8")
    before = answer("review", str(file), "--on", "2023-05-31")["findings"]
    assert "overdue-review" not in {finding["rule"] for finding in before}


def test_a_policy_is_reviewed_in_words_and_says_what_to_do() -> None:
    said = " ".join(run("review", "king-david", "--on", "2026-11-22").stdout.split())
    assert "The review was due on 1 September 2021. [overdue-review] Review it now, and set the next date." in said
    assert "Wrong: " in said


def test_what_cannot_be_reviewed_is_refused_in_one_line(tmp_path: Path) -> None:
    empty, binary, sheet = (tmp_path / name for name in ("empty.txt", "binary.txt", "sheet.xlsx"))
    empty.write_text(" \n", "utf-8")
    binary.write_bytes(b"\xff\xfe\x00words")
    sheet.write_bytes(b"PK")
    assert "holds no text" in refused("review", str(empty))
    assert "not UTF-8 text" in refused("review", str(binary))
    assert "cannot be read: give a file of one of" in refused("review", str(sheet))
    assert "neither a policy nor a file" in refused("review", "king-davd")
    assert "No such file" in refused("review", str(tmp_path / "gone.txt"))
    assert "is not a day" in refused("review", "king-david", "--on", "soon")


def test_a_word_document_is_reviewed_as_its_text_is(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("Social media policy", 1)
    for words in ("Staff must not accept pupils as friends.", "This policy will be reviewed in September 2021."):
        document.add_paragraph(words)
    document.save(str(tmp_path / "ours.docx"))
    found = answer("review", str(tmp_path / "ours.docx"), "--on", "2026-11-22")["findings"]
    assert "overdue-review" in {finding["rule"] for finding in found}
