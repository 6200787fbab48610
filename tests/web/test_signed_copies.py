"""Reading what applies to oneself first, the receipt of a signature, copies of it, and what has changed since."""

from io import BytesIO

from django.core import mail
from pypdf import PdfReader

from proviso.records.policies.models import Acknowledgement, Campaign, Version
from proviso.records.policies.services import acknowledgements
from proviso.web.policies.acknowledgements.copies import send_signed_copy
from tests.cast import Cast, visits
from tests.clock import NOW
from tests.records.policies.life import acting, adopted, draft, signature
from tests.web.pages import link, main, words

AT = "/schools/oak-lane/"


def signed(cast: Cast) -> Acknowledgement:
    version = adopted(cast)
    given = signature(cast.teacher, version)
    return acknowledgements.acknowledge_version(
        acting(cast.teacher), Campaign.objects.get(version=version), given, now=NOW
    )


def test_what_applies_to_whoever_signs_comes_first_with_how_long_it_takes(cast: Cast) -> None:
    adopted(cast, draft(cast, "king-david"))
    text = words(main(visits(cast.teacher).get(f"{AT}sign/read/").text))
    assert "What applies to you 50 clauses, about 7 minutes" in text and "Part 1 of " in text
    mine, _fold, rest = text.partition("The rest of the policy:")
    assert "clauses for others" in rest or "clause for others" in rest
    assert mine.index("What applies to you") < len(mine)


def test_a_receipt_names_what_was_signed_and_leads_to_copies(cast: Cast) -> None:
    row = signed(cast)
    html = main(visits(cast.teacher).get(f"{AT}sign/done/").text)
    assert f"Your receipt is OAK-LANE-1-{row.pk}." in words(html)
    assert link(html, "Download the signed version (PDF)") == f"{AT}sign/copies/{row.pk}.pdf"


def test_the_copy_holds_the_signature_and_the_text_also_when_another_version_is_in_force(cast: Cast) -> None:
    row = signed(cast)
    Version.objects.update(in_force_until=NOW.date().replace(year=2020))
    answer = visits(cast.teacher).get(f"{AT}sign/copies/{row.pk}.pdf")
    assert answer["Content-Type"] == "application/pdf"
    pages = [page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages]
    assert "Tobias Wrenfield" in pages[0] and f"OAK-LANE-1-{row.pk}" in pages[0]
    assert len(pages) > 2


def test_nobody_gets_a_copy_of_somebody_elses_signature(cast: Cast) -> None:
    row = signed(cast)
    for person in (cast.support, cast.headteacher):
        assert visits(person).get(f"{AT}sign/copies/{row.pk}.pdf").status_code == 404
        assert visits(person).post(f"{AT}sign/copies/{row.pk}/send/").status_code == 404


def test_a_copy_goes_by_e_mail_to_the_signers_own_address(cast: Cast) -> None:
    row = signed(cast)
    answer = visits(cast.teacher).post(f"{AT}sign/copies/{row.pk}/send/", follow=True)
    assert "The copy is on its way to tobias.wrenfield@school.example." in words(main(answer.text))
    mail.outbox.clear()
    assert send_signed_copy.func(cast.teacher.pk, row.pk) == "sent"
    [sent] = mail.outbox
    assert sent.to == ["tobias.wrenfield@school.example"]
    assert sent.subject == "Oak Lane Primary School: a copy of what you signed"
    [(name, content, media)] = sent.attachments
    assert (name, media, content[:4]) == ("signed-oak-lane-1.pdf", "application/pdf", b"%PDF")


def test_everybody_who_has_not_signed_is_reminded_after_a_question(cast: Cast) -> None:
    signed(cast)
    client = visits(cast.headteacher)
    assert (
        link(main(client.get(f"{AT}signing/people/").text), "Remind everybody who has not signed")
        == f"{AT}signing/remind/"
    )
    text = words(main(client.get(f"{AT}signing/remind/").text))
    assert "Remind 7 people to sign?" in text
    answer = client.post(f"{AT}signing/remind/", follow=True)
    assert "7 people are being reminded." in words(main(answer.text))
