"""Sharing a concern: one address, on which each page carries along what was answered before."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from proviso.records.cases.selectors.concerns import draft_of, is_shared, people_chosen, people_to_name
from proviso.records.cases.services.drafts import drop_draft, save_draft
from proviso.records.cases.services.sharing import Shared, destination, nobody_here, share_concern
from proviso.records.people.actors import Actor, Public
from proviso.records.people.facts import who
from proviso.records.people.models import Establishment
from proviso.records.people.permissions import may
from proviso.records.people.selectors import public_establishment
from proviso.rules import rulebook
from proviso.web.concerns import guidance, limits
from proviso.web.concerns.capacities import capacity
from proviso.web.concerns.journey import Journey, declaration
from proviso.web.concerns.steps import BY_NAME, Step, StepForm
from proviso.web.kit.forms import INVALID
from proviso.web.kit.pages import ActorRequest, establishment_page
from proviso.web.kit.requests import actor_of


@dataclass(frozen=True)
class Sharer:
    """Who is on the way, and where. `actor` is somebody only where they share under their name."""

    request: HttpRequest
    establishment: Establishment
    actor: Actor | Public

    @property
    def reader(self) -> str:
        return "staff" if isinstance(self.actor, Actor) else "public"

    def who(self, journey: Journey) -> str:
        """Return for whom *do this now* is written; whoever has not said is told what anybody can do."""
        if isinstance(self.actor, Actor):
            return next(iter(who(self.actor.kinds_in(self.establishment))), "teacher")
        return {"": "pupil", "staff": "teacher"}.get(journey.answers.get("you", ""), "") or journey.who()

    def page(self, template: str, context: Mapping[str, Any], status: int = 200) -> HttpResponse:
        shown = {
            "establishment": self.establishment,
            "with_token": isinstance(self.actor, Actor),
            "in_reach": guidance.in_reach(self.establishment),
            "is_sharing": True,
            "place": "concern",
            **context,
        }
        return render(self.request, template, shown, status=status)


@establishment_page("concern.share")
def share(request: ActorRequest, establishment: Establishment) -> HttpResponseBase:
    """The way of somebody who signed in, under their name."""
    return _respond(Sharer(request, establishment, request.actor))


@csrf_exempt  # nothing is done in anybody's name, and a token would set a cookie
def share_public(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The way of anybody, by name or with a receipt alone; who is signed in is led to their own, or goes on without."""
    establishment = public_establishment(Public(timezone.localdate()), slug)
    if establishment is None:
        if slug in rulebook.policy_ids():
            return render(request, "concerns/model.html", {"policy": rulebook.load(slug), "is_sharing": True})
        raise Http404(slug)
    actor = actor_of(request)
    own_way = actor is not None and may(actor, "establishment.view", establishment)
    if own_way and request.method == "GET" and "anonymous" not in request.GET:
        topic = request.GET.get("topic", "")
        query = f"?{urlencode({'topic': topic})}" if topic else ""
        return redirect(reverse("concerns:share", args=[slug]) + query)
    return _respond(Sharer(request, establishment, Public(timezone.localdate())))


def _respond(sharer: Sharer) -> HttpResponse:
    request = sharer.request
    if request.method != "POST":
        return _start(sharer, Journey.begun(sharer.reader, request.GET.get("topic", "")))
    journey = Journey.read(sharer.reader, request.POST.get("so_far", ""))
    go, _colon, where = request.POST.get("go", "next").partition(":")
    step = BY_NAME.get(request.POST.get("step", ""))
    if go == "resume":
        return _resume(sharer, request.POST.get("code", ""))
    if go == "show":
        return _show(sharer, journey, BY_NAME.get(where))
    if go in ("send", "again", "noted"):
        return _send(sharer, journey, go)
    if step is None:
        return _show(sharer, journey, journey.first_open())
    return _answered(sharer, journey, step, go)


def _start(sharer: Sharer, journey: Journey, error: str = "") -> HttpResponse:
    kept = draft_of(sharer.actor, sharer.establishment) if isinstance(sharer.actor, Actor) else {}
    context = {
        "journey": journey,
        "kept": Journey.of(sharer.reader, kept) if kept else None,
        "failed": error,
        "public": reverse("concerns:share_public", args=[sharer.establishment.slug]) + "?anonymous=yes",
        "is_signed_in": actor_of(sharer.request) is not None,
    }
    return sharer.page("concerns/start.html", context, INVALID if error else 200)


