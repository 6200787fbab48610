"""What is waiting, what is waited for, how schools stand, and the way of a new installation to its first signature."""

from datetime import timedelta

import pytest
from django.test import Client

from proviso.records.people.models import Establishment, Role
from proviso.records.policies.models import Version
from tests.cast import Cast, visits
from tests.clock import NOW, TODAY
from tests.records.policies.life import adopted, draft, submitted
from tests.web.pages import link, main, words


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return main(answer.text)


def test_whoever_prepared_a_version_sees_whose_approval_it_waits_for(cast: Cast) -> None:
    submitted(cast, draft(cast))
    html = page(visits(cast.clerk), "/my/")
    assert "What you are waiting for" in words(html)
    assert link(html, "Cosmo Underhay (Chair of governors) to approve version 1 of the policy") == (
        "/schools/oak-lane/policy/1/"
    )


def test_nobody_waits_for_their_own_approval_nor_hears_of_it_without_a_part_in_it(cast: Cast) -> None:
    submitted(cast, draft(cast))
    assert "Hester Quillmore" not in words(page(visits(cast.headteacher), "/my/"))
    assert "What you are waiting for" not in words(page(visits(cast.teacher), "/my/"))


def test_leaders_wait_for_those_who_have_still_to_sign(cast: Cast) -> None:
    adopted(cast)
    html = page(visits(cast.headteacher), "/my/")
    assert link(html, "8 people have still to sign") == "/schools/oak-lane/signing/people/?standing=waiting"
    assert "How Oak Lane Primary School stands Signed 0 of 8" in words(html)
    assert link(html, "0 of 8") == "/schools/oak-lane/signing/"


def test_a_teacher_sees_how_the_school_stands_and_no_figures(cast: Cast) -> None:
    adopted(cast)
    text = words(page(visits(cast.teacher), "/my/"))
    assert "Your school Oak Lane Primary School Version 1, in force since" in text
    assert "of 8" not in text and "How Oak Lane" not in text


@pytest.mark.parametrize("who", ["dsl", "chair", "clerk", "headteacher"])
def test_whoever_leads_or_governs_sees_on_one_page_how_the_school_stands(cast: Cast, who: str) -> None:
    version = adopted(cast)
    Version.objects.filter(pk=version.pk).update(review_on=TODAY - timedelta(days=40))
    for address in ("/my/", "/schools/oak-lane/"):
        text = words(page(visits(getattr(cast, who)), address))
        assert "How Oak Lane Primary School stands Signed 0 of 8" in text
        assert "Review long overdue" in text
        assert "Who has still to sign, by role" in text and "Headteacher 0 of 1" in text


def test_an_executive_sees_how_many_schools_are_late_and_signing_one_touch_further(cast: Cast) -> None:
    adopted(cast)
    html = page(visits(cast.executive), "/my/")
    assert link(html, "1 late") == "/schools/harbour-trust/"


def test_a_task_names_the_clause_behind_it_by_its_number_in_the_policy(cast: Cast) -> None:
    adopted(cast)
    html = page(visits(cast.headteacher), "/my/")
    assert "Clause " in words(html) and "LA-" not in words(html)


def test_an_executive_hears_of_schools_without_a_policy_or_a_review_in_time(cast: Cast) -> None:
    adopted(cast)
    Version.objects.filter(establishment=cast.school).update(review_on=TODAY - timedelta(days=1))
    html = page(visits(cast.executive), "/my/")
    assert link(html, "Oak Lane Primary School has not reviewed its policy in time") == "/schools/oak-lane/"
    assert link(html, "Mill Road Academy has no policy in force") == "/schools/mill-road/"
    assert "has no policy in force" not in words(page(visits(cast.headteacher), "/my/"))


def test_a_trust_sees_how_far_signing_has_come_in_each_school_the_late_ones_first(cast: Cast) -> None:
    adopted(cast)
    text = words(page(visits(cast.executive), "/schools/harbour-trust/"))
    assert "0 of 8" in text
    assert text.index("Mill Road Academy") < text.index("Oak Lane Primary School")  # the first has no policy


def test_a_trust_counts_who_has_signed_and_who_is_late_by_each_persons_own_day(cast: Cast) -> None:
    version = adopted(cast)
    campaign = version.campaigns.get()
    campaign.acknowledgements.create(
        version=version, person=cast.teacher, kind="signed", at=NOW, fingerprint="e", recorded_by=cast.teacher
    )
    version.campaigns.update(opened_on=TODAY - timedelta(days=30), due_on=TODAY - timedelta(days=1))
    # The seven others are late, but for the headteacher, who has just begun.
    Role.objects.filter(person=cast.headteacher, establishment=cast.school).update(starts_on=TODAY)
    text = words(page(visits(cast.executive), "/schools/harbour-trust/"))
    assert "1 of 8 6 overdue" in text


def test_a_new_installation_leads_its_administrator_from_step_to_step(cast: Cast) -> None:
    new = Establishment.objects.create(slug="new-place", name="New Place School", kind="school", nation="England")
    Role.objects.create(person=cast.outsider, establishment=new, kind="administrator", starts_on=TODAY)
    Role.objects.filter(person=cast.outsider).exclude(establishment=new).delete()
    html = page(visits(cast.outsider), "/my/")
    text = words(html)
    assert "Setting up New Place School 0 of 8 steps to the first signature are done." in text
    assert "There is nothing you need to do" not in text
    assert link(html, "Say where it is: town and postcode") == "/schools/new-place/settings/"
    assert link(html, "Enter the headteacher") == "/schools/new-place/people/add/"
    assert "The headteacher, a deputy, the clerk or an executive does this." in text
    Establishment.objects.filter(pk=new.pk).update(town="Tinwell")
    Role.objects.create(person=cast.teacher, establishment=new, kind="headteacher", starts_on=TODAY)
    assert "2 of 8 steps" in words(page(visits(cast.outsider), "/schools/new-place/"))


def test_the_checklist_is_gone_with_the_first_signature(cast: Cast) -> None:
    version = adopted(cast)
    assert "Setting up Oak Lane" in words(page(visits(cast.headteacher), "/schools/oak-lane/"))
    campaign = version.campaigns.get()
    campaign.acknowledgements.create(
        version=version, person=cast.teacher, kind="signed", at=NOW, fingerprint="e", recorded_by=cast.teacher
    )
    assert "Setting up" not in words(page(visits(cast.headteacher), "/schools/oak-lane/"))
