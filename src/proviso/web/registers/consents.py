"""The register of consents: everybody, one person, oneself; the form's words, the paper form, private links."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from proviso import documents
from proviso.records.people.actors import Public
from proviso.records.people.models import Establishment, Person
from proviso.records.policies.compiled import policy_of
from proviso.records.policies.selectors.versions import public_version
from proviso.records.registers.consent_standings import WORDS, Key, said_for, standing_of
from proviso.records.registers.models import Consent
from proviso.records.registers.purposes import purposes_of
from proviso.records.registers.selectors import consents as selectors
from proviso.records.registers.services import consents as services
from proviso.rules import rulebook
from proviso.web import clauses
from proviso.web.kit.confirm import ConfirmForm
from proviso.web.kit.forms import FormPage, done, form_page, posted, saved
from proviso.web.kit.lists import Column, Export, Filter, ListPage, Query, list_page
from proviso.web.kit.pages import ActorRequest, Link, Text, establishment_page, render_page
from proviso.web.kit.responses import PDF, WORD, file_response
from proviso.web.registers import consent_documents
from proviso.web.registers.consent_forms import OwnConsentsForm, RecordForm, RollForm, WordingForm
from proviso.wording import references

About = Consent.About
FACE_ON = "face-on-pictures"  # the advice of police and child protection bodies
WRITERS = {"docx": (documents.as_word, WORD), "pdf": (documents.as_pdf, PDF)}


@dataclass(frozen=True)
class PurposeRow:
    """How a person's consents for one purpose stand, in words."""

    purpose: str
    label: Text
    name: Text
    picture: Text
    name_given: bool
    picture_given: bool


def purpose_rows(establishment: Establishment, said: dict[Key, Consent]) -> list[PurposeRow]:
    """Return how consents stand, a row for each purpose of an establishment."""
    on = timezone.localdate()
    rows = []
    for purpose, label in purposes_of(establishment).items():
        name, picture = (standing_of(said.get((purpose, about)), on) for about in (About.NAME, About.PICTURE))
        rows.append(PurposeRow(purpose, label, WORDS[name], WORDS[picture], name == "given", picture == "given"))
    return rows


@establishment_page("consents.view")
def listed(request: ActorRequest, establishment: Establishment) -> HttpResponseBase:
    actor, at = request.actor, [establishment.slug]
    purposes = purposes_of(establishment)
    offered = [
        ("consents.record", Link(_("The words of the form"), reverse("registers:consent_wording", args=at))),
        ("consents.import", Link(_("Import consents"), reverse("imports:upload", args=[*at, "consents"]))),
    ]
    page: ListPage[Person] = ListPage(
        title=_("Consents"),
        lead=_("Who may be named and shown, and where. Where nobody was asked, nobody is named or shown."),
        rows=lambda query: selectors.register_of(
            actor, establishment, query.find, query.choice("class"), _asked(query)
        ),
        columns=_columns(establishment),
        filters=[
            Filter("class", _("Class"), [(name, name) for name in selectors.classes_of(actor, establishment)]),
            Filter("purpose", _("Purpose"), list(purposes.items())),
            Filter("about", _("Name or picture"), About.choices),
            Filter("standing", _("Standing"), list(WORDS.items())),
        ],
        search=_("Name"),
        export=Export(f"{establishment.slug}-consents", action="consents.export"),
        buttons=[link for action, link in offered if action in request.may],
        count=lambda count: ngettext("%(many)s person", "%(many)s people", count) % {"many": count},
        none_found=_("Nobody was found."),
        sorted_by="name",
    )
    return list_page(request, page)


def _asked(query: Query) -> tuple[str, str, str] | None:
    """Return what standing is looked for, once it is chosen: of the website's pictures, unless said otherwise."""
    if not query.choice("standing"):
        return None
    return query.choice("purpose") or "website", query.choice("about") or About.PICTURE, query.choice("standing")


def _columns(establishment: Establishment) -> list[Column[Person]]:
    def standing(person: Person, purpose: str) -> list[str]:
        said, on = said_for(person), timezone.localdate()
        return [f"{about.label}: {WORDS[standing_of(said.get((purpose, about)), on)]}" for about in About]

    def column(purpose: str, label: Text) -> Column[Person]:
        return Column(label, lambda person: standing(person, purpose))

    return [
        Column(
            _("Name"),
            lambda person: person.name,
            name="name",
            sort=("family_name", "given_name"),
            link=lambda person: reverse("registers:consents_of", args=[establishment.slug, person.pk]),
        ),
        Column(_("Class"), lambda person: "".join(row.class_name for row in person.roll_here)),  # type: ignore[attr-defined]
        *(column(purpose, label) for purpose, label in purposes_of(establishment).items()),
    ]


@establishment_page("consents.view")
def person(request: ActorRequest, establishment: Establishment, pk: int) -> HttpResponseBase:
    shown = selectors.person_of_register(request.actor, establishment, pk)
    context = {
        "person": shown,
        "rows": purpose_rows(establishment, said_for(shown)),
        "history": [
            (purposes_of(establishment).get(consent.purpose, consent.purpose), consent)
            for consent in selectors.history_of(request.actor, establishment, shown)
        ],
        "roll": next(iter(shown.roll_here), None),  # type: ignore[attr-defined]  # fetched along
        **_default(request, establishment),
    }
    return render_page(request, "registers/consents_of.html", context)


def _default(request: ActorRequest, establishment: Establishment) -> dict[str, object]:
    """Return the clauses of the policy in force that ask for consent, and what advice says of pictures of faces."""
    version = public_version(Public(request.actor.on), establishment.slug)
    policy = policy_of(version) if version else None
    asking = [clause for clause in policy.clauses if "consent" in clause.runs] if policy else []
    known = [note for note in rulebook.reference().notes if note.id == FACE_ON and note.in_force(request.actor.on)]
    notes = [references.note(note) for note in known]
    return {"cards": [clauses.card(clause, policy) for clause in asking if policy], "notes": notes}


