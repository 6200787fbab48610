"""The floors of the house hold, and the tool that says so would see it if they did not."""

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).parents[2]
PURE_ROOMS = {"norms", "rulebook", "asking", "reading", "screening"}
CONFIGURATION = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder / "src")},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A copy to break."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    unneeded = shutil.ignore_patterns("__pycache__", "static", "templates")
    shutil.copytree(ROOT / "src" / "proviso", tmp_path / "src" / "proviso", ignore=unneeded)
    return tmp_path


def test_the_house_stands(house: Path) -> None:
    done = lint(house)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("room", "planted", "contract"),
    [
        ("norms", "import proviso.rulebook", "Imports go down only"),
        ("rulebook", "import proviso.web.environment", "Imports go down only"),
        ("cli", "import proviso.web.environment", "Imports go down only"),
        ("documents", "import proviso.people.words", "Imports go down only"),
        ("documents", "import proviso.audit.models", "Imports go down only"),
        ("norms", "import django.utils", "know no framework"),
        ("asking", "import django.utils", "know no framework"),
        ("web", "import proviso.norms._planted", "by its front door"),
    ],
)
def test_a_planted_import_is_caught(house: Path, room: str, planted: str, contract: str) -> None:
    (house / "src" / "proviso" / "norms" / "_planted.py").touch()
    (house / "src" / "proviso" / room / "planted.py").write_text(f"{planted}\n", "utf-8")
    done = lint(house)
    assert done.returncode == 1, done.stdout
    broken = [line for line in done.stdout.splitlines() if line.endswith("BROKEN")]
    assert any(contract in line for line in broken), done.stdout


def test_a_room_without_a_floor_is_caught(house: Path) -> None:
    (house / "src" / "proviso" / "attic").mkdir()
    (house / "src" / "proviso" / "attic" / "__init__.py").touch()
    done = lint(house)
    assert done.returncode == 1
    assert "proviso.attic" in done.stdout


def test_no_import_is_excused() -> None:
    assert not [contract["id"] for contract in CONFIGURATION["contracts"] if "ignore_imports" in contract]


def test_every_pure_room_is_held_to_be_pure() -> None:
    built = {f"proviso.{path.parent.name}" for path in (ROOT / "src" / "proviso").glob("*/__init__.py")}
    [pure] = [contract for contract in CONFIGURATION["contracts"] if contract["id"] == "pure-rooms"]
    assert set(pure["source_modules"]) == built & {f"proviso.{room}" for room in PURE_ROOMS}


def test_the_engine_needs_nothing_but_python_and_numpy() -> None:
    graph = grimp.build_graph("proviso", include_external_packages=True, cache_dir=None)
    engine = {"proviso.norms", *graph.find_descendants("proviso.norms")}
    imported = {name for module in engine for name in graph.find_modules_directly_imported_by(module)}
    outside = {name.split(".")[0] for name in imported - engine}
    assert outside <= {*sys.stdlib_module_names, "numpy"}
