"""Who reads a public page: a signed-in person is who they are, anybody else who they say they are."""

from dataclasses import dataclass

from django.http import HttpRequest

from proviso.records.people.facts import who
from proviso.rules.norms import Policy
from proviso.web.kit.requests import actor_of


@dataclass(frozen=True)
class Reader:
    """The roles of whoever reads (values of the fact `who`), and whether they are known because they signed in."""

    roles: tuple[str, ...] = ()
    is_signed_in: bool = False

    @property
    def role(self) -> str | None:
        """The role to answer for, where one is known."""
        return self.roles[0] if self.roles else None


def reader_of(request: HttpRequest, policy: Policy, role: str | None = None) -> Reader:
    """Return who reads a policy; `role` is what the address says, which counts for nobody who signed in.

    Somebody who signed in is what they are in the establishment whose policy it is; where they are nothing there, or
    the policy is a model, what they are anywhere.
    """
    actor = actor_of(request)
    if actor is not None:
        here = [each.kind for each in actor.roles if each.establishment.slug == policy.id]
        roles = who(here or [each.kind for each in actor.roles])
        if roles:
            return Reader(roles, is_signed_in=True)
    return Reader((role,) if role else ())
