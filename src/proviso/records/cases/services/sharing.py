"""Share a concern, by name or with a receipt; and keep what is not shared yet, for whoever comes back to it."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from proviso.records.cases import names
from proviso.records.cases.facts import CONDUCT, facts_of
from proviso.records.cases.links import LEFT_OUT, without_links
from proviso.records.cases.models import Concern, ConcernParty, Matter, PartyRole
from proviso.records.cases.models.concerns import IMAGES
from proviso.records.cases.receipts import code_for, digest_of, new_reference, submission_of
from proviso.records.cases.routing import Kind, Named, Route, line_at, named_by, routed
from proviso.records.files.vaults import open_vault, seal_text
from proviso.records.people.actors import Actor, Public
from proviso.records.people.change import Change, change
from proviso.records.people.facts import who
from proviso.records.people.models import Establishment, Person, Role
from proviso.records.policies.compiled import compiled_policy
from proviso.records.policies.models import Version
from proviso.records.tasks.deadlines import working_days

ANSWERED_WITHIN = 2  # working days, school holidays counted: by then whoever shared it hears
LONGEST = 20_000  # characters of all that is told


@dataclass(frozen=True)
class Sharing:
    """What is shared, as it was told.

    `about_role` is the role of whom it is about, where that is what is known (`headteacher`, `chair`, `dsl`);
    `about_names` are names as they were typed, `about` people of the school who were chosen. `particulars` are its
    other answers, each under its question as it was asked. `through` is how a pupil got in touch.
    """

    kind: str
    matter: str
    text: str
    sharer_kind: str
    declaration: str
    about_role: str = ""
    about_names: str = ""
    about: Collection[int] = ()
    harms: tuple[str, ...] = ()
    particulars: tuple[tuple[str, str], ...] = ()
    name: str = ""
    contact: str = ""
    through: str = ""


@dataclass(frozen=True)
class Shared:
    """A concern that was shared; `code` is the receipt of whoever has no account, and is kept nowhere."""

    concern: Concern
    code: str = ""


@dataclass(frozen=True)
class Destination:
    """To whom something would go, by which clause, and whom it is about as far as that is known."""

    route: Route
    named: Named
    version: Version | None
    subjects: frozenset[int]


def share_concern(
    actor: Actor | Public, establishment: Establishment, sharing: Sharing, *, token: str, now: datetime
) -> Shared:
    """Share a concern. The same form sent twice shares it once.

    Raises:
        ValidationError: nothing is told, or more than fits, or nobody on this site could handle it.
    """
    _check(sharing)
    code = "" if isinstance(actor, Actor) else code_for(token)
    with change(actor, "concern.shared", establishment, now) as shared:
        before = Concern.objects.filter(submission=submission_of(token)).first()
        if before is not None:
            shared.nothing()
            return Shared(before, code)
        sharing = _without_pictures(sharing)
        going = destination(actor, establishment, sharing, timezone.localdate(now))
        if not going.route.recipients:
            raise ValidationError(nobody_here(establishment))
        concern = _concern(actor, shared.record, sharing, going, now)
        concern.submission, concern.receipt_digest = submission_of(token), digest_of(code)
        _sealed(concern, sharing, now)
        shared.add(concern)
        _parties(shared, concern, sharing, going, now)
        return Shared(concern, code)


def destination(actor: Actor | Public, establishment: Establishment, sharing: Sharing, on: date) -> Destination:
    """Return to whom something that is told would go, as the policy in force and whom it is about have it."""
    subjects, avoided = _about(establishment, sharing, on)
    line = line_at(establishment, subjects | avoided, on)
    version = Version.objects.in_force(on).filter(establishment=establishment, state=Version.State.ADOPTED).first()
    policy = compiled_policy(version) if version else None
    facts = facts_of(sharing.kind, sharing.matter, _who(actor, establishment), sharing.harms, sharing.through)
    named = named_by(policy, establishment.nation, facts, on)
    return Destination(routed(line, sharing.matter, named), named, version, frozenset(subjects))


def nobody_here(establishment: Establishment) -> str:
    """Say what to do where nobody on this site could handle a concern."""
    if establishment.nation == "Wales":
        return _(
            "Nobody at the school can receive this here. Phone the council’s children’s social care team and ask for "
            "the designated officer for safeguarding. If somebody is in danger, call 999."
        )
    return _(
        "Nobody at the school can receive this here. Phone the council’s children’s social care team and ask for the "
        "designated officer (LADO). If somebody is in danger, call 999."
    )


def _check(sharing: Sharing) -> None:
    if not sharing.text.strip():
        raise ValidationError({"happened": _("Tell us what happened.")})
    told = len(sharing.text) + sum(len(answer) for _question, answer in sharing.particulars)
    if told > LONGEST:
        words = _("This is too long: %(count)d characters, and %(most)d fit.") % {"count": told, "most": LONGEST}
        raise ValidationError({"happened": words})


def _without_pictures(sharing: Sharing) -> Sharing:
    """Return what is told without pasted data and addresses, where it may be about a sexual image."""
    if sharing.kind != Concern.Kind.SEXUAL_IMAGE and IMAGES.isdisjoint(sharing.harms):
        return sharing
    particulars = tuple((question, without_links(answer)) for question, answer in sharing.particulars)
    return Sharing(
        **{
            **vars(sharing),
            "text": without_links(sharing.text),
            "particulars": particulars,
            "about_names": without_links(sharing.about_names),
        }
    )


def _about(establishment: Establishment, sharing: Sharing, on: date) -> tuple[set[int], set[int]]:
    """Return whom it is about as far as that is known, and who else is named in it and had better not get it."""
    places = [pk for pk in (establishment.pk, establishment.parent_id) if pk is not None]
    roles = list(
        Role.objects.on(on).filter(establishment__in=places).exclude(kind=Kind.PARENT).select_related("person")
    )
    people = {role.person_id: role.person for role in roles}
    subjects = {pk for pk in sharing.about if pk in people}
    if sharing.about_role:
        held = (role for role in roles if role.establishment_id == establishment.pk)
        subjects |= {role.person_id for role in held if role.kind == sharing.about_role}
    subjects |= names.meant(people.values(), sharing.about_names)
    here = [role for role in roles if role.establishment_id == establishment.pk]
    avoided = {role.person_id for role in here if _CONDUCT_OF.get(role.kind) in sharing.harms}
    told = " ".join([sharing.text, *(answer for _question, answer in sharing.particulars)])
    named = names.meant({role.person_id: role.person for role in roles if role.kind in _LEADING}.values(), told)
    if sharing.matter == Matter.ADULT:
        avoided |= named
    elif not set(CONDUCT).isdisjoint(sharing.harms):
        subjects |= named  # whoever leads safeguarding would see it by their role
    return subjects, avoided - subjects


_LEADING = (Kind.HEADTEACHER, Kind.DEPUTY_HEAD, Kind.DSL, Kind.DEPUTY_DSL, Kind.CHAIR, Kind.EXECUTIVE)
# What a text may tell of somebody's conduct without a name.
_CONDUCT_OF: dict[str, str] = {Kind.HEADTEACHER: "headteacher_conduct", Kind.CHAIR: "governor_conduct"}


def _who(actor: Actor | Public, establishment: Establishment) -> tuple[str, ...]:
    return who(actor.kinds_in(establishment)) if isinstance(actor, Actor) else ()


def _concern(
    actor: Actor | Public, establishment: Establishment, sharing: Sharing, going: Destination, now: datetime
) -> Concern:
    today = timezone.localdate(now)
    return Concern(
        establishment=establishment,
        reference=new_reference(today.year),
        kind=sharing.kind,
        matter=sharing.matter,
        shared_at=now,
        aware_on=today,
        sharer=actor.person,
        sharer_kind=sharing.sharer_kind,
        declaration=sharing.declaration,
        harms=list(sharing.harms),
        capacity=going.route.recipients[0].capacity,
        clause=going.named.clause,
        policy_version=going.version.pk if going.version and not going.named.is_baseline else None,
        is_baseline=going.named.is_baseline,
        passed_over=going.route.passed_over,
        promised_on=working_days(establishment, in_term=False).add(today, ANSWERED_WITHIN),
        has_removed_links=False,
    )


def _sealed(concern: Concern, sharing: Sharing, now: datetime) -> None:
    vault = concern.vault = open_vault(f"concern:{uuid4()}", now=now)
    concern.text = seal_text(vault, sharing.text)
    concern.particulars = seal_text(vault, json.dumps(sharing.particulars, ensure_ascii=False))
    concern.sharer_name = seal_text(vault, sharing.name)
    concern.sharer_contact = seal_text(vault, sharing.contact)
    told = [sharing.text, sharing.about_names, *(answer for _question, answer in sharing.particulars)]
    concern.has_removed_links = any(LEFT_OUT in each for each in told)


def _parties(
    shared: Change[Establishment], concern: Concern, sharing: Sharing, going: Destination, now: datetime
) -> None:
    people = {person.pk: person for person in Person.objects.filter(pk__in=going.subjects)}
    parties = [ConcernParty(role=PartyRole.SUBJECT, person=person) for person in people.values()]
    if sharing.about_names.strip():
        typed = seal_text(concern.vault, sharing.about_names.strip())
        parties.append(ConcernParty(role=PartyRole.SUBJECT, name=typed))
    parties += [ConcernParty(role=PartyRole.HANDLER, person=each.person) for each in going.route.recipients]
    for party in parties:
        party.concern, party.added_at = concern, now
        shared.add(party)
