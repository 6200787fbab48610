"""Consents as a table: one line for each person and purpose, people by the identifier of the school's records."""

from collections.abc import Iterator
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from proviso.records.imports.kinds import Column, Description, Entry, Part, Plan, RowKind, Scope, Step, register
from proviso.records.imports.parsed import Fault, Parsed
from proviso.records.imports.tables import Line, day_of, plain_heading
from proviso.records.people.actors import Actor
from proviso.records.people.models import Establishment, Identifier, Person
from proviso.records.people.permissions import require
from proviso.records.registers.consent_standings import Key, latest, standing_of
from proviso.records.registers.models import Consent
from proviso.records.registers.purposes import purposes_of
from proviso.records.registers.services import consents
from proviso.records.registers.services.consents import Said

COLUMNS = (
    Column("identifier", gettext_lazy("Identifier"), ("Id", "Pupil id", "UPN", "MIS id", "Reference"), required=True),
    Column("purpose", gettext_lazy("Purpose"), ("For", "Use", "Where"), required=True),
    Column("name", gettext_lazy("Name"), ("Naming", "Name consent", "May be named")),
    Column("picture", gettext_lazy("Picture"), ("Photo", "Photos", "Image", "Picture consent", "May be shown")),
    Column("by", gettext_lazy("Said by"), ("Said by", "By", "Signed by", "Parent", "Given by"), required=True),
    Column("until", gettext_lazy("Until"), ("Last day", "Ends", "Expires")),
    Column("class", gettext_lazy("Class"), ("Form", "Registration group", "Reg", "Tutor group")),
    Column("known_as", gettext_lazy("Known as"), ("Preferred name", "Chosen name", "Nickname")),
)
EXAMPLE = (
    ("Identifier", "Purpose", "Name", "Picture", "Said by", "Until", "Class", "Known as"),
    ("P001", "website", "yes", "no", "M. Example", "31/08/2027", "4B", "Jo"),
    ("P001", "newsletter", "yes", "yes", "M. Example", "", "", ""),
)
PARTS = (Part("changed", gettext_lazy("Consents to record")),)
WORDS = {
    **dict.fromkeys(("yes", "y", "given", "true", "1", "ie"), Consent.Standing.GIVEN.value),
    **dict.fromkeys(("no", "n", "refused", "false", "0", "na"), Consent.Standing.REFUSED.value),
    "withdrawn": Consent.Standing.WITHDRAWN.value,
}


def read_table(lines: Iterator[Line], file: str, parsed: Parsed) -> None:
    """Read the consents of a table into the rows of what was parsed."""
    for line in lines:
        standings = _standings(line, file, parsed)
        if standings is None:
            continue
        try:
            until = day_of(line["until"])
        except ValueError:
            what = _("“%(text)s” is not a date.") % {"text": line["until"]}
            parsed.fault(file, line.number, what, _("Write it like 01/09/2026."))
            continue
        row = {name: line[name] for name in ("identifier", "by", "class", "known_as")}
        purpose = plain_heading(line["purpose"])
        until_words = until.isoformat() if until else None
        parsed.keep({**row, "purpose": purpose, "standings": standings, "until": until_words, "line": line.number})


def _standings(line: Line, file: str, parsed: Parsed) -> dict[str, str] | None:
    """Return what a line says of the name and of pictures, or None with a fault."""
    if not line["identifier"] or not line["by"]:
        parsed.fault(file, line.number, _("The identifier or who said it is missing."), _("Fill it in."))
        return None
    standings = {}
    for about in Consent.About.values:
        word = line[about].lower()
        if word and word not in WORDS:
            what = _("“%(word)s” is not an answer.") % {"word": line[about]}
            parsed.fault(file, line.number, what, _("Write yes, no or withdrawn, or leave it empty."))
            return None
        if word:
            standings[about] = WORDS[word]
    return standings


