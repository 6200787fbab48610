"""Changes to the text of a policy: clauses amended, added and switched off, and the head filled in. Pure."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from proviso.rules import rulebook
from proviso.rules.norms import Clause, Condition, Force, NamedContact, Norm, Policy

OWN = "OWN-"


@dataclass(frozen=True)
class Head:
    """What the head of an establishment's own policy says; `details` as in `Particulars`, each under its name."""

    slug: str
    establishment: str
    nation: str
    number: int
    dated: date
    review_on: date | None
    ask: str
    details: Mapping[str, str] = field(default_factory=dict)


def parsed(text: str) -> Policy:
    """Return the policy that a version's text holds.

    Raises:
        RulebookError: a text that is not valid, with every fault.
    """
    return rulebook.parse_policy(text)


def written(policy: Policy) -> str:
    """Return a policy's text, its clauses numbered, after reading it back: no fault ever reaches a version.

    Nor do the rulebook's remarks about the document that the model comes from.

    Raises:
        RulebookError: every fault of the policy.
    """
    text = rulebook.write_policy(rulebook.numbered(_without_source_notes(policy)))
    rulebook.parse_policy(text)
    return text


def _without_source_notes(policy: Policy) -> Policy:
    notes = {clause.source_note for clause in policy.clauses}
    return replace(
        policy,
        clauses=tuple(replace(clause, source_note=None) for clause in policy.clauses),
        words_welsh={text: welsh for text, welsh in policy.words_welsh.items() if text not in notes},
    )


def headed(policy: Policy, head: Head) -> Policy:
    """Return a policy under an establishment's own head; a model policy becomes a policy."""
    name = re.sub(r"^Model policy\b", "Policy", policy.name)
    own = _with_channels(replace(policy, channels=_channels(head.details)))
    return replace(
        own,
        id=head.slug,
        name=name,
        establishment=head.establishment,
        nation=head.nation,
        kind="policy" if policy.kind == "model policy" else policy.kind,
        version=str(head.number),
        dated=head.dated,
        review_due=head.review_on,
        ask=head.ask or policy.ask,
        contacts=_contacts(head.details),
        words_welsh={**policy.words_welsh, **_welsh(head)},
    )


PEOPLE = ("headteacher", "dsl", "chair", "safeguarding_governor")
WELSH = ("ask", "channels", "equipment")
CHANNELS_CLAUSE = "OWN-channels"
CHANNELS_SECTION = "Agreed channels"


def _contacts(details: Mapping[str, str]) -> dict[str, NamedContact]:
    people = {
        role: NamedContact(details.get(role, ""), details.get(f"{role}_phone", ""), details.get(f"{role}_email", ""))
        for role in PEOPLE
    }
    office = NamedContact("", details.get("school_phone", ""), details.get("school_email", ""))
    return {role: contact for role, contact in (*people.items(), ("school", office)) if contact != NamedContact()}


