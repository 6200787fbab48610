"""Every template keeps to the content security policy and speaks through the translator."""

from pathlib import Path

import pytest

import proviso.web
from tests.web.templates import faults

FOLDER = Path(proviso.web.__file__).parent / "templates"
TEMPLATES = sorted(FOLDER.rglob("*.html"))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(FOLDER)))
def test_a_template_has_nothing_inline_and_nothing_untranslated(path: Path) -> None:
    assert list(faults(path.read_text("utf-8"))) == []


@pytest.mark.parametrize(
    ("planted", "fault"),
    [
        ("<script>go()</script>", "inline script"),
        ("<style>p {}</style>", "inline style in <style>"),
        ('<p style="color: red">', "inline style in <p>"),
        ('<a href="/" onclick="go()">', "inline handler onclick in <a>"),
        ("<h1>Page not found</h1>", "untranslated: Page not found"),
        ('<nav aria-label="Contents">', "untranslated aria-label: Contents"),
        ('{% govuk "button" text="Go on" %}', "untranslated text: Go on"),
        ('{% govuk "input" label__text="Name" %}', "untranslated label__text: Name"),
    ],
)
def test_a_planted_fault_is_found(planted: str, fault: str) -> None:
    assert fault in list(faults(planted))


@pytest.mark.parametrize(
    "fine",
    [
        '<h1>{% translate "Page not found" %}</h1>',
        "<p>{% blocktranslate trimmed %}Hello {{ name }}{% endblocktranslate %} – {{ name }}</p>",
        '<nav aria-label="{% translate "Contents" %}">',
        '{% govuk "button" text=_("Go on") classes="govuk-button--secondary" %}',
        "{# A note #}<b>Proviso</b>",
        '<script src="x.js"></script>',
    ],
)
def test_what_is_translated_or_nobody_reads_is_left_alone(fine: str) -> None:
    assert list(faults(fine)) == []
