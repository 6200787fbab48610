"""Which words stand first in an address of the site already, so that no establishment can be called by them."""

from collections.abc import Iterable, Iterator
from functools import cache

from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver


@cache
def taken_words() -> frozenset[str]:
    """Return the first words of all addresses of the site that are written out, and where files are served from."""
    return frozenset((*_first_words(get_resolver().url_patterns), settings.STATIC_URL.strip("/").split("/")[0]))


def _first_words(patterns: Iterable[URLPattern | URLResolver]) -> Iterator[str]:
    for pattern in patterns:
        route = str(pattern.pattern).lstrip("^")
        if not route and isinstance(pattern, URLResolver):
            yield from _first_words(pattern.url_patterns)
        word = route.split("/")[0]
        if word.replace("-", "").replace("_", "").isalnum():  # no parameter, and not the empty start of the site
            yield word
