"""By what an establishment is known: where its crest and colour are chosen, and both as its pages fetch them."""

from typing import Any, cast

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from proviso.documents import OWN, shades_of
from proviso.records.files.errors import FileUnreadableError
from proviso.records.files.models import StoredFile
from proviso.records.people import crests
from proviso.records.people.actors import Public
from proviso.records.people.models import Establishment
from proviso.records.people.selectors import public_establishment
from proviso.records.people.services import EstablishmentLook, change_look
from proviso.web.kit.forms import FormPage, done, form_page, posted, saved
from proviso.web.kit.pages import ActorRequest, establishment_page
from proviso.web.kit.uploads import UploadField, accepts_upload

# Its address changes with it, so whoever has it need not ask again.
KEPT = "public, max-age=31536000, immutable"


class ColourInput(forms.TextInput):
    """The browser's own way of choosing a colour; without one, a box for its six figures."""

    input_type = "color"


class LookForm(forms.Form):
    """A crest, or none, and one colour."""

    crest = UploadField(
        label=gettext_lazy("Crest or logo"),
        help_text=gettext_lazy("A PNG, JPEG, WebP or GIF picture up to 5 MB. It is shown on white."),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp,image/gif"}),
    )
    remove_crest = forms.BooleanField(label=gettext_lazy("Use no crest"), required=False)
    colour = forms.RegexField(
        "^#[0-9a-fA-F]{6}$",
        label=gettext_lazy("Colour"),
        help_text=gettext_lazy("Of the bar at the top. Links and buttons take it, darker if it is too light to read."),
        widget=ColourInput(attrs={"class": "app-colour"}),
        error_messages={"invalid": gettext_lazy("Enter a colour as # and six figures, for example #0d4f54.")},
    )

    def __init__(self, establishment: Establishment, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.fields["colour"].initial = establishment.colour or OWN
        if establishment.crest_id is None:
            del self.fields["remove_crest"]


@accepts_upload(crests.MOST_BYTES)
@establishment_page("establishment.look")
def look(request: ActorRequest, establishment: Establishment) -> HttpResponseBase:
    form = LookForm(establishment, posted(request), request.FILES or None)

    def save() -> None:
        given = form.cleaned_data
        wanted = EstablishmentLook(given["colour"], given["crest"], given.get("remove_crest", False))
        change_look(request.actor, establishment, wanted, now=timezone.now())

    if saved(form, save):
        return done(request, _("The crest and the colour are saved."), "dashboards:look", establishment.slug)
    page = FormPage(
        _("Crest and colour"),
        _("Save"),
        lead=_("They stand at the top of every page of the school, and on its documents."),
        below="dashboards/shades.html",
    )
    return form_page(request, form, page, {"shades": shades_of(establishment.colour)})


@login_not_required
def colours(request: HttpRequest, slug: str) -> HttpResponse:
    """The style sheet of an establishment: what its one colour makes of links, buttons and the bar."""
    establishment = _shown(slug)
    sheet = render_to_string("dashboards/colours.css", {"shades": shades_of(establishment.colour)})
    return _kept(HttpResponse(sheet, content_type="text/css; charset=utf-8"))


@login_not_required
def crest(request: HttpRequest, slug: str) -> HttpResponse:
    """An establishment's crest as pages show it."""
    try:
        picture = crests.shown_crest(cast(int, _shown(slug).crest_id))
    except (StoredFile.DoesNotExist, FileUnreadableError) as error:
        raise Http404("no crest") from error
    return _kept(HttpResponse(picture, content_type=crests.PNG))


def _shown(slug: str) -> Establishment:
    establishment = public_establishment(Public(timezone.localdate()), slug)
    if establishment is None:
        raise Http404(slug)
    return establishment


def _kept(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = KEPT
    response["X-Content-Type-Options"] = "nosniff"
    return response
