"""The pages of a policy's life, as those who prepare, approve and adopt it use them."""

import html
import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from proviso.records.policies.compiled import policy_of, source_of
from proviso.records.policies.models import Version
from proviso.records.policies.services import drafts, questions
from proviso.rules import rulebook
from tests.cast import Cast, visits
from tests.clock import NOW, TODAY
from tests.records.policies.life import NEXT_YEAR, acting, adopted, approved, draft, filled, submitted
from tests.web.pages import main, words
from tests.work import work

AT = "/schools/oak-lane/policy/"
DAY = timedelta(days=1)


def day(name: str, value: object) -> dict[str, str]:
    year, month, of_month = str(value).split("-")
    return {f"{name}_day": of_month, f"{name}_month": month, f"{name}_year": year}


def page_text(client: Client, address: str, status: int = 200) -> str:
    page = client.get(address)
    assert page.status_code == status, page.status_code
    return words(main(page.text))


def part_form(client: Client, clause: str, part: str) -> dict[str, object]:
    """Return what the form of a clause's part holds when it is opened, as a browser would send it back."""
    page = client.get(f"{AT}1/clauses/{clause}/{part}/").text
    sent: dict[str, Any] = {}
    for name, value in re.findall(r'<input[^>]*type="hidden"[^>]*name="(\w+)"[^>]*value="([^"]*)"', main(page)):
        sent[name] = value
    for box in re.findall(r"<input[^>]*type=\"(?:checkbox|radio)\"[^>]*>", main(page)):
        if re.search(r"\bchecked\b", box):
            name, value = (re.search(rf'{key}="([^"]*)"', box) for key in ("name", "value"))
            assert name and value
            sent.setdefault(name.group(1), [])
            sent[name.group(1)].append(value.group(1))
    for name, options in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', main(page), re.S):
        chosen = re.search(r'value="([^"]*)" selected', options)
        sent[name] = chosen.group(1) if chosen else ""
    for box in re.findall(r'<input[^>]*type="text"[^>]*>', main(page)):
        name, value = (re.search(rf'{key}="([^"]*)"', box) for key in ("name", "value"))
        if name and value:
            sent[name.group(1)] = html.unescape(value.group(1))
    for name, text in re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>(.*?)</textarea>', main(page), re.S):
        sent[name] = html.unescape(text.strip())
    return sent


def test_a_school_without_a_policy_is_led_to_adopting_one(cast: Cast) -> None:
    client = visits(cast.headteacher)
    assert "Adopt a policy" in page_text(client, AT)
    offered = page_text(client, f"{AT}begin/")
    assert "Lancashire County Council" in offered and "Ewloe Green" in offered
    wrong = client.post(f"{AT}begin/", {"model": ""})
    assert "Choose what to begin from." in wrong.text
    begun = client.post(f"{AT}begin/", {"model": "lancashire"})
    assert begun.headers["Location"] == f"{AT}1/"
    assert "Fill in the policy details" in page_text(client, f"{AT}1/")


def test_particulars_that_cannot_be_keep_what_was_typed(cast: Cast) -> None:
    draft(cast)
    client = visits(cast.headteacher)
    typed = {
        "edition": "2",
        **day("in_force_from", "2027-2-31"),
        "chair": "Mx Underhay",
        "channels": "The school’s app",
    }
    wrong = client.post(f"{AT}1/particulars/", typed)
    assert "Enter a real date, for example 1 9 2026." in wrong.text
    assert 'value="31"' in wrong.text and "Mx Underhay" in wrong.text and "The school’s app" in wrong.text
    backwards = client.post(
        f"{AT}1/particulars/", {"edition": "2", **day("in_force_from", NEXT_YEAR), **day("review_on", TODAY)}
    )
    assert "The review date must be after the day on which the policy comes into force." in backwards.text


def test_saving_any_part_of_a_clause_as_it_was_opened_changes_nothing_but_the_reason(cast: Cast) -> None:
    version = draft(cast, "king-david")
    client = visits(cast.headteacher)
    for clause in ("KD-S.d1", "KD-I.c3"):
        page = client.get(f"{AT}1/clauses/{clause}/").text
        parts = dict.fromkeys(re.findall(rf"clauses/{re.escape(clause)}/([\w-]+)/", page))
        assert {"text", "people", "task", "1-force", "1-who", "1-act", "1-only", "1-unless"} <= {*parts}
        for part in parts:
            if part in ("off", "restore", "meaning") or part.endswith("-remove"):
                continue
            sent = {**part_form(client, clause, part), "reason": "As it is."}
            saved = client.post(f"{AT}1/clauses/{clause}/{part}/", sent)
            assert saved.status_code == 302, (part, words(main(saved.text))[:300])
            assert policy_of(Version.objects.get()).clause(clause) == policy_of(version).clause(clause), part


