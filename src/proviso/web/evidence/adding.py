"""Add to evidence: files, a pasted text, a redacted copy."""

from typing import Any

from django.conf import settings
from django.db.models import Model
from django.http import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from proviso.records.evidence.custody import check_takes_files
from proviso.records.evidence.models import EvidenceItem
from proviso.records.evidence.selectors import items as selectors
from proviso.records.evidence.services import entering, redacting, seeing
from proviso.records.evidence.services.seeing import Opened
from proviso.records.files.uploads import MEGABYTE
from proviso.records.people.change import NotPossible
from proviso.records.people.models import Establishment
from proviso.web.evidence.forms import FilesForm, RedactPictureForm, RedactTextForm, TextForm
from proviso.web.kit.confirm import refusal_page
from proviso.web.kit.forms import FormPage, done, form_page, posted, saved
from proviso.web.kit.pages import ActorRequest, establishment_page
from proviso.web.kit.uploads import accepts_upload

CONFLICT = 409


@accepts_upload(settings.LARGEST_EVIDENCE)
@establishment_page()
def add_files(request: ActorRequest, establishment: Establishment, owner: str, pk: int) -> HttpResponseBase:
    """Choose files, and say where and when they were seen."""
    record = selectors.owner_for(request.actor, establishment, owner, pk)
    back = reverse("evidence:listed", args=[establishment.slug, owner, pk])
    page = FormPage(
        title=_("Add files to the evidence"),
        button=_("Add"),
        caption=selectors.reference_of(request.actor, record),
        lead=_("Up to %(size)d MB together. Each is kept exactly as it is, and cannot be changed or taken back.")
        % {"size": settings.LARGEST_EVIDENCE // MEGABYTE},
        warning=_("Never add a sexual image of somebody under 18. Do not view, copy, print, share or store it."),
        cancel=back,
    )
    refusal = _refusal(record)
    if refusal:
        return refusal_page(request, page, refusal, status=CONFLICT if request.method == "POST" else 200)
    form = FilesForm(posted(request), request.FILES or None)
    kept: list[EvidenceItem] = []

    def keep() -> None:
        files = form.cleaned_data["uploads"]
        kept.extend(entering.capture_files(request.actor, record, files, form.found(), now=timezone.now()))

    if saved(form, keep):
        added = ngettext("%(count)d item is added: %(items)s.", "%(count)d items are added: %(items)s.", len(kept))
        return done(request, added % {"count": len(kept), "items": ", ".join(item.label for item in kept)}, back)
    return form_page(request, form, page)


@establishment_page()
def add_text(request: ActorRequest, establishment: Establishment, owner: str, pk: int) -> HttpResponseBase:
    """Paste what was written, and say where and when it was seen."""
    record = selectors.owner_for(request.actor, establishment, owner, pk)
    back = reverse("evidence:listed", args=[establishment.slug, owner, pk])
    page = FormPage(
        title=_("Add text to the evidence"),
        button=_("Add"),
        caption=selectors.reference_of(request.actor, record),
        lead=_("Paste what was written: a message, a post, comments. It cannot be changed or taken back."),
        cancel=back,
    )
    refusal = _refusal(record)
    if refusal:
        return refusal_page(request, page, refusal, status=CONFLICT if request.method == "POST" else 200)
    form = TextForm(posted(request))
    kept: list[EvidenceItem] = []

    def keep() -> None:
        text = form.cleaned_data["text"]
        kept.append(entering.capture_text(request.actor, record, text, form.found(), now=timezone.now()))

    if saved(form, keep):
        return done(request, _("%(item)s is added.") % {"item": kept[0].label}, back)
    return form_page(request, form, page)


@establishment_page()
def redact(request: ActorRequest, establishment: Establishment, owner: str, pk: int, number: int) -> HttpResponseBase:
    """Black something out, in a copy."""
    record = selectors.owner_for(request.actor, establishment, owner, pk)
    found = selectors.item_for(request.actor, record, number)
    back = reverse("evidence:item", args=[establishment.slug, owner, pk, number])
    page = FormPage(
        title=_("Make a redacted copy of %(item)s") % {"item": found.label},
        button=_("Make the copy"),
        caption=selectors.reference_of(request.actor, record),
        lead=_("The copy is an item of its own. The original stays as it is."),
        above="evidence/to_redact.html",
        cancel=back,
    )
    if not found.is_kept or _refusal(record):
        return refusal_page(request, page, _refusal(record) or _state_of(found), {"evidence_item": found}, CONFLICT)
    opened = seeing.open_item(request.actor, found, now=timezone.now())
    form = _redaction_form(opened)(posted(request))
    made: list[EvidenceItem] = []
    if saved(form, lambda: made.append(_redacted(request, opened, form.cleaned_data))):
        text = _("%(item)s is made.") % {"item": made[0].label}
        return done(request, text, reverse("evidence:item", args=[establishment.slug, owner, pk, made[0].number]))
    context = {"evidence_item": found, "opened": opened, "at": {"owner": owner, "pk": pk}}
    return form_page(request, form, page, context | {"lines": opened.contents.text.splitlines()})


def _redaction_form(opened: Opened) -> type[RedactPictureForm] | type[RedactTextForm]:
    return RedactPictureForm if opened.is_picture else RedactTextForm


def _redacted(request: ActorRequest, opened: Opened, given: dict[str, Any]) -> EvidenceItem:
    actor, now = request.actor, timezone.now()
    if opened.is_picture:
        return redacting.redact_picture(actor, opened.item, given["boxes"], given["note"], now=now)
    words = given["words"].splitlines()
    return redacting.redact_words(actor, opened.item, words, given["lines"], given["note"], now=now)


def _refusal(owner: Model) -> str:
    """Return why nothing can be added to an owner's evidence; empty where it can."""
    try:
        check_takes_files(owner)
    except NotPossible as error:
        return " ".join(error.messages)
    return ""


def _state_of(item: EvidenceItem) -> str:
    return f"{item.label}: {item.get_state_display()}"
