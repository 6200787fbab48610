"""What cases put on the list of what needs whom: for those who handle them, and without a word of what it is about."""

from datetime import timedelta

import pytest
from django.utils.translation import override

from proviso.records.cases.models import Step
from proviso.records.cases.services import closing, letters
from proviso.records.cases.services import steps as step_services
from proviso.records.cases.services.closing import Closing, Handing
from proviso.records.cases.services.letters import LetterGiven
from proviso.records.people.needs import Need
from proviso.records.tasks.action_needed import needs_of, needs_of_everybody, scope_of
from proviso.records.tasks.models import Absence
from tests.cast import Cast
from tests.clock import NOW, TODAY
from tests.records.cases.casework import opened, step_of
from tests.records.policies.life import acting

pytestmark = pytest.mark.django_db


def waiting(cast: Cast, name: str) -> list[Need]:
    needs = needs_of(scope_of(acting(getattr(cast, name))))
    return [need for need in needs if need.kind.startswith("case_")]


def test_the_next_step_waits_for_whoever_handles_the_case_and_for_nobody_else(cast: Cast) -> None:
    case = opened(cast)
    [need] = waiting(cast, "headteacher")
    first = case.steps.exclude(due_on=None).order_by("due_on", "number")[0]
    assert (need.due_on, need.key) == (first.due_on, f"case_step:{first.pk}")
    for name in ("deputy", "dsl", "chair", "teacher", "administrator", "executive"):
        assert waiting(cast, name) == [], name


def test_it_says_only_that_something_waits(cast: Cast) -> None:
    opened(cast)
    with override("en-gb"):
        told = [str(need.what) for _person, need in needs_of_everybody(TODAY) if need.kind == "case_step"]
    assert told == ["Something is waiting in a case"]


def test_a_step_that_was_handed_over_waits_for_that_person_alone(cast: Cast) -> None:
    case = opened(cast)
    step_services.hand_over_step(acting(cast.headteacher), step_of(case, "removal"), cast.deputy, now=NOW)
    keys = {need.key for need in waiting(cast, "deputy")}
    assert f"case_step:{step_of(case, 'removal').pk}" in keys
    assert f"case_step:{step_of(case, 'removal').pk}" not in {need.key for need in waiting(cast, "headteacher")}


def test_who_stands_in_hears_of_it_meanwhile(cast: Cast) -> None:
    opened(cast)
    days = {"starts_on": TODAY, "ends_on": TODAY + timedelta(days=1)}
    Absence.objects.create(person=cast.headteacher, deputy=cast.deputy, establishment=cast.school, **days)
    assert len(waiting(cast, "deputy")) == 1


def test_nothing_waits_once_a_colleague_has_done_it_or_the_case_is_closed(cast: Cast) -> None:
    case, head = opened(cast), acting(cast.headteacher)
    for step in case.steps.exclude(letter="reply_to_sharer"):
        step_services.do_step(head, step, "Done.", now=NOW)
    [left] = waiting(cast, "headteacher")
    assert left.key == f"case_step:{Step.objects.get(letter='reply_to_sharer').pk}"
    closing.close_case(head, case, Closing("resolved", "Done."), now=NOW)
    assert waiting(cast, "headteacher") == []


def test_a_letter_waits_for_whoever_is_asked_to_approve_it(cast: Cast) -> None:
    case, head = opened(cast), acting(cast.headteacher)
    given = LetterGiven("parent_removal", "en-gb", "The family", "A post", "Please ring us.")
    letter = letters.write_letter(head, case, given, now=NOW)
    letters.ask_approval(head, letter, cast.chair, now=NOW)
    assert [need.key for need in waiting(cast, "chair")] == [f"case_letter:{letter.pk}"]
    letters.approve_letter(acting(cast.chair), letter, now=NOW)
    assert waiting(cast, "chair") == []


def test_a_transfer_waits_for_its_receipt(cast: Cast) -> None:
    case, head = opened(cast, "pupil_bullied"), acting(cast.headteacher)
    transfer = closing.transfer_case(head, case, Handing("Mill Road", "Their lead", "By hand", "a" * 64), now=NOW)
    assert [need.key for need in waiting(cast, "headteacher")] == [f"case_receipt:{transfer.pk}"]
    closing.receive_transfer(head, transfer, "Their lead", now=NOW)
    assert waiting(cast, "headteacher") == []
