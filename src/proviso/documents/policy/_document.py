"""The policy itself on paper."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from django.utils.timezone import localtime
from django.utils.translation import gettext, override
from django.utils.translation import gettext_noop as _

from proviso.documents._blocks import Block, Document, Fields, Heading, Numbered, Paragraph, Table
from proviso.documents.policy._content import Approval, PolicyContent
from proviso.documents.policy._welsh import in_its_language
from proviso.documents.policy._words import day, document, heading, place, spelled_out
from proviso.rules import rulebook
from proviso.rules.norms import Clause

KINDS = {"amended": _("Changed"), "added": _("Added"), "switched_off": _("Switched off")}


def policy_document(content: PolicyContent) -> Document:
    """Return the policy: particulars, approval, what differs from the model, and every clause at its place."""
    with override(content.language):
        own = in_its_language(content)
        blocks = [*_particulars(own), *_approvals(own), *_variations(own), *_clauses(own)]
        return document(own, own.policy.name, blocks)


def _particulars(content: PolicyContent) -> Iterator[Block]:
    policy = content.policy
    pairs = [
        (gettext("Version"), str(content.number)),
        (gettext("Adopted on"), day(content.adopted_on) if content.adopted_on else gettext("not adopted: a draft")),
        (gettext("In force from"), day(content.in_force_from) if content.in_force_from else ""),
        (gettext("To be reviewed by"), day(content.review_due) if content.review_due else gettext("no date set")),
        (gettext("For"), spelled_out(policy, policy.covers)),
        (gettext("Questions to"), policy.ask),
        *content.particulars,
        (gettext("Read together with"), "; ".join(policy.related)),
        (gettext("Fingerprint of this text"), content.fingerprint),
    ]
    yield Fields(tuple((name, value) for name, value in pairs if value))


def _approvals(content: PolicyContent) -> Iterator[Block]:
    yield Heading(gettext("Approved by"))
    if not content.approvals:
        yield Paragraph(gettext("Nobody has approved this version yet."))
        return
    header = (gettext("Name"), gettext("Capacity"), gettext("Signed on"))
    rows = tuple((approval.name, approval.capacity, _signed(approval)) for approval in content.approvals)
    yield Table(gettext("Who approved this version"), header, rows, (3, 3, 2))


def _signed(approval: Approval) -> str:
    at = approval.signed_at
    return day(localtime(at).date() if at.tzinfo else at.date())


def _variations(content: PolicyContent) -> Iterator[Block]:
    if content.variations:
        yield Heading(gettext("What differs from the model"))
        header = (gettext("Clause"), gettext("What was done"), gettext("Reason"))
        places = {clause.id: clause.at for clause in content.policy.clauses}
        rows = tuple(
            (_named(varied.clause, places), gettext(KINDS.get(varied.kind, varied.kind)), varied.reason)
            for varied in content.variations
        )
        yield Table(gettext("Clauses that differ from the model"), header, rows, (3, 2, 6))


def _named(clause_id: str, places: dict[str, str]) -> str:
    return f"{places[clause_id]} [{clause_id}]" if clause_id in places else clause_id


def _clauses(content: PolicyContent) -> Iterator[Block]:
    policy = content.policy
    titles = rulebook.headings(policy)
    kinds = {varied.clause: gettext(KINDS.get(varied.kind, varied.kind)) for varied in content.variations}
    for title, group in groupby(policy.clauses, key=lambda clause: titles[clause.at]):
        yield Heading(heading(title))
        before = ""
        for clause in group:
            label = place(clause, title)
            yield Numbered("" if label == before else label, clause.text, _mark(clause, kinds))
            before = label


def _mark(clause: Clause, kinds: dict[str, str]) -> str:
    return f"{clause.id}, {kinds[clause.id]}" if clause.id in kinds else clause.id
