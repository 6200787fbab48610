"""To whom a concern goes, and that it never goes to whom it is about."""

from datetime import timedelta
from itertools import product

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from proviso.records.cases.models import Concern, ConcernParty, Matter
from proviso.records.cases.routing import CHAINS, Kind, Line, Named, everybody, routed
from proviso.records.cases.services.handling import hand_over, match_party
from proviso.records.people.models import Establishment, Person, Role
from proviso.records.people.permissions import Hidden
from proviso.records.tasks.models import Absence
from tests.cast import Cast
from tests.clock import NOW, TODAY
from tests.records.cases.shares import about_adult, handlers, shared, subjects, told
from tests.records.policies.life import acting


def away(person: Person, deputy: Person, place: Establishment) -> None:
    until = TODAY + timedelta(days=2)
    Absence.objects.create(person=person, deputy=deputy, establishment=place, starts_on=TODAY, ends_on=until)


def test_something_about_a_pupil_goes_to_the_safeguarding_lead(cast: Cast) -> None:
    concern = shared(cast, told()).concern
    assert (handlers(concern), concern.capacity, concern.passed_over) == ({"Saffron"}, "dsl", "")


def test_what_is_about_an_adult_goes_to_the_headteacher_alone(cast: Cast) -> None:
    concern = shared(cast, about_adult(about=[cast.teacher.pk])).concern
    assert (handlers(concern), subjects(concern)) == ({"Hester"}, {"Tobias"})


@pytest.mark.parametrize(
    ("about", "goes_to"),
    [
        ({"about_role": "headteacher"}, "Cosmo"),
        ({"about_names": "mrs QUILLMORE"}, "Cosmo"),
        ({"about_role": "chair"}, "Edith"),
        ({"about_role": "dsl"}, "Hester"),
        ({"text": "Mrs Quillmore shouts at the little ones."}, "Cosmo"),
    ],
)
def test_nobody_gets_what_is_about_them(cast: Cast, about: dict[str, str], goes_to: str) -> None:
    assert handlers(shared(cast, about_adult(**about)).concern) == {goes_to}


def test_words_about_the_headteacher_keep_it_from_them_without_a_name(cast: Cast) -> None:
    harms = ("headteacher_conduct",)
    assert handlers(shared(cast, about_adult(harms=harms)).concern) == {"Cosmo"}


def test_whoever_leads_safeguarding_and_is_named_in_what_tells_of_conduct_sees_nothing_of_it(cast: Cast) -> None:
    concern = shared(cast, told(text="Mrs Lockwistle shouts at us.", harms=("adult_conduct",))).concern
    assert (handlers(concern), subjects(concern)) == ({"Hester"}, {"Saffron"})


def test_of_two_with_one_last_name_the_one_whose_first_name_is_told_is_meant(cast: Cast) -> None:
    other = Person.objects.create(given_name="Tilda", family_name="Wrenfield")
    Role.objects.create(person=other, establishment=cast.school, kind="teacher", starts_on=TODAY)
    assert subjects(shared(cast, about_adult(about_names="Tilda Wrenfield")).concern) == {"Tilda"}
    assert subjects(shared(cast, about_adult(about_names="Wrenfield")).concern) == {"Tilda", "Tobias"}


def test_whoever_is_away_has_a_deputy_who_may_not_be_whom_it_is_about(cast: Cast) -> None:
    away(cast.headteacher, cast.teacher, cast.school)
    assert handlers(shared(cast, about_adult(about=[cast.support.pk])).concern) == {"Tobias"}
    concern = shared(cast, about_adult(about=[cast.teacher.pk])).concern
    assert (handlers(concern), concern.passed_over) == ({"Dunstan"}, "away")


def test_where_nobody_holds_the_role_the_next_gets_it_and_it_says_so(cast: Cast) -> None:
    Role.objects.filter(kind__in=["dsl", "deputy_dsl"]).delete()
    concern = shared(cast, told()).concern
    assert (handlers(concern), concern.passed_over) == ({"Hester"}, "vacant")


