"""How long records are kept is data that says where it comes from, and a fault in it has its line."""

from datetime import date
from pathlib import Path

import pytest

from proviso.rules.rulebook import RulebookError, retention_rules
from proviso.rules.rulebook._retention import read_retention


def test_every_rule_says_its_basis_its_source_how_sure_it_is_and_who_reviews_it() -> None:
    for rule in retention_rules().values():
        assert rule.basis and rule.source and rule.read and rule.nations
        assert rule.sure in "ABC"
        assert {*rule.record} == {*rule.trigger} == {"en", "cy"}


@pytest.mark.parametrize(
    ("rule", "starts_on", "not_before", "due_on"),
    [
        ("allegation", date(2026, 11, 22), None, date(2036, 11, 22)),
        ("allegation", date(2026, 11, 22), date(2051, 3, 1), date(2051, 3, 1)),
        ("allegation", date(2026, 11, 22), date(2030, 3, 1), date(2036, 11, 22)),
        ("child_protection", date(2012, 2, 29), None, date(2037, 2, 28)),
        ("online_search", date(2026, 8, 31), None, date(2027, 2, 28)),
        ("false_allegation", date(2026, 8, 31), None, date(2026, 8, 31)),  # the school decides at once
    ],
)
def test_a_period_ends_on_its_day(rule: str, starts_on: date, not_before: date | None, due_on: date) -> None:
    assert retention_rules()[rule].due_on(starts_on, not_before) == due_on


def test_a_fault_is_named_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "retention.yaml"
    file.write_text("a:\n  record: {en: A, cy: A}\n  nations: [England]\n  basis: b\n  trigger: {en: t, cy: t}\n")
    with pytest.raises(RulebookError, match="retention.yaml:2"):
        read_retention(file)
    whole = file.read_text() + "  reviewer: headmaster\n  source: s\n  sure: A\n  read: 2026-11-20\n  years: none\n"
    file.write_text(whole)
    with pytest.raises(RulebookError) as refused:
        read_retention(file)
    said = [str(fault) for fault in refused.value.faults]
    assert any("unknown reviewer `headmaster`" in fault and ":6:" in fault for fault in said)
    assert any("`none` is not a period" in fault for fault in said)
