"""How an establishment stands, in a few figures on the start pages of those who may see them.

Each room registers what it adds, in its `navigation.py` or a module that this imports. A provider asks the scope's own
reads (`scope.once`), so that a figure costs no query where the list of what needs somebody has read the same.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from proviso.records.people.models import Establishment
from proviso.records.people.needs import Scope
from proviso.web.kit.pages import Text


@dataclass(frozen=True)
class Figure:
    """One figure: what it is of, how much, what is said beside it, and where it leads.

    `due_on` adds how urgent it is, `is_review` in the words of a review; `late` is said on a colour.
    """

    label: Text
    value: Text
    note: Text = ""
    url: str = ""
    late: Text = ""
    due_on: date | None = None
    is_review: bool = False


Provider = Callable[[Scope, Establishment], Iterable[Figure]]
_PROVIDERS: list[Provider] = []


def register(provider: Provider) -> Provider:
    """Add figures of a room; a decorator. It yields nothing for whoever may not see them."""
    if provider not in _PROVIDERS:
        _PROVIDERS.append(provider)
    return provider


def figures(scope: Scope, establishment: Establishment) -> list[Figure]:
    """Return the figures that the person of a scope sees of an establishment."""
    return [figure for provider in _PROVIDERS for figure in provider(scope, establishment)]