def _resume(sharer: Sharer, code: str) -> HttpResponse:
    """Go on with what was kept, for whoever has its code."""
    journey = Journey.begun(sharer.reader)
    if not limits.may_go_on(sharer.request, "draft"):
        return _start(sharer, journey, _too_many())
    kept = draft_of(sharer.actor, sharer.establishment, code)
    if not kept:
        return _start(sharer, journey, _("There is nothing under this code. Check it, or start again."))
    journey = Journey.of(sharer.reader, kept)
    return _show(sharer, journey, journey.first_open())


def _answered(sharer: Sharer, journey: Journey, step: Step, go: str) -> HttpResponse:
    """Take what was answered on a page, and go where its reader wants to go."""
    posted = sharer.request.POST
    form = journey.form(step, posted)
    given = {name: posted.get(name, "").replace("\0", "")[:8000] for name in form.fields}
    if step.finds_people and sharer.reader == "staff":
        given["picked"] = ",".join(posted.getlist("picked"))[:200]
    is_valid = form.is_valid()
    before, journey = journey, journey.answered(given)
    if go == "find":
        return _ask(sharer, journey, step, found=posted.get("find", "")[:100])
    if go == "back":
        earlier = journey.before(step.name)
        return _ask(sharer, journey, earlier) if earlier else _start(sharer, journey)
    if go == "save":
        return _save(sharer, journey, step)
    if not is_valid:
        return _ask(sharer, before, step, form)
    return _onwards(sharer, journey, step, had_links=any(given[name] != journey.answers[name] for name in form.fields))


def _onwards(sharer: Sharer, journey: Journey, step: Step, *, had_links: bool) -> HttpResponse:
    if journey.answers.get("about") == "complaint" and step.name == "about":
        return _complaint(sharer, journey)
    if journey.answers.get("about") == "contact" and step.name == "about":
        return redirect("concerns:contact", sharer.establishment.slug)
    following = journey.after(step.name)
    if sharer.request.POST.get("then") == "check":
        following = journey.first_open()
    signs = set(journey.signs()) if step.name in ("danger", "image", "happened", "risk") else set()
    new = signs - journey.shown
    if step.name == "risk" and journey.answers.get("risk") == "yes":
        new.add("immediate_danger")
    do_now = guidance.do_now(sharer.establishment, sharer.who(journey), new - journey.shown, sharer.actor.on)
    if do_now is None:
        return _show(sharer, journey, following, had_links=had_links)
    journey = journey.answered({"shown": " ".join(sorted(journey.shown | new))})
    context = {"journey": journey, "do_now": do_now, "following": following, "had_links": had_links}
    return sharer.page("concerns/do_now.html", context)


def _show(sharer: Sharer, journey: Journey, step: Step | None, *, had_links: bool = False) -> HttpResponse:
    """Show a step, or where there is none, all answers to check."""
    return _check(sharer, journey) if step is None else _ask(sharer, journey, step, had_links=had_links)


def _ask(
    sharer: Sharer,
    journey: Journey,
    step: Step,
    form: StepForm | None = None,
    *,
    found: str | None = None,
    had_links: bool = False,
) -> HttpResponse:
    context: dict[str, Any] = {
        "journey": journey,
        "step": step,
        "form": form or journey.form(step),
        "heading": "" if step.title else step.asked[0].name,
        "then": sharer.request.POST.get("then", "") or ("check" if _is_change(sharer) else ""),
        "had_links": had_links,
    }
    if step.finds_people and isinstance(sharer.actor, Actor):
        picked = people_chosen(sharer.actor, sharer.establishment, journey.picked)
        results = people_to_name(sharer.actor, sharer.establishment, found) if found is not None else []
        context |= {"finds": True, "picked": picked, "find": found or ""}
        context["results"] = [person for person in results if person not in picked]
    return sharer.page("concerns/step.html", context, INVALID if form is not None else 200)


