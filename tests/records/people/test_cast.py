"""The cast itself, and that it stands in the database that was asked for."""

import os

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from proviso.records.audit.models import Entry
from proviso.records.audit.services import Act, record
from tests import databases
from tests.cast import Cast, visits


def test_the_suite_runs_on_the_database_that_was_asked_for(cast: Cast) -> None:
    asked = "postgresql" if databases.CLUSTER in os.environ else "sqlite"
    assert connection.vendor == asked


def test_whoever_signed_in_sees_their_own_name_and_a_visitor_none(cast: Cast) -> None:
    assert "Tobias Wrenfield" in visits(cast.teacher).get("/account/").text
    assert visits(None).get("/account/").status_code == 302


@pytest.mark.parametrize("verb", ["update", "delete"])
def test_the_database_refuses_to_rewrite_the_log(cast: Cast, verb: str) -> None:
    with transaction.atomic():
        record(cast.teacher, Act("person.signed_in"), now=timezone.now())
    everything = Entry.objects.all()
    with pytest.raises(IntegrityError), transaction.atomic():
        everything.update(action="nothing") if verb == "update" else everything.delete()
    assert Entry.objects.get().action == "person.signed_in"
