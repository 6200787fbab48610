"""Emails: the same words as plain text and under the school's name, colour and crest, with nothing fetched."""

from email.message import EmailMessage as Message
from email.parser import BytesParser
from email.policy import default
from io import BytesIO

from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from proviso.records.people.mail import QuestionPassedOn, pass_question_on, send_notice
from proviso.records.people.models import Establishment
from tests.cast import Cast, visits


def picture() -> bytes:
    kept = BytesIO()
    Image.new("RGB", (20, 20), "#7a1f3d").save(kept, "PNG")
    return kept.getvalue()


def sent() -> Message:
    (message,) = mail.outbox
    parsed = BytesParser(policy=default).parsebytes(message.message().as_bytes())
    assert isinstance(parsed, Message)
    return parsed


def text(message: Message, kind: str) -> str:
    body = message.get_body((kind,))
    assert body is not None
    return str(body.get_content())


def test_an_email_says_the_same_in_both_forms_under_the_schools_name_and_colour(cast: Cast) -> None:
    Establishment.objects.filter(pk=cast.school.pk).update(colour="#7a1f3d")
    cast.school.refresh_from_db()
    send_notice(cast.teacher, "Sign", ["Sign the <policy> & say so."], "/my/", establishment=cast.school)
    message = sent()
    assert "Sign the <policy> & say so." in text(message, "plain")
    html = text(message, "html")
    assert "Sign the &lt;policy&gt; &amp; say so." in html
    assert "Oak Lane Primary School" in html and "background:#7a1f3d;color:#ffffff" in html
    assert '<a href="http://localhost:8000/my/"' in html and ">http://localhost:8000/my/</a>" in html
    assert "<img" not in html and "src=" not in html


def test_the_crest_goes_along_and_is_fetched_from_nowhere(cast: Cast) -> None:
    crest = SimpleUploadedFile("crest.png", picture())
    visits(cast.headteacher).post("/schools/oak-lane/settings/look/", {"colour": "#4b2e83", "crest": crest})
    cast.school.refresh_from_db()
    send_notice(cast.teacher, "Sign", ["Sign it."], "/my/", establishment=cast.school)
    message = sent()
    assert 'src="cid:crest"' in text(message, "html") and "http" not in text(message, "html").split("<img")[1][:80]
    (image,) = [part for part in message.walk() if part.get_content_type() == "image/png"]
    assert image["Content-ID"] == "<crest>" and image.get_content_disposition() == "inline"
    assert message.get_content_type() == "multipart/related"


def test_a_welsh_school_writes_in_both_languages_each_marked_as_what_it_is(cast: Cast) -> None:
    Establishment.objects.filter(pk=cast.school.pk).update(language="cy")
    cast.school.refresh_from_db()
    pass_question_on(QuestionPassedOn("head@school.example", "May I?\nReally?", "/oak-lane/answer/"), cast.school)
    html = text(sent(), "html")
    assert html.index('<div lang="cy">') < html.index('<div lang="en-gb">')
    assert "May I?<br>Really?" in html
