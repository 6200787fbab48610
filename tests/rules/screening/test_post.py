"""A post as a whole: consent, clauses, pictures, what only a person can say."""

import re
from datetime import date
from pathlib import Path

import pytest
from PIL import Image

from proviso.rules.rulebook import load
from proviso.rules.screening import (
    Consent,
    Kind,
    NameFinder,
    Picture,
    PictureError,
    Post,
    PostCheck,
    RolledPerson,
    RollError,
    check_post,
    read_picture,
    read_roll,
)

ON = date(2026, 11, 22)


def checked(
    text: str, consent: Consent = Consent.NOT_ASKED, policy: str = "asset-education", kind: str = "pupil"
) -> PostCheck:
    person = RolledPerson("1", "William", "Thornbury", name_consent=consent, kind=kind)
    return check_post(load(policy), Post(text), NameFinder([person]), ON)


@pytest.mark.parametrize(
    ("consent", "severity"),
    [("refused", "stop"), ("withdrawn", "stop"), ("not_asked", "stop"), ("given", "hint")],
)
def test_a_pupil_is_named_only_with_consent(consent: str, severity: str) -> None:
    [finding] = checked("William Thornbury won", Consent(consent)).findings
    assert (finding.kind, finding.severity, finding.person, finding.clause) == ("name", severity, "1", "AE-1.5f")
    assert (finding.start, finding.end) == (0, 17)


def test_staff_who_were_not_asked_are_a_question() -> None:
    [finding] = checked("William Thornbury won", kind="staff").findings
    assert finding.severity == "ask"


def test_what_is_nearly_a_name_is_a_question() -> None:
    [finding] = checked("Wiliam Thornbury won", Consent.REFUSED).findings
    assert finding.severity == "ask"


def test_the_gravest_stands_first() -> None:
    severities = [each.severity for each in checked("We hope William wins. DOB 12/05/2015. You useless lot").findings]
    assert severities == ["stop", "ask", "hint"]


@pytest.mark.parametrize("policy", ["asset-education", "ewloe-green", "king-david", "knowsley-central", "lancashire"])
def test_each_policy_or_its_baseline_says_why(policy: str) -> None:
    text = "William Thornbury, 07700 900123, useless lot, found this on google"
    assert all(finding.clause for finding in checked(text, policy=policy).findings)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("What a useless lot", Kind.TONE),
        ("So fed up with management ignoring us: fed up of management", Kind.GRIEVANCE),
        ("He was excluded yesterday", Kind.CONFIDENTIAL),
        ("Wine o'clock at last, so drunk", Kind.DISREPUTE),
        ("Picture found on Google", Kind.COPYRIGHT),
        ("The best school in the county", Kind.CLAIM),
        ("Calling all mums", Kind.INCLUSIVE),
        ("See [school.sch.uk](https://elsewhere.example/form)", Kind.LINK),
        ("Year 5 will be at the leisure centre pool on Friday at 2pm", Kind.WHEREABOUTS),
    ],
)
def test_what_the_author_should_look_at_again(text: str, kind: Kind) -> None:
    assert kind in {finding.kind for finding in checked(text).findings}


@pytest.mark.parametrize(
    "text",
    [
        "Our choir sang at the town hall yesterday at 2pm and everybody loved it",
        "Half term begins on Friday. Have a good rest, everyone!",
        "Thank you to all who came to the summer fair. We raised £412 for new books",
        "Diolch i bawb a ddaeth i'r ffair haf",
    ],
)
def test_an_ordinary_post_has_no_findings(text: str) -> None:
    assert checked(text).findings == ()


def test_what_only_a_person_can_say_is_asked() -> None:
    asked = checked("Hello").questions
    assert ("AE-1.4c", False) in {(each.clause, each.fails) for each in asked}


def _picture(path: Path, *, place: bool = False) -> Picture:
    exif = Image.Exif()
    if place:
        exif.get_ifd(0x8825).update({1: "N", 2: (53.0, 25.0, 0.0), 3: "W", 4: (2.0, 50.0, 0.0)})
    Image.new("RGB", (40, 30), "navy").save(path, exif=exif)
    return read_picture(path)


def test_a_picture_that_says_where_it_was_taken_is_stopped(tmp_path: Path) -> None:
    picture = _picture(tmp_path / "trip.jpg", place=True)
    found = check_post(load("asset-education"), Post("", (picture,)), NameFinder([]), ON).findings
    assert [(each.kind, each.severity, each.text) for each in found][0] == ("metadata", "stop", "trip.jpg")


def test_who_is_in_a_picture_is_asked(tmp_path: Path) -> None:
    picture = _picture(tmp_path / "hall.jpg")
    found = check_post(load("asset-education"), Post("", (picture,)), NameFinder([]), ON).findings
    assert [each.kind for each in found] == ["face"]


@pytest.mark.parametrize("content", [b"", b"not a picture", b"\x89PNG\r\n\x1a\n cut off", b"GIF89a"])
def test_what_is_no_picture_is_one_clear_line(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "odd.png"
    path.write_bytes(content)
    with pytest.raises(PictureError, match=r"^odd\.png: .+"):
        read_picture(path)


def test_a_picture_of_too_many_pixels_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "bomb.png"
    Image.new("1", (10_000, 10_000)).save(path)
    with pytest.raises(PictureError, match="pixels"):
        read_picture(path)


def roll(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "roll.csv"
    path.write_text(text, "utf-8")
    return path


def test_a_roll_is_read_with_its_consents(tmp_path: Path) -> None:
    [person] = read_roll(
        roll(tmp_path, "id,given,family,known_as,kind,name_consent,picture_consent\n7,Siân,Lee,,pupil,REFUSED,\n")
    )
    assert person == RolledPerson("7", "Siân", "Lee", name_consent=Consent.REFUSED)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "no column `id`"),
        ("name\nAda", "no column `id`"),
        ("id,given,family\n1,,Lee", "line 2: no `given`"),
        ("id,given,family\n1,Ada,Lee\n1,Ben,Lee", "twice"),
        ("id,given,family,kind\n1,Ada,Lee,cat", "unknown kind `cat`"),
        ("id,given,family,name_consent\n1,Ada,Lee,perhaps", "`perhaps`"),
    ],
)
def test_a_faulty_roll_says_which_line(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(RollError, match=re.escape(says)):
        read_roll(roll(tmp_path, text))


@pytest.mark.parametrize(
    "piece", ["a ", "is ", "at the ", "1", "a@", "O'", "'", "Rose ", "(0", "www.", "Mr ", "12 High "]
)
def test_a_hostile_text_is_checked_in_time(piece: str) -> None:
    """No pattern runs away: the time limit of every test is the measure."""
    assert checked(piece * 2_000).text
