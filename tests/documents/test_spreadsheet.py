"""Tables for spreadsheets: they open rightly, stay what they were, and calculate nothing that somebody wrote."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
from django.utils.translation import gettext_lazy

from proviso.documents import TooManyRows, csv_lines, without_formula, xlsx_file

HEADER = ["Name", "Number"]


def as_csv(*rows: Any) -> list[list[str]]:
    """Return the rows below the header as a spreadsheet reads them."""
    sent = "".join(csv_lines(HEADER, rows)).encode()
    return list(csv.reader(io.StringIO(sent.decode("utf-8-sig"), newline="")))[1:]


def as_xlsx(*rows: Any, title: str = "People") -> Any:
    """Return the sheet as a program reads it."""
    with xlsx_file(title, HEADER, rows) as file:
        return openpyxl.load_workbook(io.BytesIO(file.read())).active


@pytest.mark.parametrize(
    "text",
    [
        *("=1+1", "+1+1", "-1+1", "@SUM(A1)", "=cmd|' /C calc'!A0", '=HYPERLINK("https://evil.example","Pay")'),
        *("\t=1+1", "\r=1+1", "\n=1+1", "  =1+1", "\u00a0=1+1", "＝1+1", "＋1", "－1", "＠SUM(A1)", "-", "\tname"),
    ],
)
def test_what_could_be_a_formula_is_text(text: str) -> None:
    assert without_formula(text) == "'" + text
    [[name, _number]] = as_csv([text, 1])
    cell = as_xlsx([text, 1])["A2"]
    assert cell.data_type == "s"
    assert name == cell.value
    assert name[0] not in "=+-@\t\r\n＝＋－＠"
    assert name.lstrip()[0] not in "=+-@＝＋－＠"


@pytest.mark.parametrize("text", ["Siân Tŷ-Newydd", "7-11", "a=b", "'quoted'", "", "“=”", "name@school.example"])
def test_other_text_stays_as_it_is(text: str) -> None:
    assert without_formula(text) == text
    assert as_csv([text, 1]) == [[text, "1"]]
    assert (as_xlsx([text, 1])["A2"].value or "") == text


def test_no_sheet_has_a_formula_or_an_error_in_it() -> None:
    with xlsx_file("=People", HEADER, [["=1+1", -5], ["#REF!", 2.5], ["#N/A", None]]) as file, ZipFile(file) as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet and 't="e"' not in sheet
    assert "'=1+1" in sheet and "#REF!" in sheet


def test_numbers_and_dates_stay_numbers_and_dates() -> None:
    at = datetime(2026, 7, 1, 8, 30, tzinfo=UTC)
    rows = [["whole", -5], ["part", Decimal("2.50")], ["day", date(2026, 9, 1)], ["moment", at], ["nothing", None]]
    assert as_csv(*rows) == [
        ["whole", "-5"],
        ["part", "2.50"],
        ["day", "2026-09-01"],
        ["moment", "2026-07-01 09:30"],  # summer time
        ["nothing", ""],
    ]
    cells = [row[1] for row in as_xlsx(*rows).iter_rows(min_row=2)]
    assert [cell.value for cell in cells] == [
        *(-5, 2.5, datetime(2026, 9, 1, 0, 0)),
        *(datetime(2026, 7, 1, 9, 30), None),
    ]
    assert [cell.number_format for cell in cells[2:4]] == ["dd/mm/yyyy", "dd/mm/yyyy hh:mm"]
    assert [cell.is_date for cell in cells[2:4]] == [True, True]


def test_words_that_wait_for_their_language_are_written_out() -> None:
    assert as_csv([gettext_lazy("Teacher"), 1]) == [["Teacher", "1"]]
    assert as_xlsx([gettext_lazy("Teacher"), 1])["A2"].value == "Teacher"


def test_excel_is_told_that_a_csv_is_utf_8() -> None:
    sent = "".join(csv_lines(["Enw"], [["Ŵyn"]])).encode()
    assert sent == b"\xef\xbb\xbf" + "Enw\r\nŴyn\r\n".encode()


@pytest.mark.parametrize("text", ["two\nlines", 'a "quoted", listed; cell', " blanks ", "😀"])
def test_text_survives_both_files(text: str) -> None:
    assert as_csv([text, 1]) == [[text, "1"]]
    assert as_xlsx([text, 1])["A2"].value == text


def test_what_no_file_can_hold_is_left_out() -> None:
    assert as_csv(["a\x00b\x07c\ud800", 1]) == [["abc", "1"]]
    assert as_xlsx(["a\x00b\x07c\ud800", 1])["A2"].value == "abc"


def test_a_row_is_written_before_the_next_is_asked_for() -> None:
    asked: list[int] = []

    def rows() -> Iterator[list[Any]]:
        for number in (1, 2):
            asked.append(number)
            yield ["a", number]

    lines = csv_lines(HEADER, rows())
    assert (next(lines), next(lines)) == ("\ufeff", "Name,Number\r\n")
    assert asked == []
    assert next(lines) == "a,1\r\n"
    assert asked == [1]


def test_a_sheet_keeps_its_header_in_sight_and_has_filters() -> None:
    sheet = as_xlsx(["Ada", 1], ["A very long name that is wider than others", 2], title="People: who [is] here? " * 3)
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:B3"
    assert sheet["A1"].font.bold
    assert (sheet.print_title_rows, sheet.page_setup.orientation) == ("$1:$1", "landscape")
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.column_dimensions["A"].width > 40 > sheet.column_dimensions["B"].width
    assert sheet.title == "People  who  is  here  People"


def test_a_long_text_is_shown_whole() -> None:
    sheet = as_xlsx(["a", 1], ["one\ntwo\nthree", 2], ["w " * 100, 3], ["w " * 10_000, 4])
    assert [sheet.row_dimensions[number].height for number in (2, 3, 4, 5)] == [None, 45, 60, 405]
    assert [bool(sheet.cell(number, 1).alignment.wrap_text) for number in (2, 3, 4)] == [False, True, True]
    assert sheet["A1"].font.name == "Calibri"


def test_an_empty_table_has_its_header() -> None:
    assert "".join(csv_lines(HEADER, [])) == "\ufeffName,Number\r\n"
    assert [[cell.value for cell in row] for row in as_xlsx().iter_rows()] == [HEADER]


def test_a_row_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="row 2 has 3 cells, its header 2"):
        as_csv(["a", 1], ["b", 2, 3])
    with pytest.raises(ValueError, match="row 2 has 1 cells, its header 2"):
        as_xlsx(["a", 1], ["b"])


def test_a_sheet_that_would_be_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("proviso.documents._spreadsheet.MOST_ROWS", 3)
    assert as_xlsx(["a", 1], ["b", 2]).max_row == 3
    with pytest.raises(TooManyRows):
        as_xlsx(["a", 1], ["b", 2], ["c", 3])


def test_a_cell_holds_as_much_as_the_format_allows() -> None:
    assert len(as_xlsx(["w" * 40_000, 1])["A2"].value) == 32_767
