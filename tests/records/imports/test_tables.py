"""Tables as they come in, from Excel and from whoever means no good."""

import io
import tracemalloc
import zipfile
from collections.abc import Callable, Sequence
from datetime import date, datetime

import openpyxl
import pytest

from proviso.records.files.content_types import CSV, XLSX, ZIP
from proviso.records.imports.kinds import kind_named
from proviso.records.imports.parse import Headings, Upload, parse
from proviso.records.imports.parsed import Parsed
from proviso.records.imports.people.rows import PersonRow
from proviso.records.people.models import Establishment

HEADINGS = ["Identifier", "First name", "Last name", "Email", "Role", "Starts", "Ends"]
MEGABYTE = 1_000_000


def parsed(content: bytes, kind: str, name: str = "people.xlsx") -> Parsed:
    got = parse(Upload(io.BytesIO(content), kind, name), kind_named("people"), Establishment(name="Oak Lane"), {})
    assert not isinstance(got, Headings)
    return got


def workbook(*lines: Sequence[object], change: Callable[[openpyxl.Workbook], None] = lambda book: None) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for line in lines:
        sheet.append(list(line))
    change(book)
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def zipped(way: int = zipfile.ZIP_DEFLATED, **members: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", way) as archive:
        for name, content in members.items():
            archive.writestr(f"{name}.csv", content)
    return packed.getvalue()


def whats(got: Parsed) -> list[str]:
    return [fault.what for fault in got.faults]


def test_a_workbook_is_read_with_its_numbers_and_dates() -> None:
    line = [4711, "Siân", "Môn", "s.mon@school.example", "Teacher", datetime(2026, 9, 1), date(2027, 8, 31)]
    got = parsed(workbook(HEADINGS, line), XLSX)
    assert not got.faults
    [row] = [PersonRow.from_json(row) for row in got.rows]
    assert (row.source_id, row.name, row.line) == ("4711", "Siân Môn", 2)
    assert (row.roles[0].starts_on, row.roles[0].ends_on) == (date(2026, 9, 1), date(2027, 8, 31))


def test_lines_of_a_workbook_have_the_numbers_that_excel_shows() -> None:
    got = parsed(workbook(HEADINGS, [], [], ["S1", "Ned", "Newcombe", None, "Wizard"]), XLSX)
    assert [(fault.line, fault.what) for fault in got.faults] == [(4, "We do not know the role “Wizard”.")]


def test_only_the_first_visible_sheet_is_read_and_that_is_said() -> None:
    def more(book: openpyxl.Workbook) -> None:
        book.create_sheet("Hidden", 0).sheet_state = "hidden"
        book.create_sheet("Last year").append(["nothing"])

    got = parsed(workbook(HEADINGS, ["S1", "Ned", "Newcombe", None, "Teacher"], change=more), XLSX)
    assert len(got.rows) == 1
    assert got.notices == ["people.xlsx has 2 sheets. Only the first, “Sheet”, was read."]


def test_a_damaged_workbook_says_so() -> None:
    whole = workbook(HEADINGS, ["S1", "Ned", "Newcombe", None, "Teacher"])
    for content in (whole[:-100], whole.replace(b"xl/workbook.xml", b"xl/werkbook.xml")):
        assert whats(parsed(content, XLSX)) == ["The zip is damaged or locked by a password."]


def test_parts_that_nothing_reads_may_be_as_they_like() -> None:
    """Workbooks from SharePoint and Power Query have such parts."""
    whole = workbook(HEADINGS, ["S1", "Ned", "Newcombe", None, "Teacher"])
    packed = io.BytesIO(whole)
    with zipfile.ZipFile(packed, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("customXml/item1.xml", "<?xml version='1.0' encoding='utf-16'?><DataMashup/>".encode("utf-16"))
        archive.writestr("customXml/item2.xml", b"<?mso-contentType?><FormTemplates/>")
        archive.writestr("xl/media/image1.png", bytes(25 * MEGABYTE))
    got = parsed(packed.getvalue(), XLSX)
    assert (len(got.rows), got.faults) == (1, [])


def bombed(member: str, content: bytes) -> bytes:
    """Return a workbook in which a member was exchanged."""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook(HEADINGS))) as whole,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for name in whole.namelist():
            if name != member:
                archive.writestr(name, whole.read(name))
        archive.writestr(member, content)
    return packed.getvalue()


def test_entities_that_stand_for_gigabytes_are_refused() -> None:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    sheet = f'<?xml version="1.0"?><!DOCTYPE worksheet [<!ENTITY e0 "lol">{entities}]><worksheet>&e11;</worksheet>'
    got = parsed(bombed("xl/worksheets/sheet1.xml", sheet.encode()), XLSX)
    assert whats(got) == ["people.xlsx is not a workbook as Excel writes it."]


SHEET, MAIN = "xl/worksheets/sheet1.xml", b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
CELLS = b"<c><v>1</v></c>"


