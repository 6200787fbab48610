"""Prepare a version: from a model, with its blanks filled and its clauses varied, each change with a reason."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from typing import cast

from django.db.models import Max
from django.utils.translation import gettext as _

from proviso.records.people.actors import Actor
from proviso.records.people.change import Change, change
from proviso.records.people.models import Establishment
from proviso.records.people.permissions import Hidden
from proviso.records.policies import policy_edits
from proviso.records.policies.models import Consultation, Variation, Version
from proviso.records.policies.models.versions import OPEN_STATES
from proviso.records.policies.services.errors import ChangedMeanwhile, NotPossible
from proviso.rules import rulebook
from proviso.rules.norms import Clause, Policy

State = Version.State


@dataclass(frozen=True)
class Model:
    """What a version is made from: a policy of the rulebook, or a version that a trust or authority published."""

    id: str
    text: str
    version: Version | None = None


def rulebook_model(policy_id: str) -> Model:
    """Return a rulebook policy as a model.

    Raises:
        Hidden: the rulebook has none of that id.
    """
    if policy_id not in rulebook.policy_ids():
        raise Hidden(policy_id)
    return Model(policy_id, rulebook.write_policy(rulebook.source(policy_id)))


def published_model(version: Version) -> Model:
    return Model(version.model, version.text, version)


def start_version(actor: Actor, establishment: Establishment, model: Model, *, now: datetime) -> Version:
    """Begin a version from a model, or the next version from the one in force where they are the same line.

    Raises:
        NotPossible: another version is being prepared.
    """
    with change(actor, "version.started", establishment, now) as started:
        policy = policy_edits.parsed(model.text)
        version = _next_number(actor, started.record, now)
        version.model, version.model_version, version.model_text = model.id, model.version, model.text
        version.fixed_clauses = model.version.fixed_clauses if model.version else []
        _begin(started, version, policy)
        started.details |= {"version": version.number, "model": policy.establishment}
        return version


def start_next_version(actor: Actor, establishment: Establishment, *, now: datetime) -> Version:
    """Begin the next version from the latest adopted one, its variations with it.

    Raises:
        NotPossible: another version is being prepared, or none was ever adopted.
    """
    with change(actor, "version.started", establishment, now) as started:
        version = _next_number(actor, started.record, now)
        previous = version.previous
        if previous is None:
            raise NotPossible(_("No version has been adopted yet. Start from a model."))
        version.model, version.model_version = previous.model, previous.model_version
        version.model_text, version.fixed_clauses = previous.model_text, previous.fixed_clauses
        version.particulars = dict(previous.particulars)
        _begin(started, version, policy_edits.parsed(previous.text))
        Variation.objects.bulk_create(_carried(previous, version))
        started.details |= {
            "version": version.number,
            "model": _("version %(number)s") % {"number": previous.number},
        }
        return version


def _next_number(actor: Actor, establishment: Establishment, now: datetime) -> Version:
    """Return a version under the next number, if none is being prepared."""
    prepared = establishment.versions.filter(state__in=OPEN_STATES).first()
    if prepared:
        raise NotPossible(
            _("Version %(number)s is already being prepared. Finish or discard it before you start another.")
            % {"number": prepared.number}
        )
    last = establishment.versions.aggregate(last=Max("number"))["last"] or 0
    previous = Version.objects.latest_adopted(establishment)
    return Version(
        establishment=establishment,
        number=last + 1,
        previous=previous,
        change=Version.Change.MATERIAL if previous else Version.Change.FIRST,
        prepared_by=actor.person,
        prepared_at=now,
    )


def _begin(started: Change[Establishment], version: Version, policy: Policy) -> None:
    version.text = policy_edits.written(policy_edits.headed(policy, _head(version, started.now.date())))
    version.fingerprint = rulebook.fingerprint(version.text)
    started.add(version)


def _carried(previous: Version, version: Version) -> Iterator[Variation]:
    for variation in previous.variations.all():
        yield Variation(
            version=version,
            clause=variation.clause,
            kind=variation.kind,
            reason=variation.reason,
            by_id=variation.by_id,
            at=variation.at,
        )


def _head(version: Version, dated: date) -> policy_edits.Head:
    establishment = version.establishment
    return policy_edits.Head(
        slug=establishment.slug,
        establishment=establishment.name,
        nation=establishment.nation,
        number=version.number,
        dated=version.in_force_from or dated,
        review_on=version.review_on,
        ask=version.particulars.get("ask", ""),
        details=version.particulars,
    )


@contextmanager
def _edit(actor: Actor, action: str, version: Version, edition: int, now: datetime) -> Iterator[Change[Version]]:
    """Change a draft of which the actor saw this edition.

    Raises:
        ChangedMeanwhile: somebody else changed the draft since it was shown.
        NotPossible: not a draft any more.
    """
    with change(actor, action, version, now) as edit:
        if edit.record.edition != edition:
            raise ChangedMeanwhile(edit.record)
        edit.details["version"] = edit.record.number
        yield edit


@dataclass(frozen=True)
class Particulars:
    """The blanks of a policy, filled in: days, people with how they are reached at work, channels, and texts.

    `agreed` are the channels agreed for contact with pupils and families, by name, one a line. What ends with
    `_welsh` is the Welsh of the text before it.
    """

    in_force_from: date
    review_on: date | None
    headteacher: str = ""
    headteacher_phone: str = ""
    headteacher_email: str = ""
    dsl: str = ""
    dsl_phone: str = ""
    dsl_email: str = ""
    chair: str = ""
    chair_phone: str = ""
    chair_email: str = ""
    safeguarding_governor: str = ""
    safeguarding_governor_phone: str = ""
    safeguarding_governor_email: str = ""
    school_phone: str = ""
    school_email: str = ""
    website: str = ""
    agreed: str = ""
    ask: str = ""
    channels: str = ""
    equipment: str = ""
    establishment_welsh: str = ""
    ask_welsh: str = ""
    channels_welsh: str = ""
    equipment_welsh: str = ""

    def texts(self) -> dict[str, str]:
        """Return all but the days, as a version keeps them: only what was filled in."""
        given = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: text.strip() for name, text in given.items() if isinstance(text, str) and text.strip()}


def fill_particulars(
    actor: Actor, version: Version, edition: int, particulars: Particulars, *, now: datetime
) -> Version:
    """Fill in the blanks of a draft.

    Raises:
        ChangedMeanwhile: somebody else changed the draft since it was shown.
        NotPossible: not a draft any more, or a review date that is not after the first day.
    """
    with _edit(actor, "version.particulars", version, edition, now) as edit:
        draft = edit.record
        if particulars.review_on and particulars.review_on <= particulars.in_force_from:
            raise NotPossible(
                {"review_on": _("The review date must be after the day on which the policy comes into force.")}
            )
        draft.in_force_from, draft.review_on = particulars.in_force_from, particulars.review_on
        draft.particulars = particulars.texts()
        _rewrite(draft, lambda policy: policy_edits.headed(policy, _head(draft, now.date())))
    return draft


@dataclass(frozen=True)
class ClauseChange:
    """A clause as it shall read, and why."""

    clause: Clause
    reason: str


def change_clause(
    actor: Actor, version: Version, edition: int, clause_change: ClauseChange, *, now: datetime
) -> Version:
    """Let a clause of a draft read otherwise.

    Raises:
        ChangedMeanwhile: somebody else changed the draft since it was shown.
        NotPossible: not a draft any more, a clause that the model fixes, or no reason.
        RulebookError: a clause that the clause language does not allow, with every fault.
    """
    clause = clause_change.clause
    with _edit(actor, "version.clause_changed", version, edition, now) as edit:
        _check_free(edit.record, clause.id)
        _rewrite(edit.record, lambda policy: policy_edits.amended(policy, clause))
        kind = Variation.Kind.ADDED if _is_own(edit.record, clause.id) else Variation.Kind.AMENDED
        _vary(edit, clause.id, kind, clause_change.reason)
    return edit.record


def add_clause(actor: Actor, version: Version, edition: int, clause_change: ClauseChange, *, now: datetime) -> Clause:
    """Add a clause of one's own to a draft, under an id that was never used before; return it. Errors as above."""
    with _edit(actor, "version.clause_added", version, edition, now) as edit:
        taken = edit.record.establishment.versions.values_list("text", flat=True)
        clause = replace(clause_change.clause, id=policy_edits.own_id(taken))
        _rewrite(edit.record, lambda policy: policy_edits.extended(policy, clause))
        _vary(edit, clause.id, Variation.Kind.ADDED, clause_change.reason)
    return clause


