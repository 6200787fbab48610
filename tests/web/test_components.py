"""Forms as GOV.UK components: names, values, errors, and links that lead where they say."""

import re

import pytest
from django import forms
from django.template import Context, Template
from django.utils.translation import gettext_lazy

from proviso.web import components

ROLES = [("", "Choose"), ("teacher", "Teacher"), ("governor", "Governor")]


class Declaration(forms.Form):
    role = forms.ChoiceField(label="Your role", choices=ROLES, widget=forms.RadioSelect)
    reaches = forms.MultipleChoiceField(label="Who can see it", choices=ROLES[1:], widget=forms.CheckboxSelectMultiple)
    school = forms.ChoiceField(label="School", choices=ROLES)
    name = forms.CharField(
        label="Name", help_text="As on your contract", widget=forms.TextInput({"autocomplete": "name"})
    )
    account = forms.URLField(label="Account", assume_scheme="https")
    reason = forms.CharField(label="Reason", widget=forms.Textarea({"rows": 3}))
    word = forms.CharField(label="Password", widget=forms.PasswordInput)
    agreed = forms.BooleanField(label="I have read it")


def html(source: str, **context: object) -> str:
    return Template("{% load govuk %}" + source).render(Context(context))


def test_texts_are_escaped() -> None:
    assert "&lt;script&gt;" in html('{% govuk "button" text=text %}', text="<script>")


def test_two_underscores_nest() -> None:
    page = html('{% govuk "input" id="x" name="x" label__text="Age" label__classes="big" %}')
    assert re.search(r'<label class="govuk-label big" for="x">\s*Age', page)


def test_prepared_parameters_and_keywords_join() -> None:
    assert "Go on" in html('{% govuk "button" params text="Go on" %}', params={"text": "Stop", "name": "go"})


def test_a_lazy_translation_is_shown_and_nothing_is_left_out_for_none() -> None:
    page = components.render("button", {"text": gettext_lazy("Continue"), "name": None})
    assert "Continue" in page and "None" not in page


def test_every_field_shows_what_was_filled_in() -> None:
    filled = {
        "role": "governor",
        "reaches": ["teacher"],
        "school": "teacher",
        "name": "Ann & Co",
        "account": "https://school.example",
        "reason": "<b>",
        "word": "hush",
        "agreed": "on",
    }
    page = html("{% for field in form %}{% govuk_field field %}{% endfor %}", form=Declaration(filled))
    assert re.search(r'type="radio" value="governor" checked', page)
    assert re.search(r'type="checkbox" value="teacher" checked', page)
    assert re.search(r'<option value="teacher" selected', page)
    assert 'value="Ann &amp; Co"' in page and 'autocomplete="name"' in page
    assert 'type="url" value="https://school.example"' in page
    assert "&lt;b&gt;</textarea>" in page and 'rows="3"' in page
    assert re.search(r'name="agreed" type="checkbox" value="on" checked', page)
    assert "hush" not in page
    assert "govuk-error-message" not in page


def test_every_error_links_to_a_field_that_is_there() -> None:
    form = Declaration({})
    page = html("{% govuk_errors form %}{% for field in form %}{% govuk_field field %}{% endfor %}", form=form)
    targets = re.findall(r'href="#([^"]+)"', page)
    assert len(targets) == len(form.fields)
    assert set(targets) <= set(re.findall(r'\bid="([^"]+)"', page))
    assert "There is a problem" in page


def test_a_form_without_errors_has_no_summary() -> None:
    assert html("{% govuk_errors form %}", form=Declaration()) == ""


def test_an_error_of_the_whole_form_is_shown_without_a_link() -> None:
    form = Declaration({})
    form.add_error(None, "The two dates contradict each other")
    assert re.search(r"<li>\s*The two dates", html("{% govuk_errors form %}", form=form))


def test_one_question_can_be_the_title_of_its_page_and_explain_its_choices() -> None:
    page = html(
        "{% govuk_field form.role heading=True hints=hints %}", form=Declaration(), hints={"governor": "Or clerk"}
    )
    assert re.search(r'<h1 class="govuk-fieldset__heading">\s*Your role', page)
    assert "Or clerk" in page
    assert 'value=""' not in page, "Django's empty choice is no radio button"


def test_a_widget_without_a_component_is_named() -> None:
    class Odd(forms.Form):
        when = forms.DateField(widget=forms.SelectDateWidget)

    with pytest.raises(TypeError, match="when: no GOV.UK component for a SelectDateWidget"):
        components.field(Odd()["when"])
