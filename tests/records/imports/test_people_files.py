"""Files of people as offices and management information systems write them, right and wrong."""

import io
import json
import zipfile
from datetime import date

import pytest

from proviso.records.files.content_types import CSV, content_type
from proviso.records.imports.kinds import kind_named
from proviso.records.imports.parse import Headings, Upload, parse
from proviso.records.imports.parsed import Parsed
from proviso.records.imports.people.rows import ImportedRole, PersonRow
from proviso.records.people.models import Establishment

SCHOOL = "Oak Lane Primary School"
HEAD = "Identifier,First name,Last name,Email,Role,Starts,Ends\n"


def read(name: str, content: bytes, school: str = SCHOOL) -> Parsed:
    upload = Upload(io.BytesIO(content), content_type(io.BytesIO(content), name), name)
    parsed = parse(upload, kind_named("people"), Establishment(name=school), {})
    assert not isinstance(parsed, Headings)
    return parsed


def table(*lines: str, head: str = HEAD) -> Parsed:
    return read("people.csv", (head + "\n".join(lines)).encode())


def rows(parsed: Parsed) -> list[PersonRow]:
    return [PersonRow.from_json(row) for row in parsed.rows]


def faults(parsed: Parsed) -> list[tuple[int, str]]:
    return [(fault.line, fault.what) for fault in parsed.faults]


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
    assert rows(got) == [
        PersonRow(
            "S1",
            "Ned",
            "Newcombe",
            "n.newcombe@school.example",
            (ImportedRole("teacher", date(2026, 9, 1), date(2027, 8, 31)),),
            2,
        )
    ]
    assert not got.faults


def test_headings_and_roles_of_offices_are_understood() -> None:
    head = "staff code;FORENAME;Surname;Email Address;Job Title;Start date;Date of leaving\n"
    got = table("7;Ned;Newcombe;;Teaching Assistant;2026-09-01;", head=head)
    assert rows(got) == [PersonRow("7", "Ned", "Newcombe", "", (ImportedRole("support_staff", date(2026, 9, 1)),), 2)]


def test_somebody_on_two_lines_is_one_person_in_two_roles() -> None:
    got = table("S1,Ned,Newcombe,n@school.example,Teacher,,", "S1,Ned,Newcombe,,Staff governor,,")
    [row] = rows(got)
    assert [role.kind for role in row.roles] == ["teacher", "governor"]
    assert row.email == "n@school.example"
    assert not got.faults


@pytest.mark.parametrize(
    ("lines", "line", "what"),
    [
        (["S1,Ned,Newcombe,,Wizard,,"], 2, "We do not know the role “Wizard”."),
        (["S1,Ned,Newcombe,,,,"], 2, "No role is given."),
        (["S1,Ned,Newcombe,,DSL,,"], 2, "A file cannot give the role “DSL”."),
        (["S1,Ned,Newcombe,,Administrator,,"], 2, "A file cannot give the role “Administrator”."),
        ([",Ned,Newcombe,,Teacher,,"], 2, "Nothing is given for: Identifier."),
        (["S1,,,,Teacher,,"], 2, "Nothing is given for: First name, Last name."),
        (["S1,Ned,Newcombe,,Teacher,31/02/2026,"], 2, "“31/02/2026” is not a date."),
        (["S1,Ned,Newcombe,,Teacher,soon,"], 2, "“soon” is not a date."),
        (["S1,Ned,Newcombe,,Teacher,01/09/2026,01/08/2026"], 2, "The last day is before the first day."),
        (["S1,Ned,Newcombe,not an address,Teacher,,"], 2, "“not an address” is not an email address."),
        (
            ["S1,Ned,Newcombe,,Teacher,,", "S1,Una,Umber,,Teacher,,"],
            3,
            "The identifier S1 belongs to somebody else on line 2.",
        ),
        (
            ["S1,Ned,Newcombe,,Teacher,,", "S1,Ned,Newcombe,,Teacher,,"],
            3,
            "This is the same person in the same role as on line 2.",
        ),
        (
            ["S1,Ned,Newcombe,n@school.example,Teacher,,", "S2,Una,Umber,N@school.example,Teacher,,"],
            3,
            "The address n@school.example is also somebody else’s, on line 2.",
        ),
    ],
)
def test_what_is_wrong_is_told_with_its_line(lines: list[str], line: int, what: str) -> None:
    got = table(*lines)
    assert faults(got) == [(line, what)]
    assert all(fault.do for fault in got.faults)


def test_a_wrong_line_leaves_the_others_and_its_person_is_not_taken_to_have_left() -> None:
    got = table("S1,Ned,Newcombe,,Wizard,,", "S2,Una,Umber,,Teacher,,")
    assert [row.source_id for row in rows(got)] == ["S2"]
    assert got.doubtful == {"S1"}


def test_windows_text_is_read_and_told() -> None:
    got = read("people.csv", (HEAD + "S1,Siân,Môn,,Teacher,,").encode("cp1252"))
    assert (rows(got)[0].given_name, rows(got)[0].family_name) == ("Siân", "Môn")
    assert got.notices == [
        "people.csv is not in UTF-8. It was read as Windows-1252: check that accents in names are right."
    ]


def test_a_byte_order_mark_is_no_part_of_the_first_heading() -> None:
    got = read("p.csv", (HEAD + "S1,Ŵyn,Ŷ,,Teacher,,").encode("utf-8-sig"))
    assert rows(got)[0].given_name == "Ŵyn"


