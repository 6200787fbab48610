"""The policy itself on paper."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from proviso.documents._content import Approval, PolicyDocument
from proviso.documents._sheet import Block, Fields, Heading, Numbered, Paragraph, Sheet, Table
from proviso.documents._wording import day, heading, place, sheet, spelled_out
from proviso.rules import rulebook
from proviso.rules.norms import Clause

KINDS = {"amended": _("Changed"), "added": _("Added"), "switched_off": _("Switched off")}


def policy_sheet(document: PolicyDocument) -> Sheet:
    """Return the policy: particulars, approval, what differs from the model, and every clause at its place."""
    blocks = [*_particulars(document), *_approvals(document), *_variations(document), *_clauses(document)]
    return sheet(document, document.policy.name, blocks)


def _particulars(document: PolicyDocument) -> Iterator[Block]:
    policy = document.policy
    pairs = [
        (gettext("Version"), str(document.number)),
        (gettext("Adopted on"), day(document.adopted_on) if document.adopted_on else gettext("not adopted: a draft")),
        (gettext("In force from"), day(document.in_force_from) if document.in_force_from else ""),
        (gettext("To be reviewed by"), day(document.review_due) if document.review_due else gettext("no date set")),
        (gettext("For"), spelled_out(policy, policy.covers)),
        (gettext("Questions to"), policy.ask),
        *document.particulars,
        (gettext("Read together with"), "; ".join(policy.related)),
        (gettext("Fingerprint of this text"), document.fingerprint),
    ]
    yield Fields(tuple((name, said) for name, said in pairs if said))


def _approvals(document: PolicyDocument) -> Iterator[Block]:
    yield Heading(gettext("Approved by"))
    if not document.approvals:
        yield Paragraph(gettext("Nobody has approved this version yet."))
        return
    header = (gettext("Name"), gettext("Capacity"), gettext("Signed on"))
    rows = tuple((one.name, one.capacity, _signed(one)) for one in document.approvals)
    yield Table(gettext("Who approved this version"), header, rows, (3, 3, 2))


def _signed(approval: Approval) -> str:
    at = approval.signed_at
    return day(localtime(at).date() if at.tzinfo else at.date())


def _variations(document: PolicyDocument) -> Iterator[Block]:
    if document.variations:
        yield Heading(gettext("What differs from the model"))
        header = (gettext("Clause"), gettext("What was done"), gettext("Reason"))
        places = {clause.id: clause.at for clause in document.policy.clauses}
        rows = tuple(
            (_named(one.clause, places), gettext(KINDS.get(one.kind, one.kind)), one.reason)
            for one in document.variations
        )
        yield Table(gettext("Clauses that differ from the model"), header, rows, (3, 2, 6))


def _named(clause_id: str, places: dict[str, str]) -> str:
    return f"{places[clause_id]} [{clause_id}]" if clause_id in places else clause_id


def _clauses(document: PolicyDocument) -> Iterator[Block]:
    policy = document.policy
    titles = rulebook.headings(policy)
    kinds = {one.clause: gettext(KINDS.get(one.kind, one.kind)) for one in document.variations}
    for title, group in groupby(policy.clauses, key=lambda clause: titles[clause.at]):
        yield Heading(heading(title))
        before = ""
        for clause in group:
            label = place(clause, title)
            yield Numbered("" if label == before else label, clause.text, _mark(clause, kinds))
            before = label


def _mark(clause: Clause, kinds: dict[str, str]) -> str:
    return f"{clause.id}, {kinds[clause.id]}" if clause.id in kinds else clause.id