def _is_change(sharer: Sharer) -> bool:
    """Say whether a step is shown because its reader changes an answer on the page that has them all."""
    return sharer.request.POST.get("from") == "check"


def _complaint(sharer: Sharer, journey: Journey) -> HttpResponse:
    on = sharer.actor.on
    book = guidance.book_of(sharer.establishment, on)
    context = {
        "journey": journey,
        "card": guidance.complaint_card(sharer.establishment, sharer.who(journey), on),
        "quotes": guidance.complaint_baseline(sharer.establishment, on),
        "school": dict(book.policy.contacts).get("school") if book else None,
    }
    return sharer.page("concerns/complaint.html", context)


def _save(sharer: Sharer, journey: Journey, step: Step) -> HttpResponse:
    """Keep what was answered, and say how to come back to it."""
    if not isinstance(sharer.actor, Actor) and not limits.may_go_on(sharer.request, "draft"):
        return _start(sharer, journey, _too_many())
    now = timezone.now()
    code = save_draft(sharer.actor, sharer.establishment, journey.answers, token=journey.token, now=now)
    return sharer.page("concerns/saved.html", {"journey": journey, "code": code, "step": step})


def _check(sharer: Sharer, journey: Journey, errors: tuple[str, ...] = ()) -> HttpResponse:
    """Show all answers, to whom they go, and what is declared with them."""
    going = destination(sharer.actor, sharer.establishment, journey.sharing(str(declaration())), timezone.localdate())
    recipients = going.route.recipients
    on = sharer.actor.on
    shown = guidance.baseline_quote if going.named.is_baseline else guidance.clause_card
    context = {
        "journey": journey,
        "rows": [row for row in journey.rows() if row[1].name != "danger"],
        "declaration": declaration(),
        "to": [capacity(each.capacity, sharer.establishment) for each in recipients],
        "clause": shown(sharer.establishment, going.named.clause, on) if going.named.clause else None,
        "is_baseline": going.named.is_baseline,
        "nobody": "" if recipients else nobody_here(sharer.establishment),
        "picked": _picked(sharer, journey),
        "last": [*journey.steps()][-1],
        "failed": errors,
    }
    return sharer.page("concerns/check.html", context, INVALID if errors else 200)


def _picked(sharer: Sharer, journey: Journey) -> list[str]:
    if not isinstance(sharer.actor, Actor) or not journey.picked:
        return []
    return [person.name for person in people_chosen(sharer.actor, sharer.establishment, journey.picked)]


def _send(sharer: Sharer, journey: Journey, go: str) -> HttpResponse:
    """Share what was told, and show the receipt; the same page sent again shows the same receipt."""
    missing = journey.first_open()
    if missing is not None or journey.answers.get("about") in ("complaint", "contact"):
        return _ask(sharer, journey, missing or BY_NAME["about"])
    counts = isinstance(sharer.actor, Public) and not is_shared(sharer.actor, journey.token)
    if counts and not limits.may_go_on(sharer.request, "share"):
        return _check(sharer, journey, (_too_many(),))
    now = timezone.now()
    try:
        shared = share_concern(
            sharer.actor, sharer.establishment, journey.sharing(str(declaration())), token=journey.token, now=now
        )
    except ValidationError as error:
        return _check(sharer, journey, tuple(error.messages))
    drop_draft(sharer.actor, sharer.establishment, token=journey.token, now=now)
    return _done(sharer, journey, shared, go)


def _done(sharer: Sharer, journey: Journey, shared: Shared, go: str) -> HttpResponse:
    concern = shared.concern
    context = {
        "journey": journey,
        "code": shared.code,
        "concern": concern,
        "to": capacity(concern.capacity, sharer.establishment),
        "takes_no_pictures": concern.takes_no_pictures,
        "receipt": reverse("concerns:receipt", args=[sharer.establishment.slug]),
    }
    return sharer.page("concerns/noted.html" if go == "noted" else "concerns/done.html", context)


def _too_many() -> str:
    return _(
        "Too much has been sent from here within the hour, so we cannot take this now. Nothing you wrote is lost: keep "
        "this page open and try again later. If it cannot wait, phone the school or call 999."
    )
