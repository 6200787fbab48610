"""What was said about names and pictures is only ever added to; the last word holds until its day."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.http import Http404

from proviso.records.imports import services as imports
from proviso.records.imports.kinds import kind_named
from proviso.records.people.actors import Public, Receipt
from proviso.records.people.change import Change, after
from proviso.records.people.models import Identifier
from proviso.records.people.permissions import Refused
from proviso.records.registers.models import Consent, RollEntry
from proviso.records.registers.selectors import consents as selectors
from proviso.records.registers.services import consents as services
from proviso.records.registers.services.consents import Said
from tests.cast import Cast
from tests.clock import NOW, TODAY
from tests.records.imports.runs import upload
from tests.records.policies.life import acting
from tests.work import work

PICTURE = ("website", "picture")
NAME = ("website", "name")


def say(cast: Cast, **standings: str) -> None:
    said = {("website", about): standing for about, standing in standings.items()}
    services.record(acting(cast.headteacher), cast.school, cast.pupil, Said(said, "M. Small", "paper"), now=NOW)


def roll(cast: Cast, purpose: str = "website", on: object = TODAY) -> dict[str, tuple[str, str]]:
    rows = selectors.roll_of(acting(cast.teacher, on), cast.school, purpose)  # type: ignore[arg-type]
    return {row.family: (row.name_consent, row.picture_consent) for row in rows}


def test_nobody_asked_is_nobody_consenting(cast: Cast) -> None:
    assert roll(cast)["Small"] == ("not_asked", "not_asked")


def test_the_last_word_holds_name_and_picture_apart_for_one_purpose(cast: Cast) -> None:
    say(cast, name="refused", picture="given")
    say(cast, name="given")
    assert roll(cast)["Small"] == ("given", "given")
    assert roll(cast, "press")["Small"] == ("not_asked", "not_asked")
    say(cast, picture="withdrawn")
    assert roll(cast)["Small"] == ("given", "withdrawn")
    assert Consent.objects.count() == 4


def test_what_was_given_until_a_day_is_not_asked_after_it(cast: Cast) -> None:
    until = TODAY + timedelta(days=10)
    said = Said({PICTURE: "given"}, "M. Small", "paper", until)
    services.record(acting(cast.headteacher), cast.school, cast.pupil, said, now=NOW)
    assert roll(cast, on=until)["Small"][1] == "given"
    assert roll(cast, on=until + timedelta(days=1))["Small"][1] == "not_asked"


def test_saying_the_same_again_adds_nothing(cast: Cast) -> None:
    say(cast, picture="given")
    say(cast, picture="given")
    assert Consent.objects.count() == 1


def test_nothing_that_was_said_can_be_changed(cast: Cast) -> None:
    say(cast, picture="refused")
    for sql in ("UPDATE registers_consent SET standing = 'given'", "DELETE FROM registers_consent"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)


def test_a_consent_keeps_the_words_under_which_it_was_said(cast: Cast) -> None:
    first = services.write_wording(acting(cast.headteacher), cast.school, "May we?", now=NOW)
    say(cast, picture="given")
    services.write_wording(acting(cast.headteacher), cast.school, "May we still?", now=NOW)
    assert Consent.objects.get().wording == first


def test_a_teacher_sees_and_does_not_record(cast: Cast) -> None:
    said = Said({PICTURE: "given"}, "M. Small", "paper")
    with pytest.raises(Refused):
        services.record(acting(cast.teacher), cast.school, cast.pupil, said, now=NOW)
    with pytest.raises(Http404):
        selectors.roll_of(acting(cast.outsider), cast.school, "website")


def test_an_unknown_purpose_is_refused_by_name(cast: Cast) -> None:
    said = Said({("billboard", "picture"): "given"}, "M. Small", "paper")
    with pytest.raises(ValidationError, match="billboard"):
        services.record(acting(cast.headteacher), cast.school, cast.pupil, said, now=NOW)


def test_staff_say_it_of_themselves(cast: Cast) -> None:
    services.record_own(acting(cast.teacher), cast.school, {PICTURE: "refused"}, now=NOW)
    consent = Consent.objects.get()
    assert (consent.person, consent.by, consent.standing) == (cast.teacher, "Tobias Wrenfield", "refused")


def test_a_parent_withdraws_by_the_private_link_and_other_rooms_hear_of_it(cast: Cast) -> None:
    heard: list[int] = []

    @after("consent.withdrawn_by_link")
    def listen(changed: Change[Any]) -> None:
        heard.extend(row.person_id for row in changed.added if isinstance(row, Consent))

    say(cast, picture="given")
    made = services.give_link(acting(cast.headteacher), cast.school, cast.pupil, now=NOW)
    link = selectors.link_by_secret(Public(TODAY), made.secret)
    receipt = Receipt(link.secret_hash, TODAY)
    services.withdraw_by_link(receipt, link, "website", "picture", now=NOW)
    assert heard == [cast.pupil.pk]
    assert roll(cast)["Small"][1] == "withdrawn"
    with pytest.raises(ValidationError, match="nothing to withdraw"):
        services.withdraw_by_link(receipt, link, "website", "picture", now=NOW)


def test_a_link_is_opened_by_its_own_code_and_ends_when_another_is_made(cast: Cast) -> None:
    first = services.give_link(acting(cast.headteacher), cast.school, cast.pupil, now=NOW)
    assert selectors.is_code_of(Public(TODAY), first.link, first.secret, f" {first.code.lower()} ")
    assert not selectors.is_code_of(Public(TODAY), first.link, first.secret, "AAAAAAAA")
    services.give_link(acting(cast.headteacher), cast.school, cast.pupil, now=NOW)
    with pytest.raises(Http404):
        selectors.link_by_secret(Public(TODAY), first.secret)
    with pytest.raises(Http404):
        services.withdraw_by_link(Receipt("0" * 64, TODAY), first.link, "website", "picture", now=NOW)


def test_the_register_is_narrowed_by_class_and_standing(cast: Cast) -> None:
    say(cast, picture="refused")
    services.set_roll_entry(acting(cast.headteacher), cast.school, cast.pupil, {"class_name": "4B"}, now=NOW)
    actor = acting(cast.teacher)
    assert list(selectors.register_of(actor, cast.school, class_name="4B")) == [cast.pupil]
    refused = selectors.register_of(actor, cast.school, asked=("website", "picture", "refused"))
    assert list(refused) == [cast.pupil]
    asked = selectors.register_of(actor, cast.school, asked=("website", "picture", "not_asked"))
    assert cast.pupil not in asked
    assert cast.teacher in asked


def test_a_table_of_consents_is_imported(cast: Cast) -> None:
    Identifier.objects.create(establishment=cast.school, person=cast.pupil, source_id="P1")
    table = (
        "Identifier,Purpose,Name,Picture,Said by,Until,Class,Known as\n"
        "P1,website,yes,no,M. Small,,4B,Perdy\n"
        "P1,press,perhaps,,M. Small,,,\n"
        "P9,website,yes,yes,M. Small,,,\n"
    )
    actor = acting(cast.headteacher)
    file = upload(table, "consents.csv")
    run = imports.start(actor, cast.school, kind_named("consents"), file, replace=False, now=NOW)
    assert [fault["what"] for fault in run.faults] == [
        "“perhaps” is not an answer.",
        "Nobody here has the identifier P9.",
    ]
    assert imports.confirm(actor, run, now=NOW)
    work()
    assert roll(cast)["Small"] == ("given", "refused")
    entry = RollEntry.objects.get(person=cast.pupil)
    assert (entry.known_as, entry.class_name) == ("Perdy", "4B")
