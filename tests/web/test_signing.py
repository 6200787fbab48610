"""The way to a signature, who has signed, tasks, the calendar and the log, as their users see them."""

import re
from datetime import timedelta

from django.test import Client
from django.utils.translation import override

from proviso.records.people.accounts import sign_out_everywhere
from proviso.records.people.models import Establishment, Person
from proviso.records.policies.models import Acknowledgement, Campaign
from proviso.records.policies.services import acknowledgements, drafts
from proviso.records.tasks.models import Calendar, Task
from proviso.rules.asking import CheckQuestion
from proviso.rules.norms import Facts
from proviso.web.policies.acknowledgements import sign_views
from tests.cast import Cast, visits
from tests.clock import NOW, TODAY
from tests.records.policies.life import acting, adopted, draft, filled, signature
from tests.web.pages import main, words

AT = "/schools/oak-lane/"
DAY = timedelta(days=1)


def page_text(client: Client, address: str, status: int = 200) -> str:
    page = client.get(address, follow=True)
    assert page.status_code == status, page.status_code
    return words(main(page.text))


def read_and_answer(client: Client, extent: str = "whole") -> None:
    """Go through the text and the questions, answering the first thing that is offered."""
    fingerprint = Campaign.objects.get(closed_on=None).version.fingerprint
    assert client.post(f"{AT}sign/read/", {"fingerprint": fingerprint, "extent": extent}).status_code == 302
    for number in (1, 2, 3):
        page = client.get(f"{AT}sign/questions/{number}/").text
        first = page.split('name="answer"')[1].split('value="')[1].split('"')[0]
        assert client.post(f"{AT}sign/questions/{number}/", {"answer": first}).status_code == 200


def sign(client: Client, name: str) -> object:
    fingerprint = Campaign.objects.get(closed_on=None).version.fingerprint
    return client.post(f"{AT}sign/statement/", {"fingerprint": fingerprint, "typed_name": name}, follow=True)


def test_from_my_page_to_a_signature(cast: Cast) -> None:
    adopted(cast)
    client = visits(cast.teacher)
    assert "Read and sign the social media policy" in page_text(client, "/my/")
    assert "Read it: 45 clauses. Answer 3 short questions." in page_text(client, f"{AT}sign/")
    read_and_answer(client)
    assert "In particular, by signing you do this: Confirm having received the advice of section 4 (4.1)" in page_text(
        client, f"{AT}sign/statement/"
    )
    sign(client, "Tobias Wrenfield")
    row = Acknowledgement.objects.get()
    assert (row.kind, row.person, len(row.answers)) == ("signed", cast.teacher, 3)
    assert "the advice of section 4 (4.1)" in row.statement and "LA-" not in row.statement
    assert "Read and sign" not in page_text(client, "/my/").split("Your schools")[0]
    assert "Nothing waits for your signature here." in page_text(client, f"{AT}sign/")
    assert row.fingerprint in page_text(client, "/my/signed/")


def test_nobody_comes_to_the_signature_without_the_text_and_the_questions(cast: Cast) -> None:
    adopted(cast)
    client = visits(cast.teacher)
    assert client.get(f"{AT}sign/statement/").headers["Location"] == f"{AT}sign/read/"
    assert client.get(f"{AT}sign/questions/1/").headers["Location"] == f"{AT}sign/read/"
    read = client.post(
        f"{AT}sign/read/", {"fingerprint": Campaign.objects.get().version.fingerprint, "extent": "whole"}
    )
    assert read.headers["Location"] == f"{AT}sign/questions/1/"
    assert client.get(f"{AT}sign/questions/3/").headers["Location"] == f"{AT}sign/questions/1/"
    assert "Choose what you think the policy says." in client.post(f"{AT}sign/questions/1/", {"answer": ""}).text


