"""Somebody finds their school by name, town or postcode, with slips or not."""

import pytest

from proviso.records.people.school_search import Findable, normal_postcode, search

OAK, MILL, BRYN, TRUST = 1, 2, 3, 4
PLACES = [
    Findable(OAK, "Oak Lane Primary School", "Tinwell", "PR1 2AB", "Harbour Learning Trust"),
    Findable(MILL, "Mill Road Academy", "Great Harwood", "PR12 9ZZ", "Harbour Learning Trust"),
    Findable(BRYN, "Ysgol y Bryn", "Aberllŵyn", "OX1 1AA"),
    Findable(TRUST, "Harbour Learning Trust", "Tinwell", "PR1 7QQ"),
]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("Oak Lane Primary School", OAK),
        ("oak lane", OAK),
        ("oka lane", OAK),
        ("oaklane", OAK),
        ("primary oak", OAK),
        ("mil road", MILL),
        ("Milll Rd Road", MILL),
        ("mill ro", MILL),
        ("harwod", MILL),
        ("bryn", BRYN),
        ("aberllwyn", BRYN),
        ("abberllwyn", BRYN),
        ("harbor learning", TRUST),
        ("pr1 2ab", OAK),
        ("PR12AB", OAK),
        ("PR12 9", MILL),
        ("0X1 1AA", BRYN),
    ],
)
def test_a_school_is_found_first_by(typed: str, first: int) -> None:
    assert search(PLACES, typed)[:1] == [first]


@pytest.mark.parametrize("typed", ["", "   ", "xyzzy", "zz99", "quarry hill", "?"])
def test_what_is_like_no_school_finds_none(typed: str) -> None:
    assert search(PLACES, typed) == []


def test_a_town_finds_all_its_places_and_a_trust_its_schools_after_itself() -> None:
    assert search(PLACES, "Tinwell") == [TRUST, OAK]
    assert search(PLACES, "harbour") == [TRUST, MILL, OAK]


def test_a_word_that_most_have_finds_them_when_it_stands_alone() -> None:
    assert search(PLACES, "primary") == [OAK]
    assert search(PLACES, "school oak") == [OAK]


def test_a_postcode_of_the_same_district_finds_after_that_of_the_place() -> None:
    assert search(PLACES, "PR1 9XX") == [TRUST, OAK]


def test_a_postcode_is_written_in_one_way() -> None:
    assert normal_postcode(" pr12ab ") == "PR1 2AB"
    assert normal_postcode("nowhere") == "nowhere"
