"""Approve, adopt, publish, withdraw and review: each page asks, shows what will happen, and asks to confirm."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from proviso.records.people import role_names
from proviso.records.people.models import Establishment, Person, Role
from proviso.records.people.permissions import Hidden
from proviso.records.people.selectors import holders
from proviso.records.policies import compiled
from proviso.records.policies.models import Version
from proviso.records.policies.selectors import versions
from proviso.records.policies.services import approvals, drafts, questions, reviews
from proviso.web.kit.confirm import confirm_page
from proviso.web.kit.forms import FormPage, done, form_page, posted, saved
from proviso.web.kit.pages import ActorRequest, establishment_page, require_confirmation
from proviso.web.policies import differences
from proviso.web.policies.forms import (
    COMMITTEE,
    AdoptionForm,
    AnswerForm,
    ApproversForm,
    DecisionForm,
    PublicationForm,
    QuestionForm,
    ReviewForm,
    WithdrawalForm,
)
from proviso.web.policies.preparing import next_review
from proviso.wording import references

WEEKS_TO_SIGN = 4
DECIDING = (Role.Kind.CHAIR, Role.Kind.HEADTEACHER, Role.Kind.EXECUTIVE, Role.Kind.GOVERNOR, Role.Kind.TRUSTEE)


@establishment_page("policy.prepare")
def approvers(request: ActorRequest, establishment: Establishment, number: int) -> HttpResponseBase:
    version = versions.version_for(request.actor, establishment, number)
    needed = approvals.capacities(compiled.policy_of(version), establishment)
    offered = {kind: holders(request.actor, establishment, kind) for kind in needed}
    members = _committee(request, establishment, needed)
    names = {key: member.name for key, member in members.items()}
    form = ApproversForm(offered, establishment, posted(request), members=names)

    def submit() -> None:
        people = {str(person.pk): person for holding in offered.values() for person in holding}
        chosen = [approvals.Approver(people[form.cleaned_data[kind]], kind) for kind in needed]
        chosen += [members[key].approver for key in form.cleaned_data.get(COMMITTEE, [])]
        approvals.submit_version(request.actor, version, chosen, now=timezone.now())

    if saved(form, submit):
        return done(request, _("They are asked to approve it."), "policies:version", establishment.slug, number)
    page = FormPage(
        _("Who approves it?"),
        _("Ask them"),
        lead=_(
            "The text cannot be changed while they decide. Each of them signs by typing their name and using "
            "their second step."
        ),
    )
    return form_page(request, form, page, {"version": version})


@dataclass(frozen=True)
class CommitteeMember:
    """Somebody who could decide as one of a committee, as the form names them."""

    name: str
    approver: approvals.Approver


def _committee(
    request: ActorRequest, establishment: Establishment, needed: Sequence[str]
) -> dict[str, CommitteeMember]:
    """Return who else may approve, as a committee or beside whoever prepared it."""
    kinds = [kind.value for kind in DECIDING if kind.value not in needed]
    return {
        f"{kind}-{person.pk}": CommitteeMember(
            f"{person.name}, {role_names.role(kind, establishment)}", approvals.Approver(person, kind)
        )
        for kind in kinds
        for person in holders(request.actor, establishment, kind)
    }


@establishment_page("policy.prepare")
def replace(request: ActorRequest, establishment: Establishment, number: int, approval: int) -> HttpResponseBase:
    version = versions.version_for(request.actor, establishment, number)
    asked = versions.approval_of(request.actor, version, approval)
    holding = holders(request.actor, establishment, asked.capacity)
    people = {str(person.pk): person for person in holding if person.pk != asked.person_id}
    form = ApproversForm({asked.capacity: [*people.values()]}, establishment, posted(request))

    def chosen() -> Person:
        return people[form.cleaned_data[asked.capacity]]

    if saved(form, lambda: approvals.replace_approver(request.actor, asked, chosen(), now=timezone.now())):
        message = _("%(name)s is asked to approve it instead.") % {"name": chosen().name}
        return done(request, message, "policies:version", establishment.slug, number)
    page = FormPage(_("Who approves it?"), _("Ask them"), lead=_("Instead of %(name)s.") % {"name": asked.person.name})
    return form_page(request, form, page, {"version": version})


@establishment_page("policy.view")
def approve(request: ActorRequest, establishment: Establishment, number: int) -> HttpResponseBase:
    version = versions.version_for(request.actor, establishment, number)
    asked = versions.own_approval(request.actor, version)
    if asked is None:
        messages.info(request, _("You are not being asked to approve this version."))
        return redirect("policies:version", establishment.slug, number)
    require_confirmation(request, "policy.approve")
    form = DecisionForm(posted(request))

    def decide() -> None:
        given = form.cleaned_data
        decision = approvals.Decision(given["decision"] == "approve", given["typed_name"], given["comment"])
        approvals.decide_approval(request.actor, asked, decision, now=timezone.now())

    if saved(form, decide):
        return done(request, _("Your decision is recorded."), "policies:version", establishment.slug, number)
    page = FormPage(
        _("Approve version %(number)s") % {"number": number},
        _("Record my decision"),
        lead=_("You are asked as: %(role)s.") % {"role": role_names.role(asked.capacity, establishment)},
        above="policies/parts/to_read.html",
    )
    return form_page(request, form, page, {"version": version, **_to_read(request, version)})


def _to_read(request: ActorRequest, version: Version) -> dict[str, object]:
    """Return what an approver reads first: what changes and why, who was consulted, and what was asked before."""
    policy = compiled.policy_of(version)
    before = compiled.policy_of(version.previous) if version.previous else compiled.model_of(version)
    labels = {clause.id: clause.label for each in (before, policy) if each for clause in each.clauses}
    return {
        "policy_": policy,
        "differing": differences.grouped_texts(before, policy) if before else [],
        "variations": [
            (labels.get(variation.clause, variation.clause), variation)
            for variation in versions.variations_of(request.actor, version).values()
        ],
        "consultations": versions.consultations_of(request.actor, version),
        "questions": versions.questions_of(request.actor, version),
        "asks": version.prepared_by_id != request.actor.person.pk,
    }


@establishment_page("policy.view")
def question(request: ActorRequest, establishment: Establishment, number: int) -> HttpResponseBase:
    """Ask whoever prepared a version something, as one whose approval is waited for."""
    version = versions.version_for(request.actor, establishment, number)
    if versions.own_approval(request.actor, version) is None:
        messages.info(request, _("You are not being asked to approve this version."))
        return redirect("policies:version", establishment.slug, number)
    form = QuestionForm(posted(request))

    def ask() -> None:
        questions.ask_preparer(request.actor, version, form.cleaned_data["text"], now=timezone.now())

    if saved(form, ask):
        message = _("%(name)s is asked, and you are told when there is an answer.") % {"name": version.prepared_by.name}
        return done(request, message, "policies:version", establishment.slug, number)
    page = FormPage(
        _("Ask whoever prepared it"),
        _("Send the question"),
        lead=_("It goes to %(name)s. Question and answer stay with the version, and whoever may see it can read them.")
        % {"name": version.prepared_by.name},
    )
    return form_page(request, form, page, {"version": version})


@establishment_page("policy.prepare")
def answer(request: ActorRequest, establishment: Establishment, number: int, question: int) -> HttpResponseBase:
    """Answer what an approver asked."""
    version = versions.version_for(request.actor, establishment, number)
    asked = versions.question_of(request.actor, version, question)
    form = AnswerForm(posted(request))

    def save() -> None:
        questions.answer_question(request.actor, asked, form.cleaned_data["answer"], now=timezone.now())

    if saved(form, save):
        message = _("%(name)s is told your answer.") % {"name": asked.asked_by.name}
        return done(request, message, "policies:version", establishment.slug, number)
    page = FormPage(
        _("Question of %(name)s") % {"name": asked.asked_by.name},
        _("Send the answer"),
        lead=asked.text,
        note=_("If the answer is to change the text, take the version back first: what was approved lapses."),
    )
    return form_page(request, form, page, {"version": version})


@establishment_page("policy.adopt")
def adopt(request: ActorRequest, establishment: Establishment, number: int) -> HttpResponseBase:
    version = versions.version_for(request.actor, establishment, number)
    today = timezone.localdate()
    first = max(version.in_force_from or today, today)
    initial = {"adopted_on": today, "sign_by": first + timedelta(weeks=WEEKS_TO_SIGN)}
    form = AdoptionForm(posted(request), initial=initial)

    def save() -> None:
        approvals.adopt_version(request.actor, version, approvals.Adoption(**form.cleaned_data), now=timezone.now())

    if saved(form, save):
        message = _("Version %(number)s is adopted.") % {"number": number}
        return done(request, message, "policies:version", establishment.slug, number)
    page = FormPage(
        _("Record the adoption of version %(number)s") % {"number": number},
        _("Record the adoption"),
        lead=_(
            "When it is in force, the version before it ends; everybody covered is asked to read and sign it, and the "
            "tasks of its duties are made."
        ),
    )
    return form_page(request, form, page, {"version": version})


@establishment_page("policy.publish")
def publish(request: ActorRequest, establishment: Establishment, number: int) -> HttpResponseBase:
    if establishment.is_school:
        raise Hidden("a school publishes no models")
    version = versions.version_for(request.actor, establishment, number)
    choices = [(clause.id, f"{clause.label}: {clause.text}") for clause in compiled.policy_of(version).clauses]
    form = PublicationForm(choices, posted(request), initial={"fixed": version.fixed_clauses})

    def save() -> None:
        approvals.publish_model(request.actor, version, form.cleaned_data["fixed"], now=timezone.now())

    if saved(form, save):
        message = _("Your schools can adopt it as a model now.")
        return done(request, message, "policies:version", establishment.slug, number)
    page = FormPage(
        _("Offer it as a model"),
        _("Offer it to the schools"),
        lead=_(
            "Your schools can begin their own version from it. Those who did so before are told that the model has "
            "moved on."
        ),
    )
    return form_page(request, form, page, {"version": version})


@establishment_page("policy.withdraw")
def withdraw(request: ActorRequest, establishment: Establishment, number: int) -> HttpResponseBase:
    version = versions.version_for(request.actor, establishment, number)
    form = WithdrawalForm(posted(request), initial={"until": timezone.localdate()})

    def save() -> None:
        withdrawal = approvals.Withdrawal(**form.cleaned_data)
        approvals.withdraw_version(request.actor, version, withdrawal, now=timezone.now())

    if saved(form, save):
        message = _("Version %(number)s is withdrawn.") % {"number": number}
        return done(request, message, "policies:overview", establishment.slug)
    page = FormPage(
        _("Withdraw version %(number)s") % {"number": number},
        _("Withdraw it"),
        lead=_(
            "Nobody will be asked to sign it any more, and its open tasks will be removed. "
            "The version and its signatures stay on record."
        ),
        danger=True,
    )
    return form_page(request, form, page, {"version": version})


@establishment_page("policy.review")
def review(request: ActorRequest, establishment: Establishment, number: int) -> HttpResponseBase:
    version = versions.version_for(request.actor, establishment, number)
    proposed = next_review(compiled.policy_of(version), timezone.localdate())
    moved_on = versions.newer_model(request.actor, version)
    initial = {
        "review_on": proposed,
        "reviewed_on": timezone.localdate(),
        "reviewer": request.actor.person.name,
        "model": "" if moved_on or not version.model_text else _("The model has not changed."),
    }
    form = ReviewForm(posted(request), initial=initial)

    def save() -> None:
        details = reviews.ReviewDetails(**form.cleaned_data)
        reviews.confirm_review(request.actor, version, details, now=timezone.now())

    if saved(form, save):
        return done(request, _("The review is recorded."), "policies:version", establishment.slug, number)
    page = FormPage(
        _("Record a review of version %(number)s") % {"number": number},
        _("Record the review"),
        lead=_("The version stays as it is. If anything needs to change, start the next version instead."),
        above="policies/parts/since_adopted.html",
    )
    return form_page(request, form, page, {"version": version, "moved_on": moved_on, **_since(request, version)})


def _since(request: ActorRequest, version: Version) -> dict[str, object]:
    """Return what has changed in law, guidance and platforms since a version was adopted, or last reviewed."""
    held = versions.reviews_of(request.actor, version)
    since = held[0].reviewed_on if held else version.adopted_on
    known = references.changed_since(version.establishment.nation, since, request.actor.on) if since else []
    return {"since": since, "was_reviewed": bool(held), "known": known}


@establishment_page("policy.prepare")
def reopen(request: ActorRequest, establishment: Establishment, number: int) -> HttpResponseBase:
    version = versions.version_for(request.actor, establishment, number)
    page = FormPage(
        _("Change this version again?"),
        _("Change it again"),
        lead=_("It becomes a draft again, and the approvals given so far lapse."),
        danger=True,
    )
    return confirm_page(
        request,
        page,
        lambda: approvals.reopen_version(request.actor, version, now=timezone.now()),
        lambda: redirect("policies:version", establishment.slug, number),
        {"version": version},
    )


@establishment_page("policy.prepare")
def discard(request: ActorRequest, establishment: Establishment, number: int) -> HttpResponseBase:
    version = versions.version_for(request.actor, establishment, number)
    page = FormPage(
        _("Discard this version?"),
        _("Discard it"),
        lead=_("It stays on record, but nobody can continue it."),
        danger=True,
    )
    return confirm_page(
        request,
        page,
        lambda: drafts.discard_version(request.actor, version, now=timezone.now()),
        lambda: redirect("policies:version", establishment.slug, number),
        {"version": version},
    )
