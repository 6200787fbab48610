"""Record reviews that leave a version in force as it is."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from proviso.records.people.actors import Actor
from proviso.records.people.change import change
from proviso.records.policies.models import Review, Version
from proviso.records.policies.services.errors import NotPossible


@dataclass(frozen=True)
class ReviewDetails:
    """Who reviewed a version, when, at which meeting and under which minute; against what; and when again."""

    reviewed_on: date
    reviewer: str
    law: str
    model: str
    review_on: date
    meeting: str = ""
    minute: str = ""


def confirm_review(actor: Actor, version: Version, details: ReviewDetails, *, now: datetime) -> Review:
    """Record that the version in force was reviewed and stays as it is, and when it is reviewed next.

    Raises:
        NotPossible: not in force, a review in the future or before the first day, or a next one that is not.
        ValidationError: something that has to be said is missing or too long.
    """
    with change(actor, "review.confirmed", version, now) as confirmed:
        reviewed = confirmed.record
        if not reviewed.in_force_on(actor.on):
            raise NotPossible(_("Only the version in force can be reviewed."))
        if details.reviewed_on > actor.on:
            raise NotPossible({"reviewed_on": _("The date of the review must be today or in the past.")})
        if details.review_on <= actor.on:
            raise NotPossible({"review_on": _("The next review must lie in the future.")})
        review = Review(
            version=reviewed,
            reviewed_on=details.reviewed_on,
            reviewer=details.reviewer.strip(),
            meeting=details.meeting.strip(),
            minute=details.minute.strip(),
            law=details.law.strip(),
            model=details.model.strip(),
            review_on=details.review_on,
            recorded_by=actor.person,
            recorded_at=now,
        )
        review.full_clean()
        reviewed.review_on = details.review_on
        confirmed.details |= {
            "version": reviewed.number,
            "reviewer": review.reviewer,
            "review_on": details.review_on.isoformat(),
        }
        review.save(force_insert=True)  # the log tells it of the version
    return review