def plan(actor: Actor, establishment: Establishment, parsed: Parsed, scope: Scope) -> Plan:
    """Return what a file would change; whoever is not in it stays as they are, whatever the scope."""
    require(actor, "consents.import", establishment)
    result = Plan({"changed": []}, faults=list(parsed.faults), notices=list(parsed.notices))
    people = {
        row.source_id: row.person
        for row in Identifier.objects.filter(establishment=establishment).select_related("person")
    }
    said: dict[int, list[Consent]] = {}
    for consent in Consent.objects.filter(establishment=establishment).order_by("pk"):
        said.setdefault(consent.person_id, []).append(consent)
    purposes = {plain_heading(name): name for name in purposes_of(establishment)}
    for row in parsed.rows:
        person, purpose = people.get(row["identifier"]), purposes.get(row["purpose"])
        if person is None or purpose is None:
            result.faults.append(_unknown(row, person, list(purposes.values())))
            continue
        entry = _entry(row, person, purpose, latest(said.get(person.pk, [])), actor.on)
        if entry["standings"] or entry["roll"]:
            result.parts["changed"].append(entry)
        else:
            result.unchanged += 1
    return result


def _unknown(row: Entry, person: Person | None, purposes: list[str]) -> Fault:
    if person is None:
        what = _("Nobody here has the identifier %(id)s.") % {"id": row["identifier"]}
        return Fault("", row["line"], what, _("Import people first, or correct the identifier."))
    what = _("We do not know the purpose “%(purpose)s”.") % {"purpose": row["purpose"]}
    return Fault("", row["line"], what, _("Use one of: %(purposes)s.") % {"purposes": ", ".join(purposes)})


def _entry(row: Entry, person: Person, purpose: str, known: dict[Key, Consent], on: date) -> Entry:
    standings = {
        about: standing
        for about, standing in row["standings"].items()
        if standing_of(known.get((purpose, about)), on) != standing
    }
    roll = {"known_as": row["known_as"], "class_name": row["class"]}
    return {
        "person": person.pk,
        "name": person.name,
        "purpose": purpose,
        "standings": standings,
        "by": row["by"],
        "until": row["until"],
        "roll": {name: value for name, value in roll.items() if value},
        "line": row["line"],
    }


def apply(actor: Actor, establishment: Establishment, step: Step) -> list[str]:
    """Record one line; a second time changes nothing."""
    entry = step.entry
    person = Person.objects.get(pk=entry["person"])
    standings = {(entry["purpose"], about): standing for about, standing in entry["standings"].items()}
    until = date.fromisoformat(entry["until"]) if entry["until"] else None
    try:
        consents.record(
            actor, establishment, person, Said(standings, entry["by"], Consent.Way.IMPORT, until), now=step.now
        )
        if entry["roll"]:
            consents.set_roll_entry(actor, establishment, person, entry["roll"], now=step.now)
    except ValidationError as error:
        return [f"{entry['name']}: {' '.join(error.messages)}"]
    return []


def describe(establishment: Establishment, part: str, entry: Entry) -> Description:
    """Return whom an entry is about and what would be recorded."""
    purpose = purposes_of(establishment).get(entry["purpose"], entry["purpose"])
    lines = [
        f"{purpose}, {Consent.About(about).label}: {Consent.Standing(standing).label}"
        for about, standing in entry["standings"].items()
    ]
    if entry["roll"].get("class_name"):
        lines.append(_("Class: %(name)s") % {"name": entry["roll"]["class_name"]})
    if entry["roll"].get("known_as"):
        lines.append(_("Known as: %(name)s") % {"name": entry["roll"]["known_as"]})
    return Description(entry["name"], tuple(lines))


register(
    RowKind(
        name="consents",
        label=gettext_lazy("Consents"),
        permission="consents.import",
        apply_permission="consents.import_apply",
        columns=COLUMNS,
        parts=PARTS,
        example=EXAMPLE,
        read=read_table,
        plan=plan,
        apply=apply,
        describe=describe,
    )
)
