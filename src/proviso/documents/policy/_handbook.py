"""A section for the staff handbook: what binds those who work at the school, in short."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.text import capfirst
from django.utils.translation import gettext, override
from django.utils.translation import gettext_noop as _

from proviso.documents._blocks import Block, Bullet, Document, Heading, Paragraph, Table
from proviso.documents.policy._content import PolicyContent
from proviso.documents.policy._welsh import in_its_language
from proviso.documents.policy._words import document
from proviso.rules.norms import Clause, Force, Norm, Policy
from proviso.rules.rulebook import vocabulary
from proviso.wording import phrases

LEADS = {
    Force.PROHIBITED: _("Not allowed."),
    Force.DISCOURAGED: _("Better not."),
    Force.CAUTION: _("Take care."),
    Force.PERMITTED: _("Allowed."),
    Force.PRINCIPLE: _("Keep in mind."),
    Force.REQUIRED: _("To be done."),
}
_ORDER = list(LEADS)


def handbook_section(content: PolicyContent) -> Document:
    """Return what staff may and may not do by topic, what they do unasked, what happens when, and whom to ask."""
    with override(content.language):
        own = in_its_language(content)
        policy = own.policy
        blocks = [*_asking(policy), *_conduct(policy), *_tasks(policy), *_happenings(policy)]
        return document(own, gettext("Social media: a section for the staff handbook"), blocks)


def _asking(policy: Policy) -> Iterator[Block]:
    names = {"policy": policy.name, "ask": policy.ask}
    yield Paragraph(
        gettext(
            "This section sums up “%(policy)s” for those who work here. What the policy itself says counts; the "
            "numbers in brackets are its sections. If you are not sure, ask before you act: %(ask)s."
        )
        % names
    )


def _conduct(policy: Policy) -> Iterator[Block]:
    by_topic: dict[str, list[Clause]] = {}
    for clause in policy.clauses:
        if _force(clause, policy) is not None:
            by_topic.setdefault(clause.topics[0] if clause.topics else "", []).append(clause)
    yield Heading(gettext("What you may and may not do"))
    if not by_topic:
        yield Paragraph(gettext("The policy does not mention this."))
    for topic, clauses in by_topic.items():
        yield Heading(capfirst(phrases.topic(topic)) if topic else gettext("Otherwise"), 2)
        for clause in sorted(clauses, key=lambda clause: _ORDER.index(_force(clause, policy) or Force.REQUIRED)):
            lead = LEADS[_force(clause, policy) or Force.REQUIRED]
            yield Bullet(gettext(lead), clause.text, clause.label)


def _force(clause: Clause, policy: Policy) -> Force | None:
    """Return the force by which a clause says what staff may do; None where it does not."""
    conduct = [norm for norm in clause.norms if _is_of_staff(norm, policy) and not _has_happened(norm, policy)]
    if not conduct or not _staff() & {*policy.expand(clause.who)}:
        return None
    return Force(clause.force) if clause.force in tuple(Force) else conduct[0].force


def _staff() -> set[str]:
    return {*vocabulary().values_with("who", "staff")}


def _is_of_staff(norm: Norm, policy: Policy) -> bool:
    who = policy.expand(dict(norm.when.values).get("who", ()))
    return not who or bool(_staff() & {*who})


def _has_happened(norm: Norm, policy: Policy) -> bool:
    acts = policy.expand(dict(norm.when.values).get("act", ()))
    return bool(acts) and all(map(vocabulary().has_happened, acts))


def _tasks(policy: Policy) -> Iterator[Block]:
    rows = []
    for clause in policy.clauses:
        for task in clause.duties:
            if _staff() & {*policy.expand(task.who)}:
                often = gettext("%(when)s, then every %(every)s") % {"when": task.when, "every": task.every}
                rows.append((task.what, capfirst(often if task.every else task.when), clause.label))
    if rows:
        yield Heading(gettext("What you do without being asked"))
        header = (gettext("What"), gettext("When"), gettext("Clause"))
        yield Table(gettext("Tasks of those who work here"), header, tuple(rows), (6, 3, 2))


def _happenings(policy: Policy) -> Iterator[Block]:
    """Yield what is done when something happens: the steps of procedures, and duties that have none."""
    rows = []
    for clause in policy.clauses:
        rows += [
            (capfirst(step.on), capfirst(step.who), step.what, capfirst(step.by or ""), clause.label)
            for step in clause.procedure
        ]
    yield Heading(gettext("When something happens"))
    own = list(_unstepped(policy))
    if not rows and not own:
        yield Paragraph(gettext("The policy does not say what is to be done. Tell the person named above at once."))
    yield from own
    if rows:
        header = (gettext("When"), gettext("Who"), gettext("What"), gettext("By when"), gettext("Clause"))
        yield Table(gettext("Who does what when something happens"), header, tuple(rows), (5, 3, 6, 3, 2))


def _unstepped(policy: Policy) -> Iterator[Block]:
    for clause in policy.clauses:
        required = [norm for norm in clause.norms if norm.force is Force.REQUIRED and _has_happened(norm, policy)]
        mine = dict.fromkeys(norm.what for norm in required if norm.what and not norm.of and _is_of_staff(norm, policy))
        if mine and not clause.procedure:
            yield Bullet(" ".join(f"{what.rstrip('.')}." for what in mine), clause.text, clause.label)
