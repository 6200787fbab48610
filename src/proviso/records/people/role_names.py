"""What a role is called where it is held: nations and kinds of establishment have their own words."""

from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from proviso.records.people.models import Establishment, Invitation, Person, Role

Kind = Role.Kind
_WALES: dict[str, str | Promise] = {
    Kind.DSL: _("Designated safeguarding person"),
    Kind.DEPUTY_DSL: _("Deputy designated safeguarding person"),
}
_TRUST: dict[str, str | Promise] = {
    Kind.CHAIR: _("Chair of trustees"),
    Kind.EXECUTIVE: _("Trust executive"),
    Kind.CLERK: _("Clerk to the trustees"),
}
_AUTHORITY: dict[str, str | Promise] = {
    Kind.CHAIR: _("Chair of the committee"),
    Kind.TRUSTEE: _("Member of the committee"),
    Kind.EXECUTIVE: _("Officer of the authority"),
    Kind.CLERK: _("Clerk to the committee"),
}
_SCHOOL: dict[str, str | Promise] = {
    Kind.CHAIR: _("Chair of governors"),
    Kind.CLERK: _("Clerk to the governors"),
}
_BY_KIND = {
    Establishment.Kind.SCHOOL: _SCHOOL,
    Establishment.Kind.TRUST: _TRUST,
    Establishment.Kind.AUTHORITY: _AUTHORITY,
}


def role(kind: str, establishment: Establishment) -> str:
    """Return what a role is called in an establishment, in the reader's language."""
    if establishment.nation == Establishment.Nation.WALES and kind in _WALES:
        return str(_WALES[kind])
    return str(_BY_KIND[Establishment.Kind(establishment.kind)].get(kind, Kind(kind).label))


def roles_offered(establishment: Establishment) -> list[tuple[str, str]]:
    """Return the roles that can be held in an establishment, with what they are called there."""
    only_above = {Kind.TRUSTEE, Kind.EXECUTIVE}
    only_schools = {Kind.HEADTEACHER, Kind.DEPUTY_HEAD, Kind.TEACHER, Kind.PUPIL, Kind.PARENT}
    left_out = only_above if establishment.is_school else only_schools
    return [(kind.value, role(kind, establishment)) for kind in Kind if kind not in left_out]


def standing(person: Person, on: date) -> str:
    """Say how far somebody is with signing in; give somebody of `selectors.listed`, who brings their invitations."""
    if not person.email:
        return gettext("No sign-in")
    if person.has_usable_password() or person.last_login is not None:
        return gettext("Has an account")
    invitations: list[Invitation] = getattr(person, "open_invitations", [])
    if any(invitation.expires_at.date() > on for invitation in invitations):
        return gettext("Invited")
    return gettext("Invitation expired") if invitations else gettext("Not invited")
