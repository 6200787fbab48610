"""How far reading and signing has come, who is missing, and what leaders do about it."""

from datetime import timedelta

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from proviso.documents import Cell
from proviso.records.people import role_names
from proviso.records.people.models import Establishment
from proviso.records.people.permissions import Hidden
from proviso.records.policies.models import Campaign
from proviso.records.policies.selectors import acknowledgements as read
from proviso.records.policies.selectors.acknowledgements import Asked, Standing
from proviso.records.policies.selectors.versions import public_version
from proviso.records.policies.services import acknowledgements
from proviso.records.policies.services.errors import ReplacedMeanwhile
from proviso.web.downloads import csv_download
from proviso.web.places import ActorRequest, done, page, place
from proviso.web.policies import documents
from proviso.web.policies.acknowledgements.forms import AskForm, ExemptionForm, RecordForm

ON_A_PAGE = 50
STANDINGS = {
    Standing.SIGNED: gettext_noop("Signed"),
    Standing.WAITING: gettext_noop("Not yet signed"),
    Standing.OVERDUE: gettext_noop("Overdue"),
    Standing.DECLINED: gettext_noop("Declined"),
    Standing.EXEMPTION_ASKED: gettext_noop("Asks to be exempted"),
    Standing.EXEMPTED: gettext_noop("Exempted"),
}


@place("signing.figures")
def overview(request: ActorRequest, school: Establishment) -> HttpResponse:
    campaign = read.campaign_of(request.actor, school)
    figures = read.figures(request.actor, campaign, request.actor.on) if campaign else []
    shown = {
        "campaign": campaign,
        "all": figures[0] if figures else None,
        "groups": [(role_names.role(one.kind, school), one) for one in figures[1:]],
        "current": public_version(school.slug, request.actor.on),
    }
    return page(request, school, "signing/overview.html", shown)


@place("signing.names")
def people(request: ActorRequest, school: Establishment) -> HttpResponse:
    campaign = _running(school)
    asked = read.asked_by_name(request.actor, campaign, request.actor.on)
    standing, kind = request.GET.get("standing", ""), request.GET.get("role", "")
    kept = [one for one in asked if (not standing or one.standing == standing) and (not kind or kind in one.kinds)]
    rows = Paginator(kept, ON_A_PAGE).get_page(request.GET.get("page"))
    shown = {
        "campaign": campaign,
        "rows": [(one, _standing(one), _roles(one, school)) for one in rows],
        "paging": rows,
        "standing": standing,
        "role": kind,
        "standings": [(one.value, _(STANDINGS[one])) for one in Standing],
        "roles": sorted({(one, role_names.role(one, school)) for each in asked for one in each.kinds}),
        "count": len(kept),
    }
    return page(request, school, "signing/people.html", shown)


def _running(school: Establishment) -> Campaign:
    campaign = acknowledgements.current_campaign(school.pk)
    if campaign is None:
        raise Hidden("no signing is open")
    return campaign


def _standing(one: Asked) -> str:
    return _(STANDINGS[one.standing])


def _roles(one: Asked, school: Establishment) -> str:
    return ", ".join(role_names.role(kind, school) for kind in one.kinds)


@place("signing.record")
def record(request: ActorRequest, school: Establishment, pk: int) -> HttpResponse:
    campaign = _running(school)
    asked = next((one for one in read.everybody_asked(campaign, request.actor.on) if one.person.pk == pk), None)
    if asked is None:
        raise Hidden(str(pk))
    form = RecordForm(request.POST or None, initial={"fingerprint": campaign.version.fingerprint})
    shown = {"form": form, "asked": asked, "version": campaign.version}
    if request.method == "POST" and form.is_valid():
        said = acknowledgements.Said("signed", form.cleaned_data["fingerprint"], reason=form.cleaned_data["reason"])
        try:
            if done(
                form,
                lambda: acknowledgements.record_signature_for(
                    request.actor, campaign, asked.person, said, now=timezone.now()
                ),
            ):
                messages.success(request, _("The signature of %(name)s is recorded.") % {"name": asked.person.name})
                return redirect("signing_people", school.slug)
        except ReplacedMeanwhile:
            form.add_error(None, _("The version was replaced meanwhile. Was the paper signed on the version of now?"))
    return page(request, school, "signing/record.html", shown)


@place("signing.exempt")
def exemption(request: ActorRequest, school: Establishment, pk: int) -> HttpResponse:
    waiting = read.exemptions_asked(request.actor, school, request.actor.on)
    row = next((one for one in waiting if one.pk == pk), None)
    if row is None:
        raise Hidden(str(pk))
    form = ExemptionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        grants, reason = form.cleaned_data["decision"] == "grant", form.cleaned_data["reason"]
        if done(
            form, lambda: acknowledgements.decide_exemption(request.actor, row, grants, reason, now=timezone.now())
        ):
            messages.success(request, _("Your decision is recorded."))
            return redirect("signing_people", school.slug)
    return page(request, school, "signing/exemption.html", {"form": form, "row": row})


@place("signing.ask")
def ask(request: ActorRequest, school: Establishment) -> HttpResponse:
    current = public_version(school.slug, request.actor.on)
    if current is None:
        raise Hidden("nothing is in force")
    form = AskForm(request.POST or None, initial={"due_on": request.actor.on + timedelta(weeks=4)})
    if request.method == "POST" and form.is_valid():
        due_on = form.cleaned_data["due_on"]
        if done(form, lambda: acknowledgements.open_yearly(request.actor, current, due_on, now=timezone.now())):
            messages.success(request, _("Everybody covered is asked to sign."))
            return redirect("signing", school.slug)
    return page(request, school, "signing/ask.html", {"form": form, "version": current})


@place("signing.export")
def export(request: ActorRequest, school: Establishment) -> StreamingHttpResponse:
    campaign = _running(school)
    header = [
        *(_("Last name"), _("First name"), _("Roles"), _("Standing")),
        *(_("When"), _("Due"), _("Recorded by"), _("Version")),
    ]
    asked = read.asked_by_name(request.actor, campaign, request.actor.on)
    rows = (_exported(one, school, campaign) for one in asked)
    return csv_download(f"signatures-{school.slug}-{request.actor.on}.csv", header, rows)


def _exported(one: Asked, school: Establishment, campaign: Campaign) -> list[Cell]:
    by = _("somebody else") if one.by_another else None
    return [
        *(one.person.family_name, one.person.given_name, _roles(one, school), _standing(one)),
        *(one.at, one.due_on, by, campaign.version.number),
    ]


@place("signing.export")
def sheet(request: ActorRequest, school: Establishment) -> HttpResponse:
    campaign = _running(school)
    asked = read.asked_by_name(request.actor, campaign, request.actor.on)
    return documents.sheet(campaign.version, [(one, _roles(one, school)) for one in asked])