def test_the_first_answer_counts_and_the_right_one_is_shown_with_its_clause(cast: Cast) -> None:
    adopted(cast)
    client = visits(cast.teacher)
    client.post(f"{AT}sign/read/", {"fingerprint": Campaign.objects.get().version.fingerprint, "extent": "whole"})
    page = client.get(f"{AT}sign/questions/1/").text
    options = [part.split('"')[0] for part in page.split('name="answer"')[1:] for part in [part.split('value="')[1]]]
    outcomes = [client.post(f"{AT}sign/questions/1/", {"answer": one}).text for one in options]
    assert sum("That is right" in one for one in outcomes) == 1
    force = re.compile(r" \d\.\d+ (Prohibited|Permitted|Required|Strongly|Take)")
    assert all(force.search(words(main(one))) for one in outcomes)
    assert not any("LA-" in words(main(one)) for one in outcomes)
    (kept,) = client.session[f"sign-session-{Campaign.objects.get().pk}"]["answers"]
    assert kept["chosen"] == options[0]


def test_whoever_read_their_own_part_alone_signs_that_and_no_more(cast: Cast) -> None:
    version = adopted(cast)
    client = visits(cast.teacher)
    unsaid = client.post(f"{AT}sign/read/", {"fingerprint": version.fingerprint})
    assert unsaid.status_code == 400 and "Choose how much you have read." in words(main(unsaid.text))
    assert client.get(f"{AT}sign/statement/").headers["Location"] == f"{AT}sign/read/"
    read_and_answer(client, "mine")
    assert "I have read the clauses that apply to me of version 1" in page_text(client, f"{AT}sign/statement/")
    sign(client, "Tobias Wrenfield")
    assert "I know where to find the others" in Acknowledgement.objects.get().statement


def test_without_the_text_and_the_questions_a_signature_that_is_sent_is_refused(cast: Cast) -> None:
    version = adopted(cast)
    client = visits(cast.teacher)
    typed = {"fingerprint": version.fingerprint, "typed_name": "Tobias Wrenfield"}
    assert "Read the policy to its end before you sign it." in client.post(f"{AT}sign/statement/", typed).text
    client.post(f"{AT}sign/read/", {"fingerprint": version.fingerprint, "extent": "whole"})
    assert "Answer the questions about the policy" in client.post(f"{AT}sign/statement/", typed).text
    assert not Acknowledgement.objects.exists()
    read_and_answer(client)
    assert client.post(f"{AT}sign/statement/", typed).status_code == 302
    assert Acknowledgement.objects.get().kind == "signed"


def test_until_the_next_version_is_in_force_the_school_sees_how_far_this_one_is(cast: Cast) -> None:
    version = adopted(cast)
    campaign, head = Campaign.objects.get(), acting(cast.headteacher)
    acknowledgements.acknowledge_version(acting(cast.teacher), campaign, signature(cast.teacher, version), now=NOW)
    before = Task.objects.count()
    adopted(cast, filled(head, drafts.start_next_version(head, cast.school, now=NOW), first=TODAY + 10 * DAY))
    assert "Signed 1 of 8" in page_text(visits(cast.headteacher), AT)
    assert "version 1" in page_text(visits(cast.support), f"{AT}sign/")
    assert Task.objects.count() == before


def test_a_version_replaced_while_it_was_read_is_told_and_nothing_is_signed(cast: Cast) -> None:
    adopted(cast, draft(cast, first=TODAY - DAY))
    client = visits(cast.teacher)
    read_and_answer(client)
    old = Campaign.objects.get().version.fingerprint
    head = acting(cast.headteacher)
    version = filled(head, drafts.start_next_version(head, cast.school, now=NOW))
    version = drafts.switch_clause_off(
        head, version, version.edition, drafts.SwitchOff("LA-4.1vi", "Ours differs."), now=NOW
    )
    adopted(cast, version)
    page = client.post(f"{AT}sign/statement/", {"fingerprint": old, "typed_name": "Tobias Wrenfield"})
    assert page.status_code == 409
    told = words(main(page.text))
    assert "version 2 replaced the one you were reading. You have not signed anything" in told
    assert "4.11 Gone" in told
    assert not Acknowledgement.objects.exists()
    read_and_answer(client)
    sign(client, "Tobias Wrenfield")
    assert Acknowledgement.objects.get().version == version