def test_what_would_change_is_shown_before_it_is_saved(cast: Cast) -> None:
    draft(cast)
    client = visits(cast.headteacher)
    sent = {**part_form(client, "LA-4.1i", "1-force"), "choice": "caution", "reason": "Lunch."}
    shown = client.post(f"{AT}1/clauses/LA-4.1i/1-force/", {**sent, "preview": "yes"})
    text = words(main(shown.text))
    assert "Not allowed → becomes Take care" in text
    assert "in lesson time or in working hours" in text
    assert "prohibited" in Version.objects.get().text.split("id: LA-4.1i\n")[1][:600]
    assert client.post(f"{AT}1/clauses/LA-4.1i/1-force/", sent).status_code == 302
    assert policy_of(Version.objects.get()).clause("LA-4.1i").norms[0].force.value == "caution"


def test_the_sentence_of_a_clause_follows_each_part_that_is_changed(cast: Cast) -> None:
    draft(cast)
    client, there = visits(cast.headteacher), f"{AT}1/clauses/LA-4.1i/"
    assert "Employees may not" in page_text(client, there)
    milder = {**part_form(client, "LA-4.1i", "1-force"), "choice": "discouraged", "reason": "Breaks are short."}
    saved = client.post(f"{there}1-force/", milder)
    assert saved.headers["Location"] == there
    assert "The policy strongly advises employees not to" in page_text(client, there)
    # The reason is known by now: nobody writes it twice.
    fewer = part_form(client, "LA-4.1i", "1-who")
    assert fewer["reason"] == "Breaks are short."
    assert client.post(f"{there}1-who/", {**fewer, "choice": ["teacher"]}).status_code == 302
    text = page_text(client, there)
    assert "The policy strongly advises a teacher not to" in text
    assert "What the model says" in text and "Employees may not" in text


def test_each_part_offers_a_short_list_that_fits_what_it_is_about(cast: Cast) -> None:
    draft(cast)
    client = visits(cast.headteacher)
    page = main(client.get(f"{AT}1/clauses/LA-4.1iv/1-unless/").text)
    usual, _folded, rare = page.partition("<details")
    assert 0 < usual.count('type="checkbox"') < 40  # of 63: the rest is folded
    assert "Usual for this" in usual and "Any other" in rare
    assert client.get(f"{AT}1/clauses/LA-4.1iv/1-force/").text.count('type="radio"') == 5
    assert client.get(f"{AT}1/clauses/LA-4.1iv/1-what/").status_code == 404  # only a duty says what must be done
    assert client.get(f"{AT}1/clauses/LA-4.1iv/9-force/").status_code == 404


def test_whoever_changes_what_to_do_instead_reads_words_and_the_blank_stays(cast: Cast) -> None:
    draft(cast)
    client, part = visits(cast.headteacher), "1-instead"
    sent = part_form(client, "LA-4.1iv", part)
    assert sent["choice"] == "Use the school's own ways of reaching pupils and parents."
    typed = {**sent, "choice": f"{sent['choice']} Ask first.", "reason": "We ask."}
    assert client.post(f"{AT}1/clauses/LA-4.1iv/{part}/", typed).status_code == 302
    assert "{agreed_channel|the school's own ways of reaching pupils and parents}. Ask first." in str(
        source_of(Version.objects.get()).clause("LA-4.1iv").norms[0].instead
    )
    page = client.get(f"{AT}1/clauses/LA-4.1iv/1-force/").text
    assert "{" not in words(main(page))


def test_an_exception_of_several_parts_is_said_and_stays_where_the_others_are_changed(cast: Cast) -> None:
    draft(cast)
    client = visits(cast.headteacher)
    text = page_text(client, f"{AT}1/clauses/LA-5.6/1-unless/")
    assert "This part stays as it is: unless" in text and "family" in text


