"""The clauses of a draft: change one, add one, switch one off, take a change back; with what it would change."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from proviso.records.people.models import Establishment
from proviso.records.people.permissions import Hidden
from proviso.records.policies import compiled, policy_edits
from proviso.records.policies.models import Variation, Version
from proviso.records.policies.selectors import versions as read
from proviso.records.policies.services import drafts
from proviso.records.policies.services.errors import ChangedMeanwhile
from proviso.rules import rulebook
from proviso.rules.norms import Clause, Policy
from proviso.rules.rulebook import RulebookError
from proviso.web import clauses as clause_words
from proviso.web.places import ActorRequest, done, page, place
from proviso.web.policies import differences
from proviso.web.policies.clause_form import ClauseForm
from proviso.web.policies.forms import DraftForm, ReasonForm


@place("policy.view")
def clauses(request: ActorRequest, school: Establishment, number: int) -> HttpResponse:
    version = read.version_for(request.actor, school, number)
    policy = compiled.policy_of(version)
    varied = {one.clause: one for one in version.variations.select_related("by")}
    rows = [
        (clause_words.card(clause, policy), varied.get(clause.id), _fixed(version, clause)) for clause in policy.clauses
    ]
    off = [one for one in varied.values() if one.kind == Variation.Kind.SWITCHED_OFF]
    model = compiled.model_of(version)
    shown = {
        "version": version,
        "rows": rows,
        "off": [(one, model.clause(one.clause)) for one in off] if model else [],
    }
    return page(request, school, "versions/clauses.html", shown)


def _fixed(version: Version, clause: Clause) -> bool:
    return clause.id in version.fixed_clauses


@place("policy.prepare")
def change(request: ActorRequest, school: Establishment, number: int, clause: str) -> HttpResponse:
    version = read.version_for(request.actor, school, number)
    policy = compiled.policy_of(version)
    original = _clause(policy, clause)
    variation = version.variations.filter(clause=clause).first()
    initial = {"edition": version.edition, "reason": variation.reason if variation else ""}
    form = ClauseForm(policy, original, request.POST or None, initial=initial)
    shown = {"form": form, "version": version, "clause": original, "variation": variation}
    if request.method != "POST" or not form.is_valid():
        return page(request, school, "versions/clause.html", shown)
    changed = form.clause()
    if "preview" in request.POST:
        return _previewed(request, version, shown, policy_edits.amended(policy, changed))
    told = drafts.ClauseChange(changed, form.cleaned_data["reason"])
    edition = form.cleaned_data["edition"]
    try:
        saved = _saved(form, lambda: drafts.change_clause(request.actor, version, edition, told, now=timezone.now()))
    except ChangedMeanwhile as error:
        return _met_another(request, school, error.version, (form, original))
    if saved:
        messages.success(request, _("Clause %(clause)s is changed.") % {"clause": clause})
        return redirect(reverse("version_clauses", args=[school.slug, number]) + f"#{clause}")
    return page(request, school, "versions/clause.html", shown)


def _met_another(
    request: ActorRequest, school: Establishment, version: Version, met: tuple[ClauseForm, Clause]
) -> HttpResponse:
    """Keep what was typed and show how the clause reads now: saving again is a choice between the two."""
    form, original = met
    policy = compiled.policy_of(version)
    theirs = next((one for one in policy.clauses if one.id == original.id), None)
    typed = request.POST.copy()
    typed["edition"] = str(version.edition)
    again = ClauseForm(policy, theirs or original, typed)
    again.is_valid()
    shown = {
        "form": again,
        "version": version,
        "clause": original,
        "somebody": True,
        "theirs": theirs,
        "gone": theirs is None,
    }
    return page(request, school, "versions/clause.html", shown, status=409)


@place("policy.prepare")
def add(request: ActorRequest, school: Establishment, number: int) -> HttpResponse:
    version = read.version_for(request.actor, school, number)
    policy = compiled.policy_of(version)
    form = ClauseForm(policy, None, request.POST or None, initial={"edition": version.edition})
    shown = {"form": form, "version": version}
    if request.method != "POST" or not form.is_valid():
        return page(request, school, "versions/clause.html", shown)
    clause = form.clause()
    if "preview" in request.POST:
        named = policy_edits.own_id([version.text])
        return _previewed(request, version, shown, policy_edits.extended(policy, replace(clause, id=named)))
    told = drafts.ClauseChange(clause, form.cleaned_data["reason"])
    # A clause more is in nobody's way: it goes into the draft as it is by now.
    if _saved(form, lambda: drafts.add_clause(request.actor, version, version.edition, told, now=timezone.now())):
        messages.success(request, _("The clause is added."))
        return redirect("version_clauses", school.slug, number)
    return page(request, school, "versions/clause.html", shown)


def _previewed(request: ActorRequest, version: Version, shown: dict[str, Any], candidate: Policy) -> HttpResponse:
    try:
        after = rulebook.compile_policy(policy_edits.parsed(policy_edits.written(candidate)))
    except RulebookError as error:
        _fault(shown["form"], error)
        return page(request, version.establishment, "versions/clause.html", shown)
    told = differences.answers(compiled.compiled(version), after, timezone.localdate())
    return page(request, version.establishment, "versions/clause.html", {**shown, "preview": told})


@place("policy.prepare")
def switch_off(request: ActorRequest, school: Establishment, number: int, clause: str) -> HttpResponse:
    version = read.version_for(request.actor, school, number)
    policy = compiled.policy_of(version)
    original = _clause(policy, clause)
    form = ReasonForm(request.POST or None, initial={"edition": version.edition})
    shown = {"form": form, "version": version, "card": clause_words.card(original, policy)}
    after = rulebook.compile_policy(policy_edits.without(policy, clause))
    shown["preview"] = differences.answers(compiled.compiled(version), after, timezone.localdate())
    if request.method == "POST" and form.is_valid():
        told = (clause, form.cleaned_data["reason"])
        edition = form.cleaned_data["edition"]
        try:
            if _saved(
                form,
                lambda: drafts.switch_clause_off(request.actor, version, edition, told, now=timezone.now()),
            ):
                messages.success(request, _("Clause %(clause)s is switched off.") % {"clause": clause})
                return redirect("version_clauses", school.slug, number)
        except ChangedMeanwhile as error:
            shown["form"] = ReasonForm({**request.POST.dict(), "edition": str(error.version.edition)})
            shown["somebody"] = True
            return page(request, school, "versions/switch_off.html", shown, status=409)
    return page(request, school, "versions/switch_off.html", shown)


@place("policy.prepare")
def restore(request: ActorRequest, school: Establishment, number: int, clause: str) -> HttpResponse:
    version = read.version_for(request.actor, school, number)
    variation = version.variations.select_related("by").filter(clause=clause).first()
    if variation is None:
        raise Hidden(clause)
    form = DraftForm(request.POST or None, initial={"edition": version.edition})
    if request.method == "POST" and form.is_valid():
        if _saved(
            form,
            lambda: drafts.restore_clause(request.actor, version, version.edition, clause, now=timezone.now()),
        ):
            messages.success(request, _("The change of clause %(clause)s is taken back.") % {"clause": clause})
            return redirect("version_clauses", school.slug, number)
    return page(request, school, "versions/restore.html", {"form": form, "version": version, "variation": variation})


def _clause(policy: Policy, clause: str) -> Clause:
    try:
        return policy.clause(clause)
    except KeyError:
        raise Hidden(clause) from None


def _saved(form: DraftForm, change: Callable[[], object]) -> bool:
    """Make a change; what the clause language does not allow becomes errors of the form."""
    try:
        return done(form, change)
    except RulebookError as error:
        _fault(form, error)
        return False


def _fault(form: DraftForm, error: RulebookError) -> None:
    for fault in error.faults:
        form.add_error(
            None,
            _("This cannot stand in the policy: %(what)s. What to do: %(do)s.") % {"what": fault.what, "do": fault.do},
        )
