"""What somebody has done so far on the way to a signature: kept in the session, bound to the text that was read."""

from dataclasses import asdict, dataclass, field
from typing import Any

from proviso.records.people.facts import who
from proviso.records.policies import compiled
from proviso.records.policies.models import Campaign
from proviso.rules import rulebook
from proviso.rules.asking import CheckQuestion, check_questions
from proviso.web.kit.pages import ActorRequest


@dataclass
class Journey:
    """The text that somebody reads, whether to its end, and their first answers to the questions."""

    fingerprint: str
    read: bool = False
    answers: list[dict[str, Any]] = field(default_factory=list)


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
    return f"signing-{campaign.pk}"


def questions(request: ActorRequest, campaign: Campaign) -> list[CheckQuestion]:
    """Return the questions that somebody answers before signing, always the same for them and this text."""
    version = campaign.version
    book = compiled.compiled(version)
    roles = who(request.actor.kinds_in(version.establishment))
    scenarios = rulebook.scenarios_for(book.policy, version.model) if version.model in rulebook.policy_ids() else ()
    seed = f"{request.actor.person.pk} {version.fingerprint}"
    return check_questions(book, scenarios, roles, seed, on=request.actor.on)


def confirmations(request: ActorRequest, campaign: Campaign) -> list[tuple[str, str]]:
    """Return what a signature confirms to somebody: clause and words, as the policy's governance asks."""
    policy = compiled.policy_of(campaign.version)
    kinds = request.actor.kinds_in(campaign.version.establishment)
    roles = set(who(kinds))
    return [
        (clause.id, one.what)
        for clause in policy.clauses
        for one in clause.governance
        if one.concern == "acknowledgement" and roles & {*policy.expand(one.who)}
    ]
