"""Words of a policy are text wherever they are shown, whatever stands in them."""

from dataclasses import replace

import pytest
from django.template import Context, Template
from django.utils import translation
from django.utils.safestring import SafeString

from proviso.rules import rulebook
from proviso.wording import clauses, localised

HOSTILE = (
    "<",
    "<b",
    "<script>alert(1)</script>",
    '<span lang="en-gb">report it',
    "a < b & c > d",
    "& <img src=x onerror=alert(1)>",
)


def shown(text: str) -> str:
    """Return a text as a page shows it."""
    return Template("{{ text }}").render(Context({"text": text}))


@pytest.mark.parametrize("language", ["en-gb", "cy"])
@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_with_marks_in_it_is_shown_as_it_was_written(text: str, language: str) -> None:
    with translation.override(language):
        page = shown(localised.capped(localised.written(text)))
    inside = page.removeprefix('<span lang="en-gb">').removesuffix("</span>") if language == "cy" else page
    assert "<" not in inside and ">" not in inside
    assert localised.unmarked(SafeString(page)).lower() == text.lower()


@pytest.mark.parametrize(
    ("text", "capped"),
    [("report it", "Report it"), ("<report", "<report"), ("", "")],
)
def test_a_text_begins_with_a_capital(text: str, capped: str) -> None:
    assert localised.capped(text) == capped


def test_english_on_a_welsh_page_begins_with_a_capital_inside_its_mark() -> None:
    with translation.override("cy"):
        assert localised.capped(localised.english("report it")) == '<span lang="en-gb">Report it</span>'


def test_where_there_are_no_marks_a_text_stands_alone() -> None:
    with translation.override("cy"):
        assert localised.unmarked(localised.english("a < b & c")) == "a < b & c"
    assert localised.unmarked("a <b> c") == "a <b> c"


@pytest.mark.parametrize("language", ["en-gb", "cy"])
@pytest.mark.parametrize("text", HOSTILE)
def test_what_carries_a_clause_out_is_shown_as_it_was_written(text: str, language: str) -> None:
    policy = rulebook.load("king-david")
    clause = next(clause for clause in policy.clauses if clause.duties)
    changed = replace(clause, duties=(replace(clause.duties[0], what=text),))
    with translation.override(language):
        (task,) = clauses.carried_out(changed, policy)[:1]
        page = shown(task.what)
    assert "<script>" not in page and "<img" not in page and "<b" not in page
