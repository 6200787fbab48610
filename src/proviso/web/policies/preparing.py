"""Begin a version, fill in its blanks, record who was consulted, say what changes."""

from dataclasses import dataclass
from datetime import date

from dateutil.relativedelta import relativedelta
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from proviso.records.people.actors import Actor
from proviso.records.people.models import Establishment, Role
from proviso.records.people.selectors import holders
from proviso.records.policies import compiled
from proviso.records.policies.models import Version
from proviso.records.policies.selectors import versions
from proviso.records.policies.services import drafts
from proviso.records.policies.services.errors import ChangedMeanwhile
from proviso.rules import rulebook
from proviso.rules.norms import Policy
from proviso.web.kit.forms import FormPage, done, form_page, posted, saved
from proviso.web.kit.pages import ActorRequest, establishment_page
from proviso.web.policies.forms import ConsultationForm, DescriptionForm, ModelForm, ParticularsForm

NEXT = "next"
PEOPLE = {"headteacher": Role.Kind.HEADTEACHER, "dsl": Role.Kind.DSL, "chair": Role.Kind.CHAIR}
INTERVALS = {"year": relativedelta(years=1), "2 years": relativedelta(years=2)}


@establishment_page("policy.prepare")
def begin(request: ActorRequest, establishment: Establishment) -> HttpResponseBase:
    models = _models(request.actor, establishment)
    form = ModelForm([(model.key, model.name) for model in models], posted(request))
    if saved(form, lambda: _begin(request, establishment, form.cleaned_data["model"])):
        version = versions.being_prepared(request.actor, establishment)
        return redirect("policies:version", establishment.slug, version.number if version else 1)
    page = FormPage(
        _("Start a version"),
        _("Begin"),
        question="model",
        hints={model.key: model.hint for model in models if model.hint},
        note=_("You get a draft of your own. Nothing is in force until it is approved and adopted."),
    )
    return form_page(request, form, page)


def _begin(request: ActorRequest, establishment: Establishment, chosen: str) -> Version:
    now = timezone.now()
    if chosen == NEXT:
        return drafts.start_next_version(request.actor, establishment, now=now)
    published = [
        model for model in versions.published_models(request.actor, establishment) if f"published-{model.pk}" == chosen
    ]
    model = drafts.published_model(published[0]) if published else drafts.rulebook_model(chosen)
    return drafts.start_version(request.actor, establishment, model, now=now)


@dataclass(frozen=True)
class Beginning:
    """Something that a version can begin from."""

    key: str
    name: str
    hint: str = ""


def _models(actor: Actor, establishment: Establishment) -> list[Beginning]:
    models: list[Beginning] = []
    latest = versions.latest_adopted(actor, establishment)
    if latest:
        own = _("Your own version %(number)s, to change it") % {"number": latest.number}
        models.append(Beginning(NEXT, own))
    for version in versions.published_models(actor, establishment):
        name = _("The model of %(name)s") % {"name": version.establishment.name}
        hint = _("Version %(number)s") % {"number": version.number}
        models.append(Beginning(f"published-{version.pk}", name, hint))
    for policy_id in rulebook.policy_ids():
        policy = rulebook.load(policy_id)
        hint = _("%(name)s, %(kind)s, %(nation)s, %(count)s clauses") % {
            "name": policy.name,
            "kind": policy.kind,
            "nation": policy.nation,
            "count": len(policy.clauses),
        }
        models.append(Beginning(policy_id, policy.establishment, hint))
    return models


@establishment_page("policy.prepare")
def particulars(request: ActorRequest, establishment: Establishment, number: int) -> HttpResponseBase:
    version = versions.version_for(request.actor, establishment, number)
    form = ParticularsForm(establishment.nation, posted(request), initial=_known(request.actor, establishment, version))

    def save() -> None:
        given = dict(form.cleaned_data)
        edition = given.pop("edition")
        drafts.fill_particulars(request.actor, version, edition, drafts.Particulars(**given), now=timezone.now())

    page = FormPage(_("Policy details"), _("Save"), above="policies/parts/changed_meanwhile.html")
    try:
        if saved(form, save):
            return done(request, _("The policy details are saved."), "policies:version", establishment.slug, number)
    except ChangedMeanwhile as error:
        # Show what somebody saved meanwhile beside what was typed: saving again keeps the second.
        again = ParticularsForm(establishment.nation, {**request.POST.dict(), "edition": str(error.version.edition)})
        context = {"version": error.version, "met": _differences(request.actor, form, error.version), "somebody": True}
        return form_page(request, again, page, context, status=409)
    return form_page(request, form, page, {"version": version})


