"""Every selector of every room of records reads for an actor, or says by its type that anybody may read."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any, get_args, get_type_hints

import pytest

import proviso.records
from proviso.records.people.actors import Actor, AnyActor, Public

# These rooms know no actor: only the rooms above read them, each for an actor of its own.
BELOW = frozenset(("audit", "files"))
ACTORS = frozenset(get_args(AnyActor))

Selector = Callable[..., Any]


def selector_modules() -> Iterator[ModuleType]:
    """Yield the modules of selectors: `selectors.py`, or what a folder of that name holds."""
    for each in pkgutil.walk_packages(proviso.records.__path__, "proviso.records."):
        room, *inside = each.name.removeprefix("proviso.records.").split(".")
        if room not in BELOW and "selectors" in inside:
            yield importlib.import_module(each.name)


def public_functions(module: ModuleType) -> Iterator[Selector]:
    for name, function in inspect.getmembers(module, inspect.isfunction):
        if function.__module__ == module.__name__ and not name.startswith("_"):
            yield function


def is_for_an_actor(selector: Selector) -> bool:
    """Say whether a parameter is an actor of some kind, whatever it is called."""
    hints = get_type_hints(selector)
    hints.pop("return", None)
    return any(ACTORS & {hint, *get_args(hint)} for hint in hints.values())


SELECTORS = [selector for module in selector_modules() for selector in public_functions(module)]


def test_every_selector_reads_for_an_actor() -> None:
    assert len(SELECTORS) > 40
    without = [f"{each.__module__}.{each.__qualname__}" for each in SELECTORS if not is_for_an_actor(each)]
    assert without == []


def _by_name(name: str) -> str:
    return name


def _for_a_person(actor: Actor, name: str) -> str:
    return f"{actor} {name}"


def _for_anybody(asking: Public | None, name: str) -> str:
    return f"{asking} {name}"


@pytest.mark.parametrize(("selector", "expected"), [(_by_name, False), (_for_a_person, True), (_for_anybody, True)])
def test_a_selector_without_an_actor_is_found(selector: Selector, expected: bool) -> None:
    assert is_for_an_actor(selector) is expected