def test_a_meaning_can_be_taken_away_and_added(cast: Cast) -> None:
    draft(cast)
    client, there = visits(cast.headteacher), f"{AT}1/clauses/LA-4.1i/"
    before = policy_of(Version.objects.get()).clause("LA-4.1i").norms
    sent = {**part_form(client, "LA-4.1i", "1-remove"), "reason": "Not ours."}
    assert client.post(f"{there}1-remove/", sent).status_code == 302
    assert policy_of(Version.objects.get()).clause("LA-4.1i").norms == before[1:]
    edition = str(Version.objects.get().edition)
    new = {"edition": edition, "force": "caution", "act": ["browse"], "reason": "Not ours."}
    assert "Choose at least one." in client.post(f"{there}meaning/", {**new, "act": []}).text
    assert client.post(f"{there}meaning/", new).status_code == 302
    added = policy_of(Version.objects.get()).clause("LA-4.1i").norms[-1]
    assert (added.force.value, dict(added.when.values)["act"]) == ("caution", ("browse",))


def test_a_clause_of_ones_own_answers_once_it_has_a_meaning(cast: Cast) -> None:
    draft(cast)
    client = visits(cast.headteacher)
    sent = {
        "edition": "2",
        "text": "Staff do not livestream school events on a personal account.",
        "at": "Own rules",
        "choice": ["employees"],
        "reason": "Sports day.",
    }
    assert "Choose at least one." in client.post(f"{AT}1/clauses/add/", {**sent, "choice": []}).text
    assert client.post(f"{AT}1/clauses/add/", sent).headers["Location"] == f"{AT}1/clauses/OWN-1/"
    meaning = {"edition": "3", "force": "prohibited", "act": ["post_picture"], "reason": "Sports day."}
    assert client.post(f"{AT}1/clauses/OWN-1/meaning/", meaning).status_code == 302
    way = {**part_form(client, "OWN-1", "1-through"), "choice": ["personal_account"]}
    assert client.post(f"{AT}1/clauses/OWN-1/1-through/", way).status_code == 302
    clause = policy_of(Version.objects.get()).clause("OWN-1")
    assert (clause.force, clause.norms[0].force.value, clause.runs) == ("prohibited", "prohibited", ("rule",))


def test_two_who_edit_one_clause_lose_nothing(cast: Cast) -> None:
    draft(cast)
    hers, his = visits(cast.headteacher), visits(cast.clerk)
    first = {**part_form(hers, "LA-1", "text"), "text": "Hers.", "reason": "Hers is better."}
    second = {**part_form(his, "LA-1", "text"), "text": "His.", "reason": "His is better."}
    assert hers.post(f"{AT}1/clauses/LA-1/text/", first).status_code == 302
    met = his.post(f"{AT}1/clauses/LA-1/text/", second)
    assert met.status_code == 409
    text = words(main(met.text))
    assert "Somebody else changed this draft while you were writing." in text
    assert "Hers." in text and "His." in text and "His is better." in text
    edition = re.search(r'name="edition" value="(\d+)"', met.text)
    assert edition
    assert his.post(f"{AT}1/clauses/LA-1/text/", {**second, "edition": edition.group(1)}).status_code == 302
    assert policy_of(Version.objects.get()).clause("LA-1").text == "His."


def test_two_who_fill_in_particulars_see_each_others(cast: Cast) -> None:
    version = draft(cast)
    client = visits(cast.clerk)
    theirs = drafts.Particulars(TODAY, NEXT_YEAR, ask="the office")
    drafts.fill_particulars(acting(cast.headteacher), version, version.edition, theirs, now=NOW)
    typed = {"edition": str(version.edition), **day("in_force_from", TODAY), "ask": "the clerk"}
    met = client.post(f"{AT}1/particulars/", typed)
    assert met.status_code == 409
    text = words(main(met.text))
    assert "Theirs: the office" in text and "Yours: the clerk" in text


def test_switching_a_clause_off_shows_what_it_would_change_and_wants_a_reason(cast: Cast) -> None:
    draft(cast)
    client = visits(cast.headteacher)
    text = page_text(client, f"{AT}1/clauses/LA-4.1iv/off/")
    assert "Answers that change" in text
    assert "becomes" in text
    assert "Say why" in client.post(f"{AT}1/clauses/LA-4.1iv/off/", {"edition": "2"}).text
    assert client.post(f"{AT}1/clauses/LA-4.1iv/off/", {"edition": "2", "reason": "Ours differs."}).status_code == 302
    listed = page_text(client, f"{AT}1/clauses/")
    assert "Switched off" in listed and "Ours differs." in listed
    assert client.post(f"{AT}1/clauses/LA-4.1iv/restore/", {"edition": "3"}).status_code == 302
    assert not Version.objects.get().variations.exists()