@pytest.mark.parametrize(
    ("member", "content", "what"),
    [
        (SHEET, b"<worksheet %s><sheetData><row>" % MAIN + CELLS * 100_000, "is not a workbook as Excel writes it."),
        (SHEET, b"<worksheet %s><sheetData>" % MAIN + (b"<row>" + CELLS * 12 + b"</row>") * 60_000, "more than 20 MB."),
        ("xl/styles.xml", b"<styleSheet %s><cellXfs>" % MAIN + b"<xf/>" * 100_000, "is not a workbook as Excel"),
        ("xl/workbook.xml", b"<workbook %s><sheets>" % MAIN + b"<sheet/>" * 100_000, "is not a workbook as Excel"),
        ("xl/sharedStrings.xml", b"<sst %s>" % MAIN + b"<si><t>a</t></si>" * 250_000, "more than 20 MB."),
        ("xl/worksheets/w.xml", b"<workbook %s><sheets>" % MAIN + b"<sheet/>" * 100_000, "is not a workbook as Excel"),
        (SHEET, b"<worksheet %s><!-- </row> --><sheetData/></worksheet>" % MAIN, "is not a workbook as Excel"),
        (SHEET, b"<worksheet %s><?decoy </row>?></worksheet>" % MAIN, "is not a workbook as Excel"),
        (SHEET, "<?xml version='1.0' encoding='UTF-16'?><worksheet/>".encode("utf-16"), "is not a workbook as Excel"),
        (SHEET, "<?xml version='1.0'?><worksheet/>".encode("utf-16-le"), "is not a workbook as Excel"),
        (SHEET, b"<?xml version='1.0' encoding='cp037'?>" + "<worksheet/>".encode("cp037"), "is not a workbook as"),
    ],
    ids=[
        "row",
        "cells",
        "styles",
        "sheets",
        "texts",
        "moved",
        "comment",
        "instruction",
        "utf-16",
        "utf-16-without-mark",
        "ebcdic",
    ],
)
def test_a_workbook_that_costs_minutes_to_read_is_refused_by_its_bytes(member: str, content: bytes, what: str) -> None:
    bomb = bombed(member, content)
    assert len(bomb) < 100_000
    [fault] = whats(parsed(bomb, XLSX))
    assert what in fault


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (zipped(users=bytes(21 * MEGABYTE)), ZIP),
        (zipped(users=bytes(11 * MEGABYTE), roles=bytes(11 * MEGABYTE)), ZIP),
        (bombed("xl/worksheets/sheet1.xml", b" " * 21 * MEGABYTE), XLSX),
    ],
    ids=["one-table", "two-tables", "workbook"],
)
def test_nothing_is_unpacked_beyond_twenty_megabytes(content: bytes, kind: str) -> None:
    assert len(content) < 300_000
    assert whats(parsed(content, kind)) == ["The file would unpack to more than 20 MB."]


def test_tables_that_are_not_read_do_not_count() -> None:
    orgs = b"sourcedId,name,type\no1,Oak Lane,school\n"
    users = b"sourcedId,givenName,familyName\nu1,Ned,Newcombe\n"
    roles = b"userSourcedId,role,orgSourcedId\nu1,teacher,o1\n"
    got = parsed(zipped(orgs=orgs, users=users, roles=roles, enrollments=bytes(30 * MEGABYTE)), ZIP)
    assert len(got.rows) == 1


def test_a_way_of_packing_that_may_ask_for_gigabytes_of_memory_is_refused() -> None:
    assert whats(parsed(zipped(zipfile.ZIP_LZMA, users=b"sourcedId\n"), ZIP)) == [
        "The zip is damaged or locked by a password."
    ]


def test_a_zip_that_lies_about_its_size_is_refused() -> None:
    users = b"sourcedId,givenName,familyName\n" + b"u1,Ned,Newcombe\n" * 10_000
    whole = zipped(orgs=b"sourcedId,name,type\no1,Oak Lane,school\n", users=users)
    assert len(users).to_bytes(4, "little") in whole
    lying = whole.replace(len(users).to_bytes(4, "little"), (100).to_bytes(4, "little"))
    assert parsed(lying, ZIP).stopped


def test_a_list_of_members_without_end_is_not_read() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for number in range(5000):
            archive.writestr(f"{number}.csv", b"")
    assert whats(parsed(packed.getvalue(), ZIP)) == ["The file would unpack to more than 20 MB."]


def test_a_small_zip_of_twenty_megabytes_stays_small_in_memory() -> None:
    """The worst that is let in: 20 MB of lines, each a fault."""
    orgs = b"sourcedId,name,type\no1,Oak Lane,school\n"
    users = b"sourcedId,givenName,familyName\n" + b"u1,Ned,Newcombe\n" * (19 * MEGABYTE // 16)
    content = zipped(orgs=orgs, users=users)
    assert len(content) < 200_000
    tracemalloc.start()
    try:
        got = parsed(content, ZIP)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert "More than 1000 lines are wrong." in whats(got)
    assert peak < 10 * MEGABYTE


def test_as_many_people_as_no_school_has_are_too_many() -> None:
    lines = "".join(f"S{number},Ned,Newcombe,,Teacher\n" for number in range(30_001))
    got = parsed(("Identifier,First name,Last name,Email,Role\n" + lines).encode(), CSV, "people.csv")
    assert whats(got) == ["The file holds more than 30000 people or things of this school."]


def test_a_cell_that_never_ends_is_a_fault_of_its_line() -> None:
    text = f"Identifier,First name,Last name,Role\nS1,{'N' * 201},Newcombe,Teacher\nS2,Una,Umber,Teacher\n"
    got = parsed(text.encode(), CSV, "people.csv")
    assert [(fault.line, fault.what) for fault in got.faults] == [(2, "A cell is longer than 200 characters.")]
    assert len(got.rows) == 1