@dataclass(frozen=True)
class SwitchOff:
    """A clause, by its id, that shall be left out, and why."""

    clause: str
    reason: str


def switch_clause_off(actor: Actor, version: Version, edition: int, switch_off: SwitchOff, *, now: datetime) -> Version:
    """Leave a clause out of a draft; one of one's own is taken back. Errors as for `change_clause`."""
    with _edit(actor, "version.clause_switched_off", version, edition, now) as edit:
        _check_free(edit.record, switch_off.clause)
        if _is_own(edit.record, switch_off.clause):
            edit.nothing()  # what is logged is that it is taken back
            return restore_clause(actor, edit.record, edition, switch_off.clause, now=now)
        _rewrite(edit.record, lambda policy: policy_edits.without(policy, switch_off.clause))
        _vary(edit, switch_off.clause, Variation.Kind.SWITCHED_OFF, switch_off.reason)
    return edit.record


def restore_clause(actor: Actor, version: Version, edition: int, clause_id: str, *, now: datetime) -> Version:
    """Take a variation back: the clause reads as the model has it; one of one's own goes. Errors as above."""
    with _edit(actor, "version.clause_restored", version, edition, now) as edit:
        model = policy_edits.parsed(edit.record.model_text)
        _rewrite(edit.record, lambda policy: policy_edits.restored(policy, model, clause_id))
        edit.record.variations.filter(clause=clause_id).delete()
        edit.details["clause"] = clause_id
    return edit.record


