"""Opinions on answers: counted by clause and day, without anybody's name, and gone after 90 days."""

from datetime import timedelta

import pytest

from proviso.records.answers.models import AddedQuestion, OpinionCount
from proviso.records.answers.selectors import opinions_of
from proviso.records.answers.services import Opinion, forget_opinions, rate_answer
from proviso.records.audit.models import Entry
from proviso.records.people.actors import Public
from proviso.records.people.permissions import Refused
from tests.cast import Cast, actor
from tests.clock import NOW, TODAY

pytestmark = pytest.mark.django_db


def rated(cast: Cast, is_right: bool, question: str = "", clause: str = "LA-1") -> None:
    opinion = Opinion(clause, "prohibited", is_right, question)
    rate_answer(Public(TODAY), cast.school, opinion, now=NOW)


def test_opinions_of_a_day_are_one_count_and_leave_no_moment_in_the_log(cast: Cast) -> None:
    before = Entry.objects.count()
    for is_right in (True, False, True):
        rated(cast, is_right)
    count = OpinionCount.objects.get()
    assert (count.right, count.wrong, count.on, count.clause) == (2, 1, TODAY, "LA-1")
    assert not AddedQuestion.objects.exists()
    assert Entry.objects.count() == before


def test_a_question_is_kept_where_it_was_added_and_the_log_does_not_repeat_it(cast: Cast) -> None:
    rated(cast, False, "may I add a pupil")
    assert AddedQuestion.objects.get().text == "may I add a pupil"
    entry = Entry.objects.latest("pk")
    assert entry.action == "answer.question_added" and "pupil" not in str(entry.details)
    assert entry.actor is None


def test_opinions_and_their_questions_go_after_90_days(cast: Cast) -> None:
    rated(cast, False, "may I add a pupil")
    assert forget_opinions(now=NOW + timedelta(days=90)) == 0
    assert forget_opinions(now=NOW + timedelta(days=91)) == 1
    assert not OpinionCount.objects.exists() and not AddedQuestion.objects.exists()


def test_leaders_read_them_and_a_teacher_does_not(cast: Cast) -> None:
    rated(cast, True)
    assert [count.right for count in opinions_of(actor(cast.headteacher, TODAY), cast.school)] == [1]
    with pytest.raises(Refused):
        opinions_of(actor(cast.teacher, TODAY), cast.school)
