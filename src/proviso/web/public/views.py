"""One function for each page: it reads the address, asks the rooms below and renders."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from proviso.records.people.actors import Public
from proviso.records.policies import compiled
from proviso.records.policies.models import Version
from proviso.records.policies.selectors.acknowledgements import signed_before
from proviso.records.policies.selectors.versions import establishments_found, public_establishments, public_version
from proviso.rules import rulebook
from proviso.rules.asking import LONGEST, QuestionError, search
from proviso.rules.norms import CompiledPolicy, Policy, nearest
from proviso.web import clauses
from proviso.web.kit import paging
from proviso.web.kit.requests import actor_of
from proviso.web.policies import differences, documents
from proviso.web.public import answers, examples, guided_questions, published_policies
from proviso.web.public.answers import AnswerPage
from proviso.web.public.declared_ties import DeclaredTie, ties_beside
from proviso.web.public.errors import UnknownClauseError
from proviso.web.public.question_url import Address, printable, read
from proviso.web.public.readers import Reader, reader_of
from proviso.wording import clauses as wording_clauses
from proviso.wording import contacts, localised, phrases, references, situations

ON_A_PAGE = 20
ME = "me"


def choose(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    find = printable(request.GET.get("find", ""))[:100].strip()
    everywhere = public_establishments(Public(today))
    schools = paging.page_of(request, establishments_found(Public(today), find) if find else everywhere, ON_A_PAGE)
    actor = actor_of(request)
    shown = {
        "own": actor.establishments if actor and not find else (),
        "shelved": published_policies.shelved(today),
        "schools": schools,
        "paging": paging.pagination(schools, lambda number: paging.link(request, number)),
        "find": find,
        "demonstration": settings.DEMONSTRATION,
    }
    return render(request, "choose.html", shown)


def ask(request: HttpRequest, policy: str) -> HttpResponse:
    book = published_policies.book(policy, timezone.localdate())
    return _asking(request, book, read(request.GET, rulebook.vocabulary()))


def _asking(request: HttpRequest, book: CompiledPolicy, address: Address, error: str = "") -> HttpResponse:
    reader = reader_of(request, book.policy, address.role)
    shown = {
        "question": address.question,
        "reader": reader,
        "reader_words": phrases.one_person("who", reader.roles),
        "steps": Address(role=reader.role).link("steps", book.policy.id),
        "examples": examples.questions(book.policy.id),
        "longest": LONGEST,
        "failed": error,
    }
    return _page(request, "ask.html", book, "ask", shown, status=400 if error else 200)


def answer(request: HttpRequest, policy: str) -> HttpResponse:
    book = published_policies.book(policy, timezone.localdate())
    address = read(request.GET, book.vocabulary)
    if not address.facts and not address.clauses and "q" not in request.GET:
        return redirect("public:ask", policy)
    reader = reader_of(request, book.policy, address.role)
    address = replace(address, role=reader.role)
    try:
        answered = address.answer(book, timezone.localdate())
    except QuestionError:
        return _asking(request, book, address, _question_error(address.question))
    if not address.question and not answered.information and "act" not in answered.facts:
        return redirect(address.link("steps", policy))
    if address.asked and not address.unanswered:
        return redirect(address.link("answer", policy))
    page = answers.page(answered, address, reader, failed=bool(address.unanswered))
    ties = ties_beside(actor_of(request), answered, reader.role)
    return answer_response(request, page, book, reader, ties)


def answer_response(
    request: HttpRequest, page: AnswerPage, book: CompiledPolicy, reader: Reader, ties: Sequence[DeclaredTie] = ()
) -> HttpResponse:
    """Render an answer as its kind is shown."""
    shown = {
        "page": page,
        "declared_ties": ties,
        "reader": reader,
        "step": page.question,
        "failed": bool(page.question and page.question.error),
        "examples": examples.questions(book.policy.id) if page.kind == "outside" else (),
    }
    return _page(request, f"answers/{page.kind}.html", book, "ask", shown)


def step(request: HttpRequest, policy: str) -> HttpResponse:
    book = published_policies.book(policy, timezone.localdate())
    address = read(request.GET, book.vocabulary)
    reader = reader_of(request, book.policy, address.role)
    address = replace(address, role=reader.role, clauses=())
    ruled = address.ruled(book, timezone.localdate())
    if address.asked and not address.unanswered:
        return redirect(address.link(address.then or "steps", policy))
    fact = address.unanswered or address.ask or guided_questions.next_fact(ruled)
    if fact is None:
        return redirect(address.link("check", policy))
    back, before = guided_questions.back(address, fact)
    shown = {
        "reader": reader,
        "step": guided_questions.question(fact, ruled, address, failed=bool(address.unanswered)),
        "failed": bool(address.unanswered),
        "back": address.link(back, policy, **({"ask": before} if before else {})),
    }
    return _page(request, "step.html", book, "steps", shown)


def check(request: HttpRequest, policy: str) -> HttpResponse:
    book = published_policies.book(policy, timezone.localdate())
    address = read(request.GET, book.vocabulary)
    reader = reader_of(request, book.policy, address.role)
    address = replace(address, role=reader.role, clauses=())
    ruled = address.ruled(book, timezone.localdate())
    if guided_questions.next_fact(ruled):
        return redirect(address.link("steps", policy))
    shown = {
        "reader": reader,
        "rows": guided_questions.rows(situations.understood(ruled), address, book.policy, "check"),
        "back": address.link("steps", policy, ask=list(address.facts)[-1]),
        "answer": address.link("answer", policy),
    }
    return _page(request, "check.html", book, "steps", shown)


def policy(request: HttpRequest, policy: str) -> HttpResponse:
    book = published_policies.book(policy, timezone.localdate())
    version = public_version(Public(timezone.localdate()), policy)
    find = printable(request.GET.get("find", ""))[:100].strip()
    reader = reader_of(request, book.policy)
    roles = _roles_read_for(request.GET.get("for", ""), reader, book.policy)
    found = clauses.sections(
        book,
        timezone.localdate(),
        find,
        _search,
        keep=lambda clause: not roles or clauses.speaks_to(clause, book.policy, roles),
    )
    shown = {
        "sections": found,
        "for": request.GET.get("for", "") if roles else "",
        "for_words": phrases.one_person("who", roles) if roles else "",
        "me": phrases.one_person("who", reader.roles) if reader.is_signed_in else "",
        "readers": [
            (role, phrases.one_person("who", (role,))) for role in sorted(book.policy.expand(book.policy.covers))
        ],
        "all": len(book.policy.clauses),
        "since_signed": _since_signed(request, version),
        "find": find,
        "count": sum(len(section.cards) for section in found),
        "overdue": published_policies.overdue(book.policy, timezone.localdate()),
        "binds": phrases.spelled_out(book.policy, book.policy.covers),
        "groups": wording_clauses.groups(book.policy),
        "definitions": clauses.definitions(book.policy),
        "related": book.policy.related,
        "version": version,
        "particulars": documents.particulars(version) if version else (),
        "contacts": contacts.contacts(book.policy),
        "channels": contacts.channels(book.policy),
    }
    return _page(request, "policy.html", book, "policy", shown)


def _roles_read_for(asked: str, reader: Reader, policy: Policy) -> tuple[str, ...]:
    """Return for whom a policy is shown: nobody in particular, the reader, or somebody whom it covers."""
    if asked == ME:
        return reader.roles
    return (asked,) if asked in policy.expand(policy.covers) else ()


@dataclass(frozen=True)
class SinceSigned:
    """What reads otherwise than in the version that the reader signed."""

    number: int
    at: datetime
    texts: list[differences.Text]


def _since_signed(request: HttpRequest, version: Version | None) -> SinceSigned | None:
    """Return what has changed since the reader signed, where they signed a version before the one in force."""
    actor = actor_of(request)
    if actor is None or version is None or not actor.kinds_in(version.establishment):
        return None
    before = signed_before(actor, version.establishment)
    if before is None or before.version.number >= version.number:
        return None
    texts = differences.texts(compiled.policy_of(before.version), compiled.policy_of(version))
    return SinceSigned(before.version.number, before.at, texts) if texts else None


def _search(book: CompiledPolicy, find: str) -> tuple[str, ...]:
    """Return the clauses with all the words looked for, then those that are about what they mean."""
    return tuple(dict.fromkeys((*clauses.with_all_words(book, find), *search(book, find))))


def download(request: HttpRequest, policy: str) -> HttpResponseBase:
    """The policy in force of an establishment, as PDF; a model of the rulebook is read on its page."""
    version = public_version(Public(timezone.localdate()), policy)
    if version is None:
        raise Http404(policy)
    return documents.public(Public(timezone.localdate()), version)


def clause(request: HttpRequest, policy: str, clause: str) -> HttpResponseBase:
    book = published_policies.book(policy, timezone.localdate())
    written = next((each for each in book.policy.clauses if clause in (each.label, each.id)), None)
    if written is None:
        labels = [each.label for each in book.policy.clauses]
        raise UnknownClauseError(
            _("The policy has no clause “%(id)s”%(nearest)s.") % {"id": clause[:60], "nearest": nearest(clause, labels)}
        )
    if clause != written.label:  # an address from before the document had numbers of its own
        return redirect("public:clause", policy, written.label)
    today = timezone.localdate()
    shown = {
        "clause": written,
        "address": request.build_absolute_uri(reverse("public:clause", args=[policy, written.label])),
        "card": clauses.card(written, book.policy),
        "who": phrases.spelled_out(book.policy, written.who),
        "norms": clauses.norms_in_words(written, book.policy),
        "carried_out": wording_clauses.carried_out(written, book.policy),
        "cites": references.cited(written.refers, today),
        "notes": [*references.notes_on(written, book, today), *references.touching(written, book, today)],
        "source_note": localised.written(written.source_note or "", book.policy),
    }
    return _page(request, "clause.html", book, "policy", shown)


def _page(
    request: HttpRequest, template: str, book: CompiledPolicy, place: str, shown: dict[str, Any], status: int = 200
) -> HttpResponse:
    around = {"policy": book.policy, "place": place, "is_establishment": book.policy.id not in rulebook.policy_ids()}
    return render(request, template, {**around, **shown}, status=status)


def _question_error(question: str) -> str:
    if len(question) > LONGEST:
        length = {"most": LONGEST, "many": len(question)}
        return _("Your question must be %(most)d characters or fewer. It has %(many)d.") % length
    return _("Enter a question in your own words, for example “May I add a pupil?”")
