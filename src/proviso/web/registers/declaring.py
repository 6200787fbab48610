"""Declare a tie: one form, then the statement to check and sign."""

from django.http import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from proviso.records.people.actors import Public
from proviso.records.people.models import Establishment
from proviso.records.policies.compiled import policy_of
from proviso.records.policies.facts import binds
from proviso.records.policies.selectors.versions import public_version
from proviso.records.registers.models import Declaration
from proviso.records.registers.selectors.declarations import task_asking
from proviso.records.registers.services.declarations import AskedBy, fingerprint, statement
from proviso.records.registers.services.declarations import declare as declare_tie
from proviso.web import clauses
from proviso.web.clauses import Card
from proviso.web.kit.forms import INVALID, FormPage, done, form_page, posted, saved
from proviso.web.kit.pages import ActorRequest, establishment_page
from proviso.web.registers.forms import CheckTieForm, TieForm

DECLARE = "declare"  # what a clause runs that asks for a declaration


@establishment_page("declaration.make")
def declare(request: ActorRequest, establishment: Establishment) -> HttpResponseBase:
    asked, card = _asked_by(request, establishment)
    is_check = "seen" in request.POST
    form: TieForm = CheckTieForm(posted(request)) if is_check else TieForm(posted(request))
    made: list[Declaration] = []

    def make() -> None:
        given = form.cleaned_data["seen"]
        made.append(declare_tie(request.actor, establishment, form.tie(), asked, seen=given, now=timezone.now()))

    if is_check and saved(form, make):
        return done(
            request,
            _("Your declaration is sent. You will see here when it is acknowledged."),
            "registers:declaration",
            establishment.slug,
            made[0].pk,
        )
    plain = TieForm(posted(request)) if is_check else form
    if plain.is_bound and plain.is_valid():
        return _check(request, establishment, plain, " ".join(map(str, form.non_field_errors())))
    page = FormPage(
        _("Declare a tie"),
        _("Continue"),
        caption=establishment.name,
        above="registers/why_declare.html",
        cancel=reverse("registers:my_declarations"),
    )
    return form_page(request, plain, page, {"card": card})


def _check(request: ActorRequest, establishment: Establishment, form: TieForm, refusal: str) -> HttpResponseBase:
    """Show the statement to sign, and why it was not taken where somebody has signed another."""
    text = statement(request.actor, establishment, form.tie())
    page = FormPage(
        _("Check and sign what you declare"),
        _("Sign and send"),
        caption=establishment.name,
        above="registers/statement.html",
        warning=refusal,
        note=_("To change something, go back. What you sign is kept as it stands here."),
        cancel=reverse("registers:my_declarations"),
    )
    check = CheckTieForm(initial={**form.cleaned_data, "seen": fingerprint(text)})
    return form_page(request, check, page, {"text": text}, INVALID if refusal else 200)


def _asked_by(request: ActorRequest, establishment: Establishment) -> tuple[AskedBy, Card | None]:
    """Return which clause of the policy in force asks the reader for it, and the task that led here."""
    task = task_asking(request.actor, establishment, request.GET.get("task", ""))
    version = public_version(Public(request.actor.on), establishment.slug)
    if version is None:
        return AskedBy(), None
    policy, kinds = policy_of(version), request.actor.kinds_in(establishment)
    asking = [clause for clause in policy.clauses if DECLARE in clause.runs and binds(clause, policy, kinds)]
    if not asking:
        return AskedBy(), None
    clause = asking[0]
    known = task if task and task.clause in {each.id for each in asking} else None
    return AskedBy(clause.id, version.pk, known), clauses.card(clause, policy)
