"""The living page of components: everything that pages are made of, on one page, to look at and to test.

It is for whoever builds pages, so its words are English alone and stand here. It is there in the demonstration, and for
administrators.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from proviso.records.people.models import Role
from proviso.web.fields import DayField
from proviso.web.kit.charts import Bar, Bars, Point, TimeLine
from proviso.web.kit.requests import actor_of

HUES = ("red", "orange", "yellow", "green", "blue", "purple", "grey")
FORCES = {
    "prohibited": "Prohibited",
    "discouraged": "Advised against",
    "caution": "Take care",
    "permitted": "Permitted",
    "required": "Required",
    "principle": "Principle",
    "information": "Information",
}

# A part of the page, and the styles that it shows.
PARTS = {
    "headings": "govuk-heading",
    "tags": "govuk-tag app-force app-due",
    "buttons": "govuk-button",
    "answers": "app-answer app-clause",
    "cards": "app-cards app-needs app-empty",
    "tables": "app-stacked govuk-summary-list",
    "charts": "app-chart",
    "notes": "govuk-inset-text and other notes",
    "forms": "govuk-form-group",
}


class SampleForm(forms.Form):
    """A field of each kind; sent with nothing in it, so that its errors are seen."""

    name = forms.CharField(label="A line of text", help_text="What to write, and in which form.")
    reason = forms.CharField(label="Several lines", widget=forms.Textarea(attrs={"rows": 3}))
    nation = forms.ChoiceField(label="One of few", choices=[("e", "England"), ("w", "Wales")], widget=forms.RadioSelect)
    role = forms.ChoiceField(label="One of many", choices=[("t", "Teacher"), ("g", "Governor")], required=False)
    ways = forms.MultipleChoiceField(
        label="Some of few", choices=[("a", "By email"), ("b", "On paper")], widget=forms.CheckboxSelectMultiple
    )
    due_on = DayField(label="A day")


@login_not_required
def living_page(request: HttpRequest) -> HttpResponse:
    """Show every component, in the reader's own theme."""
    actor = actor_of(request)
    administers = actor is not None and any(role.kind == Role.Kind.ADMINISTRATOR for role in actor.roles)
    if not settings.DEMONSTRATION and not administers:
        raise Http404("for the demonstration and for administrators")
    return render(request, "kit/living_page.html", _context())


def _context() -> Mapping[str, Any]:
    today = timezone.localdate()
    return {
        "sample_form": SampleForm({}),
        "names": PARTS,
        "hues": HUES,
        "forces": FORCES.items(),
        "sentence": "You may not connect with a pupil on a personal account.",
        "words": "Text that is read has lines of some seventy letters, whatever the width of the page.",
        "long_word": "Anunbreakablewordthatsomebodypastedfromanaddressbar",
        "days": [today + timedelta(days=days) for days in (5, 0, -3, -90)],
        "rows": [("Teacher", 33, 24), ("Governor", 11, 7), ("Volunteer", 10, 6)],
        "bars": Bars(
            "Bars: signed, by role", [Bar("Teacher", 24, 33, "9 overdue"), Bar("Governor", 7, 11, url="#bars")]
        ),
        "line": TimeLine(
            "A line over time: signatures",
            "24 of 33 have signed so far.",
            [
                Point(today - timedelta(days=days), value)
                for days, value in ((40, 0), (32, 9), (20, 17), (3, 24), (0, 24))
            ],
            33,
            today - timedelta(days=12),
            "Dashed line: the day by which it was due",
        ),
    }
