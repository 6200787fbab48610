"""What is due for deletion: reviewed, held, or deleted, by a named person."""

from django.http import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from proviso.records.evidence.selectors.retention import DueReview, due_reviews, review_for
from proviso.records.evidence.services import retaining
from proviso.records.people.models import Establishment
from proviso.web.evidence.forms import WhyForm
from proviso.web.kit.confirm import confirm_page
from proviso.web.kit.forms import FormPage, done, form_page, posted, saved
from proviso.web.kit.lists import Column, ListPage, list_page
from proviso.web.kit.pages import ActorRequest, Link, establishment_page, require_confirmation


@establishment_page("establishment.view")
def due(request: ActorRequest, establishment: Establishment) -> HttpResponseBase:
    """What the reader may confirm, the longest due first."""
    page = ListPage(
        title=_("Due for deletion"),
        lead=_("The time of these is over. Nothing is deleted before you have reviewed it and confirmed."),
        rows=lambda _query: due_reviews(request.actor, establishment, request.actor.on),
        columns=[
            Column(
                _("What"),
                lambda row: row.reference,
                link=lambda row: reverse("evidence:review", args=[establishment.slug, row.retention.pk]),
            ),
            Column(_("Rule"), _rule),
            Column(_("Due on"), lambda row: row.retention.due_on),
            Column(_("State"), lambda row: _("On hold") if row.is_held else _("Due")),
        ],
        empty=_("Nothing is due."),
    )
    return list_page(request, page)


@establishment_page()
def review(request: ActorRequest, establishment: Establishment, pk: int) -> HttpResponseBase:
    """Confirm that something is deleted, or see why it is held."""
    found = review_for(request.actor, establishment, pk)
    require_confirmation(request, "retention.confirm")
    where, back = [establishment.slug, pk], reverse("evidence:due", args=[establishment.slug])
    link = Link(_("End the hold"), reverse("evidence:release", args=where))
    if not found.retention.held_why:
        link = Link(_("Keep it: put it on hold"), reverse("evidence:hold", args=where))
    page = FormPage(
        title=_("Delete %(reference)s for good?") % {"reference": found.reference},
        button=_("Delete it for good"),
        lead=_(
            "All its texts and files can never be read again. That they were there, and that you deleted them, stays."
        ),
        points=_points(found),
        danger=True,
        cancel=back,
        links=[link],
    )
    form = WhyForm(posted(request))
    form.fields["why"].label = _("What you reviewed, and why it can go")

    def delete() -> None:
        retaining.confirm_deletion(request.actor, found.retention, form.cleaned_data["why"], now=timezone.now())

    if saved(form, delete):
        return done(request, _("%(reference)s is deleted.") % {"reference": found.reference}, back)
    return form_page(request, form, page)


@establishment_page()
def hold(request: ActorRequest, establishment: Establishment, pk: int) -> HttpResponseBase:
    """Keep something that is due, with a reason."""
    found = review_for(request.actor, establishment, pk)
    back = reverse("evidence:review", args=[establishment.slug, pk])
    page = FormPage(
        title=_("Put %(reference)s on hold") % {"reference": found.reference},
        button=_("Put it on hold"),
        lead=_("Nothing of it is deleted until somebody ends the hold."),
        cancel=back,
    )
    form = WhyForm(posted(request))
    form.fields["why"].label = _("Why it is kept, such as an inquiry or a claim")
    if saved(
        form,
        lambda: retaining.hold(request.actor, found.retention, form.cleaned_data["why"], now=timezone.now()),
    ):
        return done(request, _("%(reference)s is on hold.") % {"reference": found.reference}, back)
    return form_page(request, form, page)


@establishment_page()
def release(request: ActorRequest, establishment: Establishment, pk: int) -> HttpResponseBase:
    """End a hold."""
    found = review_for(request.actor, establishment, pk)
    back = reverse("evidence:review", args=[establishment.slug, pk])
    page = FormPage(
        title=_("End the hold on %(reference)s?") % {"reference": found.reference},
        button=_("End the hold"),
        lead=found.retention.held_why,
        cancel=back,
    )
    return confirm_page(
        request,
        page,
        lambda: retaining.release(request.actor, found.retention, now=timezone.now()),
        lambda: done(request, _("The hold is ended."), back),
    )


def _rule(review: DueReview) -> str:
    rule = review.rule
    if rule is None:
        return review.retention.rule
    return rule.record[_language()]


def _language() -> str:
    return "cy" if get_language() == "cy" else "en"


def _points(review: DueReview) -> list[str]:
    rule, row = review.rule, review.retention
    points = [_("Due since %(day)s.") % {"day": date_format(row.due_on, "j F Y")}] if row.due_on else []
    if rule is not None:
        said = {"record": rule.record[_language()], "trigger": rule.trigger[_language()], "basis": rule.basis}
        points.append(_("%(record)s, counted from %(trigger)s. Basis: %(basis)s.") % said)
        points.append(_("Source: %(source)s.") % {"source": rule.source})
        if rule.sure == "C":
            points.append(_("Nobody has verified this period: ask your data protection officer."))
    if review.is_held:
        points.append(_("It is on hold: %(why)s") % {"why": row.held_why or _("see the case")})
    return points