def test_approval_asks_for_the_second_step_again_and_for_the_name(cast: Cast) -> None:
    submitted(cast, draft(cast))
    unproved = visits(cast.chair, second_factor=False).get(f"{AT}1/approve/")
    assert unproved.status_code == 302
    assert "/account/second-step" in unproved.headers["Location"]
    client = visits(cast.chair)
    wrong = client.post(f"{AT}1/approve/", {"decision": "approve", "typed_name": "Somebody Else"})
    assert "Type your name as it stands here: Cosmo Underhay." in wrong.text
    assert client.post(f"{AT}1/approve/", {"decision": "approve", "typed_name": "Cosmo Underhay"}).status_code == 302
    assert Version.objects.get().state == "approved"


def test_a_committee_may_be_asked_besides_the_chair(cast: Cast) -> None:
    draft(cast)
    client = visits(cast.headteacher)
    sent = {"chair": str(cast.chair.pk), "committee": [f"governor-{cast.governor.pk}"]}
    assert client.post(f"{AT}1/approvers/", sent).status_code == 302
    asked = Version.objects.get().approvals.values_list("person__given_name", "capacity")
    assert set(asked) == {("Cosmo", "chair"), ("Greta", "governor")}


def test_where_nobody_holds_the_role_it_says_what_to_do(cast: Cast) -> None:
    draft(cast)
    cast.chair.roles.update(ends_on=TODAY - DAY)
    assert "Nobody holds this role today. Add somebody first, under People." in page_text(
        visits(cast.headteacher), f"{AT}1/approvers/"
    )


def test_adopted_the_public_page_answers_from_the_schools_own_version(cast: Cast) -> None:
    version = draft(cast)
    head = acting(cast.headteacher)
    version = drafts.switch_clause_off(
        head, version, version.edition, drafts.SwitchOff("LA-4.1iv", "Ours differs."), now=NOW
    )
    adopted(cast, version)
    visitor = visits(None)
    asked = "who=teacher&act=connect&with=pupil&through=personal_account"
    ours = page_text(visitor, f"/oak-lane/answer/?{asked}")
    models = page_text(visitor, f"/lancashire/answer/?{asked}")
    assert "LA-4.1iv" in models and "LA-4.1iv" not in ours
    assert "Oak Lane Primary School" in visitor.get("/oak-lane/policy/").text
    assert "Oak Lane Primary School" in page_text(visitor, "/")
    assert visitor.get("/oak-lane/policy.pdf").content[:5] == b"%PDF-"


def test_before_anything_is_in_force_the_school_says_so(cast: Cast) -> None:
    draft(cast)
    assert "has no social media policy in force" in page_text(visits(None), "/oak-lane/", 404)


def test_changes_between_two_versions_are_shown_word_by_word_and_answer_by_answer(cast: Cast) -> None:
    adopted(cast)
    head = acting(cast.headteacher)
    version = filled(head, drafts.start_next_version(head, cast.school, now=NOW), first=TODAY + DAY)
    drafts.switch_clause_off(head, version, version.edition, drafts.SwitchOff("LA-4.1iv", "Ours differs."), now=NOW)
    client = visits(cast.governor)
    told = page_text(client, f"{AT}2/changes/?with=1")
    assert "4.9 Gone" in told
    assert "becomes" in told
    assert "No answer changes." in page_text(client, f"{AT}1/changes/?with=model")


@pytest.mark.parametrize(("name", "kind", "begins"), [("policy", "pdf", b"%PDF-"), ("handbook", "docx", b"PK")])
def test_documents_come_as_files(cast: Cast, name: str, kind: str, begins: bytes) -> None:
    adopted(cast)
    got = visits(cast.governor).get(f"{AT}1/{name}.{kind}")
    assert got.content.startswith(begins)
    assert got.headers["Content-Disposition"] == f'attachment; filename="{name}-oak-lane-1.{kind}"'
    assert visits(cast.governor).get(f"{AT}1/nothing.{kind}").status_code == 404


