"""The lexicons are files that a person edits: one pattern to a line, put together as it says at their head."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from proviso.rules.language import pattern

RULES = Path(__file__).parents[3] / "src" / "proviso" / "rules"
LEXICONS = sorted(RULES.glob("*/lexicons/*.yaml"))
LONGEST_LINE = 130


@pytest.mark.parametrize("path", LEXICONS, ids=lambda path: path.stem)
def test_a_lexicon_has_one_pattern_to_a_line(path: Path) -> None:
    lines = path.read_text("utf-8").splitlines()
    assert lines[0].startswith("# ")
    assert [line for line in lines if len(line) > LONGEST_LINE] == []


@pytest.mark.parametrize(
    ("written", "regular"),
    [
        ("photos?", "photos?"),
        ("['photos?', 'films?']", "photos?|films?"),
        ("then: ['my ', [own, new], ' page']", "my (?:own|new) page"),
        ("then: [{maybe: ['the ', 'my ']}, school]", "(?:the |my )?school"),
        ("then: [{several: ['so ']}, {some: [very, quite]}, late]", "(?:so ){0,6}(?:very|quite){1,6}late"),
        (
            "then: [{who: ['pupils?', staff]}, {before: [' may']}, {not_before: [' not']}]",
            r"(?P<who>pupils?|staff)(?= may)(?! not)",
        ),
        ("[{then: [a, [b, {then: [c, [d, e]]}]]}, f]", "a(?:b|c(?:d|e))|f"),
    ],
)
def test_an_entry_of_a_lexicon_is_a_regular_expression(written: str, regular: str) -> None:
    made = pattern(yaml.safe_load(written))
    assert made == regular
    re.compile(made)
