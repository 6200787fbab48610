"""The register of declared ties, one's own declarations, and one of them with what can be done about it."""

from dateutil.relativedelta import relativedelta
from django.http import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from proviso.records.people.models import Establishment
from proviso.records.people.permissions import may
from proviso.records.registers.models import Declaration
from proviso.records.registers.selectors import declarations as selectors
from proviso.records.registers.services import declarations as services
from proviso.web.kit.confirm import confirm_page
from proviso.web.kit.forms import FormPage, done, form_page, posted, saved
from proviso.web.kit.lists import Column, Export, Filter, ListPage, list_page
from proviso.web.kit.pages import ActorRequest, Link, establishment_page, render_page
from proviso.web.registers.forms import DecisionForm, ReasonForm, WordsForm

State = Declaration.State


@establishment_page("declarations.view")
def listed(request: ActorRequest, establishment: Establishment) -> HttpResponseBase:
    actor = request.actor
    page: ListPage[Declaration] = ListPage(
        title=_("Declarations"),
        lead=_(
            "Ties that people declared themselves. Questions to the policy are private: no list is made of ties that "
            "somebody mentioned in a question."
        ),
        rows=lambda query: selectors.declarations_of(
            actor, establishment, query.find, query.choice("kind"), query.choice("state")
        ),
        columns=_columns(establishment),
        filters=[
            Filter("kind", _("Kind of tie"), Declaration.Kind.choices, _("Every kind")),
            Filter("state", _("State"), State.choices, _("Every state")),
        ],
        search=_("Name"),
        export=Export(f"{establishment.slug}-declarations", action="declarations.export"),
        buttons=[Link(_("Declare a tie of your own"), reverse("registers:declare", args=[establishment.slug]))]
        if "declaration.make" in request.may
        else [],
        count=lambda count: ngettext("%(count)d declaration", "%(count)d declarations", count) % {"count": count},
        empty=_("Nobody has declared anything yet."),
        sorted_by="-declared",
    )
    return list_page(request, page)


def _columns(establishment: Establishment) -> list[Column[Declaration]]:
    return [
        Column(
            _("Who"),
            lambda row: row.person.name,
            name="who",
            sort=("person__family_name", "person__given_name"),
            link=lambda row: reverse("registers:declaration", args=[establishment.slug, row.pk]),
        ),
        Column(_("Kind of tie"), lambda row: row.get_kind_display()),
        Column(_("With"), lambda row: row.name, name="with", sort=("name",)),
        Column(_("State"), lambda row: row.get_state_display(), name="state", sort=("state",)),
        Column(_("Declared"), lambda row: row.declared_at.date(), name="declared", sort=("declared_at",)),
        Column(_("Next review"), lambda row: row.review_on, name="review", sort=("review_on",)),
        Column(_("Conditions"), lambda row: row.conditions, only="file"),
        Column(_("Clause"), lambda row: row.clause, only="file"),
        Column(_("Statement"), lambda row: row.text, only="file"),
    ]


def mine(request: ActorRequest) -> HttpResponseBase:
    """What somebody declared, wherever that was."""
    context = {
        "rows": selectors.my_declarations(request.actor),
        "places": [place for place in request.actor.establishments if may(request.actor, "declaration.make", place)],
    }
    return render_page(request, "registers/my_declarations.html", context)


@establishment_page()
def declaration(request: ActorRequest, establishment: Establishment, declaration: int) -> HttpResponseBase:
    row = selectors.declaration_for(request.actor, establishment, declaration)
    context = {
        "declaration": row,
        "steps": selectors.steps_of(request.actor, row),
        "is_own": row.person_id == request.actor.person.pk,
        "decides": may(request.actor, "declaration.decide", row),
    }
    return render_page(request, "registers/declaration.html", context)