def test_a_clerk_at_review_time_is_told_and_records_the_review(cast: Cast) -> None:
    version = adopted(cast)
    Version.objects.filter(pk=version.pk).update(review_on=TODAY - DAY)
    client = visits(cast.clerk)
    assert "Review the policy" in page_text(client, "/my/") and "Overdue" in page_text(client, "/my/")
    sent = {
        **day("reviewed_on", TODAY),
        "reviewer": "The policy committee",
        "meeting": "Autumn term",
        "minute": "7/2",
        "law": "The guidance of September was read.",
        "model": "The model has not changed.",
    }
    wrong = client.post(f"{AT}1/review/", {**sent, **day("review_on", TODAY)})
    assert "The next review must lie in the future." in wrong.text
    assert client.post(f"{AT}1/review/", {**sent, **day("review_on", NEXT_YEAR)}).status_code == 302
    life = page_text(client, f"{AT}1/")
    assert "The policy committee Autumn term Minute 7/2" in life and "The guidance of September was read." in life
    assert "recorded that The policy committee reviewed version 1" in life
    assert "Review the policy" not in page_text(client, "/my/")


def test_a_trust_sees_how_its_schools_stand(cast: Cast) -> None:
    adopted(cast)
    client = visits(cast.executive)
    text = page_text(client, "/schools/harbour-trust/")
    assert "Oak Lane Primary School Version 1" in text
    assert "Mill Road Academy None" in text


def test_a_wrong_number_is_not_found(cast: Cast) -> None:
    adopted(cast)
    client = visits(cast.headteacher)
    for there in (f"{AT}7/", f"{AT}1/clauses/LA-99/", f"{AT}1/changes/?with=7"):
        assert client.get(there).status_code in (200, 404), there
    assert client.get(f"{AT}7/").status_code == 404


def test_what_changes_is_proposed_and_has_to_be_said_before_approval_is_asked(cast: Cast) -> None:
    adopted(cast)
    head, client = acting(cast.headteacher), visits(cast.headteacher)
    version = filled(head, drafts.start_next_version(head, cast.school, now=NOW), first=TODAY + DAY)
    assert "This looks like a correction" in page_text(client, f"{AT}2/description/")
    off = drafts.SwitchOff("LA-4.1iv", "Ours differs.")
    drafts.switch_clause_off(head, version, version.edition, off, now=NOW)
    assert "these clauses bind otherwise than before: 4.9" in page_text(client, f"{AT}2/description/")
    assert "Ask for approval Cannot start yet" in page_text(client, f"{AT}2/")
    refused = client.post(f"{AT}2/approvers/", {"chair": str(cast.chair.pk)})
    assert "Say first what changes" in refused.text
    sent = {"edition": "3", "change": "material", "summary": "Friends online may be pupils no more."}
    assert client.post(f"{AT}2/description/", sent).status_code == 302
    assert "Next: Ask for approval" in page_text(client, f"{AT}2/")


def test_who_is_covered_and_whom_to_ask_is_shown_where_it_changes(cast: Cast) -> None:
    adopted(cast)
    head, client = acting(cast.headteacher), visits(cast.headteacher)
    version = filled(head, drafts.start_next_version(head, cast.school, now=NOW), first=TODAY + DAY)
    particulars = drafts.Particulars(TODAY + DAY, NEXT_YEAR, ask="the school office")
    version = drafts.fill_particulars(head, version, version.edition, particulars, now=NOW)
    policy = policy_of(version)
    wider = rulebook.write_policy(replace(policy, covers=(*policy.covers, "volunteer")))
    Version.objects.filter(pk=version.pk).update(text=wider, fingerprint=rulebook.fingerprint(wider))
    differs = page_text(client, f"{AT}2/changes/?with=1")
    assert "Whom to ask the headteacher the school office" in differs
    assert "Whom the policy covers" in differs and "volunteer" in differs
    assert "It looks like a material change: it covers other people than before" in page_text(
        client, f"{AT}2/description/"
    )


def test_approvers_are_told_by_email_that_they_are_asked(cast: Cast) -> None:
    submitted(cast, draft(cast))
    work()
    [message] = mail.outbox
    assert message.to == [cast.chair.email]
    assert message.subject == "Approve the social media policy of Oak Lane Primary School"
    assert "You are asked to approve version 1" in message.body and "/my/" in message.body
    preparer = Version.objects.get().prepared_by
    assert f"Questions about it? Ask whoever prepared it: {preparer.name}, {preparer.email}." in message.body
    assert "Not sure whether this message is genuine?" in message.body


