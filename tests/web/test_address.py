"""An address holds a question or a situation, and gives it back unchanged."""

from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from proviso.rules import rulebook
from proviso.rules.norms import Fact, FactValue, Kind
from proviso.web.public.question_url import Address, read

VOCABULARY = rulebook.vocabulary()


def values(fact: Fact) -> st.SearchStrategy[FactValue]:
    if fact.kind is Kind.FLAG:
        return st.booleans()
    if fact.kind is Kind.ONE_OF:
        return st.one_of(st.sampled_from(fact.values), st.just([]))
    return st.lists(st.sampled_from(fact.values), unique=True)


facts = st.lists(st.sampled_from(list(VOCABULARY.facts.values())), unique_by=lambda fact: fact.name).flatmap(
    lambda chosen: st.fixed_dictionaries({fact.name: values(fact) for fact in chosen})
)


@given(given_facts=facts, question=st.text(st.characters(categories=["L", "N", "P", "Zs"])))
def test_an_address_that_is_written_and_read_is_the_same(given_facts: dict[str, FactValue], question: str) -> None:
    address = Address(
        question=question, facts=given_facts, taken=tuple(list(given_facts)[:2]), audience=("teacher", "governor")
    )
    query = address.link("answer", "king-david").partition("?")[2]
    assert read(QueryDict(query), VOCABULARY) == address


def test_a_fact_that_is_said_is_no_longer_taken_for_granted() -> None:
    address = Address(
        facts={"act": "connect", "through": "personal_account"}, taken=("through",), audience=("teacher",)
    )
    assert address.having("through", "staff_group").taken == ()
    assert address.without("through").taken == ()
    assert address.having("own_family", True).audience == ("teacher",)
    assert address.having("who", ["governor"]).audience == ()


def test_a_fact_that_is_left_empty_is_not_said() -> None:
    assert read(QueryDict("with=&act=connect"), VOCABULARY).facts == {"act": "connect"}
