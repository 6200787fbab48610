"""What protects a child now, as answers show it too: one source, the national baseline; and the complaints route."""

from collections.abc import Collection, Mapping
from datetime import date

from proviso.records.people.actors import Public
from proviso.records.people.models import Establishment
from proviso.records.policies.compiled import compiled_policy
from proviso.records.policies.selectors.versions import public_version
from proviso.rules import rulebook
from proviso.rules.norms import CompiledPolicy, NamedContact, Policy, first, supposed
from proviso.web import clauses
from proviso.web.clauses import Card
from proviso.wording import protection, whom_to_ask
from proviso.wording.clauses import QuotedClause, quotations
from proviso.wording.protection import ContactInWords, DoNow

REACH = ("999", "childline")
COMPLAINTS = "complaints-online"


def book_of(establishment: Establishment, on: date) -> CompiledPolicy | None:
    """Return the policy in force, where there is one."""
    version = public_version(Public(on), establishment.slug)
    return compiled_policy(version) if version else None


def do_now(establishment: Establishment, who: str, harms: Collection[str], on: date) -> DoNow | None:
    """Return what to do at once where there are signs of harm; the school's own people stand in it by name."""
    book = rulebook.baseline(establishment.nation, on)
    known = set(book.vocabulary.facts["harm"].values)
    facts = {"who": [who], "harm": [each for each in harms if each in known], "act": []}
    given = supposed(book.vocabulary, book.vocabulary.situation(facts))
    ruling = book.rule_bits(given.yes, given.no, on)
    return protection.do_now(ruling, first(ruling), _named(establishment, on))


def _named(establishment: Establishment, on: date) -> Mapping[str, NamedContact]:
    book = book_of(establishment, on)
    return whom_to_ask.named_contacts(book.policy) if book else {}


def in_reach(establishment: Establishment) -> list[ContactInWords]:
    """Return whom to call, on each page of the way."""
    return protection.contacts_in_words(REACH, establishment.nation)


def complaint_card(establishment: Establishment, who: str, on: date) -> Card | None:
    """Return the clause of the policy on complaints that speaks to the reader, or else one that speaks to anybody."""
    book = book_of(establishment, on)
    if book is None:
        return None
    found = [clause for clause in book.policy.clauses if COMPLAINTS in clause.topics]
    own = [clause for clause in found if who in book.policy.expand(clause.who)]
    chosen = next(iter([*own, *found]), None)
    return clauses.card(chosen, book.policy) if chosen else None


def complaint_baseline(establishment: Establishment, on: date) -> list[QuotedClause]:
    """Return what the baseline says on complaints."""
    policy: Policy = rulebook.baseline(establishment.nation, on).policy
    ids = [clause.id for clause in policy.clauses if COMPLAINTS in clause.topics]
    return [*quotations(policy, ids).values()]


def clause_card(establishment: Establishment, clause: str, on: date) -> Card | None:
    """Return a clause of the policy in force by its id."""
    book = book_of(establishment, on)
    written = next((each for each in book.policy.clauses if each.id == clause), None) if book else None
    return clauses.card(written, book.policy) if book and written else None


def baseline_quote(establishment: Establishment, clause: str, on: date) -> QuotedClause | None:
    """Return a clause of the baseline by its id."""
    policy = rulebook.baseline(establishment.nation, on).policy
    return quotations(policy, [clause]).get(clause) if any(each.id == clause for each in policy.clauses) else None