def test_whoever_is_not_asked_any_more_is_not_told(cast: Cast) -> None:
    version = submitted(cast, draft(cast))
    drafts.discard_version(acting(cast.headteacher), version, now=NOW)
    work()
    assert not mail.outbox


def test_a_task_list_says_how_far_a_version_is_and_what_comes_next(cast: Cast) -> None:
    adopted(cast)
    head, client = acting(cast.headteacher), visits(cast.headteacher)
    version = drafts.start_next_version(head, cast.school, now=NOW)
    text = page_text(client, f"{AT}2/")
    # Six steps: particulars, clauses, what changes, approval, adoption and signing. Only the clauses need nothing.
    assert "1 of 6 steps done" in text and "Next: Fill in the policy details" in text
    assert "Ask for approval Cannot start yet" in text
    version = filled(head, version, first=TODAY + DAY)
    off = drafts.SwitchOff("LA-4.1iv", "Ours differs.")
    version = drafts.switch_clause_off(head, version, version.edition, off, now=NOW)
    text = page_text(client, f"{AT}2/")
    assert "Next: Say what changes" in text and "1 switched off" in text
    assert "4.9 is switched off: Ours differs." in text
    described = drafts.Description("material", "Friends online may be pupils no more.")
    version = drafts.describe_change(head, version, version.edition, described, now=NOW)
    assert "3 of 6 steps done" in page_text(client, f"{AT}2/")
    submitted(cast, version)
    text = page_text(client, f"{AT}2/")
    assert "Cosmo Underhay Chair of governors" in text and "Waiting, " in text
    assert "Next:" not in text  # it is the chair who goes on


@pytest.mark.parametrize("summary", ["To do", " TBC. ", "…", "[to be confirmed]"])
def test_a_description_that_says_nothing_yet_is_not_sent_for_approval(cast: Cast, summary: str) -> None:
    adopted(cast)
    head, client = acting(cast.headteacher), visits(cast.headteacher)
    version = filled(head, drafts.start_next_version(head, cast.school, now=NOW), first=TODAY + DAY)
    described = drafts.Description("material", summary)
    drafts.describe_change(head, version, version.edition, described, now=NOW)
    refused = client.post(f"{AT}2/approvers/", {"chair": str(cast.chair.pk)})
    assert "Say first what changes" in refused.text
    assert "Next: Say what changes" in page_text(client, f"{AT}2/")


def test_an_approver_sees_what_changes_and_why_and_gets_an_answer_from_whoever_prepared_it(cast: Cast) -> None:
    adopted(cast)
    head = acting(cast.headteacher)
    version = filled(head, drafts.start_next_version(head, cast.school, now=NOW), first=TODAY + DAY)
    off = drafts.SwitchOff("LA-4.1iv", "Ours differs.")
    version = drafts.switch_clause_off(head, version, version.edition, off, now=NOW)
    consulted = drafts.ConsultationDetails("The staff union", TODAY, "No objection.")
    drafts.record_consultation(head, version, consulted, now=NOW)
    version.refresh_from_db()
    submitted(cast, version)
    chair, preparer = visits(cast.chair), visits(cast.headteacher)
    text = page_text(chair, f"{AT}2/approve/")
    assert "One clause reads otherwise." in text
    assert "Clauses that are gone 1 clause: 4.9" in text and "4.9 Switched off Ours differs." in text
    assert "The staff union" in text and "No objection." in text
    # The chair asks before deciding
    assert "This field is required" in chair.post(f"{AT}2/question/", {"text": " "}).text
    assert chair.post(f"{AT}2/question/", {"text": "Why is 4.9 gone?"}).status_code == 302
    work()
    assert mail.outbox[-1].to == [cast.headteacher.email]
    assert "has a question about it" in mail.outbox[-1].body and "4.9" not in mail.outbox[-1].body
    assert "Answer a question about version 2 of the policy" in page_text(preparer, "/my/")
    assert "Answer a question" not in page_text(visits(cast.clerk), "/my/")
    text = page_text(preparer, f"{AT}2/")
    assert "Why is 4.9 gone?" in text and "asked about version 2: Why is 4.9 gone?" in text
    answer = f"{AT}2/questions/{Version.objects.get(number=2).questions.get().pk}/"
    assert visits(cast.chair).get(answer).status_code == 403
    assert preparer.post(answer, {"answer": "Another clause says it."}).status_code == 302
    assert "Another clause says it." in page_text(chair, f"{AT}2/approve/")
    assert "Answer a question" not in page_text(preparer, "/my/")
    assert "has answered this question already" in preparer.post(answer, {"answer": "Once more."}).text
    work()
    assert mail.outbox[-1].to == [cast.chair.email]
    assert "is answered" in mail.outbox[-1].body


