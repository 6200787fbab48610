"""Ask people to read and sign, and keep what they answer. Answers are added, never changed."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from proviso.records.audit import proofs
from proviso.records.audit.services import Act, record
from proviso.records.people.actors import Actor
from proviso.records.people.change import about
from proviso.records.people.models import Person, Role
from proviso.records.people.names import normal_name, same_name
from proviso.records.people.permissions import require
from proviso.records.policies import compiled
from proviso.records.policies.facts import is_covered
from proviso.records.policies.models import Acknowledgement, Campaign, Version
from proviso.records.policies.services.errors import NotPossible, ReplacedMeanwhile

Kind = Acknowledgement.Kind
SETTLED = (Kind.SIGNED, Kind.EXEMPTED)


def open_for_adoption(actor: Actor, version: Version, due_on: date, *, now: datetime) -> Campaign:
    """Ask everybody covered to sign a version that was just adopted; a correction keeps the signatures given.

    Call it inside the adoption's transaction.
    """
    running = current_campaign(version.establishment_id)
    if version.change == Version.Change.CORRECTION and running is not None:
        running.version = version
        running.save(update_fields=["version"])
        return running
    if running is not None:
        _close(running, actor.on)
    return _opened(actor, version, (Campaign.Kind.ADOPTION, due_on), now)


@transaction.atomic
def open_yearly(actor: Actor, version: Version, due_on: date, *, now: datetime) -> Campaign:
    """Ask everybody covered to sign the version in force anew, as a policy does that wants it every year.

    Raises:
        NotPossible: not in force, or a last day in the past.
    """
    require(actor, "signing.ask", version.establishment)
    if not version.in_force_on(actor.on):
        raise NotPossible(_("Only the version in force can be signed."))
    if due_on < actor.on:
        raise NotPossible({"due_on": _("The day by which to sign cannot lie in the past.")})
    running = current_campaign(version.establishment_id)
    if running is not None:
        _close(running, actor.on)
    return _opened(actor, version, (Campaign.Kind.YEARLY, due_on), now)


def close(version: Version, on: date) -> None:
    """End the signing of a version that is withdrawn."""
    running = current_campaign(version.establishment_id)
    if running is not None and running.version_id == version.pk:
        _close(running, on)


def current_campaign(establishment: int) -> Campaign | None:
    """Return the signing that is open in an establishment, given by its id; there is at most one."""
    return (
        Campaign.objects.filter(version__establishment=establishment, closed_on=None)
        .select_related("version__establishment")
        .first()
    )


def _opened(actor: Actor, version: Version, told: tuple[str, date], now: datetime) -> Campaign:
    kind, due_on = told
    campaign = Campaign.objects.create(version=version, kind=kind, opened_on=actor.on, due_on=due_on)
    _log(actor, campaign, "signing.opened", now, due_on=due_on.isoformat())
    return campaign


def _close(campaign: Campaign, on: date) -> None:
    campaign.closed_on = on
    campaign.save(update_fields=["closed_on"])


@dataclass(frozen=True)
class Said:
    """What somebody answers: `fingerprint` is that of the text which they were shown.

    `answers` are the scenario questions with what was chosen first, as plain values.
    """

    kind: str
    fingerprint: str
    typed_name: str = ""
    statement: str = ""
    reason: str = ""
    answers: Sequence[dict[str, Any]] = field(default_factory=tuple)


@transaction.atomic
def acknowledge_version(actor: Actor, campaign: Campaign, said: Said, *, now: datetime) -> Acknowledgement:
    """Sign, decline, or ask to be exempted, for oneself.

    Raises:
        ReplacedMeanwhile: the text was replaced since it was shown.
        NotPossible: not covered by the policy, signed already, another name typed, or no reason given.
    """
    asked = _asked(campaign, said.fingerprint)
    require(actor, "signing.sign", asked.version.establishment)
    kinds = actor.kinds_in(asked.version.establishment)
    if not is_covered(compiled.policy_of(asked.version), kinds):
        raise NotPossible(_("This policy does not cover your roles here, so there is nothing for you to sign."))
    if said.kind not in (Kind.SIGNED, Kind.DECLINED, Kind.EXEMPTION_ASKED):
        raise NotPossible(_("Sign, decline, or ask to be exempted."))
    last = latest(asked, actor.person)
    if last is not None and last.kind in SETTLED:
        raise NotPossible(_("You have signed this already, or are exempted. There is nothing more to do."))
    _check_words(actor.person, said)
    row = _added(asked, actor.person, said, actor.person, now)
    _log(actor, asked, f"signing.{said.kind}", now, row)
    return row


def _asked(campaign: Campaign, fingerprint: str) -> Campaign:
    asked = (
        Campaign.objects.select_for_update(of=("self",)).select_related("version__establishment").get(pk=campaign.pk)
    )
    if asked.closed_on is not None:
        running = current_campaign(asked.version.establishment_id)
        raise ReplacedMeanwhile(running.version if running else None)
    if asked.version.fingerprint != fingerprint:
        raise ReplacedMeanwhile(asked.version)
    return asked


def latest(campaign: Campaign, person: Person) -> Acknowledgement | None:
    """Return the last thing that somebody said in a campaign."""
    return campaign.acknowledgements.filter(person=person).order_by("-pk").first()


def _check_words(person: Person, said: Said) -> None:
    if said.kind != Kind.SIGNED:
        if not said.reason.strip():
            raise NotPossible({"reason": _("Say why, in a few words.")})
    elif not same_name(said.typed_name, person.name):
        raise NotPossible({"typed_name": _("Type your name as it stands here: %(name)s.") % {"name": person.name}})


def _added(campaign: Campaign, person: Person, said: Said, by: Person, now: datetime) -> Acknowledgement:
    return Acknowledgement.objects.create(
        campaign=campaign,
        version=campaign.version,
        person=person,
        kind=said.kind,
        at=now,
        fingerprint=campaign.version.fingerprint,
        statement=said.statement,
        typed_name=normal_name(said.typed_name),
        answers=list(said.answers),
        reason=said.reason.strip(),
        recorded_by=by,
    )


@transaction.atomic
def record_signature_for(
    actor: Actor, campaign: Campaign, person: Person, said: Said, *, now: datetime
) -> Acknowledgement:
    """Record a signature that somebody gave on paper; it shows for ever who entered it, and on what ground.

    Raises:
        ReplacedMeanwhile: as above.
        NotPossible: not covered, settled already, oneself, or no word on where the paper is.
    """
    asked = _asked(campaign, said.fingerprint)
    school = asked.version.establishment
    require(actor, "signing.record", school)
    if person.pk == actor.person.pk:
        raise NotPossible(_("Sign for yourself on your own page."))
    if not said.reason.strip():
        raise NotPossible({"reason": _("Say on what ground, for example where the signed paper is kept.")})
    kinds = Role.objects.on(actor.on).filter(person=person, establishment=school).values_list("kind", flat=True)
    if not is_covered(compiled.policy_of(asked.version), list(kinds)):
        raise NotPossible(_("The policy does not cover this person."))
    last = latest(asked, person)
    if last is not None and last.kind in SETTLED:
        raise NotPossible(_("This person has signed already, or is exempted."))
    row = _added(asked, person, said, actor.person, now)
    _log(actor, asked, "signing.signed_for", now, row, person=person.name)
    return row


@transaction.atomic
def decide_exemption(
    actor: Actor, asked: Acknowledgement, grants: bool, reason: str, *, now: datetime
) -> Acknowledgement:
    """Grant or refuse an exemption that somebody asked for, with a reason.

    Raises:
        NotPossible: not asked for any more, one's own, or no reason.
    """
    school = asked.version.establishment
    require(actor, "signing.exempt", school)
    if asked.person_id == actor.person.pk:
        raise NotPossible(_("Nobody decides on their own exemption."))
    last = latest(asked.campaign, asked.person)
    if last is None or last.pk != asked.pk or asked.kind != Kind.EXEMPTION_ASKED:
        raise NotPossible(_("This exemption is not asked for any more."))
    if not reason.strip():
        raise NotPossible({"reason": _("Say why, in a few words.")})
    kind = Kind.EXEMPTED if grants else Kind.EXEMPTION_REFUSED
    said = Said(kind, asked.fingerprint, reason=reason)
    row = _added(asked.campaign, asked.person, said, actor.person, now)
    _log(actor, asked.campaign, f"signing.{kind}", now, row, person=asked.person.name)
    return row


def _log(actor: Actor, campaign: Campaign, action: str, now: datetime, *rows: Acknowledgement, **details: str) -> None:
    version = campaign.version
    told = {"version": version.number, proofs.KEY: proofs.proofs_of(rows), **details}
    record(actor.person, Act(action, version.establishment_id, about(version), told), now=now)
