"""An establishment's own details: its name, nation and language."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from proviso.records.people.models import Establishment
from proviso.records.people.services import EstablishmentDetails, change_establishment
from proviso.web.places import ActorRequest, done, page, place


class EstablishmentForm(forms.ModelForm[Establishment]):
    class Meta:
        model = Establishment
        fields = ("name", "nation", "language")
        widgets = {"nation": forms.RadioSelect, "language": forms.RadioSelect}


@place("establishment.change")
def settings(request: ActorRequest, school: Establishment) -> HttpResponse:
    form = EstablishmentForm(request.POST or None, instance=Establishment.objects.get(pk=school.pk))
    if request.method == "POST" and form.is_valid():
        details = EstablishmentDetails(**form.cleaned_data)
        if done(form, lambda: change_establishment(request.actor, school, details, now=timezone.now())):
            messages.success(request, _("The details are saved."))
            return redirect("school", school.slug)
    return page(request, school, "schools/settings.html", {"form": form})
