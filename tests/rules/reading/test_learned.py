"""What was learned is from the labelled policies as they are, and these keep to the words that the guide lists."""

from proviso.rules.reading import AUDIENCES, FORCES, read
from proviso.rules.reading._learned import HEADS
from proviso.rules.rulebook import topics
from tools.labelled_policies import labelled, matched
from tools.reading_stamp import STAMP, stamp

LEAST_FOUND = 0.89


def test_the_heads_are_learned_from_these_policies() -> None:
    assert HEADS.exists()
    assert STAMP.read_text("utf-8").strip() == stamp(), "run `make learn` after labelled policies have changed"


def test_labels_keep_to_their_words() -> None:
    for policy in labelled():
        for label in policy.labels:
            assert label.force in FORCES, (policy.name, label)
            assert set(label.who) <= set(AUDIENCES), (policy.name, label)
            assert set(label.topics) <= set(topics()), (policy.name, label)


def test_nearly_every_labelled_statement_is_found() -> None:
    for policy in labelled()[:4]:
        texts = [each.text for each in read(policy.path.read_bytes(), policy.path.name).statements]
        found = [place for place in matched(policy.labels, texts) if place is not None]
        assert len(found) >= LEAST_FOUND * len(policy.labels), policy.name
