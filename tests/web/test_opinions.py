"""Was this right? It is counted, and the question is kept only if its asker adds it."""

import pytest
from django.test import Client

from proviso.records.answers.models import AddedQuestion, OpinionCount
from tests.cast import Cast, visits
from tests.records.policies.life import adopted
from tests.web.pages import link, words

pytestmark = pytest.mark.django_db
ASKED = "/oak-lane/answer/?q=may+I+add+a+pupil+on+Instagram&as=teacher"


def opinion_page(cast: Cast, text: str = "this was not right") -> tuple[Client, str]:
    adopted(cast)
    client = visits(None)
    return client, link(client.get(ASKED).text, text)


def test_an_opinion_is_counted_without_the_question(cast: Cast) -> None:
    client, there = opinion_page(cast)
    assert "Only this is kept" in words(client.get(there).text)
    assert "Your feedback was counted." in words(client.post(there).content.decode())
    count = OpinionCount.objects.get()
    assert (count.right, count.wrong, count.establishment) == (0, 1, cast.school)
    assert not AddedQuestion.objects.exists()


def test_the_question_is_kept_when_the_asker_ticks_so_and_leaders_see_it(cast: Cast) -> None:
    client, there = opinion_page(cast, "this was right")
    client.post(there, {"add_question": "on"})
    assert AddedQuestion.objects.get().text == "may I add a pupil on Instagram"
    told = visits(cast.headteacher).get("/schools/oak-lane/opinions/").text
    assert "may I add a pupil on Instagram" in words(told)


def test_where_a_child_may_be_at_risk_the_question_cannot_be_added(cast: Cast) -> None:
    client, _there = opinion_page(cast)
    there = "/oak-lane/opinion/?q=she+told+me&who=teacher&act=receive&harm=disclosure&right=no"
    assert "add_question" not in client.get(there).text
    client.post(there, {"add_question": "on"})
    assert not AddedQuestion.objects.exists()


def test_a_model_of_the_rulebook_has_no_opinions(visitor: Client) -> None:
    assert visitor.get("/king-david/opinion/?q=x&right=yes").status_code == 404
    assert "Was this right?" not in visitor.get("/king-david/answer/?q=may+I+add+a+pupil").text


def test_one_visitor_does_not_drown_the_others(cast: Cast, settings: object) -> None:
    client, there = opinion_page(cast)
    for _again in range(60):
        client.post(there)
    assert client.post(there).status_code == 400
    assert OpinionCount.objects.get().wrong == 60
