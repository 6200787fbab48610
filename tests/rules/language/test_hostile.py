"""No question, however it is put, holds up the site."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from proviso.rules.asking import LONGEST, QuestionError, ask
from proviso.rules.language import opened
from proviso.rules.rulebook import compiled

HERE = Path(__file__).parent
MOST_SECONDS = 60  # it takes about four; a pattern that reads words in two ways would take years


def test_every_pattern_is_done_with_hostile_repeats_at_once() -> None:
    ran = subprocess.run(
        [sys.executable, str(HERE / "pumping.py")],
        capture_output=True,
        text=True,
        timeout=MOST_SECONDS,
        env={**os.environ, "PYTHONPATH": str(HERE.parents[2])},
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    counted = re.search(r"(\d+) patterns, (\d+) texts", ran.stdout)
    assert counted
    assert int(counted[1]) > 250
    assert int(counted[2]) > 2_000


@pytest.mark.parametrize("typed", ["&" * LONGEST, "i'm " * (LONGEST // 4)])
def test_short_forms_make_a_question_no_longer_than_is_read(typed: str) -> None:
    assert len(opened(typed, LONGEST)) <= LONGEST


def test_a_text_far_too_long_is_refused_before_it_is_looked_at() -> None:
    # One such letter is eighteen when it is written out.
    with pytest.raises(QuestionError, match="has 5,000 characters and at most 1,000"):
        ask(compiled("lancashire"), "\ufdfa" * 5_000)
