"""An entry of a plan in words."""

from collections.abc import Iterator
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from proviso.records.imports.kinds import Description, Entry
from proviso.records.people import role_names
from proviso.records.people.models import Establishment

FIELDS = {
    "given_name": gettext_lazy("First name"),
    "family_name": gettext_lazy("Last name"),
    "email": gettext_lazy("Email address"),
}


def describe(establishment: Establishment, part: str, entry: Entry) -> Description:
    """Return whom an entry is about and what would change."""
    name = entry.get("name") or f"{entry['given_name']} {entry['family_name']}"
    return Description(name, tuple(_lines(establishment, entry)))


def _lines(establishment: Establishment, entry: Entry) -> Iterator[str]:
    if entry.get("email"):
        yield _("%(field)s: %(text)s") % {"field": FIELDS["email"], "text": entry["email"]}
    if entry.get("link"):
        yield _("Already here with this email address: the same person.")
    for name, (before, after) in entry.get("fields", {}).items():
        field = {"field": FIELDS[name], "before": before or _("nothing"), "after": after}
        yield _("%(field)s: %(before)s changes to %(after)s") % field
    for start in entry.get("start", ()):
        yield _("%(role)s from %(day)s") % _role(establishment, start["kind"], start["starts_on"])
    for end in entry.get("end", ()):
        yield _("%(role)s ends on %(day)s") % _role(establishment, end["kind"], end["ends_on"])
    for kind in entry.get("stays", ()):
        role = {"role": role_names.role(kind, establishment)}
        yield _("%(role)s was entered by hand, so it stays. End it by hand.") % role


def _role(establishment: Establishment, kind: str, day: str) -> dict[str, str]:
    return {"role": role_names.role(kind, establishment), "day": date_format(date.fromisoformat(day), "j F Y")}