def test_declining_wants_a_reason_and_the_headteacher_sees_it(cast: Cast) -> None:
    version = adopted(cast)
    client = visits(cast.teacher)
    sent = {"fingerprint": version.fingerprint, "kind": "declined", "reason": ""}
    assert "Say why, in a few words." in client.post(f"{AT}sign/decline/", sent).text
    client.post(f"{AT}sign/decline/", {**sent, "reason": "I want to ask my union first."})
    assert Acknowledgement.objects.get().reason == "I want to ask my union first."
    listed = page_text(visits(cast.headteacher), f"{AT}signing/people/?standing=declined")
    assert "Tobias Wrenfield" in listed and "Sorrel Haybrook" not in listed


def test_leaders_see_names_governors_figures(cast: Cast) -> None:
    version = adopted(cast)
    campaign = Campaign.objects.get()
    paper = acknowledgements.SigningResponse("signed", version.fingerprint, reason="Signed on paper.")
    acknowledgements.record_signature_for(acting(cast.headteacher), campaign, cast.teacher, paper, now=NOW)
    figures = page_text(visits(cast.governor), f"{AT}signing/")
    assert "1 of 8 have signed" in figures and "Wrenfield" not in figures
    names = page_text(visits(cast.headteacher), f"{AT}signing/people/")
    assert "recorded by somebody else" in names
    exported = visits(cast.headteacher).get(f"{AT}signing/people/?format=csv").getvalue().decode("utf-8-sig")
    assert f"Wrenfield,Tobias,Teacher,Signed,{NOW:%Y-%m-%d}" in exported and "somebody else" in exported
    Person.objects.filter(pk=cast.teacher.pk).update(family_name="＝1+1", given_name="Robin\x07")
    again = visits(cast.headteacher).get(f"{AT}signing/people/?format=csv").getvalue().decode()
    assert "'＝1+1,Robin,Teacher,Signed" in again


def test_the_sheet_to_sign_on_paper_is_a_pdf(cast: Cast) -> None:
    adopted(cast)
    assert visits(cast.clerk).get(f"{AT}signing/sheet.pdf").content.startswith(b"%PDF-")


def test_an_exemption_is_decided_on_its_page(cast: Cast) -> None:
    version = adopted(cast)
    wish = acknowledgements.SigningResponse("exemption_asked", version.fingerprint, reason="On leave until June.")
    row = acknowledgements.acknowledge_version(acting(cast.teacher), Campaign.objects.get(), wish, now=NOW)
    client = visits(cast.headteacher)
    assert "Decide on the exemption that Tobias Wrenfield asks for" in page_text(client, "/my/")
    there = f"{AT}signing/exemptions/{row.pk}/"
    assert "On leave until June." in page_text(client, there)
    assert "Choose what you decide." in client.post(there, {"decision": "", "reason": ""}).text
    assert client.post(there, {"decision": "grant", "reason": "On leave."}).status_code == 302
    assert client.get(there).status_code == 404


def test_everybody_can_be_asked_anew_as_every_year(cast: Cast) -> None:
    adopted(cast, draft(cast, "king-david"))
    Campaign.objects.update(opened_on=TODAY - timedelta(days=360), due_on=TODAY - timedelta(days=300))
    client = visits(cast.headteacher)
    assert "Ask everybody to sign anew, as every year" in page_text(client, "/my/")
    due = TODAY + timedelta(days=21)
    sent = {"due_on_day": due.day, "due_on_month": due.month, "due_on_year": due.year}
    assert client.post(f"{AT}signing/ask/", sent).status_code == 302
    assert Campaign.objects.get(closed_on=None).kind == "yearly"


def test_a_task_shows_its_clause_a_guide_and_is_done_with_one_button(cast: Cast) -> None:
    adopted(cast)
    task = Task.objects.get(person=cast.teacher, clause="LA-4.1ii")
    client = visits(cast.teacher)
    told = page_text(client, f"/tasks/{task.pk}/")
    assert "4.3 Required" in told and "LA-" not in told
    assert "Instagram" in told and "Make the account private" in told.replace("make", "Make")
    assert client.post(f"/tasks/{task.pk}/", {"note": "All private."}).status_code == 302
    task.refresh_from_db()
    assert (task.done_by, task.note) == (cast.teacher, "All private.")
    assert client.post(f"/tasks/{task.pk}/reopen/", {"sure": "yes"}).status_code == 302
    task.refresh_from_db()
    assert task.is_open


