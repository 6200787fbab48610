"""What an owner has as evidence, and one item of it."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from proviso.records.evidence.models import EvidenceItem
from proviso.records.evidence.selectors import items as selectors
from proviso.records.evidence.selectors.items import ListedItem
from proviso.records.evidence.services import seeing
from proviso.records.people.change import NotPossible
from proviso.records.people.models import Establishment
from proviso.web.kit.lists import Column, ListPage, list_page
from proviso.web.kit.pages import ActorRequest, Link, establishment_page, render_page

SANDBOX = "default-src 'none'; sandbox"


@establishment_page()
def listed(request: ActorRequest, establishment: Establishment, owner: str, pk: int) -> HttpResponseBase:
    """Everything that was kept, in the order in which it came in."""
    folder = selectors.folder_for(request.actor, establishment, owner, pk)
    at: list[str | int] = [establishment.slug, owner, pk]
    buttons = [
        Link(_("Add files"), reverse("evidence:add", args=at)),
        Link(_("Add text"), reverse("evidence:add_text", args=at)),
    ]
    takes_files = folder.takes_files
    page = ListPage(
        title=_("Evidence of %(reference)s") % {"reference": folder.reference},
        lead=_("Each item stays exactly as it came in. Everybody who opens one is written down."),
        rows=lambda _query: folder.items,
        columns=[
            Column(
                _("Item"), _title, name="item", sort=lambda row: row.item.number, link=lambda row: _url(at, row.item)
            ),
            Column(_("Kind"), lambda row: str(row.item.get_kind_display())),
            Column(_("Added"), _added, name="added", sort=lambda row: row.item.captured_at),
            Column(_("State"), _state),
            Column("SHA-256", lambda row: row.item.sha256[:16] + "…"),
        ],
        buttons=buttons if takes_files else (),
        links=[Link(_("Take everything out as a zip"), reverse("evidence:package", args=at))] if takes_files else (),
        count=lambda count: ngettext("%(count)d item", "%(count)d items", count) % {"count": count},
        empty=_("No evidence yet.") if takes_files else _("No evidence. No file can be added here."),
        sorted_by="item",
    )
    return list_page(request, page)


@establishment_page()
def item(request: ActorRequest, establishment: Establishment, owner: str, pk: int, number: int) -> HttpResponseBase:
    """One item: what it is, what it holds, and who saw it."""
    actor = request.actor
    record = selectors.owner_for(actor, establishment, owner, pk)
    opened = seeing.open_item(actor, selectors.item_for(actor, record, number), now=timezone.now())
    context = {
        "evidence_item": opened.item,
        "opened": opened,
        "is_open": opened.item.is_kept and selectors.takes_files(actor, record),
        "custody": selectors.custody_of(actor, opened.item),
        "derived": selectors.derived_of(actor, opened.item),
        "can_be_redacted": opened.is_picture or bool(opened.contents.text),
        "at": {"owner": owner, "pk": pk},
        "reference": selectors.reference_of(actor, record),
    }
    return render_page(request, "evidence/item.html", context)


@establishment_page()
def picture(request: ActorRequest, establishment: Establishment, owner: str, pk: int, number: int) -> HttpResponseBase:
    """A picture made anew, for the page of its item: nothing of the file that came in but its pixels."""
    record = selectors.owner_for(request.actor, establishment, owner, pk)
    found = selectors.item_for(request.actor, record, number)
    try:
        shown = seeing.show_picture(request.actor, found, now=timezone.now())
    except NotPossible as error:
        raise Http404(str(error)) from error
    response = HttpResponse(shown, content_type="image/png")
    response["Content-Security-Policy"] = SANDBOX
    response["Content-Disposition"] = f'inline; filename="{found.label}.png"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    return response


@require_POST
@establishment_page()
def check(request: ActorRequest, establishment: Establishment, owner: str, pk: int, number: int) -> HttpResponseBase:
    """Compare an item with its hash now."""
    record = selectors.owner_for(request.actor, establishment, owner, pk)
    found = selectors.item_for(request.actor, record, number)
    try:
        fault = seeing.check_item(request.actor, found, now=timezone.now())
    except NotPossible as error:
        messages.error(request, " ".join(error.messages))
    else:
        if fault:
            messages.error(request, _("%(item)s has changed: %(fault)s") % {"item": found.label, "fault": fault})
        else:
            messages.success(request, _("%(item)s is exactly as it came in.") % {"item": found.label})
    return redirect("evidence:item", establishment.slug, owner, pk, number)


def _url(at: list[str | int], item: EvidenceItem) -> str:
    return reverse("evidence:item", args=[*at, item.number])


def _title(row: ListedItem) -> str:
    return f"{row.item.label} {row.name}".strip()


def _added(row: ListedItem) -> str:
    at = date_format(timezone.localtime(row.item.captured_at), "j F Y, H:i")
    return _("%(when)s by %(who)s") % {"when": at, "who": row.item.captured_by.name}


def _state(row: ListedItem) -> list[str]:
    item = row.item
    said = [str(item.get_state_display())]
    if item.derived_from:
        said.append(_("redacted from %(item)s") % {"item": item.derived_from.label})
    if item.duplicate_of:
        said.append(_("the same as %(item)s") % {"item": item.duplicate_of.label})
    if row.alike:
        said.append(_("looks like %(items)s") % {"items": ", ".join(each.label for each in row.alike)})
    said.append(str(item.file.get_scan_display()))
    return said
