"""Declaring a tie from a task or one's own page, and what it changes in a question."""

import re
from typing import Any

from django.test import Client

from proviso.records.policies.services.tasks import make_tasks
from proviso.records.registers.models import Declaration
from proviso.records.tasks.models import Task
from tests.cast import Cast, visits
from tests.clock import NOW, TODAY
from tests.records.policies.life import adopted, draft
from tests.records.registers.test_declarations import COUSIN, acknowledged
from tests.web.pages import link, main, words

ADD = "/schools/oak-lane/declarations/add/"
TOLD = {
    "kind": "shared_circle",
    "other": "parent",
    "name": "Meg Oates",
    "since": "2015",
    "way": "We sing in the same choir",
    "details": "",
}
QUESTION = "Can I accept a friend request from a parent on Facebook?"


def hidden(page: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))


def signed(client: Client, there: str = ADD, **other: str) -> Any:
    check = client.post(there, {**TOLD, **other})
    assert "Check and sign what you declare" in words(main(check.text))
    return client.post(there, hidden(check.text), follow=True)


def test_a_tie_is_declared_in_two_pages(cast: Cast) -> None:
    client = visits(cast.teacher)
    assert "Meg Oates (A parent or carer)" in words(main(client.post(ADD, TOLD).text))
    page = words(main(signed(client).text))
    assert "Waiting to be acknowledged" in page
    assert "choir" in page
    assert "Meg Oates" in words(main(client.get("/my/declarations/").text))


def test_what_is_missing_is_asked_for_and_nothing_is_lost(cast: Cast) -> None:
    answer = visits(cast.teacher).post(ADD, {**TOLD, "kind": ""})
    assert answer.status_code == 400
    assert "Choose the kind of tie." in words(main(answer.text))
    assert "We sing in the same choir" in answer.text


def test_a_statement_that_was_changed_after_checking_is_shown_again(cast: Cast) -> None:
    client = visits(cast.teacher)
    sent = hidden(client.post(ADD, TOLD).text) | {"name": "Somebody Else"}
    assert "Somebody Else" in words(main(client.post(ADD, sent).text))
    assert not Declaration.objects.exists()


def test_the_task_of_the_clause_leads_to_the_declaration_and_is_done_by_it(cast: Cast) -> None:
    make_tasks(adopted(cast, draft(cast, "king-david")), TODAY, now=NOW)
    task = Task.objects.get(person=cast.teacher, clause="KD-C.g")
    client = visits(cast.teacher)
    there = client.post(f"/tasks/{task.pk}/", {"declared": "something"}).headers["Location"]
    assert "The clause that asks for it" in words(main(client.get(there).text))
    signed(client, there)
    task.refresh_from_db()
    assert (task.state, task.declared) == ("done", "something")
    assert Declaration.objects.get().clause == "KD-C.g"


def test_the_headteacher_acknowledges_it_on_a_page(cast: Cast) -> None:
    signed(visits(cast.teacher))
    declaration, head = Declaration.objects.get(), visits(cast.headteacher)
    there = f"/schools/oak-lane/declarations/{declaration.pk}/decide/"
    day = {"review_on_day": "1", "review_on_month": "9", "review_on_year": str(TODAY.year + 1)}
    head.post(there, {**day, "conditions": "Not in lessons."})
    declaration.refresh_from_db()
    assert (declaration.state, declaration.conditions) == ("acknowledged", "Not in lessons.")


def test_the_register_says_that_questions_are_private(cast: Cast) -> None:
    acknowledged(cast)
    page = words(main(visits(cast.headteacher).get("/schools/oak-lane/declarations/").text))
    assert "Questions to the policy are private" in page
    assert "Bronwen Marsh" in page


def answered(client: Client) -> str:
    page = client.get("/oak-lane/answer/", {"q": QUESTION})
    return main(page.text)


def test_a_declared_tie_is_offered_and_counts_only_after_yes(cast: Cast) -> None:
    adopted(cast, draft(cast, "lancashire"))
    acknowledged(cast, COUSIN, "Not during lessons.")
    client = visits(cast.teacher)
    before = answered(client)
    assert "Is this about the person whose tie you declared?" in words(before)
    assert "Agreed conditions: Not during lessons." in words(before)
    after = main(client.get(link(before, "Yes, it is about Bronwen Marsh")).text)
    assert "Is this about the person whose tie you declared?" not in words(after)
    assert words(after) != words(before)
    assert "Is this about the person" in words(answered(client))  # nothing of the first question was kept


def test_nobody_else_is_offered_it(cast: Cast) -> None:
    adopted(cast, draft(cast, "lancashire"))
    acknowledged(cast)
    for reader in (visits(cast.support), Client()):
        assert "whose tie you declared" not in words(answered(reader))
