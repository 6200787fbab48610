"""Welsh pages: sentences that a Welsh speaker can read, Welsh where there is any, and English marked as English."""

import re
from collections.abc import Iterator
from datetime import date

import pytest
from django.test import Client
from django.utils import translation

from proviso.rules import rulebook
from proviso.rules.answers import Confidence, answer_facts
from proviso.rules.asking import ask
from proviso.rules.norms import FactValue
from proviso.web.public import examples
from proviso.wording import localised, phrases, rulings
from proviso.wording.statements import statement
from tests.web.pages import main, read, words

ON = date(2026, 11, 20)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def cymraeg() -> Iterator[None]:
    with translation.override("cy"):
        yield


@pytest.fixture
def reader() -> Client:
    return Client(headers={"accept-language": "cy"})


@pytest.mark.parametrize(
    ("form", "phrase", "becomes"),
    [
        ("soft", "disgybl", "ddisgybl"),
        ("soft", "pennaeth", "bennaeth"),
        ("soft", "cydweithiwr", "gydweithiwr"),
        ("soft", "gofyn", "ofyn"),
        ("soft", "llywodraethwr", "lywodraethwr"),
        ("soft", "rhiant", "riant"),
        ("soft", "chwilio", "chwilio"),
        ("soft", "athro", "athro"),
        ("soft", "mae’r person arall", "mae’r person arall"),
        ("ag", "cydweithiwr", "â chydweithiwr"),
        ("ag", "disgybl", "â disgybl"),
        ("ag", "athro", "ag athro"),
        ("ag", "yr ysgol", "â’r ysgol"),
        ("ac", "postio", "a phostio"),
        ("ac", "mae’n faleisus", "ac mae’n faleisus"),
        ("neu", "postio", "neu bostio"),
        ("neu", "mae’n faleisus", "neu mae’n faleisus"),
        ("neu", "mewn sgwrs", "neu mewn sgwrs"),
        ("neu", "trwy e-bost", "neu drwy e-bost"),
        ("i", "disgybl", "i ddisgybl"),
        ("i", "y pennaeth", "i’r pennaeth"),
        ("i", "yr ysgol", "i’r ysgol"),
        ("yn", "disgybl", "yn ddisgybl"),
        ("yn", "rhiant", "yn rhiant"),
        ("sub", "nid yw’n addas", "nad yw’n addas"),
    ],
)
def test_a_phrase_takes_the_form_that_its_place_asks_for(form: str, phrase: str, becomes: str) -> None:
    assert phrases.put(f"%(one_{form})s", one=phrase) == becomes


def test_what_is_html_stays_so_and_what_is_not_is_escaped() -> None:
    marked = phrases.put("%(a)s: %(b_soft)s", a=localised.english("<Be fair>"), b="<pennaeth>")
    assert marked == '<span lang="en-gb">&lt;Be fair&gt;</span>: &lt;pennaeth&gt;'


@pytest.mark.parametrize(
    ("sentence", "policy", "facts"),
    [
        (
            "Na. Ni chaiff athro gysylltu â disgybl yn yr ysgol hon ar gyfrif personol.",
            "king-david",
            {"who": ["teacher"], "act": "connect", "with": ["pupil"], "through": "personal_account"},
        ),
        (
            "Gwell peidio. Mae’r polisi’n cynghori athro sydd hefyd yn rhiant neu ofalwr yn gryf i beidio â chysylltu "
            "â rhiant neu ofalwr disgybl ar gyfrif personol y tu allan i oriau gwaith.",
            "asset-education",
            {
                "who": ["teacher", "parent"],
                "act": "connect",
                "with": ["parent"],
                "through": "personal_account",
                "when": "own_time",
            },
        ),
        (
            "Iawn. Caiff llywodraethwr gysylltu â disgybl yn yr ysgol hon ar gyfrif personol y tu allan i oriau gwaith "
            "lle mae’r person arall yn aelod o’ch teulu chi.",
            "ewloe-green",
            {
                "who": ["governor"],
                "act": "connect",
                "with": ["pupil"],
                "through": "personal_account",
                "own_family": True,
                "when": "own_time",
            },
        ),
        (
            "Na. Ni chaiff pennaeth ddefnyddio’r cyfryngau cymdeithasol heb bostio yn ystod gwers.",
            "asset-education",
            {"who": ["headteacher"], "act": "browse", "when": "lesson"},
        ),
        (
            "Mae un peth y mae’n rhaid i athro ei wneud.",
            "king-david",
            {"who": ["teacher"], "act": "suffer_abuse"},
        ),
        ("Nid yw’r polisi’n sôn am hyn.", "ewloe-green", {"who": ["teacher"], "act": "find_material"}),
    ],
)
def test_an_outcome_is_one_sentence_in_welsh(sentence: str, policy: str, facts: dict[str, FactValue]) -> None:
    assert rulings.sentence(answer_facts(rulebook.compiled(policy), facts, ON)) == sentence


def test_you_have_a_verb_of_your_own() -> None:
    answer = ask(rulebook.compiled("king-david"), "can I add a pupil on Facebook", None, ON)
    assert rulings.sentence(answer).startswith("Na. Ni chewch gysylltu â disgybl yn yr ysgol hon")


