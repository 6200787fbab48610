"""Who is away, and when nobody works, as their users enter it."""

from datetime import date, timedelta

from django.test import Client

from proviso.records.audit.models import Entry
from proviso.records.tasks.models import Absence, SchoolHoliday
from tests.cast import Cast, visits
from tests.clock import TODAY
from tests.records.policies.life import adopted, draft
from tests.web.pages import main, words

AT = "/schools/oak-lane/"
DAY = timedelta(days=1)


def seen(client: Client, address: str) -> str:
    page = client.get(address, follow=True)
    assert page.status_code == 200
    return words(main(page.text))


def sent(first: date, last: date, deputy: object) -> dict[str, object]:
    boxes = {"starts_on": first, "ends_on": last}
    dates = {f"{name}_{part}": getattr(day, part) for name, day in boxes.items() for part in ("day", "month", "year")}
    return {**dates, "deputy": deputy}


def test_everybody_enters_their_own_absence(cast: Cast) -> None:
    client, there = visits(cast.teacher), f"{AT}people/{cast.teacher.pk}/absence/"
    assert "When are you away?" in seen(client, there)
    refused = client.post(there, sent(TODAY, TODAY - DAY, cast.support.pk))
    assert refused.status_code == 400 and "The last day must not come before the first." in refused.text
    assert client.post(there, sent(TODAY, TODAY + DAY, cast.support.pk)).status_code == 302
    account = seen(client, "/account/")
    assert "Sorrel Haybrook stands in" in account and "Oak Lane Primary School" in account
    assert client.post(there, sent(TODAY + DAY, TODAY + 3 * DAY, cast.dsl.pk)).status_code == 400  # these days twice
    [entry] = Entry.objects.filter(action="absence.recorded")
    assert entry.sentence.startswith("entered that Tobias Wrenfield is away from ")


def test_a_headteacher_enters_changes_and_ends_it_for_others(cast: Cast) -> None:
    client, there = visits(cast.headteacher), f"{AT}people/{cast.teacher.pk}/absence/"
    assert "When is Tobias Wrenfield away?" in seen(client, there)
    gone = client.post(there, sent(TODAY, TODAY + DAY, cast.support.pk))
    assert gone.headers["Location"] == f"{AT}people/{cast.teacher.pk}/"
    assert "Sorrel Haybrook stands in" in seen(client, gone.headers["Location"])
    pk = Absence.objects.get().pk
    assert client.post(f"{AT}absences/{pk}/", sent(TODAY, TODAY + 9 * DAY, cast.dsl.pk)).status_code == 302
    assert Absence.objects.get().deputy == cast.dsl
    assert client.post(f"{AT}absences/{pk}/end/").status_code == 302
    assert not Absence.objects.exists()
    actions = [entry.action for entry in Entry.objects.filter(action__startswith="absence").order_by("number")]
    assert actions == ["absence.recorded", "absence.changed", "absence.ended"]


def test_nobody_stands_in_who_does_not_work_there(cast: Cast) -> None:
    client, there = visits(cast.teacher), f"{AT}people/{cast.teacher.pk}/absence/"
    for deputy in (cast.teacher, cast.outsider, cast.pupil, cast.leaver):
        assert client.post(there, sent(TODAY, TODAY, deputy.pk)).status_code == 400
    assert not Absence.objects.exists()


def test_an_absence_of_another_school_does_not_exist_here(cast: Cast) -> None:
    absence = Absence.objects.create(
        person=cast.teacher, establishment=cast.school, starts_on=TODAY, ends_on=TODAY, deputy=cast.support
    )
    for who, slug in ((cast.outsider, "ysgol-y-bryn"), (cast.sister_head, "mill-road")):
        assert visits(who).get(f"/schools/{slug}/absences/{absence.pk}/").status_code == 404
        assert visits(who).get(f"/schools/{slug}/people/{cast.teacher.pk}/absence/").status_code == 404


def test_the_page_of_who_stands_in_says_for_whom(cast: Cast) -> None:
    adopted(cast, draft(cast, "king-david"))
    Absence.objects.create(
        person=cast.teacher, establishment=cast.school, starts_on=TODAY, ends_on=TODAY, deputy=cast.governor
    )
    assert "for Tobias Wrenfield, who is away" in seen(visits(cast.governor), "/my/")
    assert "who is away" not in seen(visits(cast.chair), "/my/")


def test_holidays_are_listed_added_and_removed(cast: Cast) -> None:
    client = visits(cast.headteacher)
    assert "only weekends and bank holidays are left out" in seen(client, f"{AT}holidays/")
    summer = {"name": "Summer", **sent(date(2027, 7, 22), date(2027, 9, 1), "")}
    assert client.post(f"{AT}holidays/add/", summer).status_code == 302
    assert client.post(f"{AT}holidays/add/", summer).status_code == 400
    SchoolHoliday.objects.create(
        establishment=cast.trust, name="Easter", starts_on=date(2027, 3, 22), ends_on=date(2027, 4, 2)
    )
    page = client.get(f"{AT}holidays/").text
    assert "Summer" in page and "Easter" in page
    assert page.count("/remove/") == 1  # the school's own
    assert "Remove" not in seen(visits(cast.teacher), f"{AT}holidays/")
    own = SchoolHoliday.objects.get(name="Summer")
    assert client.post(f"{AT}holidays/{own.pk}/remove/").status_code == 302
    trusts = SchoolHoliday.objects.get()
    assert client.get(f"{AT}holidays/{trusts.pk}/remove/").status_code == 404
    assert visits(cast.executive).post(f"/schools/harbour-trust/holidays/{trusts.pk}/remove/").status_code == 302


def test_holidays_leave_as_a_file(cast: Cast) -> None:
    SchoolHoliday.objects.create(
        establishment=cast.trust, name="Easter", starts_on=date(2027, 3, 22), ends_on=date(2027, 4, 2)
    )
    lines = b"".join(visits(cast.teacher).get(f"{AT}holidays/?format=csv")).decode("utf-8-sig").splitlines()
    assert lines == ["Name,First day,Last day,Set by", "Easter,2027-03-22,2027-04-02,Harbour Learning Trust"]
