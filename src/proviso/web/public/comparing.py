"""The models beside each other, and the review of one: pages that need no sign-in and ask no database."""

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from proviso.rules import rulebook
from proviso.web.comparisons import compared, findings, glance
from proviso.web.public import published_policies
from proviso.wording.localised import plain


def compare(request: HttpRequest) -> HttpResponse:
    """Compare two models, or show all of them by topic."""
    models = [one.policy for one in published_policies.shelved(timezone.localdate()) if one.policy]
    chosen = {one.id: one for one in models}
    a, b = (request.GET.get(name, "") for name in ("a", "b"))
    shown: dict[str, object] = {"models": models, "a": a, "b": b}
    if a in chosen and b in chosen:
        names = plain(chosen[a].establishment, chosen[a]), plain(chosen[b].establishment, chosen[b])
        books = rulebook.compiled(a), rulebook.compiled(b)
        shown["compared"] = compared(*books, names, request.GET.get("topic", ""))
        shown["address"] = urlencode({"a": a, "b": b})
    else:
        shown["glance"] = glance(models)
        shown["b"] = b or (models[1].id if len(models) > 1 else "")
    return render(request, "compare.html", shown)


def review(request: HttpRequest, policy: str) -> HttpResponse:
    """Show what a review finds in a model; a school's own is for those who look after it."""
    if policy not in rulebook.policy_ids():
        raise Http404(f"`{policy}` is no model")
    book = rulebook.compiled(policy)
    return render(request, "review.html", {"policy": book.policy, "graded": findings(book, timezone.localdate())})
