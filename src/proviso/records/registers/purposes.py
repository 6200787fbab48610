"""For what consent is asked. Rooms above add purposes of their own, such as one for each official account."""

from collections.abc import Callable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from proviso.records.people.models import Establishment

Purposes = dict[str, str | Promise]
GENERAL: Purposes = {
    "newsletter": _("Newsletters and letters home"),
    "website": _("The school’s website"),
    "social": _("The school’s official accounts"),
    "press": _("Newspapers, radio and television"),
}
_PROVIDERS: list[Callable[[Establishment], Purposes]] = []


def register(provider: Callable[[Establishment], Purposes]) -> Callable[[Establishment], Purposes]:
    """Add purposes that an establishment has besides the general ones; a decorator."""
    _PROVIDERS.append(provider)
    return provider


def purposes_of(establishment: Establishment) -> Purposes:
    """Return for what an establishment asks consent, each by its short name."""
    purposes = dict(GENERAL)
    for provider in _PROVIDERS:
        purposes.update(provider(establishment))
    return purposes
