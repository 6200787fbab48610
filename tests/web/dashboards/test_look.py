"""A school's crest and colour: chosen on its page, and borne by pages, emails and documents."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from proviso.records.audit.models import Entry
from proviso.records.files.models import StoredFile
from proviso.records.people.mail import sender
from tests.cast import Cast, visits
from tests.web.pages import read

PAGE = "/schools/oak-lane/settings/look/"
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def picture(size: tuple[int, int] = (900, 600), form: str = "PNG", mode: str = "RGB") -> bytes:
    made = BytesIO()
    Image.new(mode, size, "#c8102e" if mode == "RGB" else 0).save(made, form)
    return made.getvalue()


def upload(content: bytes, name: str = "crest.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def chosen(cast: Cast, **given: object) -> Client:
    """Return the browser of a headteacher who has saved something."""
    browser = visits(cast.headteacher)
    page = browser.post(PAGE, {"colour": "#4b2e83", **given})
    assert page.status_code == 302, page.text
    return browser


def test_a_headteacher_chooses_a_crest_which_is_made_anew_and_small(cast: Cast) -> None:
    chosen(cast, crest=upload(picture()))
    cast.school.refresh_from_db()
    kept = cast.school.crest
    assert kept is not None and kept.owner == f"establishment:{cast.school.pk}" and kept.content_type == "image/png"
    shown = Client().get(f"/schools/oak-lane/crest.png?{kept.pk}")
    assert shown.headers["Content-Type"] == "image/png" and "immutable" in shown.headers["Cache-Control"]
    assert Image.open(BytesIO(shown.content)).size == (132, 88)
    assert Entry.objects.filter(action="establishment.look_changed").count() == 1


@pytest.mark.parametrize("form", ["JPEG", "WEBP", "GIF"])
def test_every_usual_kind_of_picture_is_taken(cast: Cast, form: str) -> None:
    chosen(cast, crest=upload(picture((40, 40), form), f"crest.{form.lower()}"))
    cast.school.refresh_from_db()
    assert cast.school.crest is not None and cast.school.crest.name == "crest.png"


@pytest.mark.parametrize(
    ("content", "name", "why"),
    [
        (
            SVG,
            "crest.svg",
            "An SVG file cannot be taken: it can hold more than a picture. Save the crest as PNG or JPEG.",
        ),
        (
            SVG,
            "crest.png",
            "An SVG file cannot be taken: it can hold more than a picture. Save the crest as PNG or JPEG.",
        ),
        (b"no picture", "crest.png", "This file is no picture that can be read. Save the crest as PNG or JPEG."),
        (picture()[:60], "crest.png", "This file is no picture that can be read. Save the crest as PNG or JPEG."),
        (
            picture((9000, 9000), "PNG", "1"),
            "crest.png",
            "The picture has too many pixels. Save it smaller and try again.",
        ),
    ],
)
def test_what_is_no_picture_is_refused_in_one_line(cast: Cast, content: bytes, name: str, why: str) -> None:
    page = visits(cast.headteacher).post(PAGE, {"colour": "#4b2e83", "crest": upload(content, name)})
    assert page.status_code == 400 and why in page.text
    assert not StoredFile.objects.exists()


def test_another_crest_takes_the_place_of_the_first_and_none_can_be_chosen(cast: Cast) -> None:
    chosen(cast, crest=upload(picture()))
    chosen(cast, crest=upload(picture((50, 50))))
    assert StoredFile.objects.filter(deleted_at=None).count() == 1
    chosen(cast, remove_crest="on")
    assert not StoredFile.objects.filter(deleted_at=None).exists()
    assert Client().get("/schools/oak-lane/crest.png").status_code == 404


def test_the_page_says_what_is_used_of_a_colour_that_is_too_light(cast: Cast) -> None:
    browser = chosen(cast, colour="#FFDD00")
    assert "The bar has the colour #ffdd00. It is too light for links and buttons" in read(browser, PAGE)
    sheet = Client().get("/schools/oak-lane/colours.css?ffdd00")
    assert "--app-school:#ffdd00;--app-on-school:#0b0c0c" in sheet.text
    assert sheet.headers["Content-Type"].startswith("text/css") and "immutable" in sheet.headers["Cache-Control"]


def test_what_is_no_colour_is_refused(cast: Cast) -> None:
    page = visits(cast.headteacher).post(PAGE, {"colour": "red;}body{display:none"})
    assert page.status_code == 400 and "Enter a colour as # and six figures" in page.text


def test_every_page_of_the_school_bears_both_and_proviso_stands_in_the_footer_alone(cast: Cast) -> None:
    browser = chosen(cast, crest=upload(picture()))
    for address in ("/my/", "/schools/oak-lane/", "/schools/oak-lane/people/", "/account/"):
        page = browser.get(address).text
        head, footer = page.split('<footer class="app-footer">')
        assert '<link rel="stylesheet" href="/schools/oak-lane/colours.css?4b2e83">' in head
        assert '<img class="app-crest" src="/schools/oak-lane/crest.png?' in head
        assert "Proviso" in footer and "Proviso" not in head.split("<main")[0]


def test_what_anybody_may_see_of_a_school_is_kept_by_browsers_of_people_who_signed_in(cast: Cast) -> None:
    browser = chosen(cast)
    assert "immutable" in browser.get("/schools/oak-lane/colours.css").headers["Cache-Control"]
    assert "no-store" in browser.get("/schools/oak-lane/").headers["Cache-Control"]


def test_an_e_mail_of_a_school_comes_from_it_by_name_and_from_this_site_s_address(cast: Cast) -> None:
    assert sender(cast.school).startswith("Oak Lane Primary School <no-reply@")
    cast.school.name = "Oak Lane\r\nBcc: x@y.example"
    assert "\n" not in sender(cast.school) and "\r" not in sender(cast.school)
