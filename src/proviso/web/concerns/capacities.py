"""What somebody is called who handles a concern: executives have their name from where they work."""

from proviso.records.people import role_names
from proviso.records.people.models import Establishment, Role


def capacity(kind: str, establishment: Establishment) -> str:
    """Return what the role is called as which somebody handles a concern of an establishment."""
    above = establishment.parent
    return role_names.role(kind, above if kind == Role.Kind.EXECUTIVE and above is not None else establishment)
