"""Every route of the site, with the whole of its address."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver


@dataclass(frozen=True)
class Route:
    """A route: its name, the pattern of its address and the view behind it."""

    name: str
    pattern: str
    view: Any

    def address(self, **arguments: object) -> str:
        """Return an address of the route; what is not given is 1."""
        path = self.pattern
        arguments = {"reference": "C-AAAAAA", **arguments}
        for part in self.pattern.split("<")[1:]:
            kind_and_name = part.split(">")[0]
            name = kind_and_name.split(":")[-1]
            path = path.replace(f"<{kind_and_name}>", str(arguments.get(name, 1)))
        return f"/{path}"


def _routes(patterns: list[URLPattern | URLResolver], before: str = "", room: str = "") -> Iterator[Route]:
    for pattern in patterns:
        path = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern.url_patterns, path, f"{pattern.namespace}:" if pattern.namespace else room)
        else:
            yield Route(f"{room}{pattern.name or ''}", path, pattern.callback)


ROUTES = list(_routes(get_resolver().url_patterns))
