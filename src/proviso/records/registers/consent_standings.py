"""How somebody's consents stand on a day, worked out of what was said."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from proviso.records.people.models import Person, Role
from proviso.records.registers.models import Consent

NOT_ASKED = "not_asked"
WORDS = {**dict(Consent.Standing.choices), NOT_ASKED: _("Not asked")}
ABOUTS = tuple(Consent.About.values)
Key = tuple[str, str]  # a purpose, and what it is about


@dataclass(frozen=True)
class RollRow:
    """Somebody on the roll, as posts are checked against it."""

    id: str
    given: str
    family: str
    known_as: str
    kind: str
    name_consent: str
    picture_consent: str


def latest(consents: Iterable[Consent]) -> dict[Key, Consent]:
    """Return the last word on each purpose, of consents in the order in which they were said."""
    return {(consent.purpose, consent.about): consent for consent in consents}


def said_for(person: Person) -> dict[Key, Consent]:
    """Return the last word on each purpose, for somebody of the register, who brings what was said."""
    consents: list[Consent] = person.consents_here  # type: ignore[attr-defined]  # fetched along
    return latest(consents)


def standing_of(consent: Consent | None, on: date) -> str:
    """Return how it stands on a day: given, refused, withdrawn, or not asked."""
    return consent.standing if consent is not None and consent.holds_on(on) else NOT_ASKED


def roll_row(
    person: Person, kinds: Iterable[str], known_as: str, said: dict[Key, Consent], purpose: str, on: date
) -> RollRow:
    """Return somebody's line of the roll for one purpose."""
    name, picture = (standing_of(said.get((purpose, about)), on) for about in ABOUTS)
    kind = "pupil" if Role.Kind.PUPIL in set(kinds) else "staff"
    return RollRow(str(person.pk), person.given_name, person.family_name, known_as, kind, name, picture)