def test_where_whoever_prepared_it_has_left_the_others_answer(cast: Cast) -> None:
    version = draft(cast, by=cast.clerk)
    submitted(cast, version)
    questions.ask_preparer(acting(cast.chair), version, "Why?", now=NOW)
    assert "Answer a question" not in page_text(visits(cast.headteacher), "/my/")
    cast.clerk.roles.update(ends_on=TODAY - DAY)
    assert "Answer a question" in page_text(visits(cast.headteacher), "/my/")


def test_only_who_is_asked_to_approve_asks_questions(cast: Cast) -> None:
    submitted(cast, draft(cast))
    client = visits(cast.governor)
    assert client.post(f"{AT}1/question/", {"text": "Why?"}).headers["Location"] == f"{AT}1/"
    assert not Version.objects.get().questions.exists()


def test_chair_and_headteacher_are_told_that_a_version_is_approved(cast: Cast) -> None:
    approved(cast, draft(cast))
    work()
    told = [message for message in mail.outbox if message.subject.startswith("The social media policy is approved")]
    assert {message.to[0] for message in told} == {cast.chair.email, cast.headteacher.email}
    assert "Oak Lane Primary School" in told[0].subject
    assert "Record its adoption" in told[0].body


def test_a_version_that_is_not_yet_in_force_stands_beside_the_one_that_is(cast: Cast) -> None:
    adopted(cast)
    head = acting(cast.headteacher)
    version = filled(head, drafts.start_next_version(head, cast.school, now=NOW), first=TODAY + 10 * DAY)
    adopted(cast, version)
    text = page_text(visits(cast.headteacher), AT)
    assert "Version 1, in force since" in text and "0 of" in text
    assert "Version 2 is adopted and in force from" in text
    assert "people will be asked to sign, from" in text
    assert "What changes" in text


def test_changes_are_grouped_the_largest_effect_first_and_folded(cast: Cast) -> None:
    adopted(cast)
    head = acting(cast.headteacher)
    version = filled(head, drafts.start_next_version(head, cast.school, now=NOW), first=TODAY + DAY)
    for clause in ("LA-4.1i", "LA-4.1iv", "LA-1"):
        off = drafts.SwitchOff(clause, "Ours differs.")
        version = drafts.switch_clause_off(head, version, version.edition, off, now=NOW)
    page = main(visits(cast.governor).get(f"{AT}2/changes/?with=1").text)
    headings = [words(each) for each in re.findall(r"<summary.*?</summary>", page, re.S)]
    assert [each for each in headings if each.startswith("Clauses that are gone (3)")]
    milder = next(each for each in headings if each.startswith("Answers that become milder"))
    assert headings.index(milder) == 0  # nothing becomes stricter where clauses go
    back = main(visits(cast.governor).get(f"{AT}1/changes/?with=2").text)
    assert "Answers that become stricter" in back and "New clauses (3)" in words(back)


def test_a_review_shows_what_law_and_guidance_have_changed_since_adoption(cast: Cast) -> None:
    version = adopted(cast)
    # The Children's Wellbeing and Schools Act 2026 dates from 29 April 2026.
    Version.objects.filter(pk=version.pk).update(adopted_on="2026-04-01")
    text = page_text(visits(cast.clerk), f"{AT}1/review/")
    assert "What has changed since it was adopted on 1 April 2026" in text
    assert "Children's Wellbeing and Schools Act 2026 (Since 29 April 2026)" in text
    assert "It has not changed." in text and "begin the next version" in text
    Version.objects.filter(pk=version.pk).update(adopted_on=TODAY)
    assert "Proviso knows of no change." in page_text(visits(cast.clerk), f"{AT}1/review/")