@pytest.mark.parametrize("policy", rulebook.policy_ids())
def test_every_norm_of_every_policy_is_a_whole_welsh_sentence(policy: str) -> None:
    book = rulebook.load(policy)
    for clause in book.clauses:
        for norm in clause.norms:
            sentence = words(re.sub(r'<span lang="en-gb">.*?</span>', "…", statement(norm, book).sentence))
            assert re.fullmatch(r"[A-ZÂÊÎÔÛŴŶ][^%_{}]*\.", sentence), sentence
            assert not re.search(r"\b(?:the|and|of|with|may|not|must|school|pupil)\b", sentence), sentence
            assert not re.search(r"\b(?:i y|i yr|â y|a y|neu y|fae|ag d|â a|chhw)\b", sentence), sentence


def test_every_word_of_a_policy_for_people_and_acts_has_its_welsh() -> None:
    for policy in map(rulebook.load, rulebook.policy_ids()):
        for word in policy.groups:
            assert phrases.group(word, policy) != word.replace("_", " ") or word == "staff", word
        for text in (policy.kind, policy.nation, policy.ask):
            assert "<span" not in localised.written(text, policy), text


@pytest.mark.parametrize("policy", rulebook.policy_ids())
def test_an_example_in_welsh_is_answered_as_in_english(policy: str) -> None:
    book = rulebook.compiled(policy)
    cymraeg = examples.questions(policy)
    with translation.override("en-gb"):
        english = examples.questions(policy)
    assert not {*cymraeg} & {*english}
    for question, in_english in zip(cymraeg, english, strict=True):
        answer, wanted = ask(book, question, None, ON), ask(book, in_english, None, ON)
        if answer.confidence is Confidence.UNSURE:
            assert wanted.clauses[0] in {clause for offer in answer.offers for clause in offer.clauses}, question
        elif answer.outcome != "undecided":  # which asks for what the words leave open
            assert answer.outcome == wanted.outcome, question
            assert {*answer.clauses} & {*wanted.clauses}, question


def test_a_policy_with_welsh_is_read_in_welsh(reader: Client) -> None:
    page = reader.get("/ewloe-green/policy/").text
    assert "Polisi Rhwydweithio Cymdeithasol" in page
    assert "Rhaid i aelodau staff wrthod ceisiadau ffrind" in page
    assert "adopted in English" not in page and "Mabwysiadwyd y polisi hwn yn Saesneg" not in page
    for clause in rulebook.load("ewloe-green").clauses:
        assert clause.text[:40] not in words(page), clause.id


def test_a_policy_without_welsh_is_shown_in_english_and_says_why(reader: Client) -> None:
    page = reader.get("/king-david/answer/?who=teacher&act=connect&with=pupil&through=personal_account").text
    assert "Mabwysiadwyd y polisi hwn yn Saesneg, felly dangosir ei eiriau yn Saesneg." in page
    text = rulebook.load("king-david").clause("KD-S.d1").text
    assert f'<span lang="en-gb">{text}</span>' in page.replace("&#x27;", "'")


def test_advice_and_duties_of_the_welsh_school_are_in_welsh(reader: Client) -> None:
    facts = "who=teacher&act=receive&with=pupil&through=personal_account&friend_request=yes"
    page = read(reader, f"/ewloe-green/answer/?{facts}")
    assert "Gwrthod y cais ffrind" in page
    assert "Pryd: ar unwaith" in page
    assert 'lang="en-gb"' not in main(reader.get(f"/ewloe-green/answer/?{facts}").text)


def test_notes_and_laws_beside_the_welsh_school_are_in_welsh(reader: Client) -> None:
    page = read(reader, "/ewloe-green/clauses/EG-4a/")
    assert "Disodlwyd Deddf Diogelu Data 1998" in page
    assert "Parch" in page or "parch at fywyd preifat" in page


def test_a_welsh_school_names_its_designated_safeguarding_person(reader: Client) -> None:
    assert "Person Diogelu Dynodedig" in reader.get("/ewloe-green/").text.replace("Pherson", "Person")
    english = Client()
    assert "designated safeguarding person" in english.get("/ewloe-green/").text
    assert "designated safeguarding lead" in english.get("/king-david/").text


def test_a_question_in_welsh_is_answered_in_welsh(reader: Client) -> None:
    page = read(reader, "/ewloe-green/answer/?q=ga+i+dderbyn+cais+ffrind+gan+ferch+yn+fy+nosbarth&as=teacher")
    assert "Na. Ni chewch gysylltu â disgybl yn yr ysgol hon" in page
    assert "EG-6b" in page


def test_what_has_nothing_to_do_with_such_a_policy_is_said_in_welsh(reader: Client) -> None:
    page = read(reader, "/ewloe-green/answer/?q=faint+o+r+gloch+mae+r+ffair")
    assert "Polisi am y cyfryngau cymdeithasol yw hwn" in page


def test_a_word_of_the_welsh_text_is_found_and_marked(reader: Client) -> None:
    page = reader.get("/ewloe-green/policy/?find=gwyddoniaduron").text
    assert "<mark>gwyddoniaduron</mark>" in page
