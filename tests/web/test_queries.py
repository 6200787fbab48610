"""No page asks the database more for sixty rows than for three, and none asks it ten times."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from proviso.records.audit.services import Act, record_all
from proviso.records.cases.receipts import new_token
from proviso.records.cases.services.sharing import Sharing, share_concern
from proviso.records.people.actors import Actor
from proviso.records.people.models import Establishment, Person, Role
from proviso.records.policies.models import Acknowledgement, Approval, Campaign, Version
from proviso.records.policies.services.tasks import make_tasks
from proviso.records.registers.models import Declaration
from proviso.records.tasks.models import Task
from proviso.rules import rulebook
from tests.cast import Cast, visits
from tests.clock import NOW, TODAY

FEW, MANY = 3, 60
MOST = 9
OF_ROOMS = {"my page of a headteacher": 1}  # the list of what waits asks concerns, too

# page: who looks at it, the name of its address, and the rest of the address
PAGES: dict[str, tuple[str, str, tuple[str | int, ...]]] = {
    "home": ("", "public:home", ()),
    "asking a school's policy": ("", "public:ask", ("oak-lane",)),
    "answering": ("", "public:answer", ("oak-lane",)),
    "the policy in plain words": ("", "public:policy", ("oak-lane",)),
    "my page of a teacher": ("teacher", "dashboards:my", ()),
    "my page of a headteacher": ("headteacher", "dashboards:my", ()),
    "my page of a clerk to many schools": ("clerk", "dashboards:my", ()),
    "my page of an executive": ("executive", "dashboards:my", ()),
    "what I signed": ("teacher", "dashboards:signed", ()),
    "my account": ("teacher", "account", ()),
    "a school": ("headteacher", "dashboards:establishment", ("oak-lane",)),
    "a school, for its clerk": ("clerk", "dashboards:establishment", ("oak-lane",)),
    "a trust with its schools": ("executive", "dashboards:establishment", ("harbour-trust",)),
    "versions": ("headteacher", "policies:overview", ("oak-lane",)),
    "a version": ("headteacher", "policies:version", ("oak-lane", 1)),
    "models compared": ("", "public:compare", ()),
    "a version beside a model": ("headteacher", "policies:compare", ("oak-lane", 1)),
    "what a review finds": ("headteacher", "policies:findings", ("oak-lane", 1)),
    "clauses": ("headteacher", "policies:clauses", ("oak-lane", 2)),
    "signing in figures": ("headteacher", "acknowledgements:overview", ("oak-lane",)),
    "signing by name": ("headteacher", "acknowledgements:people", ("oak-lane",)),
    "duties of a school": ("headteacher", "tasks:establishment", ("oak-lane",)),
    "the log": ("headteacher", "dashboards:log", ("oak-lane",)),
    "sharing a concern": ("", "concerns:share_public", ("oak-lane",)),
    "sharing a concern by name": ("teacher", "concerns:share", ("oak-lane",)),
    "concerns about pupils": ("dsl", "concerns:pupils", ("oak-lane",)),
    "concerns about adults": ("headteacher", "concerns:adults", ("oak-lane",)),
    "what I shared": ("teacher", "concerns:mine", ()),
    "people": ("headteacher", "people:people", ("oak-lane",)),
    "declared ties": ("headteacher", "registers:declarations", ("oak-lane",)),
    "consents": ("teacher", "registers:consents", ("oak-lane",)),
    "my declared ties": ("teacher", "registers:my_declarations", ()),
    "people who left": ("headteacher", "people:left", ("oak-lane",)),
}
ASKED = {"answering": "?q=Can+I+accept+a+friend+request+from+a+pupil%3F&as=teacher"}


@dataclass
class Rows:
    """The cast's school, which can grow; and how many of everything there are already."""

    cast: Cast
    version: Version
    campaign: Campaign
    made: int = 0

    def grow(self, count: int) -> None:
        """Let there be so many of everything that a list may show."""
        for number in range(self.made, count):
            self._school(number)
            self._teacher(number)
            self._tasks(number)
            self._version(number)
            self._concerns(number)
            self._declaration(number)
        self.made = count

    def _concerns(self, number: int) -> None:
        told = Sharing("pupil", "pupil", f"Something {number}.", "staff", "It is true.")
        for sharing in (told, replace(told, kind="adult", matter="adult")):
            share_concern(Actor.of(self.cast.teacher, TODAY), self.cast.school, sharing, token=new_token(), now=NOW)

    def _school(self, number: int) -> None:
        establishment = Establishment.objects.create(
            slug=f"school-{number}", name=f"School {number}", kind="school", nation="England", parent=self.cast.trust
        )
        version = in_force(establishment, self.cast.headteacher)
        campaign = opened(version)
        Role.objects.create(person=self.cast.clerk, establishment=establishment, kind="clerk", starts_on=JOINED)
        exempt(campaign, self.cast.clerk)
        draft = following(version, 2, "approval")
        Approval.objects.create(
            version=draft, person=self.cast.executive, capacity="executive", asked_at=NOW, fingerprint="e"
        )
        for person in (self.cast.teacher, self.cast.executive):
            answered(campaign, person, "signed")

    def _teacher(self, number: int) -> None:
        person = Person.objects.create(
            given_name="Tess", family_name=f"Row-{number}", email=f"tess.{number}@school.example"
        )
        Role.objects.create(person=person, establishment=self.cast.school, kind="teacher", starts_on=JOINED)
        if number % 3 == 0:
            exempt(self.campaign, person)
        if number % 3 == 1:
            answered(self.campaign, person, "signed")

    def _tasks(self, number: int) -> None:
        due_on = TODAY + timedelta(days=number - 20)
        for person in (self.cast.teacher, self.cast.headteacher, None):
            for done in (False, True):
                Task.objects.create(
                    establishment=self.cast.school,
                    source_kind="duty",
                    source_id=int(done),
                    policy_version=self.version.pk,
                    clause=f"KD-{number}",
                    person=person,
                    what="Look",
                    due_on=due_on,
                    state="done" if done else "open",
                    done_at=NOW if done else None,
                    done_by=self.cast.headteacher if done else None,
                )
        record_all(self.cast.teacher, [Act("person.signed_in", self.cast.school.pk)], now=NOW)
        record_all(self.cast.dsl, [Act("version.started", self.cast.school.pk, f"version:{self.version.pk}")], now=NOW)

    def _declaration(self, number: int) -> None:
        Declaration.objects.create(
            establishment=self.cast.school,
            person=self.cast.teacher,
            kind="family",
            other="parent",
            name=f"Cousin {number}",
            since="always",
            way="at weekends",
            text="I declare it.",
            fingerprint="d",
            goes_to="leader",
            state="acknowledged",
            review_on=TODAY + timedelta(days=200),
            declared_at=NOW,
        )

    def _version(self, number: int) -> None:
        following(self.version, number + 3, "discarded")


