"""Count an opinion on an answer, and forget opinions when their time is over."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from proviso.records.answers.models import AddedQuestion, OpinionCount
from proviso.records.people.actors import Job, Public
from proviso.records.people.change import change
from proviso.records.people.models import Establishment

KEPT_FOR = timedelta(days=90)
LONGEST = 2000  # characters of a question that is kept


@dataclass(frozen=True)
class Opinion:
    """What a reader thought of an answer; `question` is empty unless they added it."""

    clause: str
    outcome: str
    is_right: bool
    question: str = ""


def rate_answer(asking: Public, establishment: Establishment, opinion: Opinion, *, now: datetime) -> OpinionCount:
    """Count an opinion under its clause, outcome and day; whose it is is kept nowhere."""
    day = timezone.localdate(now)
    with change(asking, "answer.question_added", establishment, now) as rated:
        counts = OpinionCount.objects.filter(
            establishment=establishment, clause=opinion.clause, outcome=opinion.outcome, on=day
        )
        # The establishment is locked: nobody else adds the same row meanwhile.
        found = counts.first() or rated.add(
            OpinionCount(establishment=establishment, clause=opinion.clause, outcome=opinion.outcome, on=day)
        )
        count = rated.lock(found)
        count.right += opinion.is_right
        count.wrong += not opinion.is_right
        if opinion.question:
            rated.add(AddedQuestion(count=count, is_right=opinion.is_right, text=opinion.question[:LONGEST]))
            rated.named = count
        else:
            rated.nothing()
        return count


def forget_opinions(*, now: datetime) -> int:
    """Delete the opinions, and the questions with them, that are older than 90 days; return how many days of them."""
    before = timezone.localdate(now) - KEPT_FOR
    forgetting = Job("forget opinions on answers", timezone.localdate(now))
    old = OpinionCount.objects.filter(on__lt=before)
    forgotten = 0
    for establishment in Establishment.objects.filter(pk__in=old.values("establishment")):
        with change(forgetting, "answers.forgotten", establishment, now) as forgets:
            of_one = old.filter(establishment=establishment)
            forgets.details["count"] = of_one.count()
            forgotten += of_one.count()
            of_one.delete()
    return forgotten
