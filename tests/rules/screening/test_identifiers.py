"""Numbers and addresses in posts: what identifies somebody, and what only looks like it."""

from datetime import date

import pytest

from proviso.rules.rulebook import load
from proviso.rules.screening import Kind, NameFinder, Post, RolledPerson, check_post

ON = date(2026, 11, 22)
POLICY = load("asset-education")
NAMES = NameFinder([RolledPerson("1", "William", "Thornbury")])
OF_CONTENT = {Kind.LINK, Kind.READING_AGE, Kind.FIRST_NAME, Kind.NAME, Kind.TONE, Kind.CONFIDENTIAL}


def identifiers(text: str) -> list[tuple[str, str]]:
    checked = check_post(POLICY, Post(text), NAMES, ON)
    return sorted((finding.kind, finding.text) for finding in checked.findings if finding.kind not in OF_CONTENT)


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        ("Ring me on 07700 900123", "phone", "07700 900123"),
        ("Ring (01632) 960 123 after six", "phone", "(01632) 960 123"),
        ("Ring +44 7700 900 123.", "phone", "+44 7700 900 123"),
        ("Write to pat.o'hara@school.example", "email", "hara@school.example"),
        ("Write to sam_lee+pta@mail.school.co.uk!", "email", "sam_lee+pta@mail.school.co.uk"),
        ("We live in AB12 3CD now", "postcode", "AB12 3CD"),
        ("We live in SW1A1AA now", "postcode", "SW1A1AA"),
        ("She lives at 12 High Street", "postal_address", "12 High Street"),
        ("She lives at Flat 3, 12a Old Mill Lane", "postal_address", "Flat 3, 12a Old Mill Lane"),
        ("Mae'n byw yn 4 Heol y Bont", "postal_address", "4 Heol y Bont"),
        ("DOB 12/05/2015", "date_of_birth", "12/05/2015"),
        ("He was born on 3rd May 2014", "date_of_birth", "3rd May 2014"),
        ("William Thornbury (12/05/2015)", "date_of_birth", "12/05/2015"),
        ("Happy birthday on 4 June", "date_of_birth", "4 June"),
        ("UPN: A123456789012", "upn", "A123456789012"),
        ("NHS number 943 476 5919", "nhs_number", "943 476 5919"),
        ("943 476 5919", "nhs_number", "943 476 5919"),
        ("AB 12 34 56 C", "ni_number", "AB 12 34 56 C"),
        ("Please move BD51 SMR", "car_plate", "BD51 SMR"),
        ("The car A123 BCD is blocking the gate", "car_plate", "A123 BCD"),
    ],
)
def test_what_identifies_somebody_is_found(text: str, kind: str, found: str) -> None:
    assert (kind, found) in identifiers(text)


@pytest.mark.parametrize(
    "text",
    [
        "Term starts on 01/09/2026 and ends on 18/12/2026",
        "Tickets 10, 20 and 30 pounds; 3 for 2",
        "We raised 1234567890 pence",
        "Room AB12, hall C4, Year 6",
        "943 476 5918 is a long score",
        "Founded on 12/05/1985",
        "The result was 12-0 on 14.5 points",
        "At 12 we eat; 15 Year 6 pupils came",
        "Follow @hartwellschool",
        "Opening hours 08:30-15:30",
    ],
)
def test_what_only_looks_like_it_is_left_alone(text: str) -> None:
    assert identifiers(text) == []


def test_a_helpline_is_no_private_number() -> None:
    [finding] = check_post(POLICY, Post("Childline: 0800 1111 222"), NAMES, ON).findings
    assert (finding.kind, finding.severity) == ("phone", "hint")


def test_a_valid_pupil_number_is_found_without_its_name() -> None:
    """The check letter is worked out by hand: 8x2 + 2x3 + 3x4 + 2x5 + 1x10 = 54 = 2x23 + 8, the ninth letter, J."""
    assert identifiers("J823200001000") == [("upn", "J823200001000")]
    assert identifiers("A823200001000") == []
