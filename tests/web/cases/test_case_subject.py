"""Whom a case is about: every page and file of theirs is the same, byte for byte, with and without it."""

import pytest
from django.core.cache import cache

from proviso.records.cases.models import Case
from proviso.records.cases.selectors.cases import read_case
from proviso.records.cases.services import letters
from proviso.records.cases.services.letters import LetterGiven
from proviso.records.cases.services.notes import write_note
from proviso.records.cases.services.opening import PartyGiven
from proviso.records.people.selectors import log_of
from proviso.records.tasks.services.calendars import renew_address
from tests.cast import Cast, visits
from tests.clock import NOW
from tests.records.cases.casework import opened
from tests.records.policies.life import acting, adopted
from tests.routes import ROUTES
from tests.web.concerns.test_subject import LEFT_OUT, seen


def places(cast: Cast, case: Case | None) -> list[str]:
    """Return every address that there may be, those of a case among them."""
    given: dict[str, object] = {"slug": "oak-lane", "policy": "oak-lane", "pk": 1, "number": 1, "kind": "people"}
    given |= {"reference": case.reference if case else "C-AAAAAA", "form": "pdf", "language": "en-gb"}
    return [route.address(**given) for route in ROUTES if not route.name.startswith(LEFT_OUT)]


@pytest.mark.django_db
def test_every_page_of_a_headteacher_is_the_same_with_and_without_a_case_about_them(cast: Cast) -> None:
    cache.clear()
    adopted(cast)
    feed = f"/calendar/{renew_address(acting(cast.headteacher), now=NOW)}.ics"
    browser, log = visits(cast.headteacher), "/schools/oak-lane/log/"
    before = seen(browser, [*places(cast, None), feed])
    case = opened(cast, "allegation", by=cast.chair, about=(PartyGiven("subject", cast.headteacher),))
    chair = acting(cast.chair)
    write_note(chair, case, "Rang the designated officer.", now=NOW)
    given = LetterGiven("referral", "en-gb", "The designated officer", "Referral", "Please ring me.")
    letters.ask_approval(chair, letters.write_letter(chair, case, given, now=NOW), cast.dsl, now=NOW)
    read_case(chair, cast.school, case.reference, now=NOW)
    after = seen(browser, [*places(cast, None), feed])
    # The log also tells what the reader did on the way: of the case it holds nothing.
    changed = [place for place in before if before[place] != after[place] and not place.startswith(log)]
    assert changed == []
    assert len(before) > 100
    assert case.reference.encode() not in after[log][1]
    assert not log_of(acting(cast.headteacher), cast.school).filter(about=f"case:{case.pk}").exists()
    assert log_of(chair, cast.school).filter(about=f"case:{case.pk}").count() > 3
    own = seen(browser, [place for place in places(cast, case) if case.reference in place])
    assert {status for status, _body in own.values()} == {404}
