"""Begin a version, fill in its blanks, record who was consulted, say what changes."""

from datetime import date

from dateutil.relativedelta import relativedelta
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from proviso.records.people.models import Establishment, Role
from proviso.records.people.selectors import holders
from proviso.records.policies import compiled
from proviso.records.policies.models import Version
from proviso.records.policies.selectors import versions as read
from proviso.records.policies.services import drafts
from proviso.records.policies.services.errors import ChangedMeanwhile
from proviso.rules import rulebook
from proviso.rules.norms import Policy
from proviso.web.places import ActorRequest, done, page, place
from proviso.web.policies.forms import ConsultationForm, DescriptionForm, ModelForm, ParticularsForm

NEXT = "next"
INTERVALS = {"year": relativedelta(years=1), "2 years": relativedelta(years=2)}


@place("policy.prepare")
def begin(request: ActorRequest, school: Establishment) -> HttpResponse:
    choices, hints = _models(request, school)
    form = ModelForm(choices, request.POST or None)
    if request.method == "POST" and form.is_valid() and done(form, lambda: _begun(request, school, form)):
        version = read.being_prepared(request.actor, school)
        return redirect("version", school.slug, version.number if version else 1)
    return page(request, school, "versions/begin.html", {"form": form, "hints": hints})


def _begun(request: ActorRequest, school: Establishment, form: ModelForm) -> Version:
    chosen, now = form.cleaned_data["model"], timezone.now()
    if chosen == NEXT:
        return drafts.start_next_version(request.actor, school, now=now)
    published = [one for one in read.published_models(school) if f"published-{one.pk}" == chosen]
    model = drafts.published_model(published[0]) if published else drafts.rulebook_model(chosen)
    return drafts.start_version(request.actor, school, model, now=now)


def _models(request: ActorRequest, school: Establishment) -> tuple[list[tuple[str, str]], dict[str, str]]:
    choices: list[tuple[str, str]] = []
    hints: dict[str, str] = {}
    latest = drafts.latest_adopted(school)
    if latest:
        choices.append((NEXT, _("Your own version %(number)s, to change it") % {"number": latest.number}))
    for version in read.published_models(school):
        key = f"published-{version.pk}"
        choices.append((key, _("The model of %(name)s") % {"name": version.establishment.name}))
        hints[key] = _("Version %(number)s") % {"number": version.number}
    for policy_id in rulebook.policy_ids():
        policy = rulebook.load(policy_id)
        choices.append((policy_id, policy.establishment))
        hints[policy_id] = _("%(name)s, %(kind)s, %(nation)s, %(count)s clauses") % {
            "name": policy.name,
            "kind": policy.kind,
            "nation": policy.nation,
            "count": len(policy.clauses),
        }
    return choices, hints


@place("policy.prepare")
def particulars(request: ActorRequest, school: Establishment, number: int) -> HttpResponse:
    version = read.version_for(request.actor, school, number)
    form = ParticularsForm(request.POST or None, initial=_known(school, version))
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        edition = said.pop("edition")
        try:
            if done(
                form,
                lambda: drafts.fill_particulars(
                    request.actor, version, edition, drafts.Particulars(**said), now=timezone.now()
                ),
            ):
                messages.success(request, _("The particulars are saved."))
                return redirect("version", school.slug, number)
        except ChangedMeanwhile as error:
            return _met_another(request, school, (form, error.version))
    return page(request, school, "versions/particulars.html", {"form": form, "version": version})


def _met_another(request: ActorRequest, school: Establishment, met: tuple[ParticularsForm, Version]) -> HttpResponse:
    """Show what somebody saved meanwhile beside what was typed: saving again keeps the second."""
    form, version = met
    theirs = ParticularsForm(initial=_known(school, version))
    rows = [
        (field.label, theirs[field.name].initial or "–", form.cleaned_data.get(field.name) or "–")
        for field in form.visible_fields()
        if (theirs[field.name].initial or "") != (form.cleaned_data.get(field.name) or "")
    ]
    again = ParticularsForm({**request.POST.dict(), "edition": str(version.edition)})
    shown = {"form": again, "version": version, "met": rows, "somebody": True}
    return page(request, school, "versions/particulars.html", shown, status=409)


def _known(school: Establishment, version: Version) -> dict[str, object]:
    today = timezone.localdate()
    head = holders(school, Role.Kind.HEADTEACHER, today)
    chair = holders(school, Role.Kind.CHAIR, today)
    known = {"headteacher": head[0].name if head else "", "chair": chair[0].name if chair else ""}
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
    every = [one.every for clause in policy.clauses for one in clause.governance if one.concern == "review"]
    known = [INTERVALS[one] for one in every if one in INTERVALS]
    return first + known[0] if known else None


@place("policy.prepare")
def consultation(request: ActorRequest, school: Establishment, number: int) -> HttpResponse:
    version = read.version_for(request.actor, school, number)
    form = ConsultationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        told = (said["body"], said["consulted_on"], said["note"])
        if done(form, lambda: drafts.record_consultation(request.actor, version, told, now=timezone.now())):
            messages.success(request, _("The consultation of %(body)s is recorded.") % {"body": said["body"]})
            return redirect("version_consultation", school.slug, number)
    shown = {"form": form, "version": version, "consultations": version.consultations.all()}
    return page(request, school, "versions/consultation.html", shown)


@place("policy.prepare")
def description(request: ActorRequest, school: Establishment, number: int) -> HttpResponse:
    version = read.version_for(request.actor, school, number)
    initial = {"edition": version.edition, "change": version.change, "summary": version.summary}
    form = DescriptionForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        told = (said["change"], said["summary"])
        # Nobody's work is lost where two describe at a time: the edition is taken anew, the later words stand.
        edition = version.edition
        if done(form, lambda: drafts.describe_change(request.actor, version, edition, told, now=timezone.now())):
            return redirect("version", school.slug, number)
    return page(request, school, "versions/description.html", {"form": form, "version": version})
