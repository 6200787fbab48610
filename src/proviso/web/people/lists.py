"""Who is at a school, who was, and all of them as a file."""

from datetime import date

from django.http import HttpResponseBase
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from proviso.records.people import role_names, selectors
from proviso.records.people.models import Establishment, Person, Role
from proviso.web.kit.lists import Column, Export, Filter, ListPage, list_page
from proviso.web.kit.pages import ActorRequest, Link, establishment_page


@establishment_page("people.view")
def people(request: ActorRequest, establishment: Establishment) -> HttpResponseBase:
    """Everybody with a role now or later; the file has a line for each role."""
    actor, at = request.actor, [establishment.slug]
    page = ListPage(
        title=_("People"),
        rows=lambda query: selectors.listed(actor, establishment, actor.on, query.find, query.choice("role")),
        columns=_columns(establishment, actor.on),
        filters=[Filter("role", _("Role"), role_names.roles_offered(establishment), _("Every role"))],
        search=_("Name or email address"),
        export=Export(
            f"{establishment.slug}-people",
            action="people.export",
            columns=_file_columns(establishment, actor.on),
            lines=lambda everybody: (role for person in everybody for role in _roles_here(person)),
        ),
        buttons=_buttons(request, at),
        links=[Link(_("People who have left"), reverse("people:left", args=at))],
        count=_count,
        none_found=_("Nobody was found."),
        empty=_("Nobody has a role here yet."),
        sorted_by="name",
    )
    return list_page(request, page)


@establishment_page("people.view")
def left(request: ActorRequest, establishment: Establishment) -> HttpResponseBase:
    """Everybody who held a role and holds none any more."""
    actor = request.actor
    page = ListPage(
        title=_("People who have left"),
        lead=_("When a role ends, the person is not deleted: what they read, signed and did stays on record."),
        rows=lambda query: selectors.leavers(actor, establishment, actor.on, query.find),
        columns=_columns(establishment, actor.on),
        search=_("Name or email address"),
        count=_count,
        none_found=_("Nobody was found."),
        empty=_("Nobody has left."),
        sorted_by="name",
    )
    return list_page(request, page)


def _count(count: int) -> str:
    return ngettext("%(many)s person", "%(many)s people", count) % {"many": count}


def _buttons(request: ActorRequest, at: list[str]) -> list[Link]:
    offered = [
        ("people.change", Link(_("Add somebody"), reverse("people:add", args=at))),
        ("people.import", Link(_("Import people"), reverse("imports:upload", args=[*at, "people"]))),
        ("people.change", Link(_("Invite everybody not yet invited"), reverse("people:invite_everybody", args=at))),
    ]
    return [link for action, link in offered if action in request.may]


def _columns(establishment: Establishment, on: date) -> list[Column[Person]]:
    return [
        Column(
            _("Name"),
            lambda person: person.name,
            name="name",
            sort=("family_name", "given_name"),
            link=lambda person: reverse("people:person", args=[establishment.slug, person.pk]),
        ),
        Column(_("Roles"), lambda person: [_role(role, establishment, on) for role in _current(person, on)]),
        Column(_("Email address"), lambda person: person.email, name="email", sort=("email",)),
        Column(_("Sign-in"), lambda person: role_names.standing(person, on)),
    ]


def _file_columns(establishment: Establishment, on: date) -> list[Column[Role]]:
    return [
        Column(_("Last name"), lambda role: role.person.family_name),
        Column(_("First name"), lambda role: role.person.given_name),
        Column(_("Email address"), lambda role: role.person.email),
        Column(_("Role"), lambda role: role_names.role(role.kind, establishment)),
        Column(_("From"), lambda role: role.starts_on),
        Column(_("Last day"), lambda role: role.ends_on),
        Column(_("Sign-in"), lambda role: role_names.standing(role.person, on)),
    ]


def _roles_here(person: Person) -> list[Role]:
    roles: list[Role] = person.roles_here  # type: ignore[attr-defined]  # fetched along by the selector
    return roles


def _current(person: Person, on: date) -> list[Role]:
    """Return the roles to show: those of now and later, or of somebody who left the last that they held."""
    roles = _roles_here(person)
    current = [role for role in roles if role.ends_on is None or role.ends_on >= on]
    return current or roles[-1:]


def _role(role: Role, establishment: Establishment, on: date) -> str:
    name = role_names.role(role.kind, establishment)
    if role.ends_on:
        return f"{name} " + _("until %(day)s") % {"day": date_format(role.ends_on, "j M Y")}
    if role.starts_on > on:
        return f"{name} " + _("from %(day)s") % {"day": date_format(role.starts_on, "j M Y")}
    return name
