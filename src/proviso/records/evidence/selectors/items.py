"""What an owner has as evidence, for those who handle it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Model, QuerySet

from proviso.records.evidence.formats.pictures import look_alike
from proviso.records.evidence.models import CustodyEntry, EvidenceItem
from proviso.records.evidence.owners import kind_of, name_of, owner_at, owner_named
from proviso.records.files.errors import FileUnreadableError
from proviso.records.files.vaults import read_text
from proviso.records.people.actors import Actor
from proviso.records.people.models import Establishment
from proviso.records.people.permissions import Hidden, require
from proviso.records.people.relations import relations_of


@dataclass(frozen=True)
class ListedItem:
    """An item as a list shows it. `alike` are earlier ones that look the same; of what is not kept no text is read."""

    item: EvidenceItem
    name: str = ""
    address: str = ""
    alike: tuple[EvidenceItem, ...] = ()


@dataclass(frozen=True)
class EvidenceFolder:
    """Everything that an owner has: how it is called, whether files may come in, and its items as they came in."""

    owner: Model
    reference: str
    takes_files: bool
    items: tuple[ListedItem, ...]


def folder_for(actor: Actor, establishment: Establishment, kind: str, pk: int) -> EvidenceFolder:
    """Return the evidence of an owner in an establishment, asking once who may see it; errors as `owner_for`."""
    owner = owner_for(actor, establishment, kind, pk)
    registered = kind_of(owner)
    return EvidenceFolder(owner, registered.reference(owner), registered.takes_files(owner), tuple(_items_of(owner)))


def owner_for(actor: Actor, establishment: Establishment, kind: str, pk: int) -> Model:
    """Return an owner of evidence in an establishment, for somebody who handles it.

    Raises:
        Hidden: there is none, or none for this actor.
    """
    owner = owner_at(kind, pk)
    place = relations_of(owner).establishment(owner)
    if place is None or place.pk != establishment.pk:
        raise Hidden(f"{kind}:{pk}")
    require(actor, "evidence.view", owner)
    return owner


def evidence_of(actor: Actor, owner: Model) -> list[ListedItem]:
    """Return the evidence of an owner in the order in which it came in.

    Raises:
        Hidden: the actor does not handle the owner.
    """
    require(actor, "evidence.view", owner)
    return _items_of(owner)


def _items_of(owner: Model) -> list[ListedItem]:
    rows = EvidenceItem.objects.filter(owner=name_of(owner))
    items = list(rows.select_related("file", "vault", "captured_by", "derived_from", "duplicate_of").order_by("number"))
    shows_texts = kind_of(owner).takes_files(owner)
    return [_listed(item, items, shows_texts) for item in items]


def item_for(actor: Actor, owner: Model, number: int) -> EvidenceItem:
    """Return an item of an owner by its number; nothing of what is sealed in it is read.

    Raises:
        Hidden: there is none, or none for this actor.
    """
    require(actor, "evidence.view", owner)
    rows = EvidenceItem.objects.filter(owner=name_of(owner), number=number)
    item = rows.select_related("file__vault", "vault", "captured_by", "derived_from", "duplicate_of").first()
    if item is None:
        raise Hidden(f"{name_of(owner)} E{number}")
    return item


def takes_files(actor: Actor, owner: Model) -> bool:
    """Say whether anything can be added to an owner's evidence or seen of it."""
    require(actor, "evidence.view", owner)
    return kind_of(owner).takes_files(owner)


def reference_of(actor: Actor, owner: Model) -> str:
    """Return how an owner is called."""
    require(actor, "evidence.view", owner)
    return kind_of(owner).reference(owner)


def custody_of(actor: Actor, item: EvidenceItem) -> QuerySet[CustodyEntry]:
    """Return who did what with an item, the earliest first."""
    require(actor, "evidence.view", owner_named(item.owner))
    return CustodyEntry.objects.filter(item=item).select_related("by")


def derived_of(actor: Actor, item: EvidenceItem) -> QuerySet[EvidenceItem]:
    """Return what was made from an item."""
    require(actor, "evidence.view", owner_named(item.owner))
    return EvidenceItem.objects.filter(derived_from=item).select_related("file")


def _listed(item: EvidenceItem, items: Iterable[EvidenceItem], shows_texts: bool) -> ListedItem:
    if not item.is_kept or not shows_texts:
        return ListedItem(item)
    before = (each for each in items if each.number < item.number and each.pk != item.duplicate_of_id)
    alike = tuple(
        each for each in before if item.derived_from_id is None and look_alike(each.picture_hash, item.picture_hash)
    )
    try:
        return ListedItem(item, read_text(item.vault, item.name), read_text(item.vault, item.address), alike)
    except FileUnreadableError:  # the page of the item says what is wrong with it
        return ListedItem(item, alike=alike)


def custody_by_item(actor: Actor, owner: Model) -> dict[int, list[CustodyEntry]]:
    """Return the whole custody log of an owner's evidence, by item."""
    require(actor, "evidence.view", owner)
    entries = CustodyEntry.objects.filter(item__owner=name_of(owner)).select_related("by").order_by("at", "pk")
    by_item: dict[int, list[CustodyEntry]] = defaultdict(list)
    for entry in entries:
        by_item[entry.item_id].append(entry)
    return by_item
