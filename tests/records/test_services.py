"""Every service of every room of records changes records in the one way: found by reading the code."""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

import proviso.records
from proviso.records.people.change import registered

ROOT = Path(proviso.records.__file__).parent
CHANGES = frozenset(("change", "change_many"))
LOGGING = "proviso.records.audit.services"
# `change` alone writes to the log, whose room knows no change.
MAY_LOG = ("people/change.py",)
# These rooms know no actor: the log is written by `change`, and files are stored inside the change of their owner.
BELOW = ("audit", "files")
# This does not write: it reads the clock to say what is so now.
READS = frozenset(("proviso.records.imports.services.is_stuck",))


@dataclass(frozen=True)
class Module:
    """A module of a room: its functions, and what the names in it stand for."""

    path: str
    tree: ast.Module
    imported: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_service(self) -> bool:
        parts = Path(self.path).parts
        return parts[0] not in BELOW and ("services" in parts or parts[-1] == "services.py")

    @property
    def name(self) -> str:
        return "proviso.records." + self.path.removesuffix(".py").replace("/", ".").removesuffix(".__init__")

    def functions(self) -> Iterator[ast.FunctionDef]:
        for node in self.tree.body:
            if isinstance(node, ast.FunctionDef):
                yield node


def read(path: str, source: str) -> Module:
    tree = ast.parse(source)
    imported = {
        alias.asname or alias.name: f"{node.module}.{alias.name}"
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module
        for alias in node.names
    }
    return Module(path, tree, imported)


MODULES = [read(str(each.relative_to(ROOT)), each.read_text("utf-8")) for each in sorted(ROOT.rglob("*.py"))]
SERVICES = [module for module in MODULES if module.is_service]


def called(function: ast.FunctionDef) -> set[str]:
    """Return the names that a function calls, as they are written: `change`, `tasks.make_tasks`."""
    return {ast.unparse(node.func) for node in ast.walk(function) if isinstance(node, ast.Call)}


def full_name(module: Module, name: str) -> str:
    first, _dot, rest = name.partition(".")
    known = module.imported.get(first)
    if known is None:
        return f"{module.name}.{name}"
    return f"{known}.{rest}" if rest else known


def changing(modules: list[Module]) -> set[str]:
    """Return the functions that change records by `change`, themselves or by others of these modules that do."""
    calls = {
        f"{module.name}.{function.name}": {full_name(module, name) for name in called(function)}
        for module in modules
        for function in module.functions()
    }
    done = {f"proviso.records.people.change.{name}" for name in CHANGES}
    while new := {name for name, theirs in calls.items() if theirs & done} - done:
        done |= new
    return done


def without_change(modules: list[Module]) -> list[str]:
    """Return the public services with a clock that never come to a change."""
    known = changing(modules)
    return [
        name
        for module in modules
        if module.is_service
        for function in module.functions()
        if not function.name.startswith("_") and takes_now(function)
        if (name := f"{module.name}.{function.name}") not in known | READS
    ]


def takes_now(function: ast.FunctionDef) -> bool:
    return any(argument.arg == "now" for argument in (*function.args.args, *function.args.kwonlyargs))


def logging(modules: list[Module]) -> list[str]:
    """Return where something is logged directly."""
    return [
        f"{module.path}: {name}"
        for module in modules
        if module.path not in MAY_LOG
        for name, stands_for in module.imported.items()
        if stands_for in (f"{LOGGING}.record", f"{LOGGING}.record_all")
    ]


def texts(module: Module) -> Iterator[str]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def used_actions(modules: list[Module]) -> set[str]:
    """Return the registered actions that some module names, the place of their registration apart.

    The kinds of import have actions of their own, of which a service names the end: `kind.action("imported")`;
    others are named by their beginning: `f"task.{verb}"`.
    """
    others = [module for module in modules if Path(module.path).name != "actions.py"]
    ends = {end for module in others for end in ends_of_actions(module)}
    whole = {text for module in others for text in texts(module)}
    begun = tuple(text for module in others for text in beginnings(module))
    return {name for name in registered() if name in whole or name.partition(".")[2] in ends or name.startswith(begun)}


def beginnings(module: Module) -> Iterator[str]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
            text = str(node.values[0].value)
            if text.endswith(".") and len(text) > len("x."):
                yield text


def ends_of_actions(module: Module) -> Iterator[str]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "action":
            yield from (str(each.value) for each in node.args if isinstance(each, ast.Constant))


def named_actions(module: Module) -> Iterator[str]:
    """Yield the actions that a module gives to `change` as they stand there."""
    for node in ast.walk(module.tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name) or node.func.id not in CHANGES:
            continue
        if len(node.args) > 1 and isinstance(node.args[1], ast.Constant):
            yield str(node.args[1].value)


def test_every_service_with_a_clock_writes_inside_a_change() -> None:
    assert sum(takes_now(function) for module in SERVICES for function in module.functions()) > 30
    assert without_change(MODULES) == []


def test_nothing_is_logged_but_by_a_change() -> None:
    assert logging(MODULES) == []


def test_every_registered_action_is_used() -> None:
    # What the sign-in library does to an account is logged by the pages that know the library.
    pages = [read(each.name, each.read_text("utf-8")) for each in (ROOT.parent / "web" / "accounts").glob("*.py")]
    assert sorted(registered().keys() - used_actions([*MODULES, *pages])) == []


def test_every_action_that_is_used_is_registered() -> None:
    unknown = {name for module in MODULES for name in named_actions(module)} - registered().keys()
    assert sorted(unknown) == []


PLANTED = {
    "saves by itself": "def end_role(actor, role, *, now):\n    role.save()\n",
    "calls what saves by itself": "def end_role(actor, *, now):\n    _save(now)\n\ndef _save(now):\n    role.save()\n",
}


@pytest.mark.parametrize("source", PLANTED.values(), ids=PLANTED)
def test_a_service_that_writes_without_a_change_is_found(source: str) -> None:
    assert without_change([read("planted/services.py", source)]) == ["proviso.records.planted.services.end_role"]


def test_a_service_that_changes_by_another_is_no_fault() -> None:
    source = (
        "from proviso.records.people.change import change\n"
        "def close(actor, *, now):\n    _close(actor, now)\n"
        "def _close(actor, now):\n    with change(actor, 'x', None, now):\n        pass\n"
    )
    assert without_change([read("planted/services/closing.py", source)]) == []


def test_what_logs_by_itself_is_found() -> None:
    planted = read("planted/services.py", "from proviso.records.audit.services import record_all as log\n")
    assert logging([planted]) == ["planted/services.py: log"]
