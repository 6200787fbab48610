"""Names as people write them: the same name stays the same, and no name can be one that nobody can type."""

import unicodedata

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from proviso.records.people.models import Person
from proviso.records.people.names import normal_name, same_name
from proviso.records.people.services import PersonDetails, Term, add_with_role, change_person
from proviso.records.policies.models import Approval, Campaign
from proviso.records.policies.services import acknowledgements, approvals
from proviso.records.policies.services.approvals import Decision
from tests.cast import Cast
from tests.clock import NOW, TODAY
from tests.records.policies.life import acting, adopted, draft, signature, submitted

WRITTEN = [
    ("Mary  Ann", "Mary Ann"),
    (" Mary\tAnn ", "Mary Ann"),
    ("Mary\r\nAnn", "Mary Ann"),
    ("Mary\u00a0Ann", "Mary Ann"),
    ("Ma\u200bry\ufeff", "Mary"),
    (unicodedata.normalize("NFD", "Siân Tŷ"), "Siân Tŷ"),
    ("\u202eMary", "Mary"),
]


@pytest.mark.parametrize(("typed", "kept"), WRITTEN)
def test_a_name_is_kept_as_it_can_be_typed_again(cast: Cast, typed: str, kept: str) -> None:
    assert normal_name(typed) == kept
    details = PersonDetails(typed, typed)
    added = add_with_role(acting(cast.headteacher), cast.school, details, Term("teacher", TODAY), now=NOW)
    changed = change_person(acting(cast.headteacher), cast.school, cast.teacher, details, now=NOW)
    for person in (added, changed):
        assert Person.objects.get(pk=person.pk).name == f"{kept} {kept}"


def test_a_name_of_nothing_that_can_be_seen_is_none(cast: Cast) -> None:
    for nothing in ("\u200b", " \n", "\u202e\u2066"):
        with pytest.raises(ValidationError):
            details = PersonDetails(nothing, "Newcombe")
            add_with_role(acting(cast.headteacher), cast.school, details, Term("teacher", TODAY), now=NOW)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Sean O'Leary", "Sean O’Leary"),
        ("Sean O’Leary", "Sean O'Leary"),
        ("sean  o`leary", "Sean O'Leary"),
        ("Ann Ashgrove–Pell", "Ann Ashgrove-Pell"),
        (unicodedata.normalize("NFD", "Siân Tŷ"), "SIÂN TŶ"),
        ("Mary Ann Smith", "Mary\u200b  Ann\nSmith"),
        ("Jürgen Strasse", "Jürgen Straße"),
    ],
)
def test_the_same_name_typed_otherwise_is_the_same(typed: str, name: str) -> None:
    assert same_name(typed, name)


@pytest.mark.parametrize(("typed", "name"), [("Sian Ty", "Siân Tŷ"), ("Mary Anne", "Mary Ann"), ("", "Mary")])
def test_another_name_is_another(typed: str, name: str) -> None:
    assert not same_name(typed, name)


HARD = "O’\u200bLeary  "  # as an earlier version kept it: a curly apostrophe, a sign that nobody sees, two spaces


def kept_before(person: Person, given_name: str, family_name: str) -> None:
    """Write a name past the field that makes it normal now."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE people_person SET given_name = %s, family_name = %s WHERE id = %s",
            [given_name, family_name, person.pk],
        )
    person.refresh_from_db()


def test_whoever_has_such_a_name_approves_and_signs_by_typing_it(cast: Cast) -> None:
    kept_before(cast.chair, unicodedata.normalize("NFD", "Siân"), HARD)
    submitted(cast, draft(cast))
    asked = Approval.objects.get(person=cast.chair)
    approvals.decide_approval(acting(cast.chair), asked, Decision(True, "Siân O'Leary"), now=NOW)
    assert Approval.objects.get(person=cast.chair).state == "approved"


def test_whoever_has_such_a_name_signs_by_typing_it(cast: Cast) -> None:
    kept_before(cast.teacher, "Tobias", HARD)
    version = adopted(cast)
    answer = signature(cast.teacher, version, typed_name="Tobias O'Leary")
    signed = acknowledgements.acknowledge_version(acting(cast.teacher), Campaign.objects.get(), answer, now=NOW)
    assert signed.kind == "signed"


def test_somebody_known_by_such_a_name_is_recognised(cast: Cast) -> None:
    kept_before(cast.sister_head, "Silas", "O’Leary")
    details = PersonDetails("Silas", "O'Leary", cast.sister_head.email)
    added = add_with_role(acting(cast.headteacher), cast.school, details, Term("governor", TODAY), now=NOW)
    assert added == cast.sister_head