@dataclass(frozen=True)
class ConsultationDetails:
    """Who was consulted, when, and what they said."""

    body: str
    consulted_on: date
    note: str = ""


def record_consultation(actor: Actor, version: Version, details: ConsultationDetails, *, now: datetime) -> Consultation:
    """Record who was consulted on a version being prepared, when, and what they said.

    Raises:
        NotPossible: it is not being prepared any more.
        ValidationError: no body, or one with too long a name.
    """
    with change(actor, "version.consulted", version, now) as consulted:
        consultation = Consultation(
            version=consulted.record,
            body=details.body,
            consulted_on=details.consulted_on,
            note=details.note,
            by=actor.person,
        )
        consultation.full_clean()
        consulted.details |= {"version": consulted.record.number, "body": details.body}
        consultation.save(force_insert=True)  # the log tells it of the version
    return consultation


@dataclass(frozen=True)
class Description:
    """What kind of change a version is (see `Version.Change`), and in a sentence or two what changes."""

    change: str
    summary: str


def describe_change(
    actor: Actor, version: Version, edition: int, description: Description, *, now: datetime
) -> Version:
    """Say whether a version is a material change or a correction, and in a sentence what changes.

    Raises:
        ChangedMeanwhile: somebody else changed the draft since it was shown.
        NotPossible: not a draft any more, the first version, or no sentence.
    """
    with _edit(actor, "version.described", version, edition, now) as edit:
        draft = edit.record
        if (description.change == Version.Change.FIRST) != (draft.previous_id is None):
            raise NotPossible(_("Only a policy’s first version can be marked “The first version”, and it must be."))
        if not description.summary.strip():
            raise NotPossible({"summary": _("Say in a sentence or two what changes.")})
        draft.change, draft.summary = description.change, description.summary.strip()
        draft.edition += 1
        edit.details |= {"change": draft.change, "summary": draft.summary}
    return draft


def discard_version(actor: Actor, version: Version, *, now: datetime) -> Version:
    """Give a version up that is being prepared. It stays on record.

    Raises:
        NotPossible: it is not being prepared any more.
    """
    with change(actor, "version.discarded", version, now) as discard:
        discard.record.in_force_from = None
        discard.details["version"] = discard.record.number
    return discard.record


def _check_free(draft: Version, clause_id: str) -> None:
    if clause_id in draft.fixed_clauses:
        raise NotPossible(_("The model that this policy is made from does not let schools vary this clause."))


def _is_own(draft: Version, clause_id: str) -> bool:
    return draft.variations.filter(clause=clause_id, kind=Variation.Kind.ADDED).exists()


def _rewrite(draft: Version, rewritten: Callable[[Policy], Policy]) -> None:
    draft.text = policy_edits.written(rewritten(policy_edits.parsed(draft.text)))
    draft.fingerprint = rulebook.fingerprint(draft.text)
    draft.edition += 1


def _vary(edit: Change[Version], clause_id: str, kind: str, reason: str) -> None:
    if not reason.strip():
        raise NotPossible(
            {"reason": _("Say why. The people who approve it and the people who review it next will read this.")}
        )
    Variation.objects.update_or_create(
        version=edit.record,
        clause=clause_id,
        defaults={"kind": kind, "reason": reason.strip(), "by": cast(Actor, edit.actor).person, "at": edit.now},
    )
    edit.details |= {"clause": clause_id, "reason": reason}
