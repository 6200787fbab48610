"""Record what was said about names and pictures, change the form's words, hand out private links, withdraw by them."""

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from proviso.records.people.actors import Actor, Receipt
from proviso.records.people.change import Change, change, together
from proviso.records.people.models import Establishment, Person, Role
from proviso.records.registers.consent_standings import Key, latest, standing_of
from proviso.records.registers.models import Consent, ConsentLink, ConsentWording, RollEntry
from proviso.records.registers.purposes import purposes_of

Standing, Way = Consent.Standing, Consent.Way
LINK_HOLDS = timedelta(days=400)
CODE_SIGNS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # none that looks like another
CODE_LENGTH = 8


@dataclass(frozen=True)
class Said:
    """What was said: for each purpose and what it is about, a standing; by whom, in which way, and until when."""

    standings: Mapping[Key, str]
    by: str
    way: str
    until: date | None = None


@dataclass(frozen=True)
class NewLink:
    """A private link that was just made: its secret and its code are known now and never again."""

    link: ConsentLink
    secret: str
    code: str


def digest(text: str) -> str:
    """Return the SHA-256 of a secret, a code or a wording."""
    return hashlib.sha256(text.encode()).hexdigest()


def code_digest(secret: str, code: str) -> str:
    """Return by what a code is known; it means nothing without the secret of its link."""
    return digest(f"{secret}:{code.replace(' ', '').replace('-', '').upper()}")


def write_wording(actor: Actor, establishment: Establishment, text: str, *, now: datetime) -> ConsentWording:
    """Put a new wording in the place of the form's words; what was said under the earlier one keeps that."""
    with change(actor, "consent.worded", establishment, now) as worded:
        words = text.strip()
        wording = ConsentWording(establishment=worded.record, text=words, fingerprint=digest(words))
        wording.made_at, wording.made_by = now, actor.person
        worded.add(wording)
    return wording


def record(actor: Actor, establishment: Establishment, person: Person, said: Said, *, now: datetime) -> None:
    """Record what was said for somebody; what stands so already is not said again.

    Raises:
        Hidden, Refused: the actor may not record consents there.
        ValidationError: a purpose that is not asked about there, an end that has passed, or nobody of the school.
    """
    _check(establishment, person, said, actor.on)
    _say(actor, "consent.recorded", "consent.withdrawn", establishment, person, said, now)


def record_own(actor: Actor, establishment: Establishment, standings: Mapping[Key, str], *, now: datetime) -> None:
    """Record what somebody says of themselves; errors as `record`."""
    said = Said(standings, actor.person.name, Way.PAGE)
    _check(establishment, actor.person, said, actor.on)
    _say(actor, "consent.own_recorded", "consent.own_withdrawn", establishment, actor.person, said, now)


def _check(establishment: Establishment, person: Person, said: Said, on: date) -> None:
    offered = purposes_of(establishment)
    if unknown := [purpose for purpose, _about in said.standings if purpose not in offered]:
        raise ValidationError(_("This school does not ask about “%(purpose)s”.") % {"purpose": unknown[0]})
    if said.until is not None and said.until < on:
        raise ValidationError({"until": _("The last day must be today or in the future.")})
    if not Role.objects.filter(establishment=establishment, person=person).exclude(kind=Role.Kind.PARENT).exists():
        raise ValidationError(_("%(person)s is not a pupil or a member of staff here.") % {"person": person.name})


def _say(
    actor: Actor, says: str, withdraws: str, place: Establishment, person: Person, said: Said, now: datetime
) -> None:
    """Add what is new; what is withdrawn is an action of its own, which other rooms follow."""
    gone = {key: standing for key, standing in said.standings.items() if standing == Standing.WITHDRAWN}
    told = {key: standing for key, standing in said.standings.items() if standing != Standing.WITHDRAWN}
    with together():
        for action, standings in ((says, told), (withdraws, gone)):
            if standings:
                with change(actor, action, person, now, at=place) as opened:
                    known = latest(Consent.objects.filter(establishment=place, person=person))
                    _add(opened, place, person, Said(standings, said.by, said.way, said.until), known, actor)


def _add(
    opened: Change[Person], place: Establishment, person: Person, said: Said, known: Mapping[Key, Consent], actor: Actor
) -> None:
    wording = ConsentWording.objects.filter(establishment=place).first()
    opened.details |= {"person": person.name}
    for (purpose, about), standing in said.standings.items():
        until = said.until if standing == Standing.GIVEN else None
        before = known.get((purpose, about))
        if standing_of(before, actor.on) == standing and before is not None and before.until == until:
            continue
        consent = Consent(establishment=place, person=person, purpose=purpose, about=about, standing=standing)
        consent.by, consent.until, consent.wording, consent.way = said.by, until, wording, said.way
        consent.at, consent.recorded_by = opened.now, actor.person
        opened.add(consent)
    if not opened.added:
        opened.nothing()


def give_link(actor: Actor, establishment: Establishment, person: Person, *, now: datetime) -> NewLink:
    """Make a private link to somebody's consents; the earlier ones of theirs end."""
    secret = secrets.token_urlsafe(24)
    code = "".join(secrets.choice(CODE_SIGNS) for _sign in range(CODE_LENGTH))
    with change(actor, "consent.link_given", person, now, at=establishment) as given:
        given.details["person"] = person.name
        for earlier in ConsentLink.objects.filter(establishment=establishment, person=person, ends_on__gte=actor.on):
            given.lock(earlier).ends_on = actor.on - timedelta(days=1)
        link = ConsentLink(establishment=establishment, person=person, secret_hash=digest(secret))
        link.code_hash, link.ends_on = code_digest(secret, code), actor.on + LINK_HOLDS
        link.made_at, link.made_by = now, actor.person
        given.add(link)
    return NewLink(link, secret, code)


def withdraw_by_link(receipt: Receipt, link: ConsentLink, purpose: str, about: str, *, now: datetime) -> None:
    """Withdraw one consent by a private link.

    Raises:
        Hidden: the link is not this receipt's, or has ended.
        ValidationError: there is nothing to withdraw.
    """
    with change(receipt, "consent.withdrawn_by_link", link, now) as withdrawn:
        place, person = withdrawn.record.establishment, withdrawn.record.person
        known = latest(Consent.objects.filter(establishment=place, person=person))
        if standing_of(known.get((purpose, about)), receipt.on) != Standing.GIVEN:
            raise ValidationError(_("There is nothing to withdraw here: it was not given, or is withdrawn already."))
        consent = Consent(establishment=place, person=person, purpose=purpose, about=about)
        consent.standing, consent.way, consent.at = Standing.WITHDRAWN, Way.LINK, now
        consent.by = _("Whoever holds the private link")
        consent.wording = known[purpose, about].wording
        withdrawn.add(consent)
        withdrawn.details["person"] = person.name


def set_roll_entry(
    actor: Actor, establishment: Establishment, person: Person, entry: Mapping[str, str], *, now: datetime
) -> None:
    """Say what somebody is known as, and their class: `known_as`, `class_name`; what is not given stays."""
    with change(actor, "consent.roll_entered", person, now, at=establishment) as entered:
        entered.details["person"] = person.name
        known = RollEntry.objects.filter(establishment=establishment, person=person).first()
        row = entered.lock(known) if known else RollEntry(establishment=establishment, person=person)
        changed = {name: value for name, value in entry.items() if getattr(row, name) != value}
        for name, value in changed.items():
            setattr(row, name, value)
        if not changed:
            entered.nothing()
        elif known is None:
            entered.add(row)
