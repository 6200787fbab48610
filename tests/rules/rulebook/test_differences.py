"""What differs between two versions of a policy, clause by clause and word by word."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proviso.rules.norms import Clause, Policy
from proviso.rules.rulebook import (
    Difference,
    RulebookError,
    differences,
    fingerprint,
    head_differences,
    is_material,
    load,
    parse_policy,
    pieces,
    policy_ids,
    scenarios,
    scenarios_for,
    write_policy,
)

COUNTY = load("lancashire")


def with_clause(clause_id: str, **fields: object) -> Policy:
    """Return the county's policy with one clause that reads otherwise."""
    changed = (replace(one, **fields) if one.id == clause_id else one for one in COUNTY.clauses)  # type: ignore[arg-type]  # fields of several types
    return replace(COUNTY, clauses=tuple(changed))


def without(clause_id: str) -> Policy:
    return replace(COUNTY, clauses=tuple(one for one in COUNTY.clauses if one.id != clause_id))


@pytest.mark.parametrize("policy", policy_ids())
def test_a_policy_comes_back_from_its_text(policy: str) -> None:
    assert parse_policy(write_policy(load(policy))) == load(policy)


def test_a_text_that_is_wrong_is_refused_with_the_name_that_the_caller_gives_it() -> None:
    text = write_policy(COUNTY).replace("nation: England", "nation: Narnia")
    with pytest.raises(RulebookError) as caught:
        parse_policy(text, "our draft")
    assert str(caught.value).startswith("our draft:4: unknown nation `Narnia`")


def test_a_text_that_breaks_off_is_refused_with_its_line() -> None:
    with pytest.raises(RulebookError, match=r"policy:3: not readable as YAML"):
        parse_policy("policy: ours\nclauses: [\n")


def test_a_fingerprint_is_that_of_the_bytes_of_the_text() -> None:
    # From `printf 'Dŵr' | sha256sum`.
    assert fingerprint("Dŵr") == "1111ca4a40355e888fe0c874162c23fa3e2978d79d67291d4f1a57c35d17b97b"


def test_a_changed_text_is_shown_word_by_word() -> None:
    kinds = [(piece.kind.value, piece.words) for piece in pieces("Wait for your own time.", "Wait for a break.")]
    assert kinds == [("kept", "Wait for"), ("removed", " your own time."), ("added", " a break.")]


texts = st.text(st.sampled_from("ab ŵ.\n")) | st.text()


@given(before=texts, after=texts)
def test_pieces_join_to_both_texts(before: str, after: str) -> None:
    found = pieces(before, after)
    assert "".join(piece.words for piece in found if piece.kind is not Difference.ADDED) == before
    assert "".join(piece.words for piece in found if piece.kind is not Difference.REMOVED) == after
    assert all(piece.words for piece in found)


def test_a_policy_does_not_differ_from_itself_or_in_another_order() -> None:
    turned = replace(COUNTY, clauses=tuple(reversed(COUNTY.clauses)))
    assert differences(COUNTY, COUNTY) == differences(COUNTY, turned) == []
    assert not is_material(COUNTY, turned)


def test_a_clause_of_other_words_is_no_material_change() -> None:
    changed = with_clause("LA-4.1iv", text="Parents are not to be made online friends.")
    (one,) = differences(COUNTY, changed)
    assert (one.id, one.kind, one.fields, one.binds_otherwise) == ("LA-4.1iv", Difference.CHANGED, (), False)
    assert not is_material(COUNTY, changed)


def test_a_remark_about_the_source_is_no_difference_and_comes_back_from_the_text() -> None:
    remarked = with_clause("LA-4.1iv", source_note="The line is misprinted.")
    assert parse_policy(write_policy(remarked)) == remarked
    assert differences(COUNTY, remarked) == []


@pytest.mark.parametrize(
    "fields", [{"who": ("teacher",)}, {"force": "discouraged"}, {"norms": ()}], ids=["who", "force", "norms"]
)
def test_a_clause_that_binds_otherwise_is_a_material_change(fields: dict[str, object]) -> None:
    changed = with_clause("LA-4.1iv", **fields)
    (one,) = differences(COUNTY, changed)
    assert one.fields == tuple(fields)
    assert one.binds_otherwise
    assert is_material(COUNTY, changed)


def test_a_clause_that_was_switched_off_stands_where_it_stood() -> None:
    changed = replace(without("LA-4.1iv"), clauses=(*without("LA-4.1iv").clauses, clause_of_our_own()))
    removed, added = differences(COUNTY, changed)
    assert (removed.id, removed.kind, removed.after) == ("LA-4.1iv", Difference.REMOVED, None)
    assert (added.id, added.kind, added.before) == ("OWN-1", Difference.ADDED, None)
    assert is_material(COUNTY, changed)


def clause_of_our_own() -> Clause:
    return Clause("OWN-1", "7", ("employees",), "info", "Ours.", ("scope",), ("scope",))


def test_a_group_word_that_means_other_people_changes_the_clauses_that_use_it() -> None:
    changed = replace(COUNTY, groups={**COUNTY.groups, "employees": ("teacher", "support_staff")})
    found = {one.id: one for one in differences(COUNTY, changed)}
    assert found["LA-4.1iv"].binds_otherwise
    assert found["LA-4.1iv"].fields == ()
    assert "LA-0a" not in found
    assert [one.name for one in head_differences(COUNTY, changed)] == ["groups"]


def test_what_the_head_says_otherwise_is_listed_with_both_readings() -> None:
    changed = replace(COUNTY, name="Our policy", review_due=None)
    assert [(one.name, one.after) for one in head_differences(COUNTY, changed)] == [
        ("name", "Our policy"),
        ("review_due", None),
    ]
    assert not is_material(COUNTY, changed)


def test_scenarios_of_a_model_serve_a_version_without_some_of_its_clauses() -> None:
    ours = replace(without("LA-4.1iv"), id="our-school")
    kept = scenarios_for(ours, "lancashire")
    assert "LA-4.1iv" not in {one.clause for one in kept}
    assert len(kept) == len(scenarios("lancashire")) - sum(one.clause == "LA-4.1iv" for one in scenarios("lancashire"))
