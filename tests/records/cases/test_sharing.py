"""Sharing a concern: what is kept and how, who reads it, and what passes between its sharer and whoever handles it."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from proviso.records.audit.models import Entry
from proviso.records.cases.models import Concern, ConcernDraft
from proviso.records.cases.receipts import ALPHABET, code_for, digest_of, new_token
from proviso.records.cases.selectors import concerns
from proviso.records.cases.services import drafts, handling
from proviso.records.cases.services.sharing import share_concern
from proviso.records.people.actors import Public, Receipt
from proviso.records.people.change import NotPossible
from proviso.records.people.models import Role
from proviso.records.people.permissions import Hidden
from proviso.records.people.selectors import log_of
from proviso.records.tasks.action_needed import awaited_by, needs_of, scope_of
from tests.cast import Cast
from tests.clock import NOW, TODAY
from tests.records.cases.shares import TEXT, about_adult, handlers, shared, told
from tests.records.policies.life import acting

ANYBODY = Public(TODAY)


def receipt(code: str) -> Receipt:
    return Receipt(digest_of(code), TODAY)


def test_a_code_has_more_than_eighty_bits_and_no_letters_that_look_alike() -> None:
    code = code_for(new_token())
    assert len(ALPHABET) ** len(code.replace("-", "")) > 2**80
    assert not set(code) & set("0O1ILU")
    assert [len(group) for group in code.split("-")] == [4, 4, 4, 4, 4]


def test_a_code_is_read_however_it_is_copied() -> None:
    code = code_for(new_token())
    assert digest_of(f" {code.lower().replace('-', ' ')} ") == digest_of(code) != ""
    assert digest_of(code[:-1]) == digest_of("") == digest_of("é" * 20) == ""


def test_no_text_and_no_code_lies_in_the_database_as_it_was_written(cast: Cast) -> None:
    done = shared(cast, told(name="Wilma Rowan", contact="01632 960199", particulars=(("Where?", "On Snapchat"),)))
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM cases_concern")
        stored = repr([bytes(each) if isinstance(each, memoryview) else each for each in cursor.fetchone()])
    for secret in (TEXT, "Wilma", "960199", "Snapchat", done.code, done.code.replace("-", "")):
        assert secret not in stored
    words = concerns.words_of(acting(cast.dsl), done.concern)
    assert (words.text, words.sharer, words.contact) == (TEXT, "Wilma Rowan", "01632 960199")
    assert words.particulars == (("Where?", "On Snapchat"),)


def test_the_same_form_sent_twice_shares_one_concern_with_one_receipt(cast: Cast) -> None:
    token = new_token()
    first = share_concern(ANYBODY, cast.school, told(), token=token, now=NOW)
    second = share_concern(ANYBODY, cast.school, told(), token=token, now=NOW)
    assert first == second and Concern.objects.count() == 1


def test_a_receipt_opens_its_concern_and_no_other_and_none_of_another_school(cast: Cast) -> None:
    one, other = shared(cast, told()), shared(cast, told(text="Something else."))
    assert concerns.concern_of_receipt(receipt(one.code), cast.school) == one.concern
    with pytest.raises(Hidden):
        concerns.concern_of_receipt(receipt(one.code), cast.sister)
    with pytest.raises(Hidden):
        concerns.messages_of(receipt(one.code), other.concern)
    with pytest.raises(Hidden):
        concerns.words_of(receipt(one.code), one.concern)
    with pytest.raises(Hidden):
        concerns.concern_of_receipt(receipt(""), cast.school)


def test_words_go_to_and_fro_until_it_is_closed_with_reasons(cast: Cast) -> None:
    done, lead = shared(cast, told()), acting(cast.dsl)
    holder = receipt(done.code)
    handling.acknowledge_concern(lead, done.concern, TODAY + timedelta(days=5), "Thank you.", now=NOW)
    handling.write_as_sharer(holder, done.concern, "It happened again.", now=NOW)
    assert "Somebody has added to a concern" in {str(need.what) for need in needs_of(scope_of(lead))}
    handling.read_concern(lead, done.concern, now=NOW)
    assert "Somebody has added to a concern" not in {str(need.what) for need in needs_of(scope_of(lead))}
    handling.close_concern(lead, done.concern, "We spoke to the family.", now=NOW)
    concern = concerns.concern_of_receipt(holder, cast.school)
    assert [each.text for each in concerns.messages_of(holder, concern)] == ["Thank you.", "It happened again."]
    assert (concern.state, concerns.closing_reasons_of(holder, concern)) == ("closed", "We spoke to the family.")
    with pytest.raises(NotPossible):
        handling.write_as_sharer(holder, concern, "And again.", now=NOW)


def test_a_concern_closes_only_with_reasons(cast: Cast) -> None:
    concern = shared(cast, told()).concern
    with pytest.raises(ValidationError, match="Say why"):
        handling.close_concern(acting(cast.dsl), concern, "  ", now=NOW)
    concern.refresh_from_db()
    assert concern.state == "shared"


def test_whoever_shared_by_name_follows_it_and_handles_nothing(cast: Cast) -> None:
    concern = shared(cast, told(sharer_kind="staff"), by=cast.teacher).concern
    me = acting(cast.teacher)
    assert [*concerns.shared_by(me)] == [concern]
    assert [str(each.what) for each in awaited_by(scope_of(me))] == ["An answer to what you shared"]
    for refused in (
        lambda: concerns.words_of(me, concern),
        lambda: handling.read_concern(me, concern, now=NOW),
        lambda: handling.close_concern(me, concern, "No.", now=NOW),
    ):
        with pytest.raises(Hidden):
            refused()


@pytest.mark.parametrize(
    "text",
    [
        "Look: https://pics.example/a/b?c=1 it is awful",
        "Look: data:image/png;base64,iVBORw0KGgo= it is awful",
        "Look: www.pics.example it is awful",
        "Look: pics.example/secret it is awful",
        "Look: " + "iVBORw0KGgoAAAANSUhEUgAA" * 10 + " it is awful",
    ],
)
def test_no_address_and_no_pasted_picture_comes_into_what_is_about_a_sexual_image(cast: Cast, text: str) -> None:
    concern = shared(cast, told(kind="sexual_image", text=text, particulars=(("Where?", text),))).concern
    words = concerns.words_of(acting(cast.dsl), concern)
    assert words.text == "Look: […] it is awful" == words.particulars[0][1]
    assert concern.has_removed_links
    handling.write_to_sharer(acting(cast.dsl), concern, text, now=NOW)
    assert [each.text for each in concerns.messages_of(acting(cast.dsl), concern)] == ["Look: […] it is awful"]


def test_elsewhere_an_address_stays_and_an_email_address_everywhere(cast: Cast) -> None:
    words = "It is at https://posts.example/1"
    assert concerns.words_of(acting(cast.dsl), shared(cast, told(text=words)).concern).text == words
    image = shared(cast, told(kind="sexual_image", text="Write to wilma@rowan.example please")).concern
    assert concerns.words_of(acting(cast.dsl), image).text == "Write to wilma@rowan.example please"


def test_an_administrator_and_the_rest_of_the_staff_see_none(cast: Cast) -> None:
    concern = shared(cast, about_adult()).concern
    for person in (cast.administrator, cast.dsl, cast.deputy, cast.teacher, cast.governor, cast.executive):
        with pytest.raises(Hidden):
            concerns.concern_for(acting(person), cast.school, concern.pk)
        with pytest.raises(Hidden):
            handling.read_concern(acting(person), concern, now=NOW)
        assert "concern" not in {need.kind for need in needs_of(scope_of(acting(person)))}


def test_the_log_tells_of_a_concern_only_those_who_handle_it(cast: Cast) -> None:
    concern = shared(cast, about_adult(about_role="headteacher"), by=cast.teacher).concern
    handling.read_concern(acting(cast.chair), concern, now=NOW)
    kinds = {entry.action for entry in Entry.objects.filter(about=f"concern:{concern.pk}")}
    assert kinds == {"concern.shared", "concern.read"}
    assert [*log_of(acting(cast.headteacher), cast.school)] == []
    assert [*log_of(acting(cast.administrator), cast.school)] == []
    assert len(log_of(acting(cast.chair), cast.school)) == 2


def test_what_is_not_shared_yet_opens_with_its_code_alone_and_goes_after_two_weeks(cast: Cast) -> None:
    token = new_token()
    code = drafts.save_draft(ANYBODY, cast.school, {"happened": TEXT}, token=token, now=NOW)
    assert concerns.draft_of(ANYBODY, cast.school, code) == {"happened": TEXT}
    assert concerns.draft_of(ANYBODY, cast.school, code_for(new_token(), "draft")) == {}
    assert concerns.draft_of(ANYBODY, cast.sister, code) == {}
    assert TEXT not in repr(bytes(ConcernDraft.objects.get().content))
    assert drafts.forget_drafts(now=NOW + timedelta(days=13)) == 0
    assert drafts.forget_drafts(now=NOW + timedelta(days=15)) == 1
    assert not ConcernDraft.objects.exists() and not Entry.objects.exists()


def test_somebody_signed_in_comes_back_to_what_they_began(cast: Cast) -> None:
    me = acting(cast.teacher)
    assert drafts.save_draft(me, cast.school, {"happened": "One."}, token=new_token(), now=NOW) == ""
    drafts.save_draft(me, cast.school, {"happened": "Two."}, token=new_token(), now=NOW)
    assert concerns.draft_of(me, cast.school) == {"happened": "Two."}
    assert concerns.draft_of(acting(cast.support), cast.school) == {}


def test_a_concern_of_somebody_who_left_goes_to_the_next(cast: Cast) -> None:
    concern = shared(cast, told()).concern
    Role.objects.filter(person=cast.dsl).update(ends_on=TODAY - timedelta(days=1))
    assert handling.hand_on(now=NOW) == 1
    assert handlers(concern) == {"Dunstan"}
