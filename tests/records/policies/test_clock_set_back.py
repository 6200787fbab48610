"""A clock that was set back changes nothing of what was said last."""

from datetime import timedelta

import pytest

from proviso.records.policies.models import Campaign
from proviso.records.policies.selectors.acknowledgements import latest_of
from proviso.records.policies.services import acknowledgements
from proviso.records.policies.services.acknowledgements import Said
from proviso.records.policies.services.errors import NotPossible
from tests.cast import Cast
from tests.records.policies.life import NOW, acting, adopted

EARLIER = NOW - timedelta(hours=2)


def test_a_signature_after_a_refusal_stands_though_the_clock_was_set_back(cast: Cast) -> None:
    version, campaign = adopted(cast), Campaign.objects.get()
    refusal = Said("declined", version.fingerprint, reason="I want to talk to my union first.")
    signature = Said("signed", version.fingerprint, "Tobias Wrenfield", "I have read it.")
    acknowledgements.acknowledge_version(acting(cast.teacher), campaign, refusal, now=NOW)
    acknowledgements.acknowledge_version(acting(cast.teacher, proved=EARLIER), campaign, signature, now=EARLIER)
    assert latest_of(campaign=campaign)[campaign.pk, cast.teacher.pk].kind == "signed"
    with pytest.raises(NotPossible, match="signed this already"):
        acknowledgements.acknowledge_version(acting(cast.teacher), campaign, signature, now=NOW)
