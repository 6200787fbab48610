"""A school's own document: its people and channels in its clauses, its own numbers, and its particulars in Welsh."""

from datetime import date, timedelta

import pytest

from proviso.records.people.actors import Actor
from proviso.records.policies import compiled, policy_edits
from proviso.records.policies.services import drafts
from proviso.rules import rulebook
from proviso.rules.asking import ask
from proviso.rules.norms import CompiledPolicy, NamedContact, assume
from tests.cast import Cast
from tests.clock import NOW, TODAY

GIVEN = {
    "headteacher": "Rosa Ash",
    "dsl": "Ivor Bryn",
    "dsl_phone": "01632 960002",
    "dsl_email": "safe@elm.example",
    "agreed": "ClassTalk\n\n Elm app \nClassTalk",
    "school_phone": "01632 960000",
    "website": "www.elm.example",
}


def adopted(model: str, **more: str) -> CompiledPolicy:
    """Return a model as a school that filled in all of this has it."""
    source = rulebook.source(model)
    head = policy_edits.Head("elm", "Elm School", source.nation, 1, date(2026, 9, 1), None, "", {**GIVEN, **more})
    return rulebook.compile_policy(policy_edits.parsed(policy_edits.written(policy_edits.headed(source, head))))


@pytest.mark.parametrize("model", rulebook.policy_ids())
def test_a_channel_that_the_school_agreed_is_allowed_for_parents(model: str) -> None:
    book = adopted(model)
    assert book.policy.channels["agreed_channel"] == ("ClassTalk", "Elm app")
    facts = {"who": "teacher", "act": "communicate", "with": "parent", "through": "agreed_channel"}
    ruling = assume(book, book.vocabulary.situation(facts), TODAY).ruling
    assert ruling.outcome.value == "permitted"
    assert "OWN-channels" in ruling.clauses
    assert "ClassTalk, Elm app" in book.policy.clause("OWN-channels").text


@pytest.mark.parametrize("question", ["can I message parents on ClassTalk?", "may i write to a mum on the elm app"])
def test_a_question_that_names_an_agreed_channel_is_about_that_channel(question: str) -> None:
    answer = ask(adopted("knowsley-central"), question, "teacher", TODAY)
    offered = [(offer.outcome, offer.facts.get("through")) for offer in answer.offers]
    assert ("permitted", "agreed_channel") in [(answer.outcome, answer.facts.get("through")), *offered]


def test_no_channel_named_no_clause_on_channels() -> None:
    book = adopted("lancashire", agreed="  \n")
    assert "agreed_channel" not in book.policy.channels
    assert all(clause.id != "OWN-channels" for clause in book.policy.clauses)


@pytest.mark.parametrize("model", rulebook.policy_ids())
def test_no_source_and_no_other_establishment_is_left_in_what_a_school_publishes(model: str) -> None:
    policy, origin = adopted(model).policy, rulebook.source(model)
    assert all(clause.source_note is None and clause.number for clause in policy.clauses)
    texts = " ".join(f"{clause.text} {clause.welsh or ''}" for clause in policy.clauses)
    for word in (origin.establishment, "left blank", "stand blank", "misprint", "{", "|"):
        assert word not in texts


def test_advice_and_duties_name_people_and_channels() -> None:
    county, trust = adopted("lancashire").policy, adopted("asset-education").policy
    advice = {norm.instead for norm in county.clause("LA-4.1iv").norms if norm.instead}
    assert any("ClassTalk, Elm app" in text for text in advice)
    assert "the DSL (Ivor Bryn) or headteacher (Rosa Ash)" in trust.clause("AE-2.5b").text
    assert county.contacts["dsl"] == NamedContact("Ivor Bryn", "01632 960002", "safe@elm.example")


def test_welsh_particulars_stand_in_welsh() -> None:
    policy = adopted("ewloe-green", establishment_welsh="Ysgol Llwyfen").policy
    assert "staff Ysgol Llwyfen" in (policy.clause("EG-1a").welsh or "")
    assert "Elm School" in policy.clause("EG-1a").text
    assert policy.words_welsh["Elm School"] == "Ysgol Llwyfen"
    channels = policy.clause("OWN-channels").welsh or ""
    assert "y mae'r ysgol wedi cytuno arnynt: ClassTalk, Elm app." in channels


def test_particulars_are_kept_in_the_text_that_is_signed_and_go_into_the_next_version(cast: Cast) -> None:
    head = Actor.of(cast.headteacher, TODAY)
    version = drafts.start_version(head, cast.school, drafts.rulebook_model("lancashire"), now=NOW)
    before = version.fingerprint
    particulars = drafts.Particulars(TODAY + timedelta(days=1), None, **GIVEN)
    version = drafts.fill_particulars(head, version, version.edition, particulars, now=NOW)
    assert version.fingerprint != before
    assert compiled.policy_of(version).contacts["headteacher"].name == "Rosa Ash"
    again = drafts.Particulars(TODAY + timedelta(days=1), None, agreed="Seesaw")
    version = drafts.fill_particulars(head, version, version.edition, again, now=NOW)
    policy = compiled.policy_of(version)
    assert (policy.contacts, policy.channels) == ({}, {"agreed_channel": ("Seesaw",)})
    assert [clause.id for clause in policy.clauses].count("OWN-channels") == 1
    assert policy.label("OWN-channels") == "8.1"
