"""Read concerns: for whoever handles them, and for whoever shared them. Whom one is about finds nothing."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from proviso.records.cases.models import Concern, ConcernDraft, ConcernParty, Message, PartyRole
from proviso.records.cases.receipts import digest_of, submission_of
from proviso.records.cases.routing import Recipient
from proviso.records.cases.sealed_drafts import open_draft
from proviso.records.cases.seen import concerns_seen
from proviso.records.cases.services.handling import able_to_handle
from proviso.records.files.errors import FileUnreadableError
from proviso.records.files.vaults import read_text
from proviso.records.people.actors import Actor, Public, Receipt
from proviso.records.people.models import Establishment, Person, Role
from proviso.records.people.permissions import SIGNED_IN, Hidden, may, require, require_any

OPEN = [Concern.State.SHARED, Concern.State.SEEN, Concern.State.IN_CASE]
MOST = 12  # people that a search shows


@dataclass(frozen=True)
class Written:
    """A message as it is read; `author` is who handles the concern and wrote it, None for whoever shared it."""

    text: str
    sent_at: datetime
    author: Person | None


@dataclass(frozen=True)
class PersonNamed:
    """Somebody with a part in a concern: a person of the school, or a name as it was typed."""

    party: ConcernParty
    name: str


@dataclass(frozen=True)
class ConcernWords:
    """What was told, opened for whoever may read it."""

    text: str
    particulars: tuple[tuple[str, str], ...]
    sharer: str
    contact: str
    closing_reasons: str


def concerns_of(
    actor: Actor, establishment: Establishment, matters: Collection[str], find: str = ""
) -> QuerySet[Concern]:
    """Return the concerns that somebody handles in an establishment, about some matters, the latest first."""
    require(actor, "concerns.list", establishment)
    seen = concerns_seen(actor, establishment).filter(matter__in=matters)
    unread = Count("messages", filter=Q(messages__is_from_sharer=True, messages__read_at=None))
    seen = seen.annotate(unread=unread).order_by("-shared_at", "-pk")
    return seen.filter(reference__icontains=find) if find else seen


def concerns_open(actor: Actor, establishment: Establishment) -> int:
    """Return how many open concerns somebody handles in an establishment."""
    require(actor, "concerns.list", establishment)
    return concerns_seen(actor, establishment).filter(state__in=OPEN).count()


def concern_for(actor: Actor, establishment: Establishment, pk: int) -> Concern:
    """Return a concern for somebody who handles it; to read it, open it by the service that logs that.

    Raises:
        Hidden: there is none of that number for them.
    """
    found = concerns_seen(actor, establishment).filter(pk=pk).select_related("establishment__parent", "vault").first()
    if found is None or not may(actor, "concern.handle", found):
        raise Hidden(str(pk))
    return found


def words_of(actor: Actor | Receipt, concern: Concern) -> ConcernWords:
    """Return what was told, for whoever handles a concern and has opened it."""
    require_any(actor, "concern.handle", concern)
    vault = concern.vault
    name = concern.sharer.name if concern.sharer else read_text(vault, concern.sharer_name)
    return ConcernWords(
        text=read_text(vault, concern.text),
        particulars=tuple((question, answer) for question, answer in json.loads(read_text(vault, concern.particulars))),
        sharer=name,
        contact=read_text(vault, concern.sharer_contact),
        closing_reasons=read_text(vault, concern.closing_reasons),
    )


def people_named(actor: Actor, concern: Concern) -> list[PersonNamed]:
    """Return whom a concern is about and who handles it, as they stand now."""
    require(actor, "concern.handle", concern)
    parties = concern.parties.filter(ended_at=None).select_related("person")
    return [
        PersonNamed(party, party.person.name if party.person else read_text(concern.vault, party.name))
        for party in parties
    ]


def party_of(actor: Actor, concern: Concern, pk: int) -> ConcernParty:
    """Return a name in a concern that is matched with nobody yet.

    Raises:
        Hidden: there is none of that number.
    """
    require(actor, "concern.handle", concern)
    party = concern.parties.filter(pk=pk, role=PartyRole.SUBJECT, person=None, ended_at=None).first()
    if party is None:
        raise Hidden(str(pk))
    return party


def handlers_possible(actor: Actor, concern: Concern) -> list[Recipient]:
    """Return who else could handle a concern."""
    require(actor, "concern.handle", concern)
    now = {named.party.person_id for named in people_named(actor, concern) if named.party.role == PartyRole.HANDLER}
    return [each for each in able_to_handle(concern, actor.on) if each.person.pk not in now]


def messages_of(actor: Actor | Receipt, concern: Concern) -> list[Written]:
    """Return what a sharer and whoever handles the concern wrote to each other, the earliest first."""
    action = "concern.handle" if may(actor, "concern.handle", concern) else "concern.follow"
    require_any(actor, action, concern)
    rows = Message.objects.filter(concern=concern).select_related("author")
    return [Written(read_text(concern.vault, row.text), row.sent_at, row.author) for row in rows]


def closing_reasons_of(actor: Actor | Receipt, concern: Concern) -> str:
    """Return why a concern was closed, for whoever shared it."""
    require_any(actor, "concern.follow", concern)
    return read_text(concern.vault, concern.closing_reasons)


def concern_of_receipt(receipt: Receipt, establishment: Establishment) -> Concern:
    """Return what a receipt was given for.

    Raises:
        Hidden: no concern of that establishment has this receipt.
    """
    found = Concern.objects.filter(establishment=establishment, receipt_digest=receipt.digest).exclude(
        receipt_digest=""
    )
    concern = found.select_related("establishment__parent", "vault").first()
    if concern is None:
        raise Hidden("receipt")
    require_any(receipt, "concern.follow", concern)
    return concern


def shared_by(actor: Actor) -> QuerySet[Concern]:
    """Return what somebody shared under their name, the latest first; nothing that turned out to be about them."""
    mine = Concern.objects.filter(sharer=actor.person).select_related("establishment__parent", "vault")
    about_me = ConcernParty.objects.filter(role=PartyRole.SUBJECT, person=actor.person, ended_at=None)
    return mine.exclude(pk__in=about_me.values("concern"))


def shared_concern(actor: Actor, pk: int) -> Concern:
    """Return one thing that somebody shared.

    Raises:
        Hidden: they shared none of that number.
    """
    concern = shared_by(actor).filter(pk=pk).first()
    if concern is None:
        raise Hidden(str(pk))
    return concern


def draft_of(actor: Actor | Public, establishment: Establishment, code: str = "") -> dict[str, str]:
    """Return the answers that were kept, of somebody who signed in or of whoever has their code; none: nothing."""
    if isinstance(actor, Actor):
        whose = Q(person=actor.person)
    else:
        digest = digest_of(code, "draft")
        if not digest:
            return {}
        whose = Q(code_digest=digest)
    draft = ConcernDraft.objects.filter(whose, establishment=establishment).first()
    if draft is None:
        return {}
    try:
        answers = json.loads(open_draft(draft))
    except FileUnreadableError:
        return {}
    return {str(name): str(answer) for name, answer in answers.items()}


def people_to_name(actor: Actor, establishment: Establishment, find: str) -> list[Person]:
    """Return the people of an establishment by a part of their name, for a member of staff who says who it is."""
    require(actor, "establishment.view", establishment)
    words = find.split()[:4]
    if len(find.strip()) < 2:
        return []
    here = Role.objects.on(actor.on).filter(establishment=establishment, kind__in=[*SIGNED_IN, Role.Kind.PUPIL])
    people = Person.objects.filter(pk__in=here.values("person"))
    for word in words:
        people = people.filter(Q(given_name__icontains=word) | Q(family_name__icontains=word))
    return list(people[:MOST])


def people_chosen(actor: Actor, establishment: Establishment, keys: Collection[int]) -> list[Person]:
    """Return the people of an establishment among some whom somebody chose."""
    require(actor, "establishment.view", establishment)
    here = Role.objects.on(actor.on).filter(establishment=establishment)
    return list(Person.objects.filter(pk__in=here.filter(person__in=keys).values("person")))


def is_shared(asking: Public, token: str) -> bool:
    """Say whether a form was sent already: whoever has the form knows it anyhow."""
    return Concern.objects.filter(submission=submission_of(token)).exists()
