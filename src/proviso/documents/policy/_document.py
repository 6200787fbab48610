"""The policy itself on paper: a front page, the sections, and notes at the end."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext, override

from proviso.documents._blocks import Block, Document, Fields, Heading, Numbered, PageBreak, Paragraph, Table
from proviso.documents.policy._content import Approval, PolicyContent
from proviso.documents.policy._welsh import in_its_language
from proviso.documents.policy._words import day, document, spelled_out
from proviso.rules import rulebook
from proviso.rules.rulebook import PolicySection
from proviso.wording import contacts


def policy_document(content: PolicyContent) -> Document:
    """Return the policy: who approved it and when, whom to contact, every clause under its number, and notes."""
    with override(content.language):
        own = in_its_language(content)
        return document(own, own.policy.name, whole(own))


def whole(content: PolicyContent) -> list[Block]:
    """Return a policy from its front page to its notes, in the language that is set."""
    front = [*_head(content), *_approvals(content), *_contacts(content), *_communication(content)]
    return [*front, PageBreak(), *_clauses(content), *_notes(content)]


def _head(content: PolicyContent) -> Iterator[Block]:
    policy = content.policy
    pairs = [
        (gettext("Version"), str(content.number)),
        (gettext("Adopted on"), day(content.adopted_on) if content.adopted_on else gettext("not adopted: a draft")),
        (gettext("In force from"), day(content.in_force_from) if content.in_force_from else ""),
        (gettext("To be reviewed by"), day(content.review_due) if content.review_due else gettext("no date set")),
        (gettext("For"), spelled_out(policy, policy.covers)),
        (gettext("Questions to"), policy.ask),
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


def _contacts(content: PolicyContent) -> Iterator[Block]:
    named = contacts.contacts(content.policy)
    if named:
        yield Heading(gettext("Who to contact"))
        header = (gettext("Role"), gettext("Name"), gettext("Phone"), gettext("Email"))
        rows = tuple((each.role, each.name, each.phone, each.email) for each in named)
        yield Table(gettext("Who to contact, and how"), header, rows, (4, 4, 3, 5))


def _communication(content: PolicyContent) -> Iterator[Block]:
    pairs = (*contacts.channels(content.policy), *content.particulars)
    if pairs:
        yield Heading(gettext("How we communicate"))
        yield Fields(pairs)


def _clauses(content: PolicyContent) -> Iterator[Block]:
    for section in rulebook.sections(content.policy):
        yield Heading(_title(section))
        for clause in section.clauses:
            yield Numbered(clause.label, clause.text, "")


def _title(section: PolicySection) -> str:
    return f"{section.number} {section.title}".strip()


def _notes(content: PolicyContent) -> Iterator[Block]:
    policy = content.policy
    defined = [f"{capfirst(word)} ({policy.label(clause)})" for word, clause in policy.definitions.items()]
    pairs = [
        (gettext("Words that the policy explains"), "; ".join(defined)),
        (gettext("Read together with"), "; ".join(policy.related)),
        (gettext("Consulted"), "; ".join(content.consulted)),
        (gettext("Fingerprint of this text"), content.fingerprint),
    ]
    yield Heading(gettext("Notes"))
    yield Fields(tuple((name, value) for name, value in pairs if value))
