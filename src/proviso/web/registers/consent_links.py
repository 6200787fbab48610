"""Where a parent sees and withdraws consents without an account: by a private link and its code."""

from allauth.core import ratelimit
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from proviso.records.people.actors import Public, Receipt
from proviso.records.people.selectors import public_establishment
from proviso.records.registers.models import ConsentLink
from proviso.records.registers.purposes import purposes_of
from proviso.records.registers.selectors import consents as selectors
from proviso.records.registers.services import consents as services
from proviso.web.kit.confirm import confirm_page
from proviso.web.kit.forms import FormPage, done, posted
from proviso.web.kit.forms import form_page as render_form
from proviso.web.registers.consent_forms import CodeForm
from proviso.web.registers.consents import default_words, purpose_rows

OPENED = "consent_links"  # in the session: the links whose code was given in it


def form_page(request: HttpRequest, slug: str) -> HttpResponse:
    """The words of a school's form, where the code of the paper form leads."""
    asking = Public(timezone.localdate())
    establishment = public_establishment(asking, slug)
    if establishment is None:
        raise Http404(slug)
    current = selectors.wording_of(asking, establishment)
    context = {
        "establishment": establishment,
        "words": current.text if current else default_words(establishment),
        "since": current.made_at if current else None,
        "purposes": list(purposes_of(establishment).values()),
    }
    return render(request, "registers/consent_form.html", context)


def private(request: HttpRequest, secret: str) -> HttpResponseBase:
    """Ask for the code, then show what is recorded; before the code is right nothing says whom it is about."""
    link = _link(secret)
    if not _is_open(request, link):
        return _ask_for_code(request, link, secret)
    said = selectors.consents_by_link(_receipt(link), link)
    context = {
        "establishment": link.establishment,
        "person": link.person,
        "rows": purpose_rows(link.establishment, said),
        "secret": secret,
    }
    return render(request, "registers/consent_link.html", context)


def _ask_for_code(request: HttpRequest, link: ConsentLink, secret: str) -> HttpResponseBase:
    form = CodeForm(posted(request))
    if form.is_valid():
        if not ratelimit.consume(request, action="consent_code", key=link.secret_hash):
            form.add_error("code", _("Too many wrong codes. Wait an hour, or ask the school for a new link."))
        elif selectors.is_code_of(Public(timezone.localdate()), link, secret, form.cleaned_data["code"]):
            request.session[OPENED] = [*request.session.get(OPENED, []), link.pk]
            return redirect("registers:consent_link", secret)
        else:
            form.add_error("code", _("This is not the code of this link. Check it, or ask the school for a new link."))
    page = FormPage(_("Enter your code"), _("Continue"), caption=link.establishment.name)
    return render_form(request, form, page, {"establishment": link.establishment, "may": ()})


def withdraw(request: HttpRequest, secret: str, purpose: str, about: str) -> HttpResponseBase:
    link = _link(secret)
    if not _is_open(request, link):
        return redirect("registers:consent_link", secret)
    labels = {"name": _("the name"), "picture": _("pictures")}
    purposes = purposes_of(link.establishment)
    if about not in labels or purpose not in purposes:
        raise Http404(purpose)
    page = FormPage(
        _("Withdraw this consent?"),
        _("Withdraw it"),
        caption=f"{purposes[purpose]}: {labels[about]}",
        lead=_("The school is told at once, and removes what it published as soon as it can."),
        cancel=reverse("registers:consent_link", args=[secret]),
        danger=True,
    )
    return confirm_page(
        request,
        page,
        lambda: services.withdraw_by_link(_receipt(link), link, purpose, about, now=timezone.now()),
        lambda: done(request, _("The consent is withdrawn."), "registers:consent_link", secret),
        {"establishment": link.establishment, "may": ()},
    )


def _link(secret: str) -> ConsentLink:
    return selectors.link_by_secret(Public(timezone.localdate()), secret)


def _receipt(link: ConsentLink) -> Receipt:
    return Receipt(link.secret_hash, timezone.localdate())


def _is_open(request: HttpRequest, link: ConsentLink) -> bool:
    return link.pk in request.session.get(OPENED, [])
