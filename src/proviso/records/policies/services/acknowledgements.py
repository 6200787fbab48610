"""Ask people to read and sign, and keep what they answer. Answers are added, never changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils.translation import gettext as _

from proviso.records.people.actors import Actor
from proviso.records.people.change import change
from proviso.records.people.models import Establishment, Person, Role
from proviso.records.people.names import normal_name, same_name
from proviso.records.policies import campaigns, compiled, signing_questions
from proviso.records.policies.facts import is_covered
from proviso.records.policies.models import Acknowledgement, Campaign, Version
from proviso.records.policies.services.errors import NotPossible, ReplacedMeanwhile
from proviso.records.policies.signatories import signatories_of
from proviso.records.policies.signing_questions import QuestionAnswer

Kind = Acknowledgement.Kind
SETTLED = (Kind.SIGNED, Kind.EXEMPTED)
# What somebody may answer for themselves, and the action that it is.
ANSWERS: Mapping[str, str] = {
    Kind.SIGNED: "signing.signed",
    Kind.DECLINED: "signing.declined",
    Kind.EXEMPTION_ASKED: "signing.exemption_asked",
}


def open_for_adoption(actor: Actor, version: Version, due_on: date, *, now: datetime) -> Campaign:
    """Ask everybody covered to sign a version that is being adopted, from its first day on.

    A correction goes on with the signing that is open, in which signatures stay valid; what runs otherwise ends
    on the first day. Called inside the adoption.
    """
    running = _without_end(version.establishment)
    if version.change == Version.Change.CORRECTION and running is not None:
        return running
    first = max(version.in_force_from or actor.on, actor.on)
    return _open(actor, version, Campaign(kind=Campaign.Kind.ADOPTION, opened_on=first, due_on=due_on), now=now)


def open_yearly(actor: Actor, version: Version, due_on: date, *, now: datetime) -> Campaign:
    """Ask everybody covered to sign the version in force anew, as a policy does that wants it every year.

    Raises:
        NotPossible: not in force, asked today already, about to be replaced, or a last day in the past.
    """
    return _open(actor, version, Campaign(kind=Campaign.Kind.YEARLY, opened_on=actor.on, due_on=due_on), now=now)


def _open(actor: Actor, version: Version, campaign: Campaign, *, now: datetime) -> Campaign:
    with change(actor, "signing.opened", version, now) as opened:
        campaign.version, campaign.establishment = opened.record, opened.record.establishment
        running = _without_end(opened.record.establishment)
        if campaign.kind == Campaign.Kind.YEARLY:
            _check_yearly(campaign, running, actor.on)
        if running is not None:
            close_campaign(actor, running, campaign.opened_on, now=now)
        opened.details |= {"version": opened.record.number, "due_on": campaign.due_on.isoformat()}
        campaign.save(force_insert=True)  # the log tells it of the version, in whose life it stands
    return campaign


def _check_yearly(campaign: Campaign, running: Campaign | None, on: date) -> None:
    if not campaign.version.in_force_on(on):
        raise NotPossible(_("Only the version in force can be signed."))
    if campaign.due_on < on:
        raise NotPossible({"due_on": _("The date to sign by must be today or in the future.")})
    if running is None:
        return
    if running.opened_on > on:
        raise NotPossible(
            _("Version %(number)s comes into force on %(day)s, and everybody is asked to sign it from then on.")
            % {"number": running.version.number, "day": running.opened_on.isoformat()}
        )
    if running.opened_on == on and running.kind == Campaign.Kind.YEARLY:
        raise NotPossible(
            _("Everybody has already been asked today to sign by %(day)s.") % {"day": running.due_on.isoformat()}
        )


def _without_end(establishment: Establishment) -> Campaign | None:
    """Return the signing of an establishment that goes on until another is opened."""
    return Campaign.objects.without_end([establishment.pk]).select_related("version").first()


def remind_unsigned(actor: Actor, campaign: Campaign, *, now: datetime) -> int:
    """Have everybody reminded today who has not answered yet; return how many have an address to be reminded at.

    Raises:
        NotPossible: nobody is left to remind, or the signing has ended.
    """
    with change(actor, "signing.reminded", campaign, now) as reminded:
        [*asked] = campaigns.with_text_of_day([reminded.record], actor.on) if campaign.is_open_on(actor.on) else []
        people = to_remind(asked[0], actor.on) if asked else []
        if not people:
            raise NotPossible(_("Everybody who is asked has answered, or has no email address. Nobody was reminded."))
        reminded.details |= {"version": asked[0].version.number, "count": len(people)}
    return len(people)


def to_remind(campaign: Campaign, on: date) -> list[Person]:
    """Return who is asked in a campaign, has not answered and can be written to."""
    return [row.person for row in signatories_of(campaign, on) if row.is_open and row.person.email]


def close_campaign(actor: Actor, campaign: Campaign, on: date, *, now: datetime) -> Campaign:
    """End a signing; nobody is asked in it from that day on.

    Raises:
        NotPossible: its end is set already.
    """
    with change(actor, "signing.closed", campaign, now) as closed:
        closed.record.closed_on = on
        closed.details |= {"version": closed.record.version.number, "closed_on": on.isoformat()}
    return closed.record


def close_for_withdrawal(actor: Actor, version: Version, *, now: datetime) -> None:
    """End the signing of a version in force that is being withdrawn; one that is to begin later is left alone."""
    running = _without_end(version.establishment)
    if running is not None and running.is_open_on(actor.on):
        close_campaign(actor, running, actor.on, now=now)


@dataclass(frozen=True)
class SigningResponse:
    """What somebody answers who is asked to sign: `fingerprint` is that of the text which they were shown.

    A signature also says that the text was shown to its end, and what was chosen first for each question.
    """

    kind: str
    fingerprint: str
    typed_name: str = ""
    statement: str = ""
    reason: str = ""
    has_read_to_end: bool = False
    answers: Sequence[QuestionAnswer] = field(default_factory=tuple)


def acknowledge_version(
    actor: Actor, campaign: Campaign, response: SigningResponse, *, now: datetime
) -> Acknowledgement:
    """Sign, decline, or ask to be exempted, for oneself.

    Raises:
        ReplacedMeanwhile: the text was replaced since it was shown.
        NotPossible: not covered by the policy, signed already, the text not read to its end, a question not
            answered, another name typed, or no reason given.
    """
    if response.kind not in ANSWERS:
        raise NotPossible(_("Sign, decline, or ask for an exemption."))
    with change(actor, ANSWERS[response.kind], campaign, now) as answer:
        version = _version_asked(answer.record, response.fingerprint, actor.on)
        kinds = actor.kinds_in(version.establishment)
        if not is_covered(compiled.policy_of(version), kinds):
            raise NotPossible(_("This policy does not cover your roles here, so there is nothing for you to sign."))
        last = campaigns.last_answer(answer.record, actor.person)
        if last is not None and last.kind in SETTLED:
            raise NotPossible(_("You have signed this already, or are exempted. There is nothing more to do."))
        row = _row(answer.record, version, actor.person, response, last)
        row.at, row.recorded_by = now, actor.person
        if response.kind == Kind.SIGNED:
            _check_signature(actor.person, response)
            row.answers = _checked_answers(actor, version, response)
        else:
            _check_reason(response.reason, _("Say why, in a few words."))
        answer.details["version"] = version.number
        return answer.add(row)


def _version_asked(campaign: Campaign, fingerprint: str, on: date) -> Version:
    """Return the version that is signed in a campaign on a day, if it has the text that was shown."""
    [*current] = campaigns.with_text_of_day([campaign], on) if campaign.is_open_on(on) else []
    if not current:
        running = campaigns.open_at(campaign.establishment_id, on)
        raise ReplacedMeanwhile(running.version if running else None)
    if current[0].version.fingerprint != fingerprint:
        raise ReplacedMeanwhile(current[0].version)
    return current[0].version


def _check_signature(person: Person, response: SigningResponse) -> None:
    if not same_name(response.typed_name, person.name):
        raise NotPossible({"typed_name": _("Type your name as it stands here: %(name)s.") % {"name": person.name}})


def _checked_answers(actor: Actor, version: Version, response: SigningResponse) -> list[dict[str, object]]:
    """Return the answers as they are kept, once the text was read and each question answered."""
    if not response.has_read_to_end:
        raise NotPossible(_("Read the policy to its end before you sign it."))
    kinds = actor.kinds_in(version.establishment)
    questions = signing_questions.drawn_for(actor.person, kinds, version, actor.on)
    if signing_questions.unanswered(questions, response.answers):
        raise NotPossible(_("Answer the questions about the policy before you sign it."))
    return signing_questions.answered(questions, response.answers)


def _check_reason(reason: str, words: str) -> None:
    if not reason.strip():
        raise NotPossible({"reason": words})


def _row(
    campaign: Campaign, version: Version, person: Person, response: SigningResponse, last: Acknowledgement | None
) -> Acknowledgement:
    """Return what is kept of an answer; who entered it, and when, comes besides."""
    return Acknowledgement(
        campaign=campaign,
        version=version,
        person=person,
        number=last.number + 1 if last else 1,
        kind=response.kind,
        fingerprint=version.fingerprint,
        statement=response.statement,
        typed_name=normal_name(response.typed_name),
        reason=response.reason.strip(),
    )


def record_signature_for(
    actor: Actor, campaign: Campaign, person: Person, response: SigningResponse, *, now: datetime
) -> Acknowledgement:
    """Record a signature that somebody gave on paper; it shows for ever who entered it, and on what ground.

    Raises:
        ReplacedMeanwhile: as above.
        NotPossible: not covered, settled already, oneself, or no word on where the paper is.
    """
    with change(actor, "signing.signed_for", campaign, now) as signed:
        version = _version_asked(signed.record, response.fingerprint, actor.on)
        if person.pk == actor.person.pk:
            raise NotPossible(_("Sign for yourself on your own page."))
        _check_reason(
            response.reason, _("Say what shows that they signed, for example where the signed paper is kept.")
        )
        roles = Role.objects.on(actor.on).filter(person=person, establishment=version.establishment)
        if not is_covered(compiled.policy_of(version), list(roles.values_list("kind", flat=True))):
            raise NotPossible(_("The policy does not cover this person."))
        last = campaigns.last_answer(signed.record, person)
        if last is not None and last.kind in SETTLED:
            raise NotPossible(_("This person has signed already, or is exempted."))
        row = _row(signed.record, version, person, response, last)
        row.kind, row.at, row.recorded_by = Kind.SIGNED, now, actor.person
        signed.details |= {"version": version.number, "person": person.name}
        return signed.add(row)


def decide_exemption(
    actor: Actor, asked: Acknowledgement, grants: bool, reason: str, *, now: datetime
) -> Acknowledgement:
    """Grant or refuse an exemption that somebody asked for, with a reason.

    Raises:
        NotPossible: not asked for any more, one's own, or no reason.
    """
    action = "signing.exempted" if grants else "signing.exemption_refused"
    with change(actor, action, asked, now) as decided:
        wish = decided.record
        campaign = decided.lock(wish.campaign)
        if wish.person_id == actor.person.pk:
            raise NotPossible(_("You cannot decide on your own exemption."))
        last = campaigns.last_answer(campaign, wish.person)
        if last is None or last.pk != wish.pk:
            raise NotPossible(_("This request for an exemption is no longer open."))
        _check_reason(reason, _("Say why, in a few words."))
        kind = Kind.EXEMPTED if grants else Kind.EXEMPTION_REFUSED
        row = _row(campaign, wish.version, wish.person, SigningResponse(kind, wish.fingerprint, reason=reason), last)
        row.at, row.recorded_by = now, actor.person
        decided.details |= {"version": wish.version.number, "person": wish.person.name}
        return decided.add(row)
