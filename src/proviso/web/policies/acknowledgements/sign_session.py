"""What somebody has done so far on the way to a signature: kept in the session, bound to the text that was read."""

from dataclasses import asdict, dataclass, field

from proviso.records.policies.models import Campaign
from proviso.records.policies.signing_questions import QuestionAnswer, drawn_for, unanswered
from proviso.rules.asking import CheckQuestion
from proviso.web.kit.pages import ActorRequest


@dataclass
class Journey:
    """The text that somebody reads, whether to its end, and their first answers to the questions.

    whole: they say that they have read what is for others, too.
    """

    fingerprint: str
    read: bool = False
    whole: bool = True
    answers: list[dict[str, str]] = field(default_factory=list)

    def given(self) -> list[QuestionAnswer]:
        """Return the answers as the service takes them."""
        return [QuestionAnswer(**answer) for answer in self.answers]


def of(request: ActorRequest, campaign: Campaign) -> Journey:
    """Return the journey of this session; one of another text begins anew."""
    kept = request.session.get(_key(campaign))
    if kept and kept["fingerprint"] == campaign.version.fingerprint:
        return Journey(**kept)
    return Journey(campaign.version.fingerprint)


def keep(request: ActorRequest, campaign: Campaign, journey: Journey) -> None:
    request.session[_key(campaign)] = asdict(journey)


def forget(request: ActorRequest, campaign: Campaign) -> None:
    request.session.pop(_key(campaign), None)


def _key(campaign: Campaign) -> str:
    return f"sign-session-{campaign.pk}"


def questions(request: ActorRequest, campaign: Campaign) -> list[CheckQuestion]:
    """Return the questions that somebody answers before signing, always the same for them and this text."""
    kinds = request.actor.kinds_in(campaign.establishment_id)
    return drawn_for(request.actor.person, kinds, campaign.version, request.actor.on)


def next_question(request: ActorRequest, campaign: Campaign) -> int:
    """Return the number of the first question that is not answered yet; 0 where all are."""
    journey, asked = of(request, campaign), questions(request, campaign)
    left = unanswered(asked, journey.given())
    return asked.index(left[0]) + 1 if left else 0
