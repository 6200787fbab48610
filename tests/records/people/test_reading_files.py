"""Files of people as offices and management information systems write them, right and wrong."""

import io
import zipfile
from datetime import date

import pytest

from proviso.records.imports.parse import read
from proviso.records.imports.parsed import Held, Reading, Row

SCHOOL = "Oak Lane Primary School"
HEAD = "Identifier,First name,Last name,E-mail,Role,Starts,Ends\n"


def table(*lines: str, head: str = HEAD) -> Reading:
    return read("people.csv", (head + "\n".join(lines)).encode(), SCHOOL)


def faults(reading: Reading) -> list[tuple[int, str]]:
    return [(one.line, one.what) for one in reading.faults]


def roster(**files: str) -> bytes:
    kept = {
        "manifest": "propertyName,value\nmanifest.version,1.0\noneroster.version,1.2\nfile.users,bulk\n",
        "orgs": "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId\n"
        "o1,active,2026-09-01T00:00:00Z,Oak Lane Primary School,school,100,\n"
        "o2,active,2026-09-01T00:00:00Z,Mill Road Academy,school,101,\n",
        "users": "sourcedId,status,dateLastModified,enabledUser,username,givenName,familyName,email,password\n"
        "u1,active,,true,tw,Ffion,Tarren,F.Tarren@school.example,never-read\n"
        "u2,active,,true,pp,Pip,Small,pip@home.example,\n"
        "u3,active,,true,xx,Ewan,Elsewhere,e@other.example,\n",
        "roles": "sourcedId,userSourcedId,roleType,role,beginDate,endDate,orgSourcedId\n"
        "r1,u1,primary,teacher,2026-09-01,,o1\n"
        "r2,u1,secondary,parent,,,o1\n"
        "r3,u2,primary,student,,,o1\n"
        "r4,u3,primary,teacher,,,o2\n",
        **files,
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as made:
        for name, text in kept.items():
            if text:
                made.writestr(f"{name}.csv", text)
    return packed.getvalue()


def test_a_plain_table_is_read() -> None:
    got = table("S1,Ned,Newcombe,N.Newcombe@school.example,Teacher,01/09/2026,31/08/2027")
    assert got.rows == [
        Row(
            "S1",
            "Ned",
            "Newcombe",
            "n.newcombe@school.example",
            (Held("teacher", date(2026, 9, 1), date(2027, 8, 31)),),
            2,
        )
    ]
    assert not got.faults


def test_headings_and_roles_of_offices_are_understood() -> None:
    head = "staff code;FORENAME;Surname;Email Address;Job Title;Start date;Date of leaving\n"
    got = table("7;Ned;Newcombe;;Teaching Assistant;2026-09-01;", head=head)
    assert got.rows == [Row("7", "Ned", "Newcombe", "", (Held("support_staff", date(2026, 9, 1)),), 2)]


def test_somebody_on_two_lines_is_one_person_in_two_roles() -> None:
    got = table("S1,Ned,Newcombe,n@school.example,Teacher,,", "S1,Ned,Newcombe,,Staff governor,,")
    [row] = got.rows
    assert [held.kind for held in row.roles] == ["teacher", "governor"]
    assert row.email == "n@school.example"
    assert not got.faults


@pytest.mark.parametrize(
    ("lines", "line", "what"),
    [
        (["S1,Ned,Newcombe,,Wizard,,"], 2, "unknown role “Wizard”"),
        (["S1,Ned,Newcombe,,,,"], 2, "no role"),
        (["S1,Ned,Newcombe,,DSL,,"], 2, "the role “DSL” is not given by a file"),
        (["S1,Ned,Newcombe,,Administrator,,"], 2, "the role “Administrator” is not given by a file"),
        ([",Ned,Newcombe,,Teacher,,"], 2, "no Identifier"),
        (["S1,,,,Teacher,,"], 2, "no First name, Last name"),
        (["S1,Ned,Newcombe,,Teacher,31/02/2026,"], 2, "“31/02/2026” is no date"),
        (["S1,Ned,Newcombe,,Teacher,soon,"], 2, "“soon” is no date"),
        (["S1,Ned,Newcombe,,Teacher,01/09/2026,01/08/2026"], 2, "the last day is before the first"),
        (["S1,Ned,Newcombe,not an address,Teacher,,"], 2, "“not an address” is no e-mail address"),
        (
            ["S1,Ned,Newcombe,,Teacher,,", "S1,Una,Umber,,Teacher,,"],
            3,
            "identifier S1 belongs to somebody else on line 2",
        ),
        (
            ["S1,Ned,Newcombe,,Teacher,,", "S1,Ned,Newcombe,,Teacher,,"],
            3,
            "the same person in the same role as on line 2",
        ),
        (
            ["S1,Ned,Newcombe,n@school.example,Teacher,,", "S2,Una,Umber,N@school.example,Teacher,,"],
            3,
            "the address n@school.example is that of somebody else on line 2",
        ),
    ],
)
def test_what_is_wrong_is_told_with_its_line(lines: list[str], line: int, what: str) -> None:
    got = table(*lines)
    assert faults(got) == [(line, what)]
    assert all(one.do for one in got.faults)


def test_a_wrong_line_leaves_the_others_and_its_person_is_not_taken_to_have_left() -> None:
    got = table("S1,Ned,Newcombe,,Wizard,,", "S2,Una,Umber,,Teacher,,")
    assert [row.source_id for row in got.rows] == ["S2"]
    assert got.doubtful == {"S1"}


def test_windows_text_is_read_and_told() -> None:
    got = read("people.csv", (HEAD + "S1,Siân,Môn,,Teacher,,").encode("cp1252"), SCHOOL)
    assert (got.rows[0].given_name, got.rows[0].family_name) == ("Siân", "Môn")
    assert got.notices == [
        "people.csv is not in UTF-8. It was read as Windows-1252: check that accents in names are right."
    ]


def test_a_byte_order_mark_is_no_part_of_the_first_heading() -> None:
    assert read("p.csv", (HEAD + "S1,Ŵyn,Ŷ,,Teacher,,").encode("utf-8-sig"), SCHOOL).rows[0].given_name == "Ŵyn"


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "The file is empty."),
        (b"  \n ", "The file is empty."),
        (b"PK\x03\x04 and then nothing", "The zip is damaged or locked by a password."),
        (roster()[:-200], "The zip is damaged or locked by a password."),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "people.csv is not a text file."),
        (b"Name,Role\nNed,Teacher\n", "people.csv has no column for: First name, Identifier, Last name."),
        (HEAD.encode(), "There is nobody in the file."),
        (b"x" * 20_000_001, "The file is larger than 20 MB."),
        (roster(users=""), "There is no users.csv in the zip."),
    ],
)
def test_a_file_of_which_nothing_can_be_read_says_why(content: bytes, what: str) -> None:
    got = read("people.csv", content, SCHOOL)
    assert got.stopped
    assert faults(got) == [(0, what)]
    assert got.faults[0].do


