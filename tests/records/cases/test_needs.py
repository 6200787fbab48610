"""What waits for whoever handles a concern: the list says what the permission table says."""

from datetime import timedelta

from proviso.records.people.permissions import may
from proviso.records.tasks.action_needed import needs_of, scope_of
from proviso.records.tasks.models import Absence
from tests.cast import Cast
from tests.clock import TODAY
from tests.records.cases.shares import about_adult, shared, told
from tests.records.policies.life import acting


def test_the_list_gives_a_concern_to_those_to_whom_the_table_gives_it(cast: Cast) -> None:
    Absence.objects.create(
        person=cast.headteacher,
        deputy=cast.support,
        establishment=cast.school,
        starts_on=TODAY,
        ends_on=TODAY + timedelta(days=3),
    )
    made = [
        shared(cast, told()).concern,
        shared(cast, about_adult(about_role="headteacher")).concern,
        shared(cast, about_adult(about=[cast.teacher.pk])).concern,
        shared(cast, told(about=[cast.dsl.pk])).concern,
    ]
    given = {}
    for name, person in cast.people.items():
        if name == "pupil":
            continue
        actor = acting(person)
        listed = {need.target.args[1] for need in needs_of(scope_of(actor)) if need.kind == "concern"}
        here = {each.pk for each in made if actor.roles and may(actor, "concern.handle", each)}
        assert listed == here, name
        given[name] = len(listed)
    assert (given["dsl"], given["chair"], given["support"]) == (1, 1, 2)
    assert given["teacher"] == given["administrator"] == given["governor"] == 0
