"""Consents: the register, one person's, one's own, those behind a private link, and the roll for checking posts."""

import hmac
from collections.abc import Iterable

from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery

from proviso.records.people.actors import Actor, Public, Receipt
from proviso.records.people.models import Establishment, Person, Role
from proviso.records.people.permissions import Hidden, require, require_any
from proviso.records.registers.consent_standings import NOT_ASKED, Key, RollRow, latest, roll_row, said_for
from proviso.records.registers.models import Consent, ConsentLink, ConsentWording, RollEntry
from proviso.records.registers.services.consents import code_digest, digest

ON_THE_ROLL = tuple(kind.value for kind in Role.Kind if kind != Role.Kind.PARENT)


def register_of(
    actor: Actor,
    establishment: Establishment,
    find: str = "",
    class_name: str = "",
    asked: tuple[str, str, str] | None = None,
) -> QuerySet[Person]:
    """Return pupils and staff with what was said for them: `roll_here`, `roles_here` and `consents_here` come along.

    `asked` is a purpose, what it is about and a standing: only those for whom it stands so.
    """
    require(actor, "consents.view", establishment)
    held = Role.objects.on(actor.on).filter(establishment=establishment, kind__in=ON_THE_ROLL)
    people = Person.objects.filter(pk__in=held.values("person"))
    for word in find.split()[:6]:
        people = people.filter(
            Q(given_name__icontains=word) | Q(family_name__icontains=word) | Q(roll_entries__known_as__icontains=word)
        ).distinct()
    if class_name:
        people = people.filter(roll_entries__establishment=establishment, roll_entries__class_name=class_name)
    if asked:
        people = _standing_so(people, actor, establishment, asked)
    return _along(people, actor, establishment)


def _along(people: QuerySet[Person], actor: Actor, establishment: Establishment) -> QuerySet[Person]:
    return people.prefetch_related(
        Prefetch("roll_entries", RollEntry.objects.filter(establishment=establishment), to_attr="roll_here"),
        Prefetch("roles", Role.objects.on(actor.on).filter(establishment=establishment), to_attr="roles_here"),
        Prefetch(
            "consents", Consent.objects.filter(establishment=establishment).order_by("pk"), to_attr="consents_here"
        ),
    )


def _standing_so(
    people: QuerySet[Person], actor: Actor, establishment: Establishment, asked: tuple[str, str, str]
) -> QuerySet[Person]:
    purpose, about, standing = asked
    said = Consent.objects.filter(establishment=establishment, purpose=purpose, about=about, person=OuterRef("pk"))
    last = said.order_by("-pk")
    people = people.annotate(stands=Subquery(last.values("standing")[:1]), ends=Subquery(last.values("until")[:1]))
    if standing == NOT_ASKED:
        return people.filter(Q(stands=None) | Q(ends__lt=actor.on))
    return people.filter(Q(ends=None) | Q(ends__gte=actor.on), stands=standing)


def classes_of(actor: Actor, establishment: Establishment) -> list[str]:
    """Return the classes of a school's roll."""
    require(actor, "consents.view", establishment)
    names = RollEntry.objects.filter(establishment=establishment).exclude(class_name="").order_by("class_name")
    return list(names.values_list("class_name", flat=True).distinct())


def person_of_register(actor: Actor, establishment: Establishment, pk: int) -> Person:
    """Return one person of the register, with all that was said for them.

    Raises:
        Hidden: nobody of that number is on it.
    """
    person = register_of(actor, establishment).filter(pk=pk).first()
    if person is None:
        raise Hidden(str(pk))
    return person


def history_of(actor: Actor, establishment: Establishment, person: Person) -> list[Consent]:
    """Return everything that was said for somebody, the latest first."""
    require(actor, "consents.view", establishment)
    rows = Consent.objects.filter(establishment=establishment, person=person)
    return list(rows.select_related("recorded_by", "wording").order_by("-pk"))


def my_consents(actor: Actor, establishment: Establishment) -> dict[Key, Consent]:
    """Return what somebody said of themselves at an establishment, or what was recorded for them."""
    require(actor, "consent.own", actor.person, establishment)
    return latest(Consent.objects.filter(establishment=establishment, person=actor.person).order_by("pk"))


def wording_of(asking: Actor | Public, establishment: Establishment) -> ConsentWording | None:
    """Return the words of a school's form, as they are now: anybody may read them."""
    return ConsentWording.objects.filter(establishment=establishment).first()


def link_by_secret(asking: Public, secret: str) -> ConsentLink:
    """Return the private link of an address, before its code is known: nothing of whom it is about is shown.

    Raises:
        Hidden: there is none, or it has ended.
    """
    rows = ConsentLink.objects.select_related("establishment__parent", "person")
    link = rows.filter(secret_hash=digest(secret), ends_on__gte=asking.on).first()
    if link is None:
        raise Hidden("no such link")
    return link


def is_code_of(asking: Public, link: ConsentLink, secret: str, code: str) -> bool:
    """Say whether a code is the one of a link."""
    return hmac.compare_digest(link.code_hash, code_digest(secret, code))


def consents_by_link(receipt: Receipt, link: ConsentLink) -> dict[Key, Consent]:
    """Return what was said for whoever a private link is about; errors as `link_by_secret`."""
    require_any(receipt, "consent.by_link", link)
    rows = Consent.objects.filter(establishment=link.establishment_id, person=link.person_id)
    return latest(rows.order_by("pk"))


def roll_of(actor: Actor, establishment: Establishment, purpose: str) -> list[RollRow]:
    """Return everybody on the roll with their consents for one purpose, as posts are checked against it."""
    return [_roll_row(person, actor, purpose) for person in register_of(actor, establishment)]


def _roll_row(person: Person, actor: Actor, purpose: str) -> RollRow:
    roles: Iterable[Role] = person.roles_here  # type: ignore[attr-defined]  # fetched along by the selector
    roll: list[RollEntry] = person.roll_here  # type: ignore[attr-defined]
    known_as = roll[0].known_as if roll else ""
    return roll_row(person, [role.kind for role in roles], known_as, said_for(person), purpose, actor.on)