@establishment_page("consents.record")
def record(request: ActorRequest, establishment: Establishment, pk: int) -> HttpResponseBase:
    shown = selectors.person_of_register(request.actor, establishment, pk)
    form = RecordForm(purposes_of(establishment), posted(request))
    if saved(form, lambda: services.record(request.actor, establishment, shown, form.said(), now=timezone.now())):
        return done(request, _("It is recorded."), "registers:consents_of", establishment.slug, pk)
    page = FormPage(
        _("Record what was said"),
        _("Record it"),
        caption=shown.name,
        lead=_("Choose only what was said now. Everything else stays as it is."),
        cancel=reverse("registers:consents_of", args=[establishment.slug, pk]),
    )
    return form_page(request, form, page, {"person": shown})


@establishment_page("consents.record")
def roll(request: ActorRequest, establishment: Establishment, pk: int) -> HttpResponseBase:
    shown = selectors.person_of_register(request.actor, establishment, pk)
    before = next(iter(shown.roll_here), None)  # type: ignore[attr-defined]  # fetched along
    initial = {"class_name": before.class_name, "known_as": before.known_as} if before else {}
    form = RollForm(posted(request), initial=initial)

    def save() -> None:
        services.set_roll_entry(request.actor, establishment, shown, form.cleaned_data, now=timezone.now())

    if saved(form, save):
        return done(request, _("The details were changed."), "registers:consents_of", establishment.slug, pk)
    page = FormPage(_("Class and known name"), _("Save"), caption=shown.name)
    return form_page(request, form, page, {"person": shown})


@establishment_page("consents.record")
def link(request: ActorRequest, establishment: Establishment, pk: int) -> HttpResponseBase:
    """Ask, make a private link, and show it once."""
    shown = selectors.person_of_register(request.actor, establishment, pk)
    if request.method == "POST":
        made = services.give_link(request.actor, establishment, shown, now=timezone.now())
        address = request.build_absolute_uri(reverse("registers:consent_link", args=[made.secret]))
        context = {"person": shown, "address": address, "code": made.code, "ends_on": made.link.ends_on}
        response = render_page(request, "registers/link_given.html", context)
        response["Cache-Control"] = "no-store"
        return response
    page = FormPage(
        _("Make a private link?"),
        _("Make the link"),
        caption=shown.name,
        lead=_(
            "With the link and its code a parent sees what is recorded and can withdraw it, without an account. An "
            "earlier link stops working."
        ),
        cancel=reverse("registers:consents_of", args=[establishment.slug, pk]),
    )
    return form_page(request, ConfirmForm(), page, {"person": shown})


@establishment_page("consents.record")
def wording(request: ActorRequest, establishment: Establishment) -> HttpResponseBase:
    current = selectors.wording_of(request.actor, establishment)
    form = WordingForm(posted(request), initial={"text": current.text if current else default_words(establishment)})
    if saved(
        form,
        lambda: services.write_wording(request.actor, establishment, form.cleaned_data["text"], now=timezone.now()),
    ):
        return done(request, _("The new words hold from now on."), "registers:consents", establishment.slug)
    page = FormPage(
        _("The words of the form"),
        _("Save"),
        caption=establishment.name,
        lead=_("What was said before keeps the words under which it was said."),
        cancel=reverse("registers:consents", args=[establishment.slug]),
    )
    return form_page(request, form, page)


def default_words(establishment: Establishment) -> str:
    """Return our own words for a form, which hold until a school writes its own."""
    return _(
        "%(school)s asks whether this person may be named, and shown in pictures, in the places below. Saying no has "
        "no disadvantage. You can change your mind at any time, and we then remove what we published as soon as we can."
    ) % {"school": establishment.name}


@establishment_page("consents.record")
def paper_form(request: ActorRequest, establishment: Establishment, pk: int, kind: str) -> HttpResponseBase:
    """The form for one person, to print: as Word or PDF."""
    shown = selectors.person_of_register(request.actor, establishment, pk)
    write, media = WRITERS[kind if kind in WRITERS else "pdf"]
    current = selectors.wording_of(request.actor, establishment)
    words = current.text if current else default_words(establishment)
    address = request.build_absolute_uri(reverse("registers:consent_form", args=[establishment.slug]))
    built = consent_documents.paper_form(establishment, shown, words, address)
    return file_response(write(built), f"consent-{establishment.slug}-{pk}.{'docx' if media == WORD else 'pdf'}", media)


@establishment_page()
def mine(request: ActorRequest, establishment: Establishment) -> HttpResponseBase:
    """What somebody says of themselves."""
    said = selectors.my_consents(request.actor, establishment)
    form = OwnConsentsForm(purposes_of(establishment), _standings(said, purposes_of(establishment)), posted(request))
    if saved(
        form,
        lambda: services.record_own(request.actor, establishment, form.standings(), now=timezone.now()),
    ):
        return done(request, _("Thank you. It is recorded."), "registers:my_consents", establishment.slug)
    page = FormPage(
        _("May you be named and shown?"),
        _("Save"),
        caption=establishment.name,
        lead=_("Saying no has no disadvantage, and you can change it at any time."),
        cancel=reverse("dashboards:my"),
    )
    return form_page(request, form, page)


def _standings(said: dict[Key, Consent], purposes: Iterable[str]) -> dict[Key, str]:
    on = timezone.localdate()
    return {(purpose, about): standing_of(said.get((purpose, about)), on) for purpose in purposes for about in About}
