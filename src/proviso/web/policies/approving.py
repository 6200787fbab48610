"""Approve, adopt, publish, withdraw and review: each page asks, shows what will happen, and asks to confirm."""

from collections.abc import Callable, Sequence
from datetime import timedelta

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from proviso.records.people import role_names
from proviso.records.people.models import Establishment, Person, Role
from proviso.records.people.permissions import Hidden
from proviso.records.people.selectors import holders
from proviso.records.policies import compiled
from proviso.records.policies.models import Approval, Version
from proviso.records.policies.selectors import versions as read
from proviso.records.policies.services import approvals, drafts
from proviso.web.places import ActorRequest, confirmed, done, page, place
from proviso.web.policies.forms import (
    COMMITTEE,
    AdoptionForm,
    ApproversForm,
    DecisionForm,
    PublicationForm,
    ReviewForm,
    WithdrawalForm,
)
from proviso.web.policies.preparing import next_review

WEEKS_TO_SIGN = 4


@place("policy.prepare")
def approvers(request: ActorRequest, school: Establishment, number: int) -> HttpResponse:
    version = read.version_for(request.actor, school, number)
    needed = approvals.capacities(compiled.policy_of(version), school)
    offered = {kind: holders(school, kind, request.actor.on) for kind in needed}
    members = _committee(school, request, needed)
    form = ApproversForm(
        offered, school, request.POST or None, members={key: who for key, (who, _one) in members.items()}
    )
    if request.method == "POST" and form.is_valid():
        people = {str(person.pk): person for each in offered.values() for person in each}
        chosen = [approvals.Approver(people[form.cleaned_data[kind]], kind) for kind in needed]
        chosen += [members[key][1] for key in form.cleaned_data.get(COMMITTEE, [])]
        if done(form, lambda: approvals.submit_version(request.actor, version, chosen, now=timezone.now())):
            messages.success(request, _("They are asked to approve it."))
            return redirect("version", school.slug, number)
    return page(request, school, "versions/approvers.html", {"form": form, "version": version})


def _committee(
    school: Establishment, request: ActorRequest, needed: Sequence[str]
) -> dict[str, tuple[str, approvals.Approver]]:
    """Return who could decide as a committee: governors and trustees, each with their name and as an approver."""
    kinds = [kind.value for kind in (Role.Kind.GOVERNOR, Role.Kind.TRUSTEE) if kind.value not in needed]
    return {
        f"{kind}-{person.pk}": (f"{person.name}, {role_names.role(kind, school)}", approvals.Approver(person, kind))
        for kind in kinds
        for person in holders(school, kind, request.actor.on)
    }


@place("policy.prepare")
def replace(request: ActorRequest, school: Establishment, number: int, approval: int) -> HttpResponse:
    version = read.version_for(request.actor, school, number)
    asked = version.approvals.select_related("person").filter(pk=approval).first()
    if asked is None:
        raise Hidden(str(approval))
    people = [one for one in holders(school, asked.capacity, request.actor.on) if one.pk != asked.person_id]
    form = ApproversForm({asked.capacity: people}, school, request.POST or None)
    if request.method == "POST" and form.is_valid():
        person: Person = next(one for one in people if str(one.pk) == form.cleaned_data[asked.capacity])
        if done(form, lambda: approvals.replace_approver(request.actor, asked, person, now=timezone.now())):
            messages.success(request, _("%(name)s is asked to approve it instead.") % {"name": person.name})
            return redirect("version", school.slug, number)
    return page(request, school, "versions/approvers.html", {"form": form, "version": version, "instead_of": asked})


@place("policy.view")
def approve(request: ActorRequest, school: Establishment, number: int) -> HttpResponse:
    version = read.version_for(request.actor, school, number)
    waiting = version.approvals.filter(person=request.actor.person, state=Approval.State.WAITING)
    asked = waiting.first()
    if asked is None:
        messages.info(request, _("Your approval is not being waited for."))
        return redirect("version", school.slug, number)
    confirmed(request, "policy.approve")
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        decision = approvals.Decision(said["decision"] == "approve", said["typed_name"], said["comment"])
        if done(form, lambda: approvals.decide_approval(request.actor, asked, decision, now=timezone.now())):
            messages.success(request, _("Your decision is recorded."))
            return redirect("version", school.slug, number)
    shown = {"form": form, "version": version, "capacity": role_names.role(asked.capacity, school)}
    return page(request, school, "versions/approve.html", shown)


