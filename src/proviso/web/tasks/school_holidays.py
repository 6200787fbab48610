"""The holidays of a school, or those that a trust or an authority sets for all its schools."""

from django import forms
from django.http import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from proviso.records.people.models import Establishment
from proviso.records.people.permissions import may
from proviso.records.tasks.models import SchoolHoliday
from proviso.records.tasks.selectors.school_holidays import holiday_for, holidays_of
from proviso.records.tasks.services.school_holidays import HolidayDetails, add_holiday, remove_holiday
from proviso.web.fields import DayField
from proviso.web.kit.confirm import confirm_page
from proviso.web.kit.forms import FormPage, done, form_page, posted, saved
from proviso.web.kit.lists import Column, Export, ListPage, list_page
from proviso.web.kit.pages import ActorRequest, Link, establishment_page


@establishment_page()
def listed(request: ActorRequest, establishment: Establishment) -> HttpResponseBase:
    """The holidays that hold here, those of the trust or authority among them."""
    keeps = may(request.actor, "holidays.change", establishment)

    def removal(row: SchoolHoliday) -> str:
        if not keeps or row.establishment_id != establishment.pk:
            return ""
        there = reverse("tasks:school_holiday_remove", args=[establishment.slug, row.pk])
        words = '<a class="govuk-link" href="{}">{}<span class="govuk-visually-hidden"> {}</span></a>'
        return format_html(words, there, _("Remove"), row.name)

    page: ListPage[SchoolHoliday] = ListPage(
        title=_("School holidays"),
        lead=_("Deadlines counted in working days leave out these days and bank holidays."),
        rows=lambda query: holidays_of(request.actor, establishment),
        columns=[
            Column(_("Name"), lambda row: row.name, "name", lambda row: row.name),
            Column(_("First day"), lambda row: row.starts_on, "first", lambda row: row.starts_on),
            Column(_("Last day"), lambda row: row.ends_on),
            Column(_("Set by"), lambda row: row.establishment.name),
            *([Column(_("Remove"), lambda row: "", cell=removal, only="page")] if keeps else []),
        ],
        sorted_by="first",
        buttons=[Link(_("Add a holiday"), reverse("tasks:school_holiday_add", args=[establishment.slug]))]
        if keeps
        else [],
        export=Export("school-holidays"),
        count=lambda count: ngettext("%(count)d holiday", "%(count)d holidays", count) % {"count": count},
        empty=_("No holidays are entered, so only weekends and bank holidays are left out."),
    )
    return list_page(request, page)


class HolidayForm(forms.Form):
    """What a holiday is called, and its first and last day."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=80,
        help_text=gettext_lazy(
            "For example “Autumn half term”. It replaces a holiday with the same name that the trust or "
            "authority has set."
        ),
        error_messages={"required": gettext_lazy("Enter a name.")},
    )
    starts_on = DayField(label=gettext_lazy("First day"))
    ends_on = DayField(label=gettext_lazy("Last day"))


@establishment_page("holidays.change")
def add(request: ActorRequest, establishment: Establishment) -> HttpResponseBase:
    form = HolidayForm(posted(request))

    def save() -> None:
        add_holiday(request.actor, establishment, HolidayDetails(**form.cleaned_data), now=timezone.now())

    if saved(form, save):
        return done(request, _("The holiday is added."), "tasks:school_holidays", establishment.slug)
    back = reverse("tasks:school_holidays", args=[establishment.slug])
    return form_page(request, form, FormPage(_("Add a holiday"), _("Add it"), establishment.name, cancel=back))


@establishment_page("holidays.change")
def remove(request: ActorRequest, establishment: Establishment, holiday: int) -> HttpResponseBase:
    current = holiday_for(request.actor, establishment, holiday)
    page = FormPage(
        _("Remove “%(name)s”?") % {"name": current.name},
        _("Remove it"),
        caption=establishment.name,
        cancel=reverse("tasks:school_holidays", args=[establishment.slug]),
        danger=True,
    )
    return confirm_page(
        request,
        page,
        lambda: remove_holiday(request.actor, current, now=timezone.now()),
        lambda: done(request, _("The holiday is removed."), "tasks:school_holidays", establishment.slug),
    )
