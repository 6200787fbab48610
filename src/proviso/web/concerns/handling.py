"""Concerns for those who handle them: the list, one of them, and what is done with it until it becomes a case."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from proviso.records.cases.models import Concern, Matter, PartyRole
from proviso.records.cases.selectors import concerns as selectors
from proviso.records.cases.services import handling
from proviso.records.people.models import Establishment, Person
from proviso.web.concerns import guidance
from proviso.web.concerns.capacities import capacity
from proviso.web.concerns.waiting import count_anew
from proviso.web.fields import DayField, set_choices
from proviso.web.kit.forms import INVALID, FormPage, done, form_page, posted, saved
from proviso.web.kit.lists import Column, Filter, ListPage, Query, list_page
from proviso.web.kit.pages import ActorRequest, Link, establishment_page, render_page

ABOVE = ("chair", "executive")  # whom *do this now* sends others to
NEXT_ANSWER = timedelta(days=7)
TABS: dict[str, tuple[str | Promise, tuple[str, ...]]] = {
    "pupils": (gettext_lazy("About pupils and others"), (Matter.PUPIL, Matter.OTHER)),
    "adults": (gettext_lazy("About adults who work here"), (Matter.ADULT,)),
}


@establishment_page("concerns.list")
def listed(request: ActorRequest, establishment: Establishment, tab: str = "pupils") -> HttpResponseBase:
    """List the concerns that somebody handles; what is about adults never stands among what is about pupils."""
    title, matters = TABS[tab]
    page_of_one = "concerns:adult" if tab == "adults" else "concerns:concern"

    def rows(query: Query) -> Any:
        found = selectors.concerns_of(request.actor, establishment, matters, query.find)
        return found.filter(state=query.choice("state")) if query.choice("state") else found

    others = [
        Link(words, reverse(f"concerns:{name}", args=[establishment.slug]))
        for name, (words, _matters) in TABS.items()
        if name != tab
    ]
    page = ListPage(
        title=_("Concerns: %(about)s") % {"about": str(title)[0].lower() + str(title)[1:]},
        rows=rows,
        columns=[
            Column(
                _("Reference"),
                lambda each: each.reference,
                link=lambda each: reverse(page_of_one, args=[establishment.slug, each.pk]),
            ),
            Column(_("About"), lambda each: each.get_kind_display()),
            Column(_("Shared"), lambda each: timezone.localdate(each.shared_at), name="shared", sort=("shared_at",)),
            Column(_("State"), _state, name="state", sort=("state",)),
            Column(_("Answer promised by"), lambda each: None if each.closed_at else each.promised_on),
        ],
        filters=[Filter("state", _("State"), list(Concern.State.choices))],
        search=_("Reference"),
        links=others,
        count=counted,
        empty=_("There are no concerns that you deal with."),
        sorted_by="-shared",
    )
    return list_page(request, page)


def counted(count: int) -> str:
    return ngettext("%(count)d concern", "%(count)d concerns", count) % {"count": count}


def _state(concern: Any) -> list[str]:
    return [concern.get_state_display(), *([_("New words from the sharer")] if concern.unread else [])]


@establishment_page("concerns.list")
def first_list(request: ActorRequest, establishment: Establishment) -> HttpResponseBase:
    """Lead to the list that stands first."""
    return redirect("concerns:pupils", establishment.slug)


@establishment_page("establishment.view")
def concern(request: ActorRequest, establishment: Establishment, pk: int, tab: str = "") -> HttpResponseBase:
    """Show a concern, one about an adult among those about adults; that it was read is logged."""
    found = selectors.concern_for(request.actor, establishment, pk)
    if (found.matter == Matter.ADULT) != (tab == "adults"):
        return redirect(f"concerns:{'concern' if tab else 'adult'}", establishment.slug, pk)
    found = handling.read_concern(request.actor, found, now=timezone.now())
    named = selectors.people_named(request.actor, found)
    context = {
        "concern": found,
        "words": selectors.words_of(request.actor, found),
        "subjects": [each for each in named if each.party.role == PartyRole.SUBJECT],
        "handlers": [each for each in named if each.party.role == PartyRole.HANDLER],
        "written": selectors.messages_of(request.actor, found),
        "capacity": capacity(found.capacity, establishment),
        "do_now": guidance.do_now(establishment, "headteacher", found.harms, request.actor.on) if found.harms else None,
        "leads": found.capacity not in ABOVE,
        "is_sharing": True,
        "is_open": found.state != Concern.State.CLOSED,
        **_clause(establishment, found, request.actor.on),
    }
    return render_page(request, "concerns/concern.html", context)


def _clause(establishment: Establishment, found: Concern, on: date) -> dict[str, Any]:
    if found.is_baseline:
        return {"quote": guidance.baseline_quote(establishment, found.clause, on)}
    return {"card": guidance.clause_card(establishment, found.clause, on)}


class AcknowledgeForm(forms.Form):
    """By when the sharer hears more, and what they are told now."""

    promised_on = DayField(label=gettext_lazy("By when will they hear from you?"))
    words = forms.CharField(
        label=gettext_lazy("What do you want to tell them now? (optional)"),
        help_text=gettext_lazy("Whoever shared the concern reads this. Do not name anybody."),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        max_length=handling.LONGEST,
    )


class WordsForm(forms.Form):
    """Words to whoever shared a concern."""

    words = forms.CharField(
        label=gettext_lazy("Your message"),
        help_text=gettext_lazy("Whoever shared the concern reads this. Do not name anybody."),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=handling.LONGEST,
        error_messages={"required": gettext_lazy("Write something first.")},
    )


class CloseForm(forms.Form):
    """Why a concern is closed."""

    reasons = forms.CharField(
        label=gettext_lazy("What do you tell whoever shared it?"),
        help_text=gettext_lazy("What was looked at and why it ends here, without names."),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=handling.LONGEST,
        error_messages={"required": gettext_lazy("Say why, in words for whoever shared it.")},
    )


class PersonForm(forms.Form):
    """Somebody to choose."""

    person = forms.ChoiceField(
        label=gettext_lazy("Who?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose somebody."),
            "invalid_choice": gettext_lazy("Choose somebody."),
        },
    )


class FindForm(forms.Form):
    """A name to look for among the people of the school."""

    find = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=100,
        error_messages={"required": gettext_lazy("Enter a name, or a part of one.")},
    )


@establishment_page("establishment.view")
def acknowledge(request: ActorRequest, establishment: Establishment, pk: int) -> HttpResponseBase:
    found = selectors.concern_for(request.actor, establishment, pk)
    form = AcknowledgeForm(posted(request), initial={"promised_on": request.actor.on + NEXT_ANSWER})
    now = timezone.now()

    def change() -> None:
        given = form.cleaned_data
        handling.acknowledge_concern(request.actor, found, given["promised_on"], given["words"], now=now)

    if saved(form, change):
        return _back(request, establishment, pk, _("The sharer can see that you are looking at it"))
    page = FormPage(
        _("Say that you are looking at it"), _("Tell them"), found.reference, cancel=_address(establishment, pk)
    )
    return form_page(request, form, page)


@establishment_page("establishment.view")
def write(request: ActorRequest, establishment: Establishment, pk: int) -> HttpResponseBase:
    found = selectors.concern_for(request.actor, establishment, pk)
    form = WordsForm(posted(request))
    now = timezone.now()
    if saved(form, lambda: handling.write_to_sharer(request.actor, found, form.cleaned_data["words"], now=now)):
        return _back(request, establishment, pk, _("Your message is there for them to read"))
    page = FormPage(_("Write to whoever shared it"), _("Send"), found.reference, cancel=_address(establishment, pk))
    return form_page(request, form, page)


@establishment_page("establishment.view")
def hand_over(request: ActorRequest, establishment: Establishment, pk: int) -> HttpResponseBase:
    found = selectors.concern_for(request.actor, establishment, pk)
    able = selectors.handlers_possible(request.actor, found)
    form = PersonForm(posted(request))
    words = [(str(each.person.pk), f"{each.person.name}, {capacity(each.capacity, establishment)}") for each in able]
    set_choices(form, "person", words)
    now = timezone.now()

    def change() -> None:
        chosen = next(each.person for each in able if str(each.person.pk) == form.cleaned_data["person"])
        handling.hand_over(request.actor, found, chosen, now=now)

    if saved(form, change):
        count_anew(request)
        return done(request, _("The concern was handed over"), "dashboards:my")
    page = FormPage(
        _("Hand the concern over"),
        _("Hand over"),
        found.reference,
        lead=_("You will not see it any more, unless your role gives you what is about pupils."),
        cancel=_address(establishment, pk),
    )
    return form_page(request, form, page)


@establishment_page("establishment.view")
def close(request: ActorRequest, establishment: Establishment, pk: int) -> HttpResponseBase:
    found = selectors.concern_for(request.actor, establishment, pk)
    form = CloseForm(posted(request))
    now = timezone.now()
    if saved(form, lambda: handling.close_concern(request.actor, found, form.cleaned_data["reasons"], now=now)):
        count_anew(request)
        return _back(request, establishment, pk, _("The concern is closed, and its sharer can read why"))
    page = FormPage(
        _("Close the concern"),
        _("Close the concern"),
        found.reference,
        warning=_(
            "If somebody may still come to harm, or you are not sure, take advice first. A case can be opened instead."
        ),
        cancel=_address(establishment, pk),
    )
    return form_page(request, form, page)


@establishment_page("establishment.view")
def match(request: ActorRequest, establishment: Establishment, pk: int, party: int) -> HttpResponseBase:
    """Say who of the school it is whom a concern names."""
    found = selectors.concern_for(request.actor, establishment, pk)
    named = selectors.party_of(request.actor, found, party)
    form = FindForm(request.GET if "find" in request.GET else None)
    results: Sequence[Person] = ()
    if form.is_valid():
        results = selectors.people_to_name(request.actor, establishment, form.cleaned_data["find"])
    chosen = selectors.people_chosen(request.actor, establishment, _key(request.POST.get("person", "")))
    if chosen:
        handling.match_party(request.actor, found, named, chosen[0], now=timezone.now())
        count_anew(request)
        return done(request, _("From now on they see nothing of it"), "dashboards:my")
    context = {"concern": found, "form": form, "results": results}
    return render_page(request, "concerns/match.html", context, INVALID if request.method == "POST" else 200)


def _key(text: str) -> list[int]:
    return [int(text)] if text.isascii() and text.isdigit() and len(text) < 10 else []


def _address(establishment: Establishment, pk: int) -> str:
    return reverse("concerns:concern", args=[establishment.slug, pk])


def _back(request: ActorRequest, establishment: Establishment, pk: int, words: str) -> HttpResponse:
    count_anew(request)
    return done(request, words, "concerns:concern", establishment.slug, pk)