def _channels(details: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Return what an establishment calls its ways of communicating, by value of `through`."""
    named = {
        "agreed_channel": tuple(dict.fromkeys(filter(None, map(str.strip, details.get("agreed", "").splitlines())))),
        "school_contact": tuple(filter(None, (details.get("school_phone"), details.get("school_email")))),
        "official_channel": tuple(filter(None, (details.get("website"),))),
    }
    return {way: names for way, names in named.items() if names}


def _welsh(head: Head) -> dict[str, str]:
    """Return the Welsh of what an establishment filled in, by the English."""
    given = {"ask": head.ask, **{name: head.details.get(name, "") for name in ("channels", "equipment")}}
    pairs = {given[name]: head.details.get(f"{name}_welsh", "") for name in WELSH}
    pairs[head.establishment] = head.details.get("establishment_welsh", "")
    return {english: welsh for english, welsh in pairs.items() if english and welsh}


def _with_channels(policy: Policy) -> Policy:
    """Return a policy with a clause that names the channels which its establishment has agreed, if there are any."""
    agreed = policy.channels.get("agreed_channel", ())
    kept = tuple(clause for clause in policy.clauses if clause.id != CHANNELS_CLAUSE)
    sections = {title: places for title, places in policy.sections.items() if title != CHANNELS_SECTION}
    if not agreed:
        return replace(policy, clauses=kept, sections=sections)
    titles = list(sections)
    titles[-1:-1] = [CHANNELS_SECTION]  # before how the policy is approved and reviewed, which ends it
    words = (
        {**policy.words_welsh, CHANNELS_SECTION: "Sianeli y cytunwyd arnynt"}
        if policy.has_welsh
        else policy.words_welsh
    )
    return replace(
        policy,
        clauses=(*kept, _channels_clause(policy, agreed)),
        sections={title: sections.get(title, ()) for title in titles},
        words_welsh=words,
    )


def _channels_clause(policy: Policy, agreed: Sequence[str]) -> Clause:
    names = ", ".join(agreed)
    condition = Condition(
        (
            ("who", policy.covers),
            ("act", ("communicate",)),
            ("with", ("pupil", "parent", "family")),
            ("through", ("agreed_channel",)),
        )
    )
    return Clause(
        id=CHANNELS_CLAUSE,
        at=CHANNELS_SECTION,
        who=policy.covers,
        force=Force.PERMITTED.value,
        text=(
            "For work, pupils, parents and carers may be contacted through channels that the school has agreed: "
            f"{names}. Where another section of this policy is stricter, it counts."
        ),
        welsh=(
            "At ddibenion gwaith, gellir cysylltu â disgyblion, rhieni a gofalwyr trwy sianeli y mae'r ysgol wedi "
            f"cytuno arnynt: {names}. Lle mae adran arall o'r polisi hwn yn llymach, honno sy'n cyfrif."
            if policy.has_welsh
            else None
        ),
        topics=("agreed-channels",),
        runs=("rule",),
        norms=(Norm(Force.PERMITTED, condition),),
    )


def amended(policy: Policy, clause: Clause) -> Policy:
    """Return a policy in which a clause reads otherwise."""
    policy.clause(clause.id)
    return replace(policy, clauses=tuple(clause if other.id == clause.id else other for other in policy.clauses))


def extended(policy: Policy, clause: Clause, after: str = "") -> Policy:
    """Return a policy with one clause more, at the end or after another clause."""
    clauses = list(policy.clauses)
    place = next((n + 1 for n, other in enumerate(clauses) if other.id == after), len(clauses))
    clauses.insert(place, clause)
    return replace(policy, clauses=tuple(clauses))


def without(policy: Policy, clause_id: str) -> Policy:
    """Return a policy without a clause, and without what pointed at it."""
    policy.clause(clause_id)
    kept = tuple(_unpointed(other, clause_id) for other in policy.clauses if other.id != clause_id)
    return replace(
        policy,
        clauses=kept,
        covered_by=tuple(covering for covering in policy.covered_by if covering != clause_id),
        definitions={word: defining for word, defining in policy.definitions.items() if defining != clause_id},
    )


def _unpointed(clause: Clause, gone: str) -> Clause:
    if not any(gone in norm.overrides for norm in clause.norms):
        return clause
    norms = tuple(
        replace(norm, overrides=tuple(beaten for beaten in norm.overrides if beaten != gone)) for norm in clause.norms
    )
    return replace(clause, norms=norms)


def restored(policy: Policy, model: Policy, clause_id: str) -> Policy:
    """Return a policy in which a clause reads as its model has it, at the model's place; an own clause goes."""
    ids = [other.id for other in model.clauses]
    if clause_id not in ids:
        return without(policy, clause_id)
    if any(other.id == clause_id for other in policy.clauses):
        return amended(policy, model.clause(clause_id))
    present = {other.id for other in policy.clauses}
    before = [earlier for earlier in ids[: ids.index(clause_id)] if earlier in present]
    if not before:
        put = replace(policy, clauses=(model.clause(clause_id), *policy.clauses))
    else:
        put = extended(policy, model.clause(clause_id), before[-1])
    put = replace(put, clauses=tuple(_pointed(other, model, clause_id) for other in put.clauses))
    return replace(
        put,
        covered_by=tuple(covering for covering in model.covered_by if covering in {*policy.covered_by, clause_id}),
        definitions={
            word: defining for word, defining in model.definitions.items() if defining in {*present, clause_id}
        },
    )


def _pointed(clause: Clause, model: Policy, back: str) -> Clause:
    """Return a clause that only lost its priority over the clause that comes back as the model has it."""
    theirs = next((other for other in model.clauses if other.id == clause.id), None)
    lost = replace(clause, number="")
    return theirs if theirs is not None and _unpointed(theirs, back) == lost else clause


def own_id(texts: Iterable[str]) -> str:
    """Return an id for a clause of one's own which none of an establishment's versions has used."""
    used = {int(number) for text in texts for number in re.findall(rf"^- id: {OWN}(\d+)$", text, re.M)}
    return f"{OWN}{max(used, default=0) + 1}"
