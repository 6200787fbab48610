"""How far reading and signing has come, who is missing, and what leaders do about it."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.http import HttpResponseBase
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from proviso.records.people import role_names
from proviso.records.people.models import Establishment
from proviso.records.people.permissions import Hidden
from proviso.records.policies.models import Campaign
from proviso.records.policies.selectors import acknowledgements as selectors
from proviso.records.policies.selectors.versions import version_in_force
from proviso.records.policies.services import acknowledgements
from proviso.records.policies.services.errors import ReplacedMeanwhile
from proviso.records.policies.signatories import Figures, Signatory, SigningStatus
from proviso.web.kit.charts import Bar, Bars, Point, TimeLine
from proviso.web.kit.confirm import confirm_page, refusal_page
from proviso.web.kit.forms import FormPage, done, form_page, posted, saved
from proviso.web.kit.lists import Column, Export, Filter, ListPage, Query, list_page
from proviso.web.kit.pages import ActorRequest, Link, Text, establishment_page, render_page
from proviso.web.policies import documents
from proviso.web.policies.acknowledgements.forms import AskForm, ExemptionForm, RecordForm

_REMINDED = gettext_lazy(
    "Everybody who has not answered gets an email that names the school, the policy and the day by which to sign. "
    "Nobody gets more than one email a day, and none between 6 pm and 7 am."
)
STANDINGS = {
    SigningStatus.SIGNED: gettext_lazy("Signed"),
    SigningStatus.WAITING: gettext_lazy("Not yet signed"),
    SigningStatus.OVERDUE: gettext_lazy("Overdue"),
    SigningStatus.DECLINED: gettext_lazy("Declined"),
    SigningStatus.EXEMPTION_ASKED: gettext_lazy("Asks to be exempted"),
    SigningStatus.EXEMPTED: gettext_lazy("Exempted"),
}


@establishment_page("signing.figures")
def overview(request: ActorRequest, establishment: Establishment) -> HttpResponseBase:
    campaign = selectors.campaign_of(request.actor, establishment)
    context: dict[str, Any] = {"campaign": campaign, "current": version_in_force(request.actor, establishment)}
    if campaign:
        progress = selectors.progress(request.actor, campaign, request.actor.on)
        everybody, *roles = progress.figures
        groups = [(role_names.role(group.kind, establishment), group) for group in roles]
        context |= {
            "all": everybody,
            "groups": groups,
            "over_time": _over_time(campaign, everybody, progress.signed_on, request.actor.on),
            "by_role": Bars(_("Signed, by role"), [_bar(name, group) for name, group in groups]),
        }
    return render_page(request, "acknowledgements/overview.html", context)


def _over_time(campaign: Campaign, everybody: Figures, signed_on: Sequence[date], today: date) -> TimeLine:
    """Return how the number of signatures grew from the first day of asking to today."""
    by_day = Counter(max(day, campaign.opened_on) for day in signed_on)
    points = [Point(campaign.opened_on, by_day.pop(campaign.opened_on, 0))]
    count = points[0].value
    for day in sorted(by_day):
        count += by_day[day]
        points.append(Point(day, count))
    points.append(Point(max(today, campaign.opened_on), count))
    said = {"signed": everybody.signed, "asked": everybody.asked, "day": date_format(campaign.due_on, "j F Y")}
    in_time = {"in_time": sum(day <= campaign.due_on for day in signed_on)}
    if today > campaign.due_on:
        words = _("%(in_time)s of %(asked)s had signed by %(day)s, when it was due; by now %(signed)s have.")
    else:
        words = _("%(signed)s of %(asked)s have signed so far. It is due by %(day)s.")
    return TimeLine(
        title=_("Signed, over time"),
        words=words % (said | in_time),
        points=points,
        of=everybody.asked,
        marked=campaign.due_on,
        marked_as=_("Dashed line: due by %(day)s") % said,
    )


def _bar(name: str, group: Figures) -> Bar:
    overdue = _("%(count)s overdue") % {"count": group.overdue}
    return Bar(name, group.signed, group.asked, overdue if group.overdue else "")


@establishment_page("signing.names")
def people(request: ActorRequest, establishment: Establishment) -> HttpResponseBase:
    """Everybody who is asked, by name: who has signed, and who has not."""
    campaign = _running(request, establishment)
    asked = selectors.asked_by_name(request.actor, campaign, request.actor.on)
    kinds = {kind for signatory in asked for kind in signatory.kinds}
    page = ListPage(
        title=_("Who has signed"),
        rows=lambda query: _narrowed(asked, query),
        columns=_columns(request, establishment, campaign),
        filters=[
            Filter("standing", _("Status"), [(standing.value, name) for standing, name in STANDINGS.items()]),
            Filter("role", _("Role"), sorted((kind, role_names.role(kind, establishment)) for kind in kinds)),
        ],
        search=_("Name"),
        export=Export(f"signatures-{establishment.slug}-{request.actor.on}", action="signing.export"),
        buttons=_buttons(request, establishment, asked),
        links=_links(request, establishment),
        count=lambda count: ngettext("%(count)s person", "%(count)s people", count) % {"count": count},
        none_found=_("Nobody."),
        empty=_("Nobody."),
    )
    return list_page(request, page)


def _narrowed(asked: Sequence[Signatory], query: Query) -> list[Signatory]:
    standing, kind, words = query.choice("standing"), query.choice("role"), query.find.casefold().split()
    return [
        signatory
        for signatory in asked
        if (not standing or signatory.standing == standing)
        and (not kind or kind in signatory.kinds)
        and all(word in signatory.person.name.casefold() for word in words)
    ]


def _columns(request: ActorRequest, establishment: Establishment, campaign: Campaign) -> list[Column[Signatory]]:
    def standing(signatory: Signatory) -> str:
        context = {"signatory": signatory, "standing": _standing(signatory)}
        return render_to_string(
            "acknowledgements/parts/standing.html", {**context, "establishment": establishment, "may": request.may}
        )

    return [
        Column(_("Name"), lambda signatory: signatory.person.name, name="name", sort=_by_name, only="page"),
        Column(_("Last name"), lambda signatory: signatory.person.family_name, only="file"),
        Column(_("First name"), lambda signatory: signatory.person.given_name, only="file"),
        Column(_("Roles"), lambda signatory: _roles(signatory, establishment)),
        Column(_("Status"), _standing, name="standing", sort=lambda signatory: signatory.standing, cell=standing),
        Column(_("When"), lambda signatory: signatory.at, only="file"),
        Column(_("Due"), lambda signatory: signatory.due_on, name="due", sort=lambda signatory: signatory.due_on),
        Column(_("Recorded by"), lambda signatory: _("somebody else") if signatory.by_another else None, only="file"),
        Column(_("Version"), lambda signatory: campaign.version.number, only="file"),
    ]


def _links(request: ActorRequest, establishment: Establishment) -> list[Link]:
    sheet = Link(_("Sign-off sheet to print (PDF)"), reverse("acknowledgements:sheet", args=[establishment.slug]))
    return [sheet] if "signing.export" in request.may else []


def _buttons(request: ActorRequest, establishment: Establishment, asked: Sequence[Signatory]) -> list[Link]:
    if "signing.remind" not in request.may or not any(row.is_open for row in asked):
        return []
    return [
        Link(_("Remind everybody who has not signed"), reverse("acknowledgements:remind", args=[establishment.slug]))
    ]


def _by_name(signatory: Signatory) -> list[str]:
    return [signatory.person.family_name.casefold(), signatory.person.given_name.casefold()]


def _running(request: ActorRequest, establishment: Establishment) -> Campaign:
    campaign = selectors.current_campaign(request.actor, establishment)
    if campaign is None:
        raise Hidden("no signing is open")
    return campaign


def _standing(signatory: Signatory) -> str:
    return str(STANDINGS[signatory.standing])


def _roles(signatory: Signatory, establishment: Establishment) -> str:
    return ", ".join(role_names.role(kind, establishment) for kind in signatory.kinds)


@establishment_page("signing.record")
def record(request: ActorRequest, establishment: Establishment, pk: int) -> HttpResponseBase:
    campaign = _running(request, establishment)
    person = selectors.signatory_for(request.actor, campaign, pk).person
    form = RecordForm(posted(request), initial={"fingerprint": campaign.version.fingerprint})

    def save() -> None:
        given = form.cleaned_data
        signature = acknowledgements.SigningResponse("signed", given["fingerprint"], reason=given["reason"])
        acknowledgements.record_signature_for(request.actor, campaign, person, signature, now=timezone.now())

    try:
        if saved(form, save):
            message = _("The signature of %(name)s is recorded.") % {"name": person.name}
            return done(request, message, "acknowledgements:people", establishment.slug)
    except ReplacedMeanwhile:
        form.add_error(None, _("A new version has replaced this one. Was the paper signed for the new version?"))
    page = FormPage(
        _("Record a signature on paper"),
        _("Record it"),
        lead=_(
            "%(name)s has signed version %(number)s on paper. Everywhere that this signature is shown, it is shown "
            "that you recorded it."
        )
        % {"name": person.name, "number": campaign.version.number},
    )
    return form_page(request, form, page)


@establishment_page("signing.exempt")
def exemption(request: ActorRequest, establishment: Establishment, pk: int) -> HttpResponseBase:
    waiting = selectors.exemptions_asked(request.actor, establishment, request.actor.on)
    row = next((row for row in waiting if row.pk == pk), None)
    if row is None:
        raise Hidden(str(pk))
    form = ExemptionForm(posted(request))

    def decide() -> None:
        grants, reason = form.cleaned_data["decision"] == "grant", form.cleaned_data["reason"]
        acknowledgements.decide_exemption(request.actor, row, grants, reason, now=timezone.now())

    if saved(form, decide):
        return done(request, _("Your decision is recorded."), "acknowledgements:people", establishment.slug)
    page = FormPage(
        _("Exempt %(name)s?") % {"name": row.person.name},
        _("Record my decision"),
        above="acknowledgements/parts/wish.html",
    )
    return form_page(request, form, page, {"row": row})


@establishment_page("signing.ask")
def ask(request: ActorRequest, establishment: Establishment) -> HttpResponseBase:
    current = version_in_force(request.actor, establishment)
    if current is None:
        raise Hidden("nothing is in force")
    form = AskForm(posted(request), initial={"due_on": request.actor.on + timedelta(weeks=4)})

    def save() -> None:
        acknowledgements.open_yearly(request.actor, current, form.cleaned_data["due_on"], now=timezone.now())

    if saved(form, save):
        message = _("Everybody covered is asked to sign.")
        return done(request, message, "acknowledgements:overview", establishment.slug)
    page = FormPage(
        _("Ask everybody to sign anew"),
        _("Ask them"),
        lead=_(
            "Everybody whom version %(number)s covers is asked to read and sign it again. The signatures given so far "
            "stay on record."
        )
        % {"number": current.number},
    )
    return form_page(request, form, page)


@establishment_page("signing.remind")
def remind(request: ActorRequest, establishment: Establishment) -> HttpResponseBase:
    """Ask, and then remind everybody who has not answered."""
    campaign = _running(request, establishment)
    open_still = [row for row in selectors.asked_by_name(request.actor, campaign, request.actor.on) if row.is_open]
    reached = [row for row in open_still if row.person.email]
    late, without = sum(row.standing is SigningStatus.OVERDUE for row in open_still), len(open_still) - len(reached)
    back = reverse("acknowledgements:people", args=[establishment.slug])
    count = {"count": len(reached)}
    title = ngettext("Remind %(count)d person to sign?", "Remind %(count)d people to sign?", len(reached)) % count
    page = FormPage(title, _("Send the reminder"), lead=_REMINDED, points=_left(late, without), cancel=back)
    if not reached:
        page = FormPage(_("Remind people to sign"), "", links=[Link(_("Everybody by name"), back)])
        return refusal_page(request, page, _("Everybody who is asked has answered, or has no email address."))
    return confirm_page(
        request,
        page,
        lambda: acknowledgements.remind_unsigned(request.actor, campaign, now=timezone.now()),
        lambda: done(
            request,
            ngettext("%(count)d person is being reminded.", "%(count)d people are being reminded.", len(reached))
            % count,
            back,
        ),
    )


def _left(late: int, without: int) -> list[Text]:
    """Return what to know of those who have not signed."""
    points: list[Text] = []
    if late:
        points.append(
            ngettext("%(count)d of them is overdue.", "%(count)d of them are overdue.", late) % {"count": late}
        )
    if without:
        words = ngettext(
            "%(count)d more has no email address: tell them yourself.",
            "%(count)d more have no email address: tell them yourself.",
            without,
        )
        points.append(words % {"count": without})
    return points


@establishment_page("signing.export")
def sheet(request: ActorRequest, establishment: Establishment) -> HttpResponseBase:
    campaign = _running(request, establishment)
    asked = selectors.asked_by_name(request.actor, campaign, request.actor.on)
    return documents.sheet(request.actor, campaign.version, [(each, _roles(each, establishment)) for each in asked])