JOINED = TODAY - timedelta(days=400)


def in_force(establishment: Establishment, by: Person) -> Version:
    since = TODAY - timedelta(days=30)
    text = rulebook.write_policy(rulebook.load("king-david"))
    return Version.objects.create(
        establishment=establishment,
        number=1,
        state="adopted",
        text=text,
        fingerprint=rulebook.fingerprint(text),
        model="king-david",
        model_text=text,
        prepared_by=by,
        prepared_at=NOW,
        adopted_on=since,
        in_force_from=since,
        review_on=TODAY + timedelta(days=10),
    )


def following(version: Version, number: int, state: str) -> Version:
    return Version.objects.create(
        establishment=version.establishment,
        number=number,
        state=state,
        text=version.text,
        fingerprint=version.fingerprint,
        model="king-david",
        model_text=version.text,
        previous=version,
        prepared_by=version.prepared_by,
        prepared_at=NOW,
    )


def opened(version: Version) -> Campaign:
    opened_on = TODAY - timedelta(days=30)
    return Campaign.objects.create(
        establishment=version.establishment, version=version, kind="adoption", opened_on=opened_on, due_on=TODAY
    )


def answered(campaign: Campaign, person: Person, kind: str) -> None:
    reason = "" if kind == "signed" else "On leave."
    Acknowledgement.objects.create(
        campaign=campaign,
        version=campaign.version,
        person=person,
        kind=kind,
        at=NOW,
        fingerprint=campaign.version.fingerprint,
        reason=reason,
        recorded_by=person,
    )


def exempt(campaign: Campaign, person: Person) -> None:
    answered(campaign, person, "exemption_asked")


@pytest.fixture
def rows(cast: Cast) -> Iterator[Rows]:
    version = in_force(cast.school, cast.headteacher)
    campaign = opened(version)
    following(version, 2, "draft")
    make_tasks(version, TODAY, now=NOW)
    yield Rows(cast, version, campaign)


def asked(client: Client, address: str) -> list[str]:
    """Return what a page asks the database, when it is not the first of its kind."""
    assert client.get(address).status_code == 200
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(address).status_code == 200
    return [query["sql"] for query in queries.captured_queries]


def counted(cast: Cast) -> dict[str, list[str]]:
    """Return what each page that there is asks."""
    queries = {}
    for page, (who, name, rest) in PAGES.items():
        address = reverse(name, args=rest) + ASKED.get(page, "")
        queries[page] = asked(visits(getattr(cast, who)) if who else Client(), address)
    return queries


def test_no_page_asks_more_for_sixty_rows_than_for_three_nor_ten_times(rows: Rows) -> None:
    rows.grow(FEW)
    few = counted(rows.cast)
    rows.grow(MANY)
    many = counted(rows.cast)
    for page, queries in many.items():
        assert len(queries) == len(few[page]), "\n".join([f"{page}: {len(few[page])} became:", *queries])
        assert len(queries) <= MOST + OF_ROOMS.get(page, 0), "\n".join([f"{page}:", *queries])
