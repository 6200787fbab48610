"""`proviso compare` as its users meet it."""

from __future__ import annotations

from pathlib import Path

from proviso.rules.rulebook import folder
from tests.cli.test_commands import answer, refused, run


def test_a_comparison_has_the_keys_of_the_contract_and_its_witnesses_decide_as_it_says() -> None:
    comparison = answer("compare", "king-david", "lancashire")
    assert comparison["verdict"] == "both_ways"
    first = comparison["differences"][0]
    assert {"topic", "facts", "a", "b", "clauses_a", "clauses_b"} <= first.keys()
    given = []
    for name, value in first["facts"].items():
        if value is True or value is False:
            given.append(name if value else f"no:{name}")
        elif value:
            given += [f"{name}={each}" for each in (value if isinstance(value, list) else [value])]
    for side, policy in (("a", "king-david"), ("b", "lancashire")):
        decided = answer("decide", policy, *given, "--assume-no")
        assert (decided["outcome"], decided["clauses"]) == (first[side], first[f"clauses_{side}"])


def test_a_policy_compared_with_itself_is_equivalent() -> None:
    assert answer("compare", "ewloe-green", "ewloe-green") == {
        "a": "ewloe-green",
        "b": "ewloe-green",
        "verdict": "equivalent",
        "differences": [],
        "duties": [],
    }
    assert "proven" in run("compare", "ewloe-green", "ewloe-green").stdout


def test_a_file_is_compared_with_a_policy(tmp_path: Path) -> None:
    written = (folder() / "policies" / "lancashire.yaml").read_text("utf-8")
    changed = tmp_path / "ours.yaml"
    changed.write_text(
        written.replace(
            "prohibited: {who: employees, act: ask_details", "discouraged: {who: employees, act: ask_details"
        ),
        "utf-8",
    )
    comparison = answer("compare", str(changed), "lancashire")
    assert comparison["verdict"] == "b_stricter"
    (difference,) = [each for each in comparison["differences"] if not each["flags"]]
    assert (difference["a"], difference["b"], difference["facts"]["act"]) == (
        "discouraged",
        "prohibited",
        "ask_details",
    )
    assert "ours.yaml" in run("compare", str(changed), "lancashire").stdout


def test_all_are_listed_by_topic_and_force() -> None:
    table = answer("compare")
    assert table["vetting"]["lancashire"] == {"force": "prohibited", "clauses": ["LA-4.2"]}
    assert table["vetting"]["ewloe-green"] == {"force": None, "clauses": []}
    assert "pupils-as-friends" in run("compare").stdout


def test_one_policy_is_looked_into() -> None:
    within = answer("compare", "ewloe-green")
    assert {"kind": "never_decides", "clause": "EG-4d"}.items() <= within["norms"][0].items()
    asked = [each["facts"] for each in within["uncovered"]]
    assert any(facts.get("act") == "vet_applicant" for facts in asked)


def test_three_policies_are_refused_in_one_line() -> None:
    assert "leave out `lancashire`" in refused("compare", "king-david", "ewloe-green", "lancashire")
