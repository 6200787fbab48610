"""The set to measure with: as large as was asked for, whole, and the log over it holds."""

from datetime import date

import pytest

from proviso.demonstration import scale
from proviso.records.audit.services import verify
from proviso.records.people.models import Establishment, Person
from proviso.records.policies.campaigns import open_in
from proviso.records.policies.models import Acknowledgement, Version
from proviso.records.policies.signatories import SigningStatus, signatories_of
from proviso.records.tasks.models import Task
from tests.cast import Cast

ON = date(2026, 11, 23)


def test_it_has_the_schools_and_people_that_were_asked_for(db: None) -> None:
    scale.populate(scale.Size(7, 203), ON)
    assert Establishment.objects.filter(kind="school", parent__kind="authority").count() == 7
    assert Person.objects.count() == 203
    assert Version.objects.in_force(ON).count() == 8
    assert Version.objects.values("text").distinct().count() == 8
    assert Task.objects.filter(done_at=None).exists() and Task.objects.exclude(done_at=None).exists()
    held, broken = verify()
    assert broken is None
    assert held > Acknowledgement.objects.count() > 0


def test_about_six_in_ten_have_signed(db: None) -> None:
    scale.populate(scale.Size(2, 220), ON)
    establishment = Establishment.objects.filter(kind="school")[0]
    [campaign] = open_in([establishment.pk], ON)
    asked = signatories_of(campaign, ON)
    signed = sum(signatory.standing is SigningStatus.SIGNED for signatory in asked)
    assert 0.55 < signed / len(asked) < 0.65


@pytest.mark.parametrize(
    ("size", "why"),
    [((0, 100), "0 schools"), ((10_000, 1_000_000), "10000 schools"), ((10, 100), "100 people are too few")],
)
def test_what_cannot_be_built_is_refused(db: None, size: tuple[int, int], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        scale.populate(scale.Size(*size), ON)
    assert not Establishment.objects.exists()


def test_it_is_not_built_twice(cast: Cast) -> None:
    scale.populate(scale.Size(1, 60), ON)
    with pytest.raises(ValueError, match="is there already"):
        scale.populate(scale.Size(1, 60), ON)
