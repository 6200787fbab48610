"""Versions in force become their establishment's own document: numbered sections, people, no remarks about a source.

Each is followed by a correction, in force from the day of the upgrade, so that every signature stays valid and what
was signed stays as it was. Drafts are brought into the same form; what waits for approval stays as it was submitted.
"""

import json
from dataclasses import fields, is_dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.db import migrations
from django.db.models import Q
from django.utils import timezone

from proviso.records.audit.services import digest
from proviso.rules import rulebook
from proviso.rules.norms import Condition, NamedContact, Policy

WRITTEN = json.loads(Path(__file__).with_name("_own_documents.json").read_text("utf-8"))
CARRIED = (
    *("establishment_id", "state", "edition", "model", "model_version_id", "model_text", "particulars"),
    *("prepared_by_id", "adopted_on", "in_force_until", "review_on", "published_at", "fixed_clauses"),
    "withdrawal_reason",
)


def carry_over(apps: Any, schema_editor: Any) -> None:
    head = apps.get_model("audit", "Head").objects.filter(pk=1).first()
    versions = apps.get_model("policies", "Version").objects
    today = timezone.localdate()
    corrections: dict[int, Any] = {}
    adopted = versions.filter(Q(in_force_until=None) | Q(in_force_until__gte=today), state__in=("adopted", "withdrawn"))
    for version in adopted.order_by("pk"):  # a model comes before what was made from it
        if correction := _corrected(version, today, corrections):
            corrections[version.pk] = correction
            told = {"version": correction.number, "previous": version.number}
            _log(apps, head, "version.carried_over", correction, told)
    for version in versions.filter(state__in=("draft", "approval", "approved")).order_by("pk"):
        if version.previous_id in corrections:
            versions.filter(pk=version.pk).update(previous=corrections[version.previous_id])
        if version.state == "draft" and (text := _own(version, version.number)):
            versions.filter(pk=version.pk).update(
                text=text, fingerprint=rulebook.fingerprint(text), edition=version.edition + 1
            )
            _log(apps, head, "version.brought_into_form", version, {"version": version.number})


def _corrected(version: Any, today: date, corrections: dict[int, Any]) -> Any:
    """Follow a version by a correction that is in force from today, or from its own first day to come."""
    manager = type(version).objects
    last = manager.filter(establishment_id=version.establishment_id).order_by("-number").first()
    text = _own(version, last.number + 1)
    if not text:
        return None
    first = max(today, version.in_force_from)
    until = version.in_force_until
    version.in_force_until = first - timedelta(days=1)
    version.save(update_fields=["in_force_until"])
    correction = type(version)(**{name: getattr(version, name) for name in CARRIED})
    correction.number, correction.text, correction.fingerprint = last.number + 1, text, rulebook.fingerprint(text)
    correction.previous_id, correction.change = version.pk, "correction"
    correction.summary = "Sections have numbers of their own. What is asked of people stays the same."
    correction.prepared_at, correction.in_force_from, correction.in_force_until = timezone.now(), first, until
    if (origin := corrections.get(version.model_version_id)) is not None:
        correction.model_version_id, correction.model_text = origin.pk, origin.text
    correction.save(force_insert=True)
    variations = version.variations.model.objects
    for variation in variations.filter(version=version):
        variation.pk, variation.version_id = None, correction.pk
        variation.save(force_insert=True)
    return correction


def _own(version: Any, number: int) -> str:
    """Return a version's text as its establishment's own document; nothing where it is, or cannot be read any more."""
    try:
        policy = rulebook.parse_policy(version.text)
    except rulebook.RulebookError:
        return ""
    if rulebook.is_own(policy):
        return ""
    sections = {title: tuple(places) for title, places in WRITTEN["sections"].get(version.model, {}).items()}
    people = {role: NamedContact(version.particulars.get(role) or "") for role in ("headteacher", "chair")}
    own = replace(
        policy,
        version=str(number),
        clauses=tuple(_changed(clause) for clause in policy.clauses),
        sections=sections,
        contacts={role: contact for role, contact in people.items() if contact.name},
        words_welsh=_welsh(policy, sections),
    )
    return rulebook.write_policy(rulebook.numbered(own))


def _welsh(policy: Policy, sections: dict[str, tuple[str, ...]]) -> dict[str, str]:
    if not policy.words_welsh:
        return {}
    titles = {title: WRITTEN["titles_welsh"][title] for title in sections if title in WRITTEN["titles_welsh"]}
    return {**titles, **{_changed(text): _changed(welsh) for text, welsh in policy.words_welsh.items()}}


def _changed(value: Any) -> Any:
    """Return a clause, or a part of one, without what the rulebook remarked about its source."""
    if isinstance(value, str):
        return WRITTEN["texts"].get(value, value)
    if isinstance(value, tuple):
        return tuple(map(_changed, value))
    if is_dataclass(value) and not isinstance(value, Condition | type):
        return replace(value, **{field.name: _changed(getattr(value, field.name)) for field in fields(value)})
    return value


def _log(apps: Any, head: Any, action: str, version: Any, details: dict[str, int]) -> None:
    if head is None:  # taken away: `audit verify` says so, and nothing is added to what cannot be trusted
        return
    entry = apps.get_model("audit", "Entry")(
        number=head.number + 1,
        at=timezone.now(),
        action=action,
        establishment=version.establishment_id,
        about=f"version:{version.pk}",
        details=details,
        previous=head.digest,
    )
    entry.digest = digest(entry)
    entry.save()
    head.number, head.digest = entry.number, entry.digest
    head.save()


class Migration(migrations.Migration):
    dependencies = [("policies", "0007_at_a_time"), ("audit", "0003_nothing_takes_the_place_of_an_entry")]
    # Nothing to undo: the texts of before are there, and the log can only be added to.
    operations = [migrations.RunPython(carry_over, migrations.RunPython.noop)]
