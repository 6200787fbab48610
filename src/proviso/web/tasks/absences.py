"""That somebody is away, and who stands in: entered by themselves, or by whoever leads the establishment."""

from typing import Any

from django import forms
from django.http import HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from proviso.records.people.models import Establishment, Person
from proviso.records.people.permissions import may
from proviso.records.tasks.selectors import absences as selectors
from proviso.records.tasks.services import absences as services
from proviso.web.fields import DayField
from proviso.web.kit.confirm import confirm_page
from proviso.web.kit.forms import FormPage, done, form_page, posted, saved
from proviso.web.kit.pages import ActorRequest, establishment_page


class AbsenceForm(forms.Form):
    """When somebody is away, and who stands in."""

    starts_on = DayField(label=gettext_lazy("First day away"))
    ends_on = DayField(label=gettext_lazy("Last day away"))
    deputy = forms.ModelChoiceField(
        label=gettext_lazy("Who stands in"),
        help_text=gettext_lazy("They get the reminders, and can do the tasks, in these days."),
        queryset=Person.objects.none(),
        empty_label="",
        error_messages={"required": gettext_lazy("Choose who stands in.")},
    )

    def __init__(self, deputies: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        deputy = self.fields["deputy"]
        if isinstance(deputy, forms.ModelChoiceField):
            deputy.queryset = deputies

    def details(self) -> services.AbsenceDetails:
        """Return what was entered."""
        return services.AbsenceDetails(**self.cleaned_data)


@establishment_page()
def add(request: ActorRequest, establishment: Establishment, pk: int) -> HttpResponseBase:
    actor = request.actor
    person = selectors.person_to_be_absent(actor, establishment, pk)
    form = AbsenceForm(selectors.possible_deputies(actor, establishment, person), posted(request))

    def record() -> None:
        services.record_absence(actor, establishment, person, form.details(), now=timezone.now())

    if saved(form, record):
        return _then(request, establishment, person.pk, _("The absence is entered."))
    title = _("When are you away?") if person.pk == actor.person.pk else _("When is %(name)s away?")
    page = FormPage(
        title % {"name": person.name},
        _("Enter the absence"),
        caption=establishment.name,
        lead=_("Do not give the reason: that is kept elsewhere."),
        cancel=_way_back(request, establishment, person.pk),
    )
    return form_page(request, form, page, {"person": person})


@establishment_page()
def change(request: ActorRequest, establishment: Establishment, absence: int) -> HttpResponseBase:
    actor, current = request.actor, selectors.absence_for(request.actor, establishment, absence)
    deputies = selectors.possible_deputies(actor, establishment, current.person)
    initial = {"starts_on": current.starts_on, "ends_on": current.ends_on, "deputy": current.deputy}
    form = AbsenceForm(deputies, posted(request), initial=initial)
    if saved(form, lambda: services.change_absence(actor, current, form.details(), now=timezone.now())):
        return _then(request, establishment, current.person_id, _("The absence is changed."))
    back = _way_back(request, establishment, current.person_id)
    page = FormPage(_("Change the absence"), _("Save"), caption=current.person.name, cancel=back)
    return form_page(request, form, page)


@establishment_page()
def end(request: ActorRequest, establishment: Establishment, absence: int) -> HttpResponseBase:
    current = selectors.absence_for(request.actor, establishment, absence)
    page = FormPage(
        _("End this absence?"),
        _("End it"),
        caption=current.person.name,
        lead=_("Reminders and tasks go to %(name)s again from today.") % {"name": current.person.name},
        cancel=_way_back(request, establishment, current.person_id),
    )
    return confirm_page(
        request,
        page,
        lambda: services.end_absence(request.actor, current, now=timezone.now()),
        lambda: _then(request, establishment, current.person_id, _("The absence is ended.")),
    )


def _way_back(request: ActorRequest, establishment: Establishment, person: int) -> str:
    """Return the person's page, or one's own account."""
    if person != request.actor.person.pk and may(request.actor, "people.view", establishment):
        return reverse("people:person", args=[establishment.slug, person])
    return reverse("account")


def _then(request: ActorRequest, establishment: Establishment, person: int, message: str) -> HttpResponseRedirect:
    return done(request, message, _way_back(request, establishment, person))