def test_where_nobody_is_left_it_is_said_what_to_do(cast: Cast) -> None:
    Role.objects.exclude(kind="teacher").delete()
    with pytest.raises(ValidationError, match="designated officer"):
        shared(cast, told())
    assert not Concern.objects.exists()


def test_whoever_turns_out_to_be_meant_hands_it_on_and_finds_nothing_any_more(cast: Cast) -> None:
    concern = shared(cast, about_adult(about_names="the one with the red scarf")).concern
    party = concern.parties.get(role="subject")
    match_party(acting(cast.headteacher), concern, party, cast.headteacher, now=NOW)
    assert (handlers(concern), subjects(concern)) == ({"Cosmo"}, {"Hester"})
    with pytest.raises(Hidden):
        hand_over(acting(cast.headteacher), concern, cast.headteacher, now=NOW)


def test_it_is_not_handed_over_to_whom_it_is_about(cast: Cast) -> None:
    concern = shared(cast, about_adult(about=[cast.chair.pk])).concern
    with pytest.raises(ValidationError, match="Choose somebody"):
        hand_over(acting(cast.executive), concern, cast.chair, now=NOW)


def test_the_database_refuses_that_somebody_handles_what_is_about_them(cast: Cast) -> None:
    concern = shared(cast, about_adult(about=[cast.teacher.pk])).concern
    with pytest.raises(IntegrityError), transaction.atomic():
        ConcernParty.objects.create(concern=concern, role="handler", person=cast.teacher, added_at=NOW)


PEOPLE = [Person(pk=number, given_name=f"P{number}", family_name=f"Q{number}") for number in range(1, 7)]
KINDS = sorted({kind for chain in CHAINS.values() for kind in chain} | {Kind.LINE_MANAGER, Kind.TEACHER})
HELD = st.lists(st.tuples(st.sampled_from(PEOPLE), st.sampled_from(KINDS), st.booleans()), max_size=12)
SOME = st.frozensets(st.sampled_from([person.pk for person in PEOPLE]))
AWAY = st.dictionaries(st.sampled_from([person.pk for person in PEOPLE]), st.sampled_from(PEOPLE))


@given(HELD, SOME, AWAY, st.sampled_from(list(Matter)), st.sampled_from(["", *KINDS]), st.booleans())
@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=400)
def test_whatever_the_roles_and_absences_no_subject_is_a_recipient(
    held: list[tuple[Person, str, bool]],
    never: frozenset[int],
    absent: dict[int, Person],
    matter: Matter,
    named: str,
    is_baseline: bool,
) -> None:
    school, trust = Establishment(pk=1, kind="school", parent_id=2), Establishment(pk=2)
    roles = [Role(person=who, establishment=trust if above else school, kind=kind) for who, kind, above in held]
    works = frozenset(role.person_id for role in roles)
    line = Line(school, TODAY, never, roles, absent, works)
    route = routed(line, matter, Named(named, "X-1", is_baseline))
    assert not {each.person.pk for each in route.recipients} & never
    assert not {each.person.pk for each in everybody(line, matter)} & never
    assert {each.person.pk for each in route.recipients} <= works
    if matter == Matter.ADULT:  # nothing about an adult goes to those who lead safeguarding as such, nor to several
        assert not {each.capacity for each in route.recipients} & {Kind.DSL, Kind.DEPUTY_DSL, Kind.LINE_MANAGER}
        assert len(route.recipients) <= 1


def test_an_order_of_roles_changes_nothing_but_between_equals() -> None:
    school = Establishment(pk=1, kind="school")
    for first, second in product(PEOPLE[:3], PEOPLE[3:]):
        roles = [Role(person=first, establishment=school, kind="headteacher")]
        roles.append(Role(person=second, establishment=school, kind="dsl"))
        works = frozenset((first.pk, second.pk))
        lines = [Line(school, TODAY, frozenset(), each, {}, works) for each in (roles, roles[::-1])]
        found = [routed(line, Matter.PUPIL, Named()).recipients[0].person for line in lines]
        assert found == [second, second]
