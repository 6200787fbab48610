"""Names on the roll, as people write them in posts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proviso.rules.screening import NameFinder, RolledPerson

ROLL = (
    RolledPerson("1", "William", "Thornbury"),
    RolledPerson("2", "Rose", "Garden"),
    RolledPerson("3", "Grace", "Park"),
    RolledPerson("4", "Aisha", "Khan-Patel"),
    RolledPerson("5", "Siân", "Llewellyn"),
    RolledPerson("6", "Małgorzata", "Wiśniewska"),
    RolledPerson("7", "Seán", "O'Brien"),
    RolledPerson("8", "Jane", "Smith", kind="staff"),
    RolledPerson("9", "Mohammed", "al Farsi"),
    RolledPerson("10", "Amelia", "Young", known_as="Mimi"),
    RolledPerson("11", "Наталія", "Коваль"),
)
FINDER = NameFinder(ROLL)


def full_names(text: str) -> list[tuple[str, str]]:
    return [(text[each.start : each.end], each.people[0].id) for each in FINDER.find(text) if each.is_full]


def first_names(text: str) -> list[str]:
    return [text[each.start : each.end] for each in FINDER.find(text) if not each.is_full]


@pytest.mark.parametrize(
    ("text", "name", "person"),
    [
        ("Well done William Thornbury!", "William Thornbury", "1"),
        ("well done william thornbury", "william thornbury", "1"),
        ("WELL DONE WILLIAM THORNBURY", "WILLIAM THORNBURY", "1"),
        ("Bill Thornbury's goal won it", "Bill Thornbury", "1"),
        ("Gold for W. Thornbury", "W. Thornbury", "1"),
        ("Gold for William T. from 5B", "William T", "1"),
        ("Thornbury, William: 9 out of 10", "Thornbury, William", "1"),
        ("William James Thornbury read a poem", "William James Thornbury", "1"),
        ("Wiliam Thornbury read a poem", "Wiliam Thornbury", "1"),
        ("William Thornbery read a poem", "William Thornbery", "1"),
        ("Rose Garden scored twice", "Rose Garden", "2"),
        ("Aisha Khan and her team", "Aisha Khan", "4"),
        ("Aisha Khan-Patel’s team", "Aisha Khan-Patel", "4"),
        ("Sian Llewellyn sang", "Sian Llewellyn", "5"),
        ("Sia\u0302n Llewellyn sang", "Siân Llewellyn", "5"),
        ("Gosia Wisniewska danced", "Gosia Wisniewska", "6"),
        ("Sean O’Brien ran", "Sean O’Brien", "7"),
        ("Sean OBrien ran", "Sean OBrien", "7"),
        ("Thank you, Miss Smith", "Miss Smith", "8"),
        ("Mo Al-Farsi swam", "Mo Al-Farsi", "9"),
        ("Mohamed Al Farsi swam", "Mohamed Al Farsi", "9"),
        ("mimi young won", "mimi young", "10"),
        ("Наталія Коваль співала", "Наталія Коваль", "11"),
    ],
)
def test_a_name_is_found_however_it_is_written(text: str, name: str, person: str) -> None:
    composed = text.replace("a\u0302", "â")
    assert full_names(composed if "\u0302" in text else text) == [(name, person)]


@pytest.mark.parametrize(
    "text",
    [
        "The rose garden is open again",
        "Grace in the park, then lunch",
        "We said grace. Park your cars behind the hall",
        "Young people from Year 6",
        "Jane Thornbury-Howe is not at this school, nor is Oliver Smythe",
        "Mr Thornbury came to talk to us",
        "Mae'r plant yng Nghaerdydd ac ym Mhontypridd",
        "Thornburyshire is not a county",
    ],
)
def test_what_is_nobodys_name_here_is_left_alone(text: str) -> None:
    assert full_names(text) == []


def test_a_first_name_alone_is_told_apart() -> None:
    assert first_names("William and Aisha baked") == ["William", "Aisha"]
    assert first_names("Rose petals for the play") == []
    assert first_names("Thank you to Rose for the flowers") == ["Rose"]
    assert first_names("William Thornbury baked") == []


def test_two_people_of_one_name_are_both_meant() -> None:
    finder = NameFinder([RolledPerson("a", "Ella", "Jones"), RolledPerson("b", "Ella", "Jones")])
    assert [person.id for person in finder.find("Ella Jones")[0].people] == ["a", "b"]


def test_an_empty_roll_has_no_names() -> None:
    assert NameFinder([]).find("Ella Jones") == NameFinder([]).find("Siân") == []


@given(st.text(max_size=60), st.sampled_from(ROLL), st.text(max_size=60))
def test_a_name_among_anything_is_found(before: str, person: RolledPerson, after: str) -> None:
    """Whatever stands around it, as long as it stands apart and is not part of a longer name."""
    text = f"{before} | {person.given} {person.family} | {after}"
    matches = FINDER.find(text)
    assert any(match.is_full and person in match.people for match in matches)
    assert all(0 <= match.start < match.end for match in matches)
