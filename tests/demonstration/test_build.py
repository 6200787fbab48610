"""The demonstration stands as it is said to: five policies, some signed, some overdue, one review date past."""

import pytest
from django.utils import timezone

from proviso.demonstration.build import build
from proviso.records.audit.services import verify
from proviso.records.people.models import Establishment
from proviso.records.policies.campaigns import open_at
from proviso.records.policies.models import Acknowledgement, Version
from proviso.records.policies.signatories import SigningStatus, signatories_of
from tests.clock import TODAY
from tests.records.tasks.test_action_needed import in_mail, on_pages

pytestmark = pytest.mark.django_db


def test_the_demonstration_shows_every_policy_and_every_standing() -> None:
    build(TODAY)
    schools = Establishment.objects.filter(kind="school")
    models = {school.versions.get(number=1).model for school in schools}
    assert models == {"asset-education", "ewloe-green", "king-david", "knowsley-central", "lancashire"}
    assert {establishment.kind for establishment in Establishment.objects.exclude(kind="school")} == {
        "trust",
        "authority",
    }
    for school in schools:
        assert 60 <= school.roles.values("person").distinct().count() <= 120
    standings: set[SigningStatus] = set()
    for place in Establishment.objects.all():
        campaign = open_at(place.pk, TODAY)
        if campaign:
            standings |= {signatory.standing for signatory in signatories_of(campaign, TODAY)}
    assert {SigningStatus.SIGNED, SigningStatus.OVERDUE, SigningStatus.WAITING, SigningStatus.DECLINED} <= standings
    assert Version.objects.filter(review_on__lt=TODAY, state="adopted").count() == 1
    assert Version.objects.filter(state="approval").count() == 1
    entries, broken = verify()
    assert broken is None and entries > 500
    for row in Acknowledgement.objects.select_related("campaign"):  # nobody signs before being asked, or after today
        assert row.campaign.opened_on <= timezone.localdate(row.at) <= TODAY
    # What stands on pages is what emails are made of, here too; building all of it twice would take too long.
    pages = on_pages(TODAY)
    assert pages == in_mail(TODAY)
    assert len(pages) > 50
