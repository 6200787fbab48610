"""The clauses of a draft: change one, add one, switch one off, take a change back; with what it would change."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from proviso.records.people.models import Establishment
from proviso.records.people.permissions import Hidden
from proviso.records.policies import compiled, policy_edits
from proviso.records.policies.models import Variation, Version
from proviso.records.policies.selectors import versions
from proviso.records.policies.services import drafts
from proviso.records.policies.services.errors import ChangedMeanwhile
from proviso.rules import rulebook
from proviso.rules.norms import Clause, Policy
from proviso.rules.rulebook import RulebookError
from proviso.web import clauses as clause_words
from proviso.web.kit.forms import INVALID, FormPage, done, form_page, posted, saved
from proviso.web.kit.pages import ActorRequest, establishment_page, render_page
from proviso.web.policies import clause_parts, differences
from proviso.web.policies.clause_form import (
    ClauseForm,
    MeaningForm,
    NewClauseForm,
    NewMeaningForm,
    PeopleForm,
    RemovalForm,
    TaskForm,
    TextForm,
)
from proviso.web.policies.clause_parts import Meaning
from proviso.web.policies.forms import DraftForm, ReasonForm
from proviso.wording import phrases


@establishment_page("policy.view")
def clauses(request: ActorRequest, establishment: Establishment, number: int) -> HttpResponseBase:
    version = versions.version_for(request.actor, establishment, number)
    policy = compiled.policy_of(version)
    varied = versions.variations_of(request.actor, version)
    rows = [
        (clause_words.card(clause, policy), varied.get(clause.id), clause.id in version.fixed_clauses)
        for clause in policy.clauses
    ]
    off = [variation for variation in varied.values() if variation.kind == Variation.Kind.SWITCHED_OFF]
    model = compiled.model_of(version)
    context = {
        "version": version,
        "rows": rows,
        "off": [(variation, rulebook.filled(model).clause(variation.clause)) for variation in off] if model else [],
    }
    return render_page(request, "policies/clauses.html", context)


@establishment_page("policy.prepare")
def change(request: ActorRequest, establishment: Establishment, number: int, clause: str) -> HttpResponseBase:
    """Show a clause in sentences, with the parts of each that can be changed."""
    version = versions.version_for(request.actor, establishment, number)
    policy = compiled.policy_of(version)
    shown = _clause(policy, clause)
    variation = versions.variations_of(request.actor, version).get(clause)
    model = compiled.model_of(version)
    model = rulebook.filled(model) if model else None
    before = next((each for each in model.clauses if each.id == clause), None) if model and variation else None
    context = {
        "version": version,
        "clause": shown,
        "card": clause_words.card(shown, policy),
        "who": capfirst(phrases.those(policy, shown.who)),
        "meanings": clause_parts.meanings(shown, policy),
        "task": clause_parts.about_task(shown),
        "variation": variation,
        "fixed": clause in version.fixed_clauses,
        "before": before,
        "before_meanings": clause_parts.meanings(before, model) if before and model else [],
    }
    return render_page(request, "policies/clause.html", context)


@establishment_page("policy.prepare")
def part(request: ActorRequest, establishment: Establishment, number: int, clause: str, part: str) -> HttpResponseBase:
    """Ask for one part of a clause, and save it: the sentence on the page of the clause follows."""
    version = versions.version_for(request.actor, establishment, number)
    policy = compiled.source_of(version)
    original = _clause(policy, clause)
    variation = versions.variations_of(request.actor, version).get(clause)
    initial = {"edition": version.edition, "reason": variation.reason if variation else ""}
    form = _part_form(part, policy, original, posted(request), initial=initial)
    context = {"form": form, "version": version, "clause": original, "policy_": policy}
    if not form.is_valid():
        return _part_page(request, context)
    changed = form.clause()
    if "preview" in request.POST:
        return _previewed(request, context, policy_edits.amended(policy, changed))
    wanted = drafts.ClauseChange(changed, form.cleaned_data["reason"])
    edition = form.cleaned_data["edition"]
    try:
        if _saved(form, lambda: drafts.change_clause(request.actor, version, edition, wanted, now=timezone.now())):
            message = _("Clause %(clause)s is changed.") % {"clause": original.label}
            return done(request, message, "policies:clause_change", establishment.slug, number, clause)
    except ChangedMeanwhile as error:
        return _met_another(request, part, original, error.version)
    return _part_page(request, context)


def _part_form(part: str, policy: Policy, clause: Clause, data: object, **named: Any) -> ClauseForm:
    """Return the form of a part: of the clause, or of one of its meanings, as `2-force`."""
    of_clause = {"text": TextForm, "people": PeopleForm, "task": TaskForm, "meaning": NewMeaningForm}
    if part in of_clause:
        return of_clause[part](policy, clause, data, **named)
    place, _dash, name = part.partition("-")
    if not place.isdigit() or not 1 <= int(place) <= len(clause.norms):
        raise Hidden(part)
    if name == "remove":
        return RemovalForm(int(place), policy, clause, data, **named)
    wanted = clause_parts.PARTS.get(name)
    if wanted is None or not wanted.fits(clause.norms[int(place) - 1]):
        raise Hidden(part)
    return MeaningForm(int(place), wanted, policy, clause, data, **named)


def _part_page(request: ActorRequest, context: dict[str, Any], status: int | None = None) -> HttpResponse:
    form, clause, policy = context["form"], context.get("clause"), context["policy_"]
    meanings = _read(clause, policy) if clause else []
    number = getattr(form, "number", 0)
    shown = {**context, "sentence": meanings[number - 1] if 0 < number <= len(meanings) else None}
    failed = INVALID if form.errors else 200
    return render_page(request, "policies/clause_part.html", shown, failed if status is None else status)


def _read(clause: Clause, policy: Policy) -> list[Meaning]:
    """Return what a clause means as it is read: with the blanks of its sentences filled in."""
    filled = rulebook.filled(policy)
    read = next((each for each in filled.clauses if each.id == clause.id), clause)
    return clause_parts.meanings(read, filled)


def _met_another(request: ActorRequest, part: str, original: Clause, version: Version) -> HttpResponse:
    """Keep what was typed and show how the clause reads now: saving again is a choice between the two."""
    policy = compiled.source_of(version)
    theirs = next((clause for clause in policy.clauses if clause.id == original.id), None)
    typed = request.POST.copy()
    typed["edition"] = str(version.edition)
    try:
        again = _part_form(part, policy, theirs or original, typed)
    except Hidden:  # the meaning that this was a part of is gone
        theirs, again = None, _part_form(part, policy, original, typed)
    again.is_valid()
    context = {
        "form": again,
        "version": version,
        "clause": theirs or original,
        "policy_": policy,
        "somebody": True,
        "theirs": theirs,
        "gone": theirs is None,
    }
    return _part_page(request, context, status=409)


@establishment_page("policy.prepare")
def add(request: ActorRequest, establishment: Establishment, number: int) -> HttpResponseBase:
    version = versions.version_for(request.actor, establishment, number)
    policy = compiled.source_of(version)
    form = NewClauseForm(policy, posted(request), initial={"edition": version.edition})
    context = {"form": form, "version": version, "policy_": policy}
    if not form.is_valid():
        return _part_page(request, context)
    wanted, added = drafts.ClauseChange(form.clause(), form.cleaned_data["reason"]), []
    # A clause more is in nobody's way: it goes into the draft as it is by now.
    if _saved(
        form,
        lambda: added.append(drafts.add_clause(request.actor, version, version.edition, wanted, now=timezone.now())),
    ):
        message = _("The clause is added. Say next what it means when somebody asks.")
        return done(request, message, "policies:clause_change", establishment.slug, number, added[0].id)
    return _part_page(request, context)


def _previewed(request: ActorRequest, context: dict[str, Any], candidate: Policy) -> HttpResponse:
    try:
        after = rulebook.compile_policy(policy_edits.parsed(policy_edits.written(candidate)))
    except RulebookError as error:
        _add_faults(context["form"], error)
        return _part_page(request, context)
    before = compiled.compiled_policy(context["version"])
    preview = differences.answers(before, after, timezone.localdate())
    new = candidate.clause(context["clause"].id)
    number = getattr(context["form"], "number", 0)
    said = _read(new, candidate) if not isinstance(context["form"], RemovalForm) else []
    becomes = said[number - 1] if 0 < number <= len(said) else None
    return _part_page(request, {**context, "preview": preview, "becomes": becomes})


@establishment_page("policy.prepare")
def switch_off(request: ActorRequest, establishment: Establishment, number: int, clause: str) -> HttpResponseBase:
    version = versions.version_for(request.actor, establishment, number)
    policy = compiled.source_of(version)
    original = _clause(policy, clause)
    form = ReasonForm(posted(request), initial={"edition": version.edition})
    after = rulebook.compile_policy(policy_edits.without(policy, clause))
    context = {
        "version": version,
        "clause": original,
        "card": clause_words.cards(compiled.policy_of(version), [clause])[0],
        "preview": differences.answers(compiled.compiled_policy(version), after, timezone.localdate()),
    }
    page = FormPage(
        _("Switch clause %(id)s off") % {"id": original.label},
        _("Switch it off"),
        above="policies/parts/switch_off.html",
        danger=True,
    )

    def save() -> None:
        wish = drafts.SwitchOff(clause, form.cleaned_data["reason"])
        drafts.switch_clause_off(request.actor, version, form.cleaned_data["edition"], wish, now=timezone.now())

    try:
        if _saved(form, save):
            message = _("Clause %(clause)s is switched off.") % {"clause": original.label}
            return done(request, message, "policies:clauses", establishment.slug, number)
    except ChangedMeanwhile as error:
        again = ReasonForm({**request.POST.dict(), "edition": str(error.version.edition)})
        return form_page(request, again, page, {**context, "somebody": True}, status=409)
    return form_page(request, form, page, context)


@establishment_page("policy.prepare")
def restore(request: ActorRequest, establishment: Establishment, number: int, clause: str) -> HttpResponseBase:
    version = versions.version_for(request.actor, establishment, number)
    variation = versions.variations_of(request.actor, version).get(clause)
    if variation is None:
        raise Hidden(clause)
    policy = compiled.source_of(version)
    shown = next((each for each in policy.clauses if each.id == clause), None)
    form = DraftForm(posted(request), initial={"edition": version.edition})
    if _saved(form, lambda: drafts.restore_clause(request.actor, version, version.edition, clause, now=timezone.now())):
        message = _("The change to clause %(clause)s has been undone.") % {"clause": clause}
        return done(request, message, "policies:clauses", establishment.slug, number)
    added = variation.kind == Variation.Kind.ADDED
    page = FormPage(
        _("Undo the change to clause %(id)s?") % {"id": clause},
        _("Undo it"),
        lead=_("This clause was added here, so undoing the change removes it.")
        if added
        else _("The clause will go back to the wording of the model."),
        danger=True,
    )
    return form_page(request, form, page, {"version": version, "clause": shown})


def _clause(policy: Policy, clause: str) -> Clause:
    try:
        return policy.clause(clause)
    except KeyError:
        raise Hidden(clause) from None


def _saved(form: DraftForm, change: Callable[[], object]) -> bool:
    """Make a change; what the clause language does not allow becomes errors of the form."""
    try:
        return saved(form, change)
    except RulebookError as error:
        _add_faults(form, error)
        return False


def _add_faults(form: DraftForm, error: RulebookError) -> None:
    for fault in error.faults:
        form.add_error(
            None,
            _("The policy cannot include this: %(what)s. What to do: %(do)s.") % {"what": fault.what, "do": fault.do},
        )