@dataclass(frozen=True)
class FieldDifference:
    """A field as somebody else saved it, and as it was typed now."""

    label: str
    theirs: object
    yours: object


def _differences(actor: Actor, form: ParticularsForm, version: Version) -> list[FieldDifference]:
    theirs = ParticularsForm(version.establishment.nation, initial=_known(actor, version.establishment, version))
    return [
        FieldDifference(str(field.label), theirs[field.name].initial or "–", form.cleaned_data.get(field.name) or "–")
        for field in form.visible_fields()
        if (theirs[field.name].initial or "") != (form.cleaned_data.get(field.name) or "")
    ]


def _known(actor: Actor, establishment: Establishment, version: Version) -> dict[str, object]:
    today = timezone.localdate()
    known: dict[str, object] = {}
    for name, kind in PEOPLE.items():
        held = holders(actor, establishment, kind)
        known[name] = held[0].name if held else ""
    policy = compiled.policy_of(version)
    return {
        **known,
        **version.particulars,
        "edition": version.edition,
        "in_force_from": version.in_force_from,
        "review_on": version.review_on or next_review(policy, version.in_force_from or today),
    }


def next_review(policy: Policy, first: date) -> date | None:
    """Return when a policy's own interval asks for its next review; nothing where it sets none."""
    every = [
        governance.every
        for clause in policy.clauses
        for governance in clause.governance
        if governance.concern == "review"
    ]
    known = [INTERVALS[interval] for interval in every if interval in INTERVALS]
    return first + known[0] if known else None


@establishment_page("policy.prepare")
def consultation(request: ActorRequest, establishment: Establishment, number: int) -> HttpResponseBase:
    version = versions.version_for(request.actor, establishment, number)
    form = ConsultationForm(posted(request))

    def save() -> None:
        details = drafts.ConsultationDetails(**form.cleaned_data)
        drafts.record_consultation(request.actor, version, details, now=timezone.now())

    if saved(form, save):
        message = _("The consultation of %(body)s is recorded.") % {"body": form.cleaned_data["body"]}
        return done(request, message, "policies:consultation", establishment.slug, number)
    page = FormPage(_("Who was consulted"), _("Add"), above="policies/parts/consultations.html")
    context = {"version": version, "consultations": versions.consultations_of(request.actor, version)}
    return form_page(request, form, page, context)


@establishment_page("policy.prepare")
def description(request: ActorRequest, establishment: Establishment, number: int) -> HttpResponseBase:
    version = versions.version_for(request.actor, establishment, number)
    proposal = versions.proposed_change(request.actor, version)
    change = version.change if version.summary or proposal is None else proposal.change
    initial = {"edition": version.edition, "change": change, "summary": version.summary}
    form = DescriptionForm(posted(request), initial=initial)
    form.fields["change"].help_text = _proposed(proposal) if proposal else ""

    def save() -> None:
        words = drafts.Description(form.cleaned_data["change"], form.cleaned_data["summary"])
        # Nobody's work is lost where two describe at a time: the edition is taken anew, the later words stand.
        drafts.describe_change(request.actor, version, version.edition, words, now=timezone.now())

    if saved(form, save):
        return redirect("policies:version", establishment.slug, number)
    return form_page(request, form, FormPage(_("What changes"), _("Save")), {"version": version})


def _proposed(proposal: versions.ChangeProposal) -> str:
    """Return why a change is proposed to be a material one or a correction; whoever prepares it decides."""
    reasons = [_("it covers other people than before")] if proposal.covers_others else []
    if proposal.clauses:
        clauses = ", ".join(proposal.clauses)
        reasons.append(_("these clauses bind otherwise than before: %(clauses)s") % {"clauses": clauses})
    if proposal.change == Version.Change.CORRECTION:
        return _("This looks like a correction: the policy applies to everybody as it did before. You decide.")
    return _("It looks like a material change: %(reasons)s. You decide.") % {"reasons": "; ".join(reasons)}