@place("policy.adopt")
def adopt(request: ActorRequest, school: Establishment, number: int) -> HttpResponse:
    version = read.version_for(request.actor, school, number)
    today = timezone.localdate()
    initial = {"adopted_on": today, "sign_by": today + timedelta(weeks=WEEKS_TO_SIGN)}
    form = AdoptionForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        adoption = approvals.Adoption(**form.cleaned_data)
        if done(form, lambda: approvals.adopt_version(request.actor, version, adoption, now=timezone.now())):
            messages.success(request, _("Version %(number)s is adopted.") % {"number": number})
            return redirect("version", school.slug, number)
    return page(request, school, "versions/adopt.html", {"form": form, "version": version})


@place("policy.publish")
def publish(request: ActorRequest, school: Establishment, number: int) -> HttpResponse:
    if school.is_school:
        raise Hidden("a school publishes no models")
    version = read.version_for(request.actor, school, number)
    choices = [(one.id, f"{one.id}: {one.text}") for one in compiled.policy_of(version).clauses]
    form = PublicationForm(choices, request.POST or None, initial={"fixed": version.fixed_clauses})
    if request.method == "POST" and form.is_valid():
        fixed = form.cleaned_data["fixed"]
        if done(form, lambda: approvals.publish_model(request.actor, version, fixed, now=timezone.now())):
            messages.success(request, _("Your schools can adopt it as a model now."))
            return redirect("version", school.slug, number)
    return page(request, school, "versions/publish.html", {"form": form, "version": version})


@place("policy.withdraw")
def withdraw(request: ActorRequest, school: Establishment, number: int) -> HttpResponse:
    version = read.version_for(request.actor, school, number)
    form = WithdrawalForm(request.POST or None, initial={"until": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        told = (form.cleaned_data["until"], form.cleaned_data["reason"])
        if done(form, lambda: approvals.withdraw_version(request.actor, version, told, now=timezone.now())):
            messages.success(request, _("Version %(number)s is withdrawn.") % {"number": number})
            return redirect("policy_life", school.slug)
    return page(request, school, "versions/withdraw.html", {"form": form, "version": version})


@place("policy.review")
def review(request: ActorRequest, school: Establishment, number: int) -> HttpResponse:
    version = read.version_for(request.actor, school, number)
    proposed = next_review(compiled.policy_of(version), timezone.localdate())
    form = ReviewForm(request.POST or None, initial={"review_on": proposed})
    if request.method == "POST" and form.is_valid():
        next_on = form.cleaned_data["review_on"]
        if done(form, lambda: approvals.confirm_review(request.actor, version, next_on, now=timezone.now())):
            messages.success(request, _("The review is recorded."))
            return redirect("version", school.slug, number)
    return page(request, school, "versions/review.html", {"form": form, "version": version})


@place("policy.prepare")
def reopen(request: ActorRequest, school: Establishment, number: int) -> HttpResponse:
    version = read.version_for(request.actor, school, number)
    return _confirmed(
        request, version, "reopen", lambda: approvals.reopen_version(request.actor, version, now=timezone.now())
    )


@place("policy.prepare")
def discard(request: ActorRequest, school: Establishment, number: int) -> HttpResponse:
    version = read.version_for(request.actor, school, number)
    return _confirmed(
        request, version, "discard", lambda: drafts.discard_version(request.actor, version, now=timezone.now())
    )


def _confirmed(request: ActorRequest, version: Version, what: str, change: Callable[[], object]) -> HttpResponse:
    form = forms.Form(request.POST if request.method == "POST" else None)
    if form.is_valid() and done(form, change):
        return redirect("version", version.establishment.slug, version.number)
    shown = {"form": form, "version": version, "what": what}
    return page(request, version.establishment, "versions/confirm.html", shown)
