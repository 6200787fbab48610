"""What follows here from what is done in rooms below: emails that somebody asks for."""

from typing import Any

from proviso.jobs import concern_emails, reminder_emails
from proviso.jobs.reminders import Reason
from proviso.records.cases.models import Concern
from proviso.records.people.change import Change, after
from proviso.records.policies.services.acknowledgements import to_remind


@after("signing.reminded")
def remind_to_sign(changed: Change[Any]) -> None:
    """Tell those who have not signed, once a day each, in the one email that they get in a day."""
    campaign, on = changed.record, changed.actor.on
    reasons = [
        Reason(person.pk, campaign.establishment_id, "sign", f"{campaign.pk}:asked-{on}")
        for person in to_remind(campaign, on)
    ]
    reminder_emails.tell(reasons, changed.now)


@after("concern.shared", "concern.added_to", "concern.handed_over", "concern.handed_on", "concern.person_matched")
def tell_handlers(changed: Change[Any]) -> None:
    """Tell those who handle a concern that something waits, at once: nobody waits for the morning with it."""
    concern = next((each for each in (*changed.added, changed.record) if isinstance(each, Concern)), None)
    if concern is not None:
        concern_emails.tell_handlers(concern)
