"""The way to a signature, made for a telephone: why, the text, three questions, the signature."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from proviso.records.people.facts import who
from proviso.records.people.models import Establishment
from proviso.records.policies import compiled
from proviso.records.policies.models import Acknowledgement, Campaign, Version
from proviso.records.policies.selectors import acknowledgements as standing
from proviso.records.policies.services import acknowledgements
from proviso.records.policies.services.errors import ReplacedMeanwhile
from proviso.records.policies.signing_questions import confirmations, question_key, ruling_on
from proviso.rules.asking import CheckQuestion
from proviso.rules.norms import Clause, Policy
from proviso.web import clauses
from proviso.web.clauses import Section
from proviso.web.kit.forms import INVALID, FormPage, form_page, posted, saved
from proviso.web.kit.pages import ActorRequest, Link, establishment_page, render_page
from proviso.web.policies import differences, documents
from proviso.web.policies.acknowledgements import sign_session
from proviso.web.policies.acknowledgements.forms import AnswerForm, DeclineForm, ReadForm, StatementForm
from proviso.wording import localised, outcomes, rulings, situations

Kind = Acknowledgement.Kind
WORDS_A_MINUTE = 180


@dataclass(frozen=True)
class Because:
    """A clause, by its number, that does not decide a question, and why."""

    clause: str
    because: str


def _nothing(request: ActorRequest) -> HttpResponse:
    return render_page(request, "acknowledgements/nothing.html", {"rows": standing.my_acknowledgements(request.actor)})


@establishment_page("establishment.view")
def start(request: ActorRequest, establishment: Establishment) -> HttpResponseBase:
    campaign = standing.current_campaign(request.actor, establishment)
    waiting = next(
        (asked for asked in standing.to_sign(request.actor) if campaign and asked.campaign.pk == campaign.pk), None
    )
    if campaign is None or waiting is None:
        return _nothing(request)
    version = campaign.version
    context = {
        "campaign": campaign,
        "version": version,
        "due_on": waiting.due_on,
        "count": len(compiled.policy_of(version).clauses),
        "again": version.previous is not None,
        "begun": sign_session.of(request, campaign),
        "asked": len(sign_session.questions(request, campaign)),
    }
    return render_page(request, "acknowledgements/start.html", context)


@establishment_page("establishment.view")
def read(request: ActorRequest, establishment: Establishment) -> HttpResponseBase:
    campaign = standing.current_campaign(request.actor, establishment)
    if campaign is None:
        return _nothing(request)
    if request.method == "POST" and request.POST.get("fingerprint") != campaign.version.fingerprint:
        return _replaced(request, campaign.version)
    book, today = compiled.compiled_policy(campaign.version), timezone.localdate()
    roles = who(request.actor.kinds_in(establishment))

    def is_mine(clause: Clause) -> bool:
        return clauses.speaks_to(clause, book.policy, roles)

    rest = clauses.sections(book, today, keep=lambda clause: not is_mine(clause))
    given = {"fingerprint": campaign.version.fingerprint}
    form = ReadForm(posted(request), initial=given, has_rest=bool(rest))
    if form.is_valid():
        way = sign_session.of(request, campaign)
        way.read, way.whole = True, form.is_whole
        sign_session.keep(request, campaign, way)
        return _next(request, establishment, campaign)
    mine = clauses.sections(book, today, keep=is_mine)
    before = standing.signed_before(request.actor, establishment)
    context = {
        "form": form,
        "campaign": campaign,
        "version": campaign.version,
        "policy_": book.policy,
        "mine": mine,
        "mine_count": _count(mine),
        "rest": rest,
        "rest_count": _count(rest),
        "minutes": _minutes(book.policy, is_mine),
        "before": before,
        "changes": _changes(campaign.version, before),
    }
    return render_page(request, "acknowledgements/read.html", context, INVALID if form.errors else 200)


def _count(sections: Sequence[Section]) -> int:
    return sum(len(section.cards) for section in sections)


def _minutes(policy: Policy, is_mine: Callable[[Clause], bool]) -> int:
    """Return how long it takes to read what applies to somebody, at a calm pace."""
    words = sum(len(clause.text.split()) for clause in policy.clauses if is_mine(clause))
    return max(1, round(words / WORDS_A_MINUTE))


def _changes(version: Version, signed: Acknowledgement | None = None) -> list[differences.Text]:
    """Return what reads otherwise than in what somebody signed last, or else in the version before."""
    before = signed.version if signed else version.previous
    if before is None or before.pk == version.pk:
        return []
    return differences.texts(compiled.policy_of(before), compiled.policy_of(version))


def _next(request: ActorRequest, establishment: Establishment, campaign: Campaign) -> HttpResponse:
    way = sign_session.of(request, campaign)
    if not way.read:
        return redirect("acknowledgements:read", establishment.slug)
    number = sign_session.next_question(request, campaign)
    if number:
        return redirect("acknowledgements:question", establishment.slug, number)
    return redirect("acknowledgements:statement", establishment.slug)


@establishment_page("establishment.view")
def question(request: ActorRequest, establishment: Establishment, number: int) -> HttpResponseBase:
    campaign = standing.current_campaign(request.actor, establishment)
    if campaign is None:
        return _nothing(request)
    way, questions = sign_session.of(request, campaign), sign_session.questions(request, campaign)
    due = sign_session.next_question(request, campaign) or len(questions)
    if not way.read or not 1 <= number <= due:
        return _next(request, establishment, campaign)
    asked = questions[number - 1]
    options = [(option, outcomes.check_option(option)) for option in asked.options]
    form = AnswerForm(options, posted(request))
    situation = capfirst(situations.situation(asked.facts))
    if not form.is_valid():
        caption = _("Question %(number)s of %(count)s") % {"number": number, "count": len(questions)}
        return form_page(request, form, FormPage(situation, _("Answer"), caption=caption))
    chosen = form.cleaned_data["answer"]
    if number == sign_session.next_question(request, campaign):  # the first answer counts
        way.answers.append({"question": question_key(asked), "chosen": chosen})
        sign_session.keep(request, campaign, way)
    context = {
        "number": number,
        "count": len(questions),
        "situation": situation,
        "right": chosen == asked.right,
        "answer": dict(options)[asked.right],
        "css": clauses.css("not_covered" if asked.right == "nothing" else asked.right),
        "cards": clauses.cards(compiled.policy_of(campaign.version), asked.clauses),
        "because": because(campaign.version, asked, request.actor.on),
    }
    return render_page(request, "acknowledgements/answered.html", context)


def because(version: Version, asked: CheckQuestion, on: date) -> list[Because]:
    """Return what makes an answer right that its clauses alone would not: what lifts a ban, or comes before it."""
    policy = compiled.policy_of(version)
    aside = rulings.reasons(ruling_on(asked, version, on)).set_aside
    return [Because(policy.label(each.clause), each.because) for each in aside]


@establishment_page("establishment.view")
def statement(request: ActorRequest, establishment: Establishment) -> HttpResponseBase:
    campaign = standing.current_campaign(request.actor, establishment)
    if campaign is None:
        return _nothing(request)
    way = sign_session.of(request, campaign)
    if request.method == "GET" and (not way.read or sign_session.next_question(request, campaign)):
        return _next(request, establishment, campaign)
    confirmed = confirmations(request.actor.kinds_in(establishment), campaign.version)
    words = _statement(campaign.version, whole=way.whole)
    form = StatementForm(posted(request), initial={"fingerprint": campaign.version.fingerprint})
    if form.is_valid():
        signature = acknowledgements.SigningResponse(
            Kind.SIGNED,
            form.cleaned_data["fingerprint"],
            typed_name=form.cleaned_data["typed_name"],
            statement="\n".join((words, *(f"{each.words} ({each.clause})" for each in confirmed))),
            has_read_to_end=way.read,
            answers=way.given(),
        )
        if (answer := _answered(request, form, campaign, signature)) is not None:
            return answer
    decline = Link(
        _("Decline, or ask for an exemption"), reverse("acknowledgements:decline", args=[establishment.slug])
    )
    page = FormPage(_("Sign"), _("Sign"), above="acknowledgements/parts/statement.html", links=[decline])
    return form_page(request, form, page, {"words": words, "confirmed": confirmed})


def _statement(version: Version, *, whole: bool) -> str:
    policy = compiled.policy_of(version)
    names = {
        "number": version.number,
        "policy": localised.plain(policy.name, policy),
        "school": localised.plain(version.establishment.name, policy),
    }
    if whole:
        return (
            _("I have read version %(number)s of the policy “%(policy)s” of %(school)s, and I will keep to it.") % names
        )
    return (
        _(
            "I have read the clauses that apply to me of version %(number)s of the policy “%(policy)s” of %(school)s. "
            "I know where to find the others, and I will keep to the policy."
        )
        % names
    )


def _answered(
    request: ActorRequest,
    form: StatementForm | DeclineForm,
    campaign: Campaign,
    given: acknowledgements.SigningResponse,
) -> HttpResponse | None:
    """Acknowledge, and lead on; None where the form has errors now."""
    try:
        if not saved(
            form, lambda: acknowledgements.acknowledge_version(request.actor, campaign, given, now=timezone.now())
        ):
            return None
    except ReplacedMeanwhile as replaced:
        return _replaced(request, replaced.current)
    sign_session.forget(request, campaign)
    if given.kind != Kind.SIGNED:
        messages.success(request, _("Your answer is recorded, and the headteacher sees it."))
    return redirect("acknowledgements:done", request.establishment.slug)


def _replaced(request: ActorRequest, current: Version | None) -> HttpResponse:
    """Say that another version is to be signed now, and what differs: nothing was signed, nothing is lost."""
    context = {"version": current, "changes": _changes(current) if current else []}
    return render_page(request, "acknowledgements/replaced.html", context, status=409)


@establishment_page("establishment.view")
def decline(request: ActorRequest, establishment: Establishment) -> HttpResponseBase:
    campaign = standing.current_campaign(request.actor, establishment)
    if campaign is None:
        return _nothing(request)
    form = DeclineForm(posted(request), initial={"fingerprint": campaign.version.fingerprint})
    if form.is_valid():
        given = form.cleaned_data
        answer = acknowledgements.SigningResponse(given["kind"], given["fingerprint"], reason=given["reason"])
        if (response := _answered(request, form, campaign, answer)) is not None:
            return response
    page = FormPage(
        _("Decline, or ask for an exemption"),
        _("Send"),
        lead=_(
            "The policy may bind you all the same. If something in it troubles you, talk to the headteacher or your "
            "union first."
        ),
    )
    return form_page(request, form, page)


@establishment_page("establishment.view")
def finished(request: ActorRequest, establishment: Establishment) -> HttpResponseBase:
    rows = standing.my_acknowledgements(request.actor)
    row = next((each for each in rows if each.version.establishment_id == establishment.pk), None)
    if row is None:
        return redirect("acknowledgements:sign", establishment.slug)
    return render_page(request, "acknowledgements/done.html", {"row": row, "receipt": documents.receipt(row)})
