"""The floors of the house hold, and the tool that says so would see it if they did not."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).parents[2]
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
        ("rules.norms", "import proviso.rules.rulebook", "Rooms of rules"),
        ("rules.rulebook", "import proviso.web.environment", "from storey to storey"),
        ("cli", "import proviso.web.environment", "from storey to storey"),
        ("documents", "import proviso.records.people.models", "from storey to storey"),
        ("wording", "import proviso.records.people.models", "from storey to storey"),
        ("wording", "import proviso.documents", "from storey to storey"),
        ("rules.language", "import proviso.rules.asking", "Rooms of rules"),
        ("rules.asking", "import proviso.rules.language._planted", "Language is entered"),
        ("records.people", "import proviso.records.policies.models", "Rooms of records"),
        ("records.audit", "import proviso.records.people.models", "Rooms of records"),
        ("records.imports", "def late():\n    import proviso.records.policies.models", "Rooms of records"),
        ("rules.norms", "import django.utils", "know no framework"),
        ("rules.asking", "import django.utils", "know no framework"),
        ("web", "import proviso.rules.norms._planted", "by its front door"),
        ("web", "import proviso.documents._planted", "by their front door"),
        ("jobs", "import proviso.demonstration.names", "know the demonstration"),
        ("web.people", "import proviso.web.tasks.views", "Pages of one room"),
        ("web.kit", "import proviso.web.people.forms", "Pages of one room"),
        ("web.policies", "import proviso.records.policies.campaigns", "without an actor"),
        ("jobs", "import proviso.records.files.selectors", "without an actor"),
    ],
)
def test_a_planted_import_is_caught(house: Path, room: str, planted: str, contract: str) -> None:
    rooms = house / "src" / "proviso"
    for entered in (rooms / "rules" / "norms", rooms / "rules" / "language", rooms / "documents"):
        (entered / "_planted.py").touch()
    (rooms.joinpath(*room.split(".")) / "planted.py").write_text(f"{planted}\n", "utf-8")
    done = lint(house)
    assert done.returncode == 1, done.stdout
    broken = [line for line in unfolded(done.stdout) if line.endswith("BROKEN")]
    assert any(contract in line for line in broken), done.stdout


def unfolded(text: str) -> list[str]:
    """Return lines of the report with those that it folded put together."""
    return re.sub(r" *\n(?=[a-z])", " ", text).splitlines()


def test_a_circle_of_imports_is_caught(house: Path) -> None:
    people = house / "src" / "proviso" / "records" / "people"
    (people / "planted.py").write_text("def late():\n    import proviso.records.people.planted_too\n", "utf-8")
    (people / "planted_too.py").write_text("import proviso.records.people.planted\n", "utf-8")
    done = lint(house)
    assert done.returncode == 1, done.stdout
    assert any("circle" in line for line in unfolded(done.stdout) if line.endswith("BROKEN")), done.stdout


@pytest.mark.parametrize("storey", ["", "records", "rules", "web"])
def test_a_room_without_a_floor_is_caught(house: Path, storey: str) -> None:
    attic = house / "src" / "proviso" / storey / "attic"
    attic.mkdir()
    (attic / "__init__.py").touch()
    done = lint(house)
    assert done.returncode == 1
    assert "attic" in done.stdout


def test_no_import_is_excused() -> None:
    assert not [contract["id"] for contract in CONFIGURATION["contracts"] if "ignore_imports" in contract]


def test_the_engine_needs_nothing_but_python_and_numpy() -> None:
    graph = grimp.build_graph("proviso", include_external_packages=True, cache_dir=None)
    engine = {"proviso.rules.norms", *graph.find_descendants("proviso.rules.norms")}
    imported = {name for module in engine for name in graph.find_modules_directly_imported_by(module)}
    outside = {name.split(".")[0] for name in imported - engine}
    assert outside <= {*sys.stdlib_module_names, "numpy"}