def test_a_zip_that_would_fill_the_disk_is_not_unpacked() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as made, made.open("users.csv", "w") as file:
        for _block in range(201):
            file.write(bytes(1_000_000))
    assert len(packed.getvalue()) < 300_000
    got = read("people.zip", packed.getvalue(), SCHOOL)
    assert faults(got) == [(0, "The zip would unpack to more than any school's export.")]


def test_a_zip_that_lies_about_its_size_is_refused() -> None:
    whole = roster(users="sourcedId,givenName,familyName\n" + "u1,Ned,Newcombe\n" * 10_000)
    size = len("sourcedId,givenName,familyName\n" + "u1,Ned,Newcombe\n" * 10_000).to_bytes(4, "little")
    assert size in whole
    got = read("people.zip", whole.replace(size, (100).to_bytes(4, "little")), SCHOOL)
    assert got.stopped


def test_oneroster_1_2_gives_the_people_of_this_school_in_all_their_roles() -> None:
    got = read("export.zip", roster(), SCHOOL)
    assert got.rows == [
        Row(
            "u1",
            "Ffion",
            "Tarren",
            "f.tarren@school.example",
            (Held("teacher", date(2026, 9, 1)), Held("parent")),
            2,
        ),
        Row("u2", "Pip", "Small", "", (Held("pupil"),), 3),
    ]
    assert got.notices == ["1 person of the export has no role at this school and is left out."]


def test_oneroster_1_1_has_roles_beside_people() -> None:
    users = (
        "sourcedId,status,enabledUser,orgSourcedIds,role,username,givenName,familyName,email\n"
        'u1,active,true,"o2, o1",aide,x,Ffion,Tarren,f@school.example\n'
        "u2,active,true,o2,teacher,y,Ewan,Elsewhere,e@school.example\n"
        "u3,active,false,o1,teacher,z,Greg,Gone,g@school.example\n"
    )
    got = read("export.zip", roster(users=users, roles=""), SCHOOL)
    assert [(row.source_id, row.roles[0].kind, row.left) for row in got.rows] == [
        ("u1", "support_staff", False),
        ("u3", "teacher", True),
    ]


def test_rights_of_the_other_system_are_not_given() -> None:
    roles = "userSourcedId,role,orgSourcedId\nu1,systemAdministrator,o1\nu2,principal,o1\nu3,wizard,o1\n"
    got = read("export.zip", roster(roles=roles), SCHOOL)
    assert [row.roles[0].kind for row in got.rows] == ["support_staff", "headteacher"]
    assert "1 administrator of that system comes in as support staff: rights are given here, by hand." in got.notices
    assert faults(got) == [(4, "unknown role “wizard”")]
    assert got.doubtful == {"u3"}


def test_an_export_of_several_schools_must_name_this_one() -> None:
    got = read("export.zip", roster(), "Ysgol y Bryn")
    assert faults(got) == [
        (0, "The export holds 2 schools, and none or several of them are called “Ysgol y Bryn”."),
    ]


def test_an_export_of_changes_alone_lets_nobody_leave() -> None:
    manifest = "propertyName,value\noneroster.version,1.2\nfile.users,delta\n"
    assert not read("export.zip", roster(manifest=manifest), SCHOOL).complete


def test_a_reading_is_kept_and_read_back_whole() -> None:
    got = read("export.zip", roster(), SCHOOL)
    assert Reading.from_json(got.as_json()) == got
