"""An establishment's own details: its name, nation and language."""

from copy import copy

from django import forms
from django.http import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from proviso.records.people.models import Establishment
from proviso.records.people.services import EstablishmentDetails, change_establishment
from proviso.web.kit.forms import FormPage, done, form_page, posted, saved
from proviso.web.kit.pages import ActorRequest, Link, establishment_page


class EstablishmentForm(forms.ModelForm[Establishment]):
    class Meta:
        model = Establishment
        fields = ("name", "nation", "language")
        widgets = {"nation": forms.RadioSelect, "language": forms.RadioSelect}


@establishment_page("establishment.change")
def settings(request: ActorRequest, establishment: Establishment) -> HttpResponseBase:
    # A copy: what is typed must not stand in the page's navigation before it is saved.
    form = EstablishmentForm(posted(request), instance=copy(establishment))

    def save() -> None:
        details = EstablishmentDetails(**form.cleaned_data)
        change_establishment(request.actor, establishment, details, now=timezone.now())

    links = [Link(_("Crest and colour"), reverse("dashboards:look", args=[establishment.slug]))]
    page = FormPage(
        _("Name, nation and language"), _("Save"), links=links if "establishment.look" in request.may else []
    )
    if saved(form, save):
        return done(request, _("The details are saved."), "dashboards:establishment", establishment.slug)
    return form_page(request, form, page)