@establishment_page()
def decide(request: ActorRequest, establishment: Establishment, declaration: int) -> HttpResponseBase:
    """Acknowledge what waits, or look again at what was acknowledged."""
    row = selectors.declaration_to_decide(request.actor, establishment, declaration)
    is_review = row.state == State.ACKNOWLEDGED
    in_a_year = request.actor.on + relativedelta(years=1)
    form = DecisionForm(posted(request), initial={"review_on": in_a_year, "conditions": row.conditions})
    change = services.review if is_review else services.acknowledge
    if saved(form, lambda: change(request.actor, row, form.decision(), now=timezone.now())):
        message = _("The declaration is reviewed.") if is_review else _("The declaration is acknowledged.")
        return done(request, message, "registers:declaration", establishment.slug, row.pk)
    page = FormPage(
        _("Review this declaration") if is_review else _("Acknowledge this declaration"),
        _("Save") if is_review else _("Acknowledge"),
        caption=row.person.name,
        lead=_("%(person)s sees what you write here.") % {"person": row.person.name},
        above="registers/statement.html",
        cancel=_page_of(establishment, row),
    )
    return form_page(request, form, page, {"text": row.text, "declaration": row})


@establishment_page()
def ask(request: ActorRequest, establishment: Establishment, declaration: int) -> HttpResponseBase:
    row = selectors.declaration_to_decide(request.actor, establishment, declaration)
    form = WordsForm(posted(request))
    if saved(form, lambda: services.ask_for_more(request.actor, row, form.cleaned_data["text"], now=timezone.now())):
        return done(request, _("Your question is sent."), "registers:declaration", establishment.slug, row.pk)
    page = FormPage(
        _("What else do you need to know?"),
        _("Send the question"),
        caption=row.person.name,
        above="registers/statement.html",
        cancel=_page_of(establishment, row),
    )
    return form_page(request, form, page, {"text": row.text, "declaration": row})


@establishment_page()
def answer(request: ActorRequest, establishment: Establishment, declaration: int) -> HttpResponseBase:
    row = selectors.own_declaration(request.actor, establishment, declaration)
    form = WordsForm(posted(request))
    if saved(form, lambda: services.answer(request.actor, row, form.cleaned_data["text"], now=timezone.now())):
        return done(request, _("Your answer is sent."), "registers:declaration", establishment.slug, row.pk)
    question = [step.text for step in selectors.steps_of(request.actor, row) if step.kind == "more_asked"][-1:]
    page = FormPage(
        _("Answer the question"),
        _("Send the answer"),
        caption=establishment.name,
        lead="".join(question),
        cancel=_page_of(establishment, row),
    )
    return form_page(request, form, page, {"declaration": row})


@establishment_page()
def confirm(request: ActorRequest, establishment: Establishment, declaration: int) -> HttpResponseBase:
    row = selectors.own_declaration(request.actor, establishment, declaration)
    page = FormPage(
        _("Does this still hold?"),
        _("Yes, it still holds"),
        caption=establishment.name,
        above="registers/statement.html",
        note=_("If it has changed, withdraw it and declare the tie as it is now."),
        cancel=_page_of(establishment, row),
    )
    return confirm_page(
        request,
        page,
        lambda: services.confirm(request.actor, row, now=timezone.now()),
        lambda: done(request, _("Thank you. It is confirmed."), "registers:declaration", establishment.slug, row.pk),
        {"text": row.text, "declaration": row},
    )


@establishment_page()
def withdraw(request: ActorRequest, establishment: Establishment, declaration: int) -> HttpResponseBase:
    row = selectors.own_declaration(request.actor, establishment, declaration)
    form = ReasonForm(posted(request))
    if saved(form, lambda: services.withdraw(request.actor, row, form.cleaned_data["text"], now=timezone.now())):
        return done(request, _("The declaration is withdrawn."), "registers:my_declarations")
    page = FormPage(
        _("Withdraw this declaration?"),
        _("Withdraw it"),
        caption=establishment.name,
        lead=_("It stays on record as withdrawn. It no longer counts when you ask the policy a question."),
        above="registers/statement.html",
        cancel=_page_of(establishment, row),
        danger=True,
    )
    return form_page(request, form, page, {"text": row.text, "declaration": row})


def _page_of(establishment: Establishment, row: Declaration) -> str:
    return reverse("registers:declaration", args=[establishment.slug, row.pk])