@pytest.mark.parametrize(
    ("name", "content", "what"),
    [
        ("people.csv", b"  \n ", "people.csv has nothing in its first line."),
        ("people.csv", HEAD.encode(), "There is nobody in the file."),
        ("export.zip", b"PK\x03\x04 and then nothing", "The zip is damaged or locked by a password."),
        ("export.zip", roster()[:-200], "The zip is damaged or locked by a password."),
        ("export.zip", roster(users=""), "There is no users.csv in the zip."),
        (
            "export.zip",
            roster(users="sourcedId,status\nu1,active\n"),
            "users.csv has no column for: givenName, familyName.",
        ),
    ],
)
def test_a_file_of_which_nothing_can_be_read_says_why(name: str, content: bytes, what: str) -> None:
    got = read(name, content)
    assert got.stopped
    assert faults(got) == [(0, what)]
    assert got.faults[0].do


def test_a_table_whose_columns_are_not_known_gives_its_headings_and_first_lines() -> None:
    content = io.BytesIO(b"Key,Who,What they do\n1,Ned Newcombe,Teacher\n2,Una Umber,Cook\n")
    got = parse(Upload(content, CSV, "people.csv"), kind_named("people"), Establishment(name=SCHOOL), {})
    assert got == Headings(
        ("Key", "Who", "What they do"), [("1", "Ned Newcombe", "Teacher"), ("2", "Una Umber", "Cook")]
    )


def test_what_was_said_of_headings_before_is_remembered() -> None:
    content = io.BytesIO(b"Key,Called,Clan,What they do,Role\n1,Ned,Newcombe,Teacher,4711\n")
    chosen = {"key": "identifier", "called": "given", "clan": "family", "whattheydo": "role", "role": ""}
    got = parse(Upload(content, CSV, "people.csv"), kind_named("people"), Establishment(name=SCHOOL), chosen)
    assert isinstance(got, Parsed)
    assert rows(got) == [PersonRow("1", "Ned", "Newcombe", "", (ImportedRole("teacher"),), 2)]


def test_oneroster_1_2_gives_the_people_of_this_school_in_all_their_roles() -> None:
    got = read("export.zip", roster())
    assert rows(got) == [
        PersonRow(
            "u1",
            "Ffion",
            "Tarren",
            "f.tarren@school.example",
            (ImportedRole("teacher", date(2026, 9, 1)), ImportedRole("parent")),
            2,
        ),
        PersonRow("u2", "Pip", "Small", "", (ImportedRole("pupil"),), 3),
    ]
    assert got.notices == ["1 person of the export has no role at this school and is left out."]


def test_oneroster_1_1_has_roles_beside_people() -> None:
    users = (
        "sourcedId,status,enabledUser,orgSourcedIds,role,username,givenName,familyName,email\n"
        'u1,active,true,"o2, o1",aide,x,Ffion,Tarren,f@school.example\n'
        "u2,active,true,o2,teacher,y,Ewan,Elsewhere,e@school.example\n"
        "u3,active,false,o1,teacher,z,Greg,Gone,g@school.example\n"
    )
    got = read("export.zip", roster(users=users, roles=""))
    assert [(row.source_id, row.roles[0].kind, row.left) for row in rows(got)] == [
        ("u1", "support_staff", False),
        ("u3", "teacher", True),
    ]


def test_rights_of_the_other_system_are_not_given() -> None:
    roles = "userSourcedId,role,orgSourcedId\nu1,systemAdministrator,o1\nu2,principal,o1\nu3,wizard,o1\n"
    got = read("export.zip", roster(roles=roles))
    assert [row.roles[0].kind for row in rows(got)] == ["support_staff", "headteacher"]
    assert "1 administrator of that system comes in as support staff: rights are given here, by hand." in got.notices
    assert faults(got) == [(4, "We do not know the role “wizard”.")]
    assert got.doubtful == {"u3"}


def test_an_export_of_several_schools_must_name_this_one() -> None:
    got = read("export.zip", roster(), "Ysgol y Bryn")
    assert faults(got) == [
        (0, "The export has 2 schools, and either none or more than one of them is called “Ysgol y Bryn”."),
    ]


def test_an_export_of_changes_alone_lets_nobody_leave() -> None:
    manifest = "propertyName,value\noneroster.version,1.2\nfile.users,delta\n"
    assert not read("export.zip", roster(manifest=manifest)).complete


def test_a_reading_is_kept_and_read_back_whole() -> None:
    got = read("export.zip", roster())
    assert Parsed.from_json(json.loads(json.dumps(got.as_json()))) == got


def test_every_fault_planted_in_an_export_is_reported() -> None:
    users = (
        "sourcedId,status,enabledUser,givenName,familyName,email\n"
        "u1,active,true,Ffion,Tarren,f@school.example\n"
        "u2,active,maybe,Pip,Small,\n"
        "u3,active,true,,Elsewhere,\n"
        "u1,active,true,Ffion,Again,\n"
    )
    roles = (
        "userSourcedId,role,beginDate,endDate,orgSourcedId\n"
        "u1,teacher,,,o1\n"
        "u1,wizard,,,o1\n"
        "u9,teacher,,,o1\n"
        "u1,aide,31/02/2026,,o2\n"
        "u1,aide,,,o77\n"
        "u2,student,,,o1\n"
    )
    got = read("export.zip", roster(users=users, roles=roles))
    assert [(fault.file, fault.line, fault.what) for fault in got.faults] == [
        ("roles.csv", 3, "We do not know the role “wizard”."),
        ("roles.csv", 4, "users.csv has no user “u9”."),
        ("roles.csv", 5, "“31/02/2026” is not a date."),
        ("roles.csv", 6, "orgs.csv has no organisation “o77”."),
        ("users.csv", 3, "enabledUser is “maybe”."),
        ("users.csv", 4, "sourcedId, givenName or familyName is missing."),
        ("users.csv", 5, "The identifier u1 is on line 2 already."),
    ]
    assert [row.source_id for row in rows(got)] == ["u1"]
    assert {"u1", "u2", "u3"} <= got.doubtful