def test_a_calendar_has_titles_and_days_and_its_address_can_be_made_anew(cast: Cast) -> None:
    adopted(cast)
    client = visits(cast.teacher)
    client.post("/my/calendar/")
    first = client.get("/my/calendar/").text.split('value="http://testserver')[1].split('"')[0]
    feed = visits(None).get(first)
    assert feed.headers["Content-Type"] == "text/calendar; charset=utf-8"
    text = feed.text.replace("\r\n ", "")
    assert "SUMMARY:Read and sign the social media policy (Oak Lane Primary School)" in text
    assert "DESCRIPTION" not in text and "Tobias" not in text
    client.post("/my/calendar/")
    assert visits(None).get(first).status_code == 404


def test_the_log_reads_as_sentences_with_names(cast: Cast) -> None:
    adopted(cast)
    text = page_text(visits(cast.chair), f"{AT}log/")
    assert "Cosmo Underhay approved version 1 as Chair of governors" in text
    assert f"Hester Quillmore adopted version 1, in force from {TODAY.isoformat()}" in text


def test_a_schools_details_can_be_changed(cast: Cast) -> None:
    client = visits(cast.administrator)
    assert client.post(f"{AT}settings/", {"name": "", "nation": "England", "language": "en-gb"}).status_code == 400
    sent = {"name": "Oak Lane Church School", "nation": "England", "language": "cy"}
    assert client.post(f"{AT}settings/", sent).status_code == 302
    assert Establishment.objects.get(slug="oak-lane").language == "cy"


def test_with_nothing_in_force_the_pages_say_so(cast: Cast) -> None:
    client = visits(cast.headteacher)
    assert "Setting up Oak Lane Primary School 2 of 8 steps" in page_text(client, "/my/")
    assert "There is nothing you need to do." in page_text(visits(cast.teacher), "/my/")
    assert "Nobody is asked to sign anything at present." in page_text(client, f"{AT}signing/")
    assert "Nothing is to be done." in page_text(client, f"{AT}tasks/")
    assert "No policy is in force here yet." in page_text(client, AT)
    assert client.get(f"{AT}signing/people/").status_code == 404


def test_a_calendar_names_nobody_and_ends_with_the_sessions(cast: Cast) -> None:
    version = adopted(cast)
    wish = acknowledgements.SigningResponse("exemption_asked", version.fingerprint, reason="On leave.")
    acknowledgements.acknowledge_version(acting(cast.support), Campaign.objects.get(), wish, now=NOW)
    client = visits(cast.headteacher)
    client.post("/my/calendar/")
    address = client.get("/my/calendar/").text.split('value="http://testserver')[1].split('"')[0]
    text = visits(None).get(address).text.replace("\r\n ", "")
    assert "SUMMARY:Decide on an exemption that is asked for (Oak Lane Primary School)" in text
    assert "Sorrel" not in text and "Haybrook" not in text
    sign_out_everywhere(acting(cast.headteacher), now=NOW)
    assert visits(None).get(address).status_code == 404
    assert Calendar.objects.filter(person=cast.headteacher).exists()  # at an address that nobody knows yet


def test_what_lifts_a_ban_is_said_where_the_right_answer_is_that_it_is_allowed(cast: Cast) -> None:
    version = draft(cast, model="ewloe-green")
    facts: Facts = {
        "who": "teacher",
        "act": "connect",
        "with": "pupil",
        "through": "personal_account",
        "own_family": True,
    }
    clause = "EG-6b"
    asked = CheckQuestion(facts, ("permitted", "prohibited"), "permitted", (clause,))
    (because,) = [each for each in sign_views.because(version, asked, TODAY) if each.clause == "6.2"]
    assert "family" in because.because
    with override("cy"):
        (welsh,) = [each for each in sign_views.because(version, asked, TODAY) if each.clause == "6.2"]
    assert "teulu" in welsh.because
