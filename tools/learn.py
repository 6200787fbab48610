"""Learns the weights of `asking` from its examples; run by `make learn` after examples or patterns have changed."""

from __future__ import annotations

import csv
import hashlib
import json
import sys
from collections import Counter
from collections.abc import Iterable

from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from proviso.asking._ask import lexicon_in_use
from proviso.asking._files import HERE
from proviso.asking._sentence import features
from proviso.asking._understand import sentence_of

LEARNED_FROM = ("examples.tsv", "lexicon.yaml", "classes.yaml", "sentences.yaml", "people.yaml", "weights.tsv")
RARE = 2
SMALL = 3


def main() -> int:
    """Fit a regularised multinomial regression and write `weights.tsv`, weights in hundredths."""
    with (HERE / "examples.tsv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE) if row["act"]]
    lexicon = lexicon_in_use()
    counted = [features(sentence_of(row["question"], lexicon)) for row in rows]
    seen = Counter(feature for one in counted for feature in one)
    kept = [{feature: value for feature, value in one.items() if seen[feature] >= RARE} for one in counted]
    vectoriser = DictVectorizer()
    matrix = vectoriser.fit_transform(kept)
    model = LogisticRegression(C=3.0, max_iter=2000).fit(matrix, [row["act"] for row in rows])
    lines = ["\t".join(model.classes_), _line("bias", model.intercept_)]
    for feature, column in sorted(vectoriser.vocabulary_.items()):
        line = _line(feature, model.coef_[:, column])
        if "\t" in line:
            lines.append(line)
    (HERE / "weights.tsv").write_text("\n".join(lines) + "\n", "utf-8")
    stamp = {name: hashlib.sha256((HERE / name).read_bytes()).hexdigest() for name in LEARNED_FROM}
    (HERE / "weights.json").write_text(json.dumps(stamp, indent=2) + "\n", "utf-8")
    sys.stdout.write(f"{len(rows)} examples, {len(lines) - 2} features, {len(model.classes_)} kinds\n")
    return 0


def _line(feature: str, weights: Iterable[float]) -> str:
    rounded = [round(float(weight) * 100) for weight in weights]
    return "\t".join([feature, *(f"{act}:{weight}" for act, weight in enumerate(rounded) if abs(weight) >= SMALL)])


if __name__ == "__main__":
    sys.exit(main())
