"""The rulebook as a whole: nothing is lost, nothing is without a runner, every fault is found."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from proviso.rules import rulebook
from proviso.rules.norms import FactValue, Policy
from proviso.rules.rulebook import (
    RUNNER_OF,
    RulebookError,
    UnknownPolicyError,
    compiled,
    load,
    policy_ids,
    read_policy,
    reference,
    scenarios,
    source,
    topics,
    vocabulary,
    write_policy,
)

HERE = Path(__file__).parent
SHARED = HERE.parents[3] / "shared"
FILES = rulebook.folder() / "policies"


# Clauses whose force the register has otherwise: docs/faithfulness.md says why each was settled so.
SETTLED = {
    "KD-0.4": "prohibited",
    "KD-A.c": "prohibited",
    "KD-C.e": "prohibited",
    "KC-3.3": "caution",  # "bear in mind" is a warning, no ban
    "KC-3.4": "prohibited",
    "AE-2.1h": "prohibited",
    "EG-4a": "prohibited",
    "EG-8c": "principle",
    "EG-10b": "prohibited",
    "LA-4.1x": "principle",  # 4.1(iv) bans it; the note says only that kin and old friends are no exception
    "LA-5.4": "prohibited",
}
# Clauses that name conduct and threaten discipline for it: it is ruled on, and not only told as a consequence.
RULED = {"KD-0.4", "KD-A.c", "KC-3.4", "EG-10b"}


def read(path: Path) -> Policy:
    return read_policy(path, vocabulary(), topics(), reference().ids)


@pytest.fixture
def changed(tmp_path: Path) -> Iterator[Path]:
    """A copy of a policy that a test may spoil."""
    path = tmp_path / "king-david.yaml"
    path.write_text((FILES / "king-david.yaml").read_text("utf-8"), "utf-8")
    yield path


def faults(path: Path, *changes: tuple[str, str]) -> list[str]:
    text = path.read_text("utf-8")
    for before, after in changes:
        assert before in text, before
        text = text.replace(before, after, 1)
    path.write_text(text, "utf-8")
    with pytest.raises(RulebookError) as caught:
        read(path)
    return [str(fault) for fault in caught.value.faults]


def test_no_clause_is_lost_or_added_by_the_way() -> None:
    inventory = (HERE / "inventory.txt").read_text("utf-8").split()
    ids = [clause.id for policy in policy_ids() for clause in load(policy).clauses]
    assert sorted(ids) == sorted(inventory)
    assert len(ids) == len(set(ids)) == 221


def test_every_clause_has_the_runners_that_its_statement_demands() -> None:
    for policy in policy_ids():
        for clause in load(policy).clauses:
            wanted = {RUNNER_OF[word] for word in clause.runs} - {None}
            assert wanted <= set(clause.runners), clause.id


def test_clauses_of_scope_reference_and_consequence_alone_have_no_runner() -> None:
    for policy in policy_ids():
        for clause in load(policy).clauses:
            if not any(RUNNER_OF[word] for word in clause.runs):
                # LA-6iii recommends reading something: that is a reference, and a task as well.
                assert clause.runners == () or clause.id == "LA-6iii", clause.id


def test_what_a_clause_refers_to_is_reference_data_or_a_related_document() -> None:
    for policy in policy_ids():
        known = reference().ids | set(load(policy).related)
        for clause in load(policy).clauses:
            assert set(clause.refers) <= known, clause.id
            assert "reference" not in clause.runs or clause.refers or clause.norms or clause.id == "LA-6iii", clause.id


def test_no_policy_of_wales_is_noted_with_guidance_for_england() -> None:
    assert load("ewloe-green").nation == "Wales"
    for note in compiled("ewloe-green").notes:
        assert "Wales" in note.nations
        assert "Keeping children safe" not in note.source


def test_online_searches_are_noted_in_england_from_the_day_the_guidance_changed() -> None:
    facts = {"who": "headteacher", "act": "vet_applicant"}
    before = compiled("lancashire").rule(facts, date(2022, 8, 31))
    after = compiled("lancashire").rule(facts, date(2022, 9, 1))
    assert before.clauses == after.clauses == ("LA-4.2",)
    assert [note.id for note in before.notes] == []
    assert [note.id for note in after.notes] == ["online-searches-of-candidates"]


def by_id(policy: Policy) -> set[str]:
    return {clause.id for clause in policy.clauses}


def test_every_note_names_clauses_that_exist() -> None:
    ids = {clause.id for policy in policy_ids() for clause in load(policy).clauses}
    for note in reference().notes:
        assert set(note.clauses) <= ids, note.id


def test_every_note_beside_a_clause_can_appear_where_the_clause_speaks() -> None:
    for note in reference().notes:
        for clause_id in note.clauses:
            policy = next(book for book in map(compiled, policy_ids()) if clause_id in by_id(book.policy))
            clause = policy.policy.clause(clause_id)
            assert policy.policy.nation in note.nations, note.id
            situations = [
                one for one in scenarios(policy.policy.id) if one.clause == clause_id and one.applies == "yes"
            ]
            rulings = [policy.rule(one.facts, date(2026, 11, 21)) for one in situations]
            assert not clause.norms or any(note in ruling.notes for ruling in rulings), (note.id, clause_id)


def test_law_and_guidance_stand_beside_a_clause_of_a_nation_where_they_hold() -> None:
    clauses = {clause.id: (policy, clause) for policy in map(load, policy_ids()) for clause in policy.clauses}
    named = {name for _, clause in clauses.values() for name in clause.refers}
    for entry in (*reference().laws.values(), *reference().guidance.values()):
        assert entry.id in named or entry.clauses, entry.id
        for clause_id in entry.clauses:
            policy, clause = clauses[clause_id]
            assert policy.nation in entry.nations, (entry.id, clause_id)
            assert entry.id in reference().touching(clause, policy.nation), (entry.id, clause_id)


def test_each_nation_has_its_own_guidance_on_sexual_images() -> None:
    assert reference().guidance["sharing-nudes"].nations == ("England",)
    assert reference().guidance["sharing-nudes-wales"].nations == ("Wales",)
    facts: dict[str, FactValue] = {"who": "teacher", "act": "find_material", "indecent": True}
    for policy, note in (("king-david", "images-of-under-18s"), ("ewloe-green", "images-of-under-18s-wales")):
        notes = [each.id for each in compiled(policy).rule(facts, date(2026, 11, 21)).notes]
        assert [each for each in notes if each.startswith("images-of")] == [note]


def test_a_teacher_accused_online_is_told_of_the_bar_on_naming_and_nobody_else() -> None:
    def noted(**facts: str | bool) -> bool:
        ruling = compiled("king-david").rule(facts, date(2026, 11, 21))
        return "identifying-an-accused-teacher" in {note.id for note in ruling.notes}

    assert noted(who="teacher", act="suffer_abuse")
    assert not noted(who="support_staff", act="suffer_abuse")
    assert not noted(who="teacher", act="post", defamatory=True)


def test_an_unknown_policy_is_named_with_the_nearest() -> None:
    with pytest.raises(UnknownPolicyError, match="unknown policy `king-davd` \\(nearest: king-david\\)"):
        load("king-davd")


def test_a_file_cut_in_half_is_one_clear_fault(changed: Path) -> None:
    text = changed.read_text("utf-8")
    changed.write_text(text[: text.index("norms:", len(text) // 2) + 25], "utf-8")
    with pytest.raises(RulebookError, match=r"king-david\.yaml:\d+: ") as caught:
        read(changed)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("content", ["", "just a text", "- a\n- b\n", "\x00\x01", "{"])
def test_a_file_that_is_no_policy_is_refused(changed: Path, content: str) -> None:
    changed.write_text(content, "utf-8")
    with pytest.raises(RulebookError, match=r"king-david\.yaml:\d+: "):
        read(changed)


def test_all_faults_are_found_at_once_each_with_its_line(changed: Path) -> None:
    found = faults(
        changed,
        ("act: connect, with: pupil, through", "akt: connect, with: pupil, through"),
        ("id: KD-S.e", "id: KD-S.c"),
        ("    instead: Reach pupils", "    insted: Reach pupils"),
        ("  at: Safer practice (f)\n", ""),
        ("nation: England", "nation: Englnd"),
    )
    told = [re.sub(r"^.*?:(\d+): ", "", fault) for fault in found]
    beginnings = [
        "unknown nation `Englnd` (nearest: England); use one of England, Wales",
        "unknown fact `akt` (nearest: act); use a fact of the vocabulary",
        "unknown key `insted` (nearest: instead",
        "the id KD-S.c is used twice; give one of the two clauses another",
        "`at` is missing; add `at:`",
    ]
    assert len(told) == len(beginnings), told
    for said, beginning in zip(told, beginnings, strict=True):
        assert said.startswith(beginning)
    lines = [int(line) for fault in found for line in re.findall(r"^.*?:(\d+): ", fault)]
    assert lines == sorted(lines)
    assert len(set(lines)) == 5


@pytest.mark.parametrize(
    ("change", "wanted"),
    [
        (
            ("with: pupil, through: personal_account}", "with: pupl, through: personal_account}"),
            "unknown value `pupl` of `with`",
        ),
        (("act: view, with: pupil}", "act: [], with: pupil}"), "`act` has no value here: a norm that can never apply"),
        (
            ("act: view, with: pupil}", "act: view, with: pupil, own_family: yes, no: own_family}"),
            "a norm that can never apply",
        ),
        (("covered_by: [KD-0.5]", "covered_by: [KD-9.9]"), "`covered_by` names `KD-9.9`"),
        (("dated: 2019-09-01", "dated: September"), "`September` is not a date"),
        (("topics: [pupils-as-friends]", "topics: [pupils-as-frends]"), "unknown topics `pupils-as-frends`"),
    ],
)
def test_a_fault_says_what_is_wrong_and_where(changed: Path, change: tuple[str, str], wanted: str) -> None:
    if change[0] not in changed.read_text("utf-8"):
        change = (change[0].replace("[", "").replace("]", ""), change[1].replace("[", "").replace("]", ""))
    found = faults(changed, change)
    assert any(wanted in fault for fault in found), found
    assert all(re.match(r".*king-david\.yaml:\d+: .+; .+", fault) for fault in found)


def test_a_permission_that_a_ban_swallows_is_a_contradiction_without_priority(changed: Path) -> None:
    ban = "  - prohibited: {who: staff, act: view, with: pupil}\n"
    mild = "  - permitted: {who: teacher, act: view, with: pupil, at_school: yes}\n"
    found = faults(changed, (ban, ban + mild))
    assert len(found) == 1
    assert "permitted wherever KD-S.e says prohibited: a contradiction without priority" in found[0]
    assert "write `overrides: [KD-S.e]`" in found[0]


def test_a_clause_without_the_runner_it_claims_is_a_fault(changed: Path) -> None:
    found = faults(changed, ("runs: scope\n", "runs: duty\n"))
    assert "says that `duty` carries it out and has no `duties`" in found[0]


@pytest.mark.parametrize("policy", policy_ids())
def test_each_policy_file_is_in_the_one_form(policy: str) -> None:
    assert write_policy(source(policy)) == (FILES / f"{policy}.yaml").read_text("utf-8")


@pytest.mark.skipif(not SHARED.exists(), reason="the register of statements is not beside this checkout")
def test_the_register_and_the_rulebook_hold_the_same_statements() -> None:
    for policy in policy_ids():
        with (SHARED / "register" / f"{policy}.tsv").open(encoding="utf-8") as file:
            rows = {row["id"]: row for row in csv.DictReader(file, delimiter="\t")}
        clauses = {clause.id: clause for clause in load(policy).clauses}
        assert clauses.keys() == rows.keys()
        for clause_id, row in rows.items():
            clause = clauses[clause_id]
            assert (clause.at, clause.force) == (row["at"], SETTLED.get(clause_id, row["force"])), clause_id
            runs = [word.strip() for word in row["runs"].split(",")] + ["rule"] * (clause_id in RULED)
            assert Counter(clause.runs) == Counter(runs), clause_id


@pytest.mark.skipif(not SHARED.exists(), reason="the original policies are not beside this checkout")
def test_no_text_of_ours_copies_an_original() -> None:
    words = re.compile(r"[a-z0-9]+")
    originals = set()
    for path in (SHARED / "policies").glob("*.txt"):
        said = words.findall(path.read_text("utf-8").lower())
        originals |= {tuple(said[n : n + 11]) for n in range(len(said) - 10)}
    for policy in policy_ids():
        for clause in load(policy).clauses:
            said = words.findall(clause.text.lower())
            assert not originals & {tuple(said[n : n + 11]) for n in range(len(said) - 10)}, clause.id


def test_a_policy_that_covers_nobody_is_refused(changed: Path) -> None:
    assert (
        "nobody is named here; name a value of `who` or a group"
        in faults(changed, ("covers: [staff]\n", "covers: []\n"))[0]
    )


def test_every_word_of_the_welsh_schools_policy_has_its_welsh() -> None:
    policy = load("ewloe-green")
    assert policy.has_welsh and policy.name_welsh
    said = {policy.name, policy.ask, *policy.definitions, *policy.related}
    said |= {word.replace("_", " ") for word in policy.groups}
    for clause in policy.clauses:
        said |= {clause.at, clause.source_note or ""}
        for norm in clause.norms:
            said |= {norm.instead or "", norm.what or ""}
        for task in clause.duties:
            said |= {task.what, task.when}
        said |= {one.ask for one in clause.checks} | {one.what for one in clause.governance}
        said |= {one.source for one in clause.watches} | {one.looks_for for one in clause.watches}
    lacking = said - {"", policy.name} - policy.words_welsh.keys()
    assert not lacking


def test_no_welsh_stands_for_words_that_the_policy_does_not_have() -> None:
    policy = load("ewloe-green")
    written = write_policy(replace(policy, words_welsh={}))
    told = " ".join(written.split()).replace("''", "'").replace("_", " ")
    assert [english for english in policy.words_welsh if english not in told] == []


def test_a_policy_keeps_its_welsh_when_it_is_written_and_read(changed: Path) -> None:
    policy = read(changed)
    clauses = (replace(policy.clauses[0], welsh="Cymal cyntaf."), *policy.clauses[1:])
    welsh = replace(policy, clauses=clauses, name_welsh="Polisi", words_welsh={"Aims": "Nodau"})
    changed.write_text(write_policy(welsh), "utf-8")
    assert read(changed) == welsh
    assert not welsh.has_welsh


def test_what_holds_in_wales_is_said_in_welsh_too() -> None:
    told = [note for note in reference().notes if {"EG-4a", "EG-4c", "EG-9a", "EG-2"} & {*note.clauses}]
    told += [note for note in reference().notes if note.nations == ("Wales",)]
    assert told and all(note.welsh for note in told)
    assert all(source.welsh for source in reference().guidance.values() if "Wales" in source.nations)
