"""The national baselines: what law and guidance expect, with its sources, and what protects a child now."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from proviso.rules import rulebook
from proviso.rules.answers import answer_facts
from proviso.rules.asking import ask
from proviso.rules.norms import FactError, FactValue, first
from proviso.rules.rulebook import BASELINES, RulebookError, baseline, compiled, load, policy_ids, vocabulary
from proviso.rules.rulebook._protection import check_protections, read_contacts, read_steps

ON = date(2026, 11, 21)
HARM = vocabulary().facts["harm"].values
NATIONS = ("England", "Wales")


def clauses_of(nation: str) -> list[str]:
    return [clause.id for clause in load(BASELINES[nation]).clauses]


def urgent(nation: str, *harm: str, **facts: str) -> tuple[str, ...]:
    policy = compiled("lancashire" if nation == "England" else "ewloe-green")
    return answer_facts(policy, {**facts, "harm": list(harm)}, ON).first


def test_a_baseline_is_no_policy_that_a_school_could_adopt() -> None:
    assert set(policy_ids()).isdisjoint(BASELINES.values())
    assert {load(each).nation for each in BASELINES.values()} == set(NATIONS)


def test_both_nations_have_the_same_clauses_under_ids_of_their_own() -> None:
    assert [each.removeprefix("EN-") for each in clauses_of("England")] == [
        each.removeprefix("CY-") for each in clauses_of("Wales")
    ]


@pytest.mark.parametrize("nation", NATIONS)
def test_every_clause_has_source_date_sureness_and_both_languages(nation: str) -> None:
    policy = load(BASELINES[nation])
    assert policy.has_welsh
    for clause in policy.clauses:
        assert clause.basis is not None and clause.basis.source, clause.id
        for duty in clause.norms:
            assert all(text in policy.words_welsh for text in (duty.what, duty.to, duty.by, duty.instead) if text)


def test_wales_is_not_sent_by_guidance_for_england() -> None:
    for clause in load("baseline-wales").clauses:
        assert clause.basis is not None
        assert "Keeping children safe" not in clause.basis.source, clause.id
        assert "safeguarding lead" not in clause.text, clause.id


@pytest.mark.parametrize("nation", NATIONS)
@pytest.mark.parametrize("sign", HARM)
def test_every_sign_of_harm_is_acted_on_first_whatever_else_is_known(nation: str, sign: str) -> None:
    assert urgent(nation, sign)
    assert urgent(nation, sign, act="communicate", through="personal_account")
    assert urgent(nation, sign, act="see_abuse", who="pupil")


@pytest.mark.parametrize("nation", NATIONS)
def test_every_protecting_clause_says_what_to_do_to_every_reader(nation: str) -> None:
    for clause in load(BASELINES[nation]).clauses:
        if clause.protection is not None:
            assert set(clause.protection.do_now) == set(rulebook.READERS), clause.id
            assert all(clause.protection.do_now.values()), clause.id


def test_the_most_urgent_comes_first() -> None:
    assert urgent("England", "child_bullied", "disclosure", "immediate_danger", "self_harm") == (
        "EN-danger",
        "EN-self-harm",
        "EN-disclosure",
        "EN-child-bullied",
    )


def test_about_the_headteacher_nobody_is_sent_to_the_headteacher() -> None:
    assert urgent("England", "adult_conduct", "headteacher_conduct") == ("EN-headteacher-conduct",)


def test_an_ordinary_question_has_nothing_first() -> None:
    policy = compiled("ewloe-green")
    facts = {"who": ["teacher"], "act": "connect", "with": ["parent"], "through": "personal_account"}
    assert answer_facts(policy, facts, ON).first == ()


def test_an_indecent_image_found_is_a_child_at_risk_without_any_further_sign() -> None:
    assert urgent("England", act="find_material", who="teacher") == ()
    policy = compiled("lancashire")
    assert answer_facts(policy, {"act": "find_material", "indecent": True}, ON).first == ("EN-sexual-image",)


def test_signs_found_in_a_question_come_first_though_the_rest_is_not_understood() -> None:
    answer = ask(compiled("ewloe-green"), "blah blah blah", "teacher", ON, ("disclosure",))
    assert answer.outcome == "undecided"
    assert "CY-disclosure" in answer.first
    assert answer.baseline is not None and answer.baseline.outcome == "required"
    with pytest.raises(FactError, match="unknown sign of harm `disclosur` \\(nearest: disclosure\\)"):
        ask(compiled("ewloe-green"), "blah blah blah", harm=("disclosur",))


def test_where_a_policy_is_silent_the_baseline_speaks() -> None:
    facts: dict[str, FactValue] = {"who": ["governor"], "act": "post", "discriminatory": True}
    answer = answer_facts(compiled("king-david"), facts, ON)
    assert answer.outcome == "not_covered"
    assert answer.beside == "policy_silent"
    assert answer.baseline is not None and answer.baseline.clauses == ("EN-equality",)


def test_where_both_speak_and_differ_the_stricter_is_named() -> None:
    facts = {"who": ["headteacher"], "act": "vet_applicant"}
    answer = answer_facts(compiled("lancashire"), facts, ON)
    assert answer.baseline is not None and answer.baseline.outcome == "permitted"
    assert answer.beside == "policy_stricter"


def test_a_clause_speaks_from_the_day_it_is_in_force() -> None:
    facts: dict[str, FactValue] = {"act": "post_picture", "shows_pupil": True, "consent": True, "indecent": False}
    facts |= dict.fromkeys((flag.name for flag in vocabulary().flags if flag.name not in facts), False)
    assert baseline("England", date(2026, 4, 30)).rule(facts).outcome == "permitted"
    assert baseline("England", date(2026, 5, 1)).rule(facts).outcome == "caution"


def test_no_number_is_given_that_nobody_could_confirm() -> None:
    numbers = {contact.number for contact in rulebook.contacts().values()}
    assert "0808 800 5000" in numbers
    assert numbers.isdisjoint({"020 7340 7264", "0800 136 663"})
    assert all(contact.number or contact.url or contact.kind == "role" for contact in rulebook.contacts().values())
    assert not any(contact.hours.en for each, contact in rulebook.contacts().items() if each in ("nspcc", "childline"))


def test_faults_in_contacts_and_steps_are_found(tmp_path: Path) -> None:
    contacts = tmp_path / "contacts.yaml"
    contacts.write_text(
        "x: {kind: fone, name: {en: a, cy: b}, nations: [England], source: s, sure: D, read: 2026-01-01}\n", "utf-8"
    )
    with pytest.raises(RulebookError) as raised:
        read_contacts(contacts)
    told = "\n".join(map(str, raised.value.faults))
    assert "unknown kind `fone` (nearest: phone, role)" in told and "none of A, B, C" in told
    steps = tmp_path / "steps.yaml"
    steps.write_text(
        "now:\n  a: {en: 'Tell %(dsl)s.', cy: Dywedwch., replaced: b}\nnot:\n  c: {en: x, cy: y, contacts: [dls]}\n",
        "utf-8",
    )
    with pytest.raises(RulebookError) as raised:
        read_steps(steps, rulebook.contacts())
    told = "\n".join(map(str, raised.value.faults))
    assert "different places" in told and "which is none" in told and "unknown contact `dls` (nearest: dsl" in told


def test_a_clause_that_names_no_step_or_no_source_is_a_fault() -> None:
    policy = load("baseline-wales")
    clause = policy.clauses[0]
    assert clause.protection is not None
    wrong = replace(clause, basis=None, protection=replace(clause.protection, do_now={"staff": ("cal_999",)}))
    path = rulebook.folder() / "baselines" / "wales.yaml"
    with pytest.raises(RulebookError) as raised:
        check_protections(replace(policy, clauses=(wrong,)), rulebook.baseline_steps(), path)
    told = "\n".join(map(str, raised.value.faults))
    assert "rests on nothing" in told and "`cal_999`, which is none (nearest: call_999" in told


def test_a_baseline_keeps_everything_when_it_is_written_and_read() -> None:
    policy = load("baseline-england")
    assert rulebook.parse_policy(rulebook.write_policy(policy)) == policy
    written = (rulebook.folder() / "baselines" / "england.yaml").read_text("utf-8")
    assert rulebook.write_policy(policy) == written


def test_clauses_that_protect_nobody_are_never_first() -> None:
    ruling = baseline("England", ON).rule({"who": "teacher", "act": "suffer_abuse"})
    assert "EN-staff-bullied" in {duty.clause for duty in ruling.duties}
    assert first(ruling) == ()
