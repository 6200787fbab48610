"""A tie is declared, acknowledged by somebody else, asked about again, confirmed each year, and withdrawn."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.http import Http404

from proviso.records.people.permissions import Refused
from proviso.records.registers.facts import acknowledged_ties, facts_of, may_be_about
from proviso.records.registers.models import Declaration
from proviso.records.registers.selectors.declarations import declaration_for, declarations_of
from proviso.records.registers.services import declarations as services
from proviso.records.registers.services.declarations import AskedBy, Decision, Tie
from proviso.records.tasks.action_needed import awaited_by, needs_of, scope_of
from proviso.records.tasks.models import Task
from proviso.records.tasks.services.tasks import complete_task
from tests.cast import Cast
from tests.clock import NOW, TODAY
from tests.records.policies.life import acting

COUSIN = Tie("family", "parent", "Bronwen Marsh", "always", "We meet at weekends")
NEXT_YEAR = TODAY + timedelta(days=365)


def declared(cast: Cast, person: str = "teacher", tie: Tie = COUSIN) -> Declaration:
    actor = acting(getattr(cast, person))
    seen = services.fingerprint(services.statement(actor, cast.school, tie))
    return services.declare(actor, cast.school, tie, AskedBy(), seen=seen, now=NOW)


def acknowledged(cast: Cast, tie: Tie = COUSIN, conditions: str = "") -> Declaration:
    decision = Decision(NEXT_YEAR, conditions)
    return services.acknowledge(acting(cast.headteacher), declared(cast, tie=tie), decision, now=NOW)


def waiting(person: object) -> list[str]:
    return [str(need.what) for need in needs_of(scope_of(acting(person)))]  # type: ignore[arg-type]


def test_the_signed_text_names_the_tie_and_never_changes(cast: Cast) -> None:
    declaration = declared(cast)
    assert "Bronwen Marsh (A parent or carer)" in declaration.text
    assert "Tobias Wrenfield" in declaration.text
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE registers_declaration SET text = 'otherwise'")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM registers_declarationstep")


def test_what_was_not_read_is_not_signed(cast: Cast) -> None:
    with pytest.raises(ValidationError, match="changed since you checked it"):
        services.declare(acting(cast.teacher), cast.school, COUSIN, AskedBy(), seen="0" * 64, now=NOW)
    assert not Declaration.objects.exists()


def test_the_headteacher_acknowledges_with_conditions_until_a_review(cast: Cast) -> None:
    declaration = declared(cast)
    assert "A declaration to acknowledge" in waiting(cast.headteacher)
    assert [str(each.what) for each in awaited_by(scope_of(acting(cast.teacher)))] == [
        "Your declaration to be acknowledged"
    ]
    decision = Decision(NEXT_YEAR, "Do not mark her son’s work.")
    done = services.acknowledge(acting(cast.headteacher), declaration, decision, now=NOW)
    assert (done.state, done.conditions, done.review_on) == ("acknowledged", "Do not mark her son’s work.", NEXT_YEAR)
    assert "A declaration to acknowledge" not in waiting(cast.headteacher)


def test_what_the_headteacher_declares_the_chair_acknowledges(cast: Cast) -> None:
    declaration = declared(cast, "headteacher")
    decision = Decision(NEXT_YEAR)
    with pytest.raises(Http404):
        services.acknowledge(acting(cast.headteacher), declaration, decision, now=NOW)
    assert "A declaration to acknowledge" in waiting(cast.chair)
    assert services.acknowledge(acting(cast.chair), declaration, decision, now=NOW).state == "acknowledged"


def test_the_chair_sees_only_what_the_headteacher_declared(cast: Cast) -> None:
    declared(cast)
    theirs = declared(cast, "headteacher")
    assert list(declarations_of(acting(cast.chair), cast.school)) == [theirs]
    assert declarations_of(acting(cast.dsl), cast.school).count() == 2


def test_others_are_not_told_that_it_exists(cast: Cast) -> None:
    declaration = declared(cast)
    for who in (cast.support, cast.deputy, cast.chair, cast.administrator):
        with pytest.raises(Http404):
            declaration_for(acting(who), cast.school, declaration.pk)
    with pytest.raises(Refused):
        declarations_of(acting(cast.teacher), cast.school)


def test_more_is_asked_and_answered(cast: Cast) -> None:
    declaration = services.ask_for_more(acting(cast.headteacher), declared(cast), "Which class?", now=NOW)
    assert "A question about what you declared" in waiting(cast.teacher)
    answered = services.answer(acting(cast.teacher), declaration, "Class 4.", now=NOW)
    assert answered.state == "sent"
    assert [step.kind for step in answered.steps.all()] == ["declared", "more_asked", "answered"]


def test_each_year_it_is_confirmed_by_a_task(cast: Cast) -> None:
    declaration = acknowledged(cast)
    task = Task.objects.get(source_kind="declaration", person=cast.teacher)
    assert (task.every, task.due_on.year) == ("year", NEXT_YEAR.year)
    assert "Bronwen" not in task.what
    later = acting(cast.teacher, task.due_on)
    complete_task(later, task, now=NOW + timedelta(days=365))
    declaration.refresh_from_db()
    assert declaration.confirmed_on == task.due_on
    following = Task.objects.get(source_kind="declaration", state="open")
    assert following.due_on.year == NEXT_YEAR.year + 1


def test_confirming_on_its_own_page_does_the_task_once(cast: Cast) -> None:
    later = TODAY + timedelta(days=340)
    declaration = services.confirm(acting(cast.teacher, later), acknowledged(cast), now=NOW)
    assert declaration.confirmed_on == later
    assert [step.kind for step in declaration.steps.all()] == ["declared", "acknowledged", "confirmed"]
    assert Task.objects.filter(source_kind="declaration", state="done").count() == 1


def test_confirming_long_before_its_time_leaves_the_task(cast: Cast) -> None:
    services.confirm(acting(cast.teacher), acknowledged(cast), now=NOW)
    assert Task.objects.get(source_kind="declaration").state == "open"


def test_withdrawing_ends_it_and_its_task(cast: Cast) -> None:
    declaration = services.withdraw(acting(cast.teacher), acknowledged(cast), "They moved away.", now=NOW)
    assert declaration.state == "withdrawn"
    assert not Task.objects.filter(source_kind="declaration", state="open").exists()
    assert acknowledged_ties(acting(cast.teacher), "oak-lane") == []


def test_a_review_lies_ahead(cast: Cast) -> None:
    with pytest.raises(ValidationError, match="in the future"):
        services.acknowledge(acting(cast.headteacher), declared(cast), Decision(TODAY), now=NOW)


def test_a_review_that_nears_needs_the_headteacher(cast: Cast) -> None:
    near = Decision(TODAY + timedelta(days=5))
    services.acknowledge(acting(cast.headteacher), declared(cast), near, now=NOW)
    assert "A declaration to review" in waiting(cast.headteacher)
    assert "A declaration to review" not in waiting(cast.teacher)


def test_an_acknowledged_tie_says_what_it_is_and_no_more(cast: Cast) -> None:
    tie = acknowledged(cast)
    assert facts_of(tie) == {"declared": True, "own_family": True}
    friend = acknowledged(cast, Tie("friend_before", "parent", "Meg Oates", "2012", "At choir"))
    assert facts_of(friend) == {"declared": True, "friend_before": True}
    tuition = acknowledged(cast, Tie("tuition", "pupil", "Ivo Oates", "2025", "Piano"))
    assert facts_of(tuition) == {"declared": True}


def test_a_tie_with_a_parent_is_not_offered_for_a_pupil(cast: Cast) -> None:
    tie = acknowledged(cast)
    assert may_be_about(tie, ["parent"])
    assert may_be_about(tie, None)
    assert not may_be_about(tie, ["pupil"])


def test_what_is_not_acknowledged_or_past_review_is_no_fact(cast: Cast) -> None:
    declared(cast)
    assert acknowledged_ties(acting(cast.teacher), "oak-lane") == []
    acknowledged(cast)
    assert len(acknowledged_ties(acting(cast.teacher), "oak-lane")) == 1
    assert acknowledged_ties(acting(cast.teacher, NEXT_YEAR + timedelta(days=1)), "oak-lane") == []
    assert acknowledged_ties(acting(cast.support), "oak-lane") == []
