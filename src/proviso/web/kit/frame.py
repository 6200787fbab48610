"""Whose site a page is: the name, crest and colour at its top, and the bar that leads to everything else.

A page inside an establishment bears that establishment's, a page of a policy those of whoever has the policy, and what
belongs to none those of the reader's own school, or of the one establishment under which all others stand.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from proviso.documents import OWN
from proviso.records.people.actors import Actor, Public
from proviso.records.people.models import Establishment
from proviso.records.people.permissions import allowed
from proviso.records.people.selectors import public_establishment, site_establishment
from proviso.rules import rulebook
from proviso.rules.norms import Policy
from proviso.web.kit import navigation
from proviso.web.kit.navigation import Place
from proviso.web.kit.requests import actor_of

SLUG = re.compile("[-a-z0-9_]{1,60}")


@dataclass(frozen=True)
class Frame:
    """What stands around a page. `colours` is the address of the school's style sheet, `crest` of its crest."""

    name: str
    url: str
    places: tuple[Place, ...] = ()
    colours: str = ""
    crest: str = ""
    colour: str = OWN
    schools: tuple[Establishment, ...] = ()
    settings: str = ""
    slug: str = ""

    @property
    def sign_in(self) -> str:
        """Return where one signs in: the page there bears the same name."""
        address = reverse("account_login")
        return f"{address}?at={self.slug}" if self.slug else address

    @property
    def letter(self) -> str:
        """Return what stands where a crest would."""
        return self.name[:1].upper()

    @property
    def rooms(self) -> tuple[Place, ...]:
        """Return the pages of the place where the reader is."""
        return next((place.below for place in self.places if place.current), ())


def frame_of(request: HttpRequest | None, context: Mapping[str, Any]) -> Frame:
    """Return what stands around a page, from its context; without a request, as after an error, only a name."""
    nobody = Frame(_("School policies"), reverse("public:home"))
    if request is None:
        return nobody
    actor, policy = actor_of(request), context.get("policy")
    if isinstance(policy, Policy) and policy.id in rulebook.policy_ids():
        shown = Establishment(slug=policy.id, name=policy.establishment)
        return Frame(policy.establishment, reverse("public:ask", args=[policy.id]), _bar(request, shown, ()))
    establishment = _establishment(actor, policy, context, request)
    if establishment is None:
        return nobody
    may = context.get("may") if "may" in context else allowed(actor, establishment) if actor else ()
    return _of(request, actor, establishment, may or ())


def _establishment(
    actor: Actor | None, policy: object, context: Mapping[str, Any], request: HttpRequest
) -> Establishment | None:
    named = context.get("establishment")
    if isinstance(named, Establishment):
        return named
    if isinstance(policy, Policy):
        mine = [place for place in actor.establishments if place.slug == policy.id] if actor else []
        return mine[0] if mine else public_establishment(Public(timezone.localdate()), policy.id)
    if actor is not None and actor.roles:
        return home_of(actor)
    if request.resolver_match is None:  # nobody makes the site ask its database by addresses that lead nowhere
        return None
    if slug := _signing_in_to(request):
        return public_establishment(Public(timezone.localdate()), slug)
    return site_establishment(Public(timezone.localdate()))


def _signing_in_to(request: HttpRequest) -> str:
    """Return the school whose page somebody comes from, or goes to, who is signing in; empty where it is not known.

    The address says it (`at`, or the page that follows, `next`); it changes whose name and colour the page bears alone.
    """
    if actor_of(request) is not None or not request.path.startswith(reverse("account")):
        return ""
    try:
        slug = resolve(urlsplit(request.GET.get("next", "")).path).kwargs.get("slug", "")
    except (Resolver404, ValueError):
        slug = ""
    wanted = str(slug) or request.GET.get("at", "")
    return wanted if SLUG.fullmatch(wanted) else ""


def home_of(actor: Actor) -> Establishment:
    """Return whose name leads on somebody's own pages: their trust's or authority's, or else their first school's."""
    return min(actor.establishments, key=lambda place: place.is_school)


def _of(request: HttpRequest, actor: Actor | None, establishment: Establishment, may: Collection[str]) -> Frame:
    slug = establishment.slug
    sees = "establishment.view" in may
    return Frame(
        name=establishment.name,
        url=reverse("dashboards:establishment" if sees else "public:ask", args=[slug]),
        places=_bar(request, establishment, may),
        colours=f"{reverse('dashboards:colours', args=[slug])}?{establishment.colour[1:]}"
        if establishment.colour
        else "",
        crest=f"{reverse('dashboards:crest', args=[slug])}?{establishment.crest_id}" if establishment.crest_id else "",
        colour=establishment.colour or OWN,
        schools=tuple(actor.establishments) if actor else (),
        slug=slug,
        settings=reverse("dashboards:settings", args=[slug]) if "establishment.change" in may else "",
    )


def _bar(request: HttpRequest, establishment: Establishment, may: Collection[str]) -> tuple[Place, ...]:
    return tuple(navigation.SITE.bar(request, establishment, may))
