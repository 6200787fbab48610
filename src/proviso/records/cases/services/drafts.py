"""Keep what somebody has not shared yet: for whoever signed in by their account, for everybody else by a code."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import uuid4

from django.db.models import Q, QuerySet
from django.utils import timezone

from proviso.records.cases.models import ConcernDraft
from proviso.records.cases.receipts import code_for, digest_of
from proviso.records.cases.sealed_drafts import seal_draft
from proviso.records.people.actors import Actor, Job, Public
from proviso.records.people.change import change
from proviso.records.people.models import Establishment

KEPT_FOR = timedelta(days=14)


def save_draft(
    actor: Actor | Public, establishment: Establishment, answers: Mapping[str, str], *, token: str, now: datetime
) -> str:
    """Keep the answers of a form; return the code that opens them, which is empty for somebody who signed in.

    What was kept of the same form, or for the same person there, gives way.
    """
    code = "" if isinstance(actor, Actor) else code_for(token, "draft")
    with change(actor, "concern.draft_kept", establishment, now) as kept:
        _mine(actor, establishment, code).delete()
        draft = ConcernDraft(establishment=kept.record, person=actor.person, saved_at=now, owner=f"draft:{uuid4()}")
        draft.code_digest = digest_of(code, "draft")
        seal_draft(draft, json.dumps(dict(answers), ensure_ascii=False))
        kept.add(draft)
        kept.nothing()  # that somebody is about to share something is nobody's business
    return code


def drop_draft(actor: Actor | Public, establishment: Establishment, *, token: str, now: datetime) -> None:
    """Delete what was kept of a form, now that it is shared."""
    code = "" if isinstance(actor, Actor) else code_for(token, "draft")
    with change(actor, "concern.draft_kept", establishment, now) as dropped:
        _mine(actor, establishment, code).delete()
        dropped.nothing()


def _mine(actor: Actor | Public, establishment: Establishment, code: str) -> QuerySet[ConcernDraft]:
    whose = Q(person=actor.person) if isinstance(actor, Actor) else Q(code_digest=digest_of(code, "draft"))
    return ConcernDraft.objects.filter(whose, establishment=establishment)


def forget_drafts(*, now: datetime) -> int:
    """Delete the drafts that nobody went on with for two weeks, their keys with them; return how many."""
    forgetting = Job("forget drafts of concerns", timezone.localdate(now))
    old = ConcernDraft.objects.filter(saved_at__lt=now - KEPT_FOR)
    forgotten = 0
    for establishment in Establishment.objects.filter(pk__in=old.values("establishment")):
        with change(forgetting, "concern.drafts_forgotten", establishment, now) as forgets:
            forgotten += old.filter(establishment=establishment).delete()[0]
            forgets.nothing()  # a log of counts would say when somebody thought of sharing
    return forgotten
