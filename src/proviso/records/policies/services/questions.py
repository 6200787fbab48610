"""Ask whoever prepared a version before deciding about it, and answer."""

from datetime import datetime

from django.utils.translation import gettext as _

from proviso.records.people.actors import Actor
from proviso.records.people.change import change
from proviso.records.people.permissions import Refused
from proviso.records.policies import approval_emails
from proviso.records.policies.models import Approval, Question, Version
from proviso.records.policies.services.errors import NotPossible


def ask_preparer(actor: Actor, version: Version, text: str, *, now: datetime) -> Question:
    """Ask whoever prepared a version something about it, as somebody whose approval is waited for; they are told.

    Raises:
        Refused: somebody who is not asked to approve it.
        NotPossible: it does not wait for approval, or nothing is asked.
    """
    with change(actor, "version.question_asked", version, now) as asked:
        waiting = asked.record.approvals.filter(person=actor.person, state=Approval.State.WAITING)
        if not waiting.exists():
            raise Refused("policy.question")
        if not text.strip():
            raise NotPossible({"text": _("Write what you want to know.")})
        question = Question(version=asked.record, asked_by=actor.person, asked_at=now, text=text.strip())
        question.full_clean()
        asked.details |= {"version": asked.record.number, "question": question.text}
        question.save(force_insert=True)  # the log tells it of the version
        approval_emails.send_question.enqueue(question.pk)
    return question


def answer_question(actor: Actor, question: Question, answer: str, *, now: datetime) -> Question:
    """Answer what an approver asked; whoever asked is told.

    Raises:
        NotPossible: answered already, given up, or no answer.
    """
    with change(actor, "version.question_answered", question.version, now) as answered:
        row = Question.objects.select_for_update().get(pk=question.pk)
        if not row.is_open:
            raise NotPossible(_("Somebody has answered this question already."))
        if not answer.strip():
            raise NotPossible({"answer": _("Write an answer.")})
        row.answer, row.answered_by, row.answered_at = answer.strip(), actor.person, now
        row.full_clean()
        answered.details |= {"version": answered.record.number, "answer": row.answer}
        row.save()
        approval_emails.send_answer.enqueue(row.pk)
    return row
