"""Learns the weights of `asking` from its examples; run by `make learn` after examples or patterns have changed."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable

from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from tools import bank
from tools.examples import STAMP, WEIGHTS, examples, stamp

RARE = 2
SMALL = 3


def main() -> int:
    """Fit a regularised multinomial regression and write `weights.tsv`, weights in hundredths."""
    learned_from = examples()
    counted = [features for _act, features in learned_from]
    seen = Counter(feature for features in counted for feature in features)
    kept = [{name: value for name, value in features.items() if seen[name] >= RARE} for features in counted]
    vectoriser = DictVectorizer()
    matrix = vectoriser.fit_transform(kept)
    model = LogisticRegression(C=3.0, max_iter=2000).fit(matrix, [act for act, _features in learned_from])
    lines = ["\t".join(model.classes_), _line("bias", model.intercept_)]
    for feature, column in sorted(vectoriser.vocabulary_.items()):
        line = _line(feature, model.coef_[:, column])
        if "\t" in line:
            lines.append(line)
    WEIGHTS.write_text("\n".join(lines) + "\n", "utf-8")
    STAMP.write_text(json.dumps(stamp(learned_from), indent=2) + "\n", "utf-8")
    sys.stdout.write(f"{len(learned_from)} examples, {len(lines) - 2} features, {len(model.classes_)} kinds\n")
    bank.learn()
    return 0


def _line(feature: str, weights: Iterable[float]) -> str:
    rounded = [round(float(weight) * 100) for weight in weights]
    return "\t".join([feature, *(f"{act}:{weight}" for act, weight in enumerate(rounded) if abs(weight) >= SMALL)])


if __name__ == "__main__":
    sys.exit(main())
