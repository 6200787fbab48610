"""What is done with a concern until it becomes a case or is closed: read, promised, written about, handed over."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from proviso.records.cases.links import without_links
from proviso.records.cases.models import Concern, ConcernParty, Message, PartyRole
from proviso.records.cases.routing import Named, Recipient, everybody, line_at, routed
from proviso.records.files.vaults import seal_text
from proviso.records.people.actors import Actor, Job, Receipt
from proviso.records.people.change import Change, NotPossible, change
from proviso.records.people.models import Person

LONGEST = 10_000  # characters of a message


def read_concern(actor: Actor, concern: Concern, *, now: datetime) -> Concern:
    """Return a concern for reading; that it was read is logged, and what its sharer wrote counts as read."""
    with change(actor, "concern.read", concern, now) as opened:
        opened.record.messages.filter(is_from_sharer=True, read_at=None).update(read_at=now)
    return opened.record


def acknowledge_concern(actor: Actor, concern: Concern, promised_on: date, words: str, *, now: datetime) -> Concern:
    """Say that a concern is looked at, by when its sharer hears more, and what else there is to say.

    Raises:
        ValidationError: a day that has passed.
    """
    if promised_on < timezone.localdate(now):
        raise ValidationError({"promised_on": _("Choose today or a later day.")})
    with change(actor, "concern.acknowledged", concern, now) as acknowledged:
        acknowledged.record.promised_on = promised_on
        if words.strip():
            acknowledged.named = acknowledged.record
            _write(acknowledged, words, is_from_sharer=False)
    return acknowledged.record


def write_to_sharer(actor: Actor, concern: Concern, words: str, *, now: datetime) -> None:
    """Write to whoever shared a concern; they read it with their receipt, or when they sign in.

    Raises:
        ValidationError: nothing is written, or more than fits.
    """
    with change(actor, "concern.written_about", concern, now) as written:
        written.named = written.record
        _write(written, words, is_from_sharer=False)


def write_as_sharer(actor: Actor | Receipt, concern: Concern, words: str, *, now: datetime) -> None:
    """Add something to what one has shared, or answer; errors as `write_to_sharer`."""
    with change(actor, "concern.added_to", concern, now) as added:
        added.named = added.record
        _write(added, words, is_from_sharer=True)


def _write(written: Change[Concern], words: str, *, is_from_sharer: bool) -> None:
    concern, words = written.record, words.strip()
    if not words:
        raise ValidationError({"words": _("Write something first.")})
    if len(words) > LONGEST:
        told = _("This is too long: %(count)d characters, and %(most)d fit.")
        raise ValidationError({"words": told % {"count": len(words), "most": LONGEST}})
    kept = without_links(words) if concern.takes_no_pictures else words
    concern.has_removed_links = concern.has_removed_links or kept != words
    author = None if is_from_sharer else written.actor.person
    text = seal_text(concern.vault, kept)
    written.add(Message(concern=concern, is_from_sharer=is_from_sharer, author=author, text=text, sent_at=written.now))


def hand_over(actor: Actor, concern: Concern, person: Person, *, now: datetime) -> Concern:
    """Let somebody else handle a concern, who could have got it: nobody whom it is about.

    Raises:
        ValidationError: somebody who cannot handle it.
    """
    with change(actor, "concern.handed_over", concern, now) as handed:
        chosen = next((each for each in able_to_handle(handed.record, actor.on) if each.person == person), None)
        if chosen is None:
            raise ValidationError({"person": _("Choose somebody from the list.")})
        _end_handling(handed.record, now)
        _let_handle(handed, chosen)
        handed.named = handed.record
    return handed.record


def able_to_handle(concern: Concern, on: date) -> list[Recipient]:
    """Return everybody who could handle a concern, in the order in which they would be asked."""
    return everybody(line_at(concern.establishment, _subjects(concern), on), concern.matter)


def _subjects(concern: Concern) -> frozenset[int]:
    parties = concern.parties.filter(role=PartyRole.SUBJECT, ended_at=None, person__isnull=False)
    return frozenset(parties.values_list("person", flat=True))


def _end_handling(concern: Concern, now: datetime, person: int | None = None) -> None:
    handling = concern.parties.filter(role=PartyRole.HANDLER, ended_at=None)
    (handling.filter(person=person) if person else handling).update(ended_at=now)


def _let_handle(changed: Change[Concern], recipient: Recipient) -> None:
    concern = changed.record
    concern.capacity = recipient.capacity
    changed.add(ConcernParty(concern=concern, role=PartyRole.HANDLER, person=recipient.person, added_at=changed.now))


def match_party(actor: Actor, concern: Concern, party: ConcernParty, person: Person, *, now: datetime) -> Concern:
    """Say who of the school it is whom a concern names: from then on nothing of it is there for them.

    Where they handle it themselves, it first goes to whoever is next.

    Raises:
        NotPossible: nobody else here could handle it.
    """
    with change(actor, "concern.person_matched", concern, now) as matched:
        named = matched.record.parties.get(pk=party.pk, role=PartyRole.SUBJECT, ended_at=None, person=None)
        _make_way(matched, person.pk)
        if not matched.record.parties.filter(role=PartyRole.SUBJECT, ended_at=None, person=person).exists():
            matched.add(
                ConcernParty(concern=concern, role=PartyRole.SUBJECT, person=person, name=named.name, added_at=now)
            )
        matched.record.parties.filter(pk=named.pk).update(ended_at=now)
        matched.named = matched.record
    return matched.record


def _make_way(matched: Change[Concern], subject: int) -> None:
    """Let somebody else handle a concern that turns out to be about who handles it."""
    concern = matched.record
    handlers = set(concern.parties.filter(role=PartyRole.HANDLER, ended_at=None).values_list("person", flat=True))
    if subject not in handlers:
        return
    _end_handling(concern, matched.now, subject)
    if handlers - {subject}:
        return
    line = line_at(concern.establishment, _subjects(concern) | {subject}, matched.actor.on)
    route = routed(line, concern.matter, Named())
    if not route.recipients:
        raise NotPossible(_("Nobody else here could handle this. Phone the designated officer of the local authority."))
    concern.passed_over = Concern.PassedOver.NAMED
    _let_handle(matched, route.recipients[0])


def close_concern(actor: Actor, concern: Concern, reasons: str, *, now: datetime) -> Concern:
    """Close a concern with reasons, which whoever shared it reads.

    Raises:
        ValidationError: no reasons.
    """
    if not reasons.strip():
        raise ValidationError({"reasons": _("Say why, in words for whoever shared it.")})
    with change(actor, "concern.closed", concern, now) as closed:
        record = closed.record
        record.closed_at, record.closed_by = now, actor.person
        record.closing_reasons = seal_text(record.vault, reasons.strip())
    return closed.record


def hand_on(*, now: datetime) -> int:
    """Hand on the open concerns of those who hold no role there any more; return how many went to somebody else.

    Where nobody else is left, they stay where they are.
    """
    job = Job("hand on concerns", timezone.localdate(now))
    handling = ConcernParty.objects.filter(role=PartyRole.HANDLER, ended_at=None)
    parties = handling.exclude(concern__state=Concern.State.CLOSED).select_related("concern__establishment", "person")
    handed = 0
    for party in parties:
        line = line_at(party.concern.establishment, (), job.on)
        if party.person_id is not None and party.person_id not in line.works_here:
            handed += _handed_on(job, party, now)
    return handed


def _handed_on(job: Job, party: ConcernParty, now: datetime) -> bool:
    with change(job, "concern.handed_on", party.concern, now) as handed:
        current = handed.record.parties.filter(role=PartyRole.HANDLER, ended_at=None)
        known = set(current.values_list("person", flat=True))
        line = line_at(handed.record.establishment, _subjects(handed.record), job.on)
        new = next((each for each in everybody(line, handed.record.matter) if each.person.pk not in known), None)
        if new is None:
            handed.nothing()
            return False
        _end_handling(handed.record, now, party.person_id)
        _let_handle(handed, new)
        handed.named = handed.record
    return True
