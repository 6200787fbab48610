"""Pages made with the kit: a list, a form, a question, a file and a run."""

from dataclasses import dataclass

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from proviso.records.people.models import Establishment, Person
from proviso.web.kit.confirm import confirm_page, refusal_page
from proviso.web.kit.forms import FormPage, done, form_page, posted, saved
from proviso.web.kit.lists import Column, Export, Filter, ListPage, list_page
from proviso.web.kit.pages import ActorRequest, Link, establishment_page, render_page
from proviso.web.kit.progress import Progress, progress_page
from proviso.web.kit.responses import file_response


@dataclass(frozen=True)
class Marble:
    """Something to list that no database knows."""

    pk: int
    name: str
    colour: str


MARBLES = [Marble(number, f"Marble {number:03}", "red" if number % 3 else "blue") for number in range(1, 121)]
MARBLES[0] = Marble(1, "=1+1", "<b>red</b>")
broken: list[int] = []


@establishment_page("people.view")
def marbles(request: ActorRequest, establishment: Establishment) -> HttpResponseBase:
    return list_page(
        request,
        ListPage(
            title="Marbles",
            rows=lambda query: [
                marble
                for marble in MARBLES
                if query.find.lower() in marble.name.lower() and query.choice("colour") in ("", marble.colour)
            ],
            columns=[
                Column(
                    "Name",
                    lambda marble: marble.name,
                    name="name",
                    sort=lambda marble: marble.name,
                    link=lambda marble: reverse("marbles:marble", args=[establishment.slug, marble.pk]),
                ),
                Column("Colour", lambda marble: marble.colour),
                Column("Number", lambda marble: marble.pk, numeric=True, only="file"),
            ],
            filters=[Filter("colour", "Colour", [("red", "Red"), ("blue", "Blue")])],
            search="Name of a marble",
            export=Export("marbles"),
            count=lambda count: f"{count} marbles",
            none_found="No marble is called so.",
        ),
    )


@establishment_page("people.view")
def few(request: ActorRequest, establishment: Establishment) -> HttpResponseBase:
    """People of the database, sorted by it."""
    people = Person.objects.filter(pk__in=establishment.roles.values("person"))
    return list_page(
        request,
        ListPage(
            title="Few",
            rows=lambda query: people,
            columns=[
                Column("Name", lambda person: person.name, name="name", sort=("family_name", "given_name")),
                Column("Roles", lambda person: ("one", "two")),
            ],
            sorted_by="name",
            per_page=5,
        ),
    )


@establishment_page("people.view")
def none(request: ActorRequest, establishment: Establishment) -> HttpResponseBase:
    page: ListPage[Marble] = ListPage(
        title="None",
        rows=lambda query: [],
        columns=[Column("Name", lambda marble: marble.name)],
        search="Name",
        empty="No marbles yet.",
        next_step=Link("Buy some", "/buy/"),
        export=Export("none"),
    )
    return list_page(request, page)


@establishment_page()
def marble(request: ActorRequest, establishment: Establishment, pk: int) -> HttpResponseBase:
    return render_page(request, "kit/page.html", {"marble": MARBLES[pk - 1]})


class PaintForm(forms.Form):
    """Which colour."""

    colour = forms.CharField(label="Colour", error_messages={"required": "Enter a colour."})
    edition = forms.IntegerField(widget=forms.HiddenInput)


def _painted(colour: str) -> None:
    if colour == "clear":
        raise ValidationError({"colour": "Nobody can see that."})
    if colour == "gold":
        raise ValidationError({"price": "Gold costs too much."})
    if colour == "black":
        raise ValidationError("All paint is dry.")


@establishment_page("people.change")
def paint(request: ActorRequest, establishment: Establishment, pk: int) -> HttpResponseBase:
    form = PaintForm(posted(request), initial={"edition": 7})
    if saved(form, lambda: _painted(form.cleaned_data["colour"])):
        return done(request, "It is painted.", "marbles:marble", establishment.slug, pk)
    page = FormPage(
        "Paint a marble",
        "Paint it",
        caption=MARBLES[pk - 1].name,
        lead="Paint takes a day to dry.",
        cancel=reverse("marbles:marble", args=[establishment.slug, pk]),
    )
    return form_page(request, form, page, {"marble": MARBLES[pk - 1]})


@establishment_page("people.change")
def smash(request: ActorRequest, establishment: Establishment, pk: int) -> HttpResponseBase:
    page = FormPage("Break it?", "Break it", warning="Nobody can mend it.", points=["It is gone."], danger=True)
    context = {"marble": MARBLES[pk - 1]}
    if pk == 2:
        return refusal_page(request, page, "This one does not break.", context)

    def change() -> None:
        if pk == 3:
            raise ValidationError("Somebody holds it.")
        broken.append(pk)

    return confirm_page(request, page, change, lambda: redirect("marbles:marbles", establishment.slug), context)


@establishment_page()
def file(request: ActorRequest, establishment: Establishment) -> HttpResponseBase:
    return file_response(b"abc", 'Ysgol Tŷ "x"; a.csv', "text/csv")


@establishment_page()
def running(request: ActorRequest, establishment: Establishment) -> HttpResponseBase:
    return progress_page(request, Progress("Marbles are counted", "3 of 9 marbles", 3, 9))


@establishment_page()
def stuck(request: ActorRequest, establishment: Establishment) -> HttpResponseBase:
    return progress_page(request, Progress("Stuck", "3 of 9", 3, 9, stuck="It has not moved.", resume="/go-on/"))
