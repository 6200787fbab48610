"""The way to a signature, made for a telephone: why, the text, three questions, the signature."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from proviso.records.people.models import Establishment
from proviso.records.policies import compiled
from proviso.records.policies.models import Acknowledgement, Campaign, Version
from proviso.records.policies.selectors import acknowledgements as standing
from proviso.records.policies.services import acknowledgements
from proviso.records.policies.services.errors import ReplacedMeanwhile
from proviso.web import clauses, sentences
from proviso.web.places import ActorRequest, done, page, place
from proviso.web.policies import differences
from proviso.web.policies.acknowledgements import sign_session
from proviso.web.policies.acknowledgements.forms import AnswerForm, DeclineForm, StatementForm

Kind = Acknowledgement.Kind


def _campaign(school: Establishment) -> Campaign | None:
    return acknowledgements.current_campaign(school.pk)


def _nothing(request: ActorRequest, school: Establishment) -> HttpResponse:
    return page(request, school, "signing/nothing.html", {"rows": standing.my_acknowledgements(request.actor)})


@place()
def start(request: ActorRequest, school: Establishment) -> HttpResponse:
    campaign = _campaign(school)
    waiting = next(
        (one for one in standing.to_sign(request.actor) if campaign and one.campaign.pk == campaign.pk), None
    )
    if campaign is None or waiting is None:
        return _nothing(request, school)
    version = campaign.version
    shown = {
        "campaign": campaign,
        "version": version,
        "due_on": waiting.due_on,
        "overdue": waiting.standing is standing.Standing.OVERDUE,
        "count": len(compiled.policy_of(version).clauses),
        "again": version.previous is not None,
        "begun": sign_session.of(request, campaign),
        "asked": len(sign_session.questions(request, campaign)),
    }
    return page(request, school, "signing/start.html", shown)


@place()
def read(request: ActorRequest, school: Establishment) -> HttpResponse:
    campaign = _campaign(school)
    if campaign is None:
        return _nothing(request, school)
    if request.method == "POST":
        if request.POST.get("fingerprint") != campaign.version.fingerprint:
            return _replaced(request, school, campaign.version)
        way = sign_session.of(request, campaign)
        way.read = True
        sign_session.keep(request, campaign, way)
        return _next(request, school, campaign)
    book = compiled.compiled(campaign.version)
    shown = {
        "campaign": campaign,
        "version": campaign.version,
        "policy_": book.policy,
        "sections": clauses.sections(book, timezone.localdate()),
        "changes": _changes(campaign.version),
    }
    return page(request, school, "signing/read.html", shown)


def _changes(version: Version) -> list[differences.Text]:
    if version.previous is None:
        return []
    return differences.texts(compiled.policy_of(version.previous), compiled.policy_of(version))


def _next(request: ActorRequest, school: Establishment, campaign: Campaign) -> HttpResponse:
    way = sign_session.of(request, campaign)
    if not way.read:
        return redirect("sign_read", school.slug)
    if len(way.answers) < len(sign_session.questions(request, campaign)):
        return redirect("sign_question", school.slug, len(way.answers) + 1)
    return redirect("sign_statement", school.slug)


@place()
def question(request: ActorRequest, school: Establishment, number: int) -> HttpResponse:
    campaign = _campaign(school)
    if campaign is None:
        return _nothing(request, school)
    way, asked = sign_session.of(request, campaign), sign_session.questions(request, campaign)
    if not way.read or number > min(len(asked), len(way.answers) + 1) or number < 1:
        return _next(request, school, campaign)
    one = asked[number - 1]
    policy = compiled.policy_of(campaign.version)
    options = sentences.check_options(one)
    form = AnswerForm(options, request.POST or None)
    shown: dict[str, Any] = {
        "form": form,
        "version": campaign.version,
        "number": number,
        "count": len(asked),
        "situation": capfirst(sentences.situation(one.facts)),
    }
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["answer"]
        if len(way.answers) < number:  # the first answer counts, whatever is tried afterwards
            told = {"clauses": list(one.clauses), "facts": dict(one.facts), "right": one.right, "chosen": chosen}
            way.answers.append(told)
            sign_session.keep(request, campaign, way)
        shown |= {
            "right": chosen == one.right,
            "answer": dict(options)[one.right],
            "css": sentences.css("not_covered" if one.right == "nothing" else one.right),
            "cards": clauses.cards(policy, one.clauses),
        }
        return page(request, school, "signing/answered.html", shown)
    return page(request, school, "signing/question.html", shown)


@place()
def statement(request: ActorRequest, school: Establishment) -> HttpResponse:
    campaign = _campaign(school)
    if campaign is None:
        return _nothing(request, school)
    way = sign_session.of(request, campaign)
    if request.method == "GET" and (not way.read or len(way.answers) < len(sign_session.questions(request, campaign))):
        return _next(request, school, campaign)
    confirmed = sign_session.confirmations(request, campaign)
    words = _statement(campaign.version)
    form = StatementForm(request.POST or None, initial={"fingerprint": campaign.version.fingerprint})
    if request.method == "POST" and form.is_valid():
        said = acknowledgements.Said(
            Kind.SIGNED,
            form.cleaned_data["fingerprint"],
            typed_name=form.cleaned_data["typed_name"],
            statement="\n".join((words, *(f"{what} ({clause})" for clause, what in confirmed))),
            answers=way.answers,
        )
        answer = _said(request, school, form, (campaign, said))
        if answer is not None:
            return answer
    shown = {"form": form, "version": campaign.version, "words": words, "confirmed": confirmed}
    return page(request, school, "signing/statement.html", shown)


def _statement(version: Version) -> str:
    policy = compiled.policy_of(version)
    return _("I have read version %(number)s of the policy “%(policy)s” of %(school)s, and I will keep to it.") % {
        "number": version.number,
        "policy": policy.name,
        "school": version.establishment.name,
    }


def _said(
    request: ActorRequest,
    school: Establishment,
    form: StatementForm | DeclineForm,
    told: tuple[Campaign, acknowledgements.Said],
) -> HttpResponse | None:
    """Acknowledge, and lead on; None where the form has errors now."""
    campaign, said = told
    try:
        if not done(
            form, lambda: acknowledgements.acknowledge_version(request.actor, campaign, said, now=timezone.now())
        ):
            return None
    except ReplacedMeanwhile as replaced:
        return _replaced(request, school, replaced.current)
    sign_session.forget(request, campaign)
    if said.kind != Kind.SIGNED:
        messages.success(request, _("Your answer is recorded, and the headteacher sees it."))
    return redirect("sign_done", school.slug)


def _replaced(request: ActorRequest, school: Establishment, current: Version | None) -> HttpResponse:
    """Say that another version is to be signed now, and what differs: nothing was signed, nothing is lost."""
    shown = {"version": current, "changes": _changes(current) if current else []}
    return page(request, school, "signing/replaced.html", shown, status=409)


@place()
def decline(request: ActorRequest, school: Establishment) -> HttpResponse:
    campaign = _campaign(school)
    if campaign is None:
        return _nothing(request, school)
    form = DeclineForm(request.POST or None, initial={"fingerprint": campaign.version.fingerprint})
    if request.method == "POST" and form.is_valid():
        said = acknowledgements.Said(
            form.cleaned_data["kind"], form.cleaned_data["fingerprint"], reason=form.cleaned_data["reason"]
        )
        answer = _said(request, school, form, (campaign, said))
        if answer is not None:
            return answer
    return page(request, school, "signing/decline.html", {"form": form, "version": campaign.version})


@place()
def finished(request: ActorRequest, school: Establishment) -> HttpResponse:
    rows = standing.my_acknowledgements(request.actor)
    row = next((one for one in rows if one.version.establishment_id == school.pk), None)
    if row is None:
        return redirect("sign", school.slug)
    return page(request, school, "signing/done.html", {"row": row})
