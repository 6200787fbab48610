"""Who reaches what: tables written by hand, swept over every route of the site, by GET and by POST.

A visitor of a route that is not public is asked to sign in (tests/web/accounts/test_public.py). Here everybody of the
cast, of the trust above it and of an authority goes everywhere: in a school of the trust, in the trust itself, and in a
school of the authority. They are let in, refused (403), or told that there is no such page (404).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from proviso.records.audit.models import Entry
from proviso.records.cases.receipts import new_token
from proviso.records.cases.services import closing, letters
from proviso.records.cases.services.closing import Handing
from proviso.records.cases.services.letters import LetterGiven
from proviso.records.cases.services.opening import PartyGiven
from proviso.records.cases.services.sharing import Sharing, share_concern
from proviso.records.evidence.services.retaining import start_retention
from proviso.records.imports.models import ImportRun
from proviso.records.people.actors import Actor, Public
from proviso.records.people.models import Establishment, Person
from proviso.records.people.selectors import holders
from proviso.records.policies.compiled import policy_of
from proviso.records.policies.models import Campaign, Question, Version
from proviso.records.policies.selectors.versions import approvals_of
from proviso.records.policies.services import acknowledgements, approvals, drafts
from proviso.records.policies.signatories import signatories_of
from proviso.records.registers.models import Declaration
from proviso.records.registers.services import declarations
from proviso.records.registers.services.declarations import AskedBy, Tie
from proviso.records.tasks.models import Task
from proviso.records.tasks.services.absences import AbsenceDetails, record_absence
from proviso.records.tasks.services.school_holidays import HolidayDetails, add_holiday
from tests.above import Above, above
from tests.cast import Cast, visits
from tests.clock import NOW, TODAY
from tests.records.cases.casework import opened, shared
from tests.records.evidence.owners import case_of
from tests.records.evidence.test_evidence import added
from tests.records.imports.runs import started_import
from tests.records.policies.life import acting, draft, filled
from tests.routes import ROUTES, Route
from tests.web.accounts.test_public import PUBLIC

# ---- In the school: its own people, and those of the trust above it.
LEADERS = {"headteacher", "deputy", "dsl"}
GOVERNING = {"chair", "governor", "two_roles", "clerk"}
HERE = {*LEADERS, *GOVERNING, "administrator", "teacher", "support", "volunteer"}
OVER_IT = {"executive", "trust_chair", "trust_clerk", "trust_administrator"}
READERS = {*LEADERS, *GOVERNING, "executive", "trust_chair", "trust_clerk"}
PREPARING = {"headteacher", "deputy", "clerk"}
RUNNING = {"headteacher", "administrator", "trust_administrator"}
SEEING_PEOPLE = {*LEADERS, "clerk", "administrator", "executive", "trust_administrator"}

PEOPLE_PAGES = ("people:people", "people:left", "people:person")
PEOPLE_CHANGES = (
    *("people:add", "people:invite_everybody", "people:change", "people:invite", "people:role_add"),
    *("people:role_end", "people:second_step"),
)
IMPORTS = (
    *("imports:upload", "imports:template", "imports:run", "imports:columns", "imports:scope"),
    *("imports:faults", "imports:confirm", "imports:cancel", "imports:resume"),
)
POLICY_PAGES = (
    *(
        "policies:overview",
        "policies:version",
        "policies:clauses",
        "policies:changes",
        "policies:compare",
        "policies:findings",
        "policies:document",
    ),
    *("policies:approve", "policies:question"),  # whose approval is not waited for is told so
)
POLICY_CHANGES = (
    *("policies:begin", "policies:particulars", "policies:clause_add", "policies:clause_change"),
    "policies:clause_part",
    *("policies:clause_off", "policies:clause_restore", "policies:consultation", "policies:description"),
    *("policies:approvers", "policies:approver_replace", "policies:answer", "policies:reopen", "policies:discard"),
)
CASES_OPEN = ("cases:cases", "cases:adults", "cases:open")
ONE_CASE = (
    *("cases:case", "cases:readings", "cases:note", "cases:correct", "cases:step", "cases:hand_over"),
    *("cases:person_add", "cases:wishes", "cases:person_end", "cases:threshold", "cases:proportionality"),
    *("cases:viewing", "cases:decision", "cases:sexual_image", "cases:letter_add", "cases:letter_write"),
    *("cases:letter", "cases:letter_change", "cases:letter_ask", "cases:letter_send", "cases:letter_discard"),
    *("cases:letter_file", "cases:hold", "cases:close", "cases:transfer", "cases:receipt", "cases:take_out"),
    *("cases:open_from", "cases:triage", "cases:approve"),
)
SIGNING = tuple(f"acknowledgements:{page}" for page in ("sign", "read", "question", "statement", "decline"))
COPIES = ("acknowledgements:copy", "acknowledgements:send_copy")
ABSENCES = ("tasks:absence_add", "tasks:absence_change", "tasks:absence_end")
SHARING = ("concerns:share", "concerns:contact")
CONCERNS = tuple(
    f"concerns:{page}" for page in ("concern", "adult", "acknowledge", "write", "hand_over", "close", "match")
)  # of those who handle one alone: nobody else is told that it exists
CONCERN_LISTS = ("concerns:list", "concerns:pupils", "concerns:adults")
EVIDENCE = tuple(
    f"evidence:{page}"
    for page in ("listed", "add", "add_text", "package", "item", "picture", "check", "redact", "original", "remove")
)
RETENTION = ("evidence:review", "evidence:hold", "evidence:release")
DECLARED = ("registers:declaration_answer", "registers:declaration_confirm", "registers:declaration_withdraw")
DECIDED = ("registers:declaration_decide", "registers:declaration_ask")
RECORDED = tuple(
    f"registers:{page}"
    for page in ("consents_record", "consents_roll", "consents_link", "consents_form", "consent_wording")
)
SECRET = ("registers:declaration", *DECLARED, *DECIDED)  # somebody else's declaration does not exist
HOLIDAYS = ("tasks:school_holiday_add", "tasks:school_holiday_remove")

SCHOOL: dict[str, set[str]] = {
    "dashboards:establishment": HERE | OVER_IT,
    **dict.fromkeys(("dashboards:settings", "dashboards:look"), RUNNING),
    "dashboards:log": {"headteacher", "chair", "clerk", "administrator", "executive"},
    **dict.fromkeys(PEOPLE_PAGES, SEEING_PEOPLE),
    **dict.fromkeys((*PEOPLE_CHANGES, *IMPORTS), RUNNING),
    **dict.fromkeys(POLICY_PAGES, READERS),
    **dict.fromkeys(POLICY_CHANGES, PREPARING),
    **dict.fromkeys(("policies:adopt", "policies:review"), {*PREPARING, "chair"}),
    "policies:withdraw": {"headteacher", "chair"},
    **dict.fromkeys(SIGNING, HERE | OVER_IT),  # who is not asked is told that there is nothing to sign
    "acknowledgements:done": HERE | OVER_IT,
    "acknowledgements:overview": READERS,
    **dict.fromkeys(
        ("acknowledgements:people", "acknowledgements:sheet", "acknowledgements:remind"), {*LEADERS, "clerk"}
    ),
    **dict.fromkeys(COPIES, set()),  # of one's own signature alone: see tests/web/test_signed_copies.py
    "acknowledgements:record": {"headteacher", "clerk"},
    "acknowledgements:exemption": {"headteacher", "chair"},
    "acknowledgements:ask": {*PREPARING, "chair"},
    "answers:opinions": {*LEADERS, "clerk"},
    "tasks:establishment": {*LEADERS, "clerk"},
    **dict.fromkeys(EVIDENCE, {"headteacher"}),  # who handles the case
    "evidence:due": HERE | OVER_IT,  # each sees what they may confirm, which is nothing for most
    **dict.fromkeys(RETENTION, {"headteacher"}),
    **dict.fromkeys(ABSENCES, {"headteacher", "teacher"}),
    "registers:declarations": {"headteacher", "dsl", "chair"},
    "registers:declare": HERE,
    **dict.fromkeys(
        ("registers:consents", "registers:consents_of"),
        {*LEADERS, "administrator", "teacher", "two_roles", "support"},
    ),
    **dict.fromkeys(RECORDED, {*LEADERS, "administrator"}),
    "registers:my_consents": HERE,
    "registers:declaration": {"headteacher", "dsl", "teacher"},
    **dict.fromkeys(DECLARED, {"teacher"}),
    **dict.fromkeys(DECIDED, {"headteacher"}),
    "tasks:school_holidays": HERE | OVER_IT,
    **dict.fromkeys(HOLIDAYS, {"headteacher", "administrator"}),
    **dict.fromkeys(("tasks:task", "tasks:reopen"), {"teacher"}),
    **dict.fromkeys(CASES_OPEN, {*LEADERS, "chair", "executive"}),
    "cases:templates": {*LEADERS, "chair", "clerk", "executive"},
    "cases:template": {"headteacher", "clerk"},
    **dict.fromkeys(ONE_CASE, {"headteacher"}),
    "cases:approve": {"deputy"},
    **dict.fromkeys(SHARING, HERE | OVER_IT),
    **dict.fromkeys(CONCERN_LISTS, {*LEADERS, "chair", "executive"}),
    **dict.fromkeys(CONCERNS, {"headteacher"}),
}

# ---- In the trust itself: nobody of its schools has any business there.
TRUST_HERE = {"executive", "trust_chair", "trust_clerk", "trust_administrator", "trust_trustee"}
TRUST_READERS = {"executive", "trust_chair", "trust_clerk", "trust_trustee"}
TRUST_PREPARING = {"executive", "trust_clerk"}
TRUST_RUNNING = {"executive", "trust_administrator"}
TRUST: dict[str, set[str]] = {
    "dashboards:establishment": TRUST_HERE,
    **dict.fromkeys(("dashboards:settings", "dashboards:look"), TRUST_RUNNING),
    "dashboards:log": {"executive", "trust_chair", "trust_clerk", "trust_administrator"},
    **dict.fromkeys(PEOPLE_PAGES, {"executive", "trust_clerk", "trust_administrator"}),
    **dict.fromkeys((*PEOPLE_CHANGES, *IMPORTS), TRUST_RUNNING),
    **dict.fromkeys(POLICY_PAGES, TRUST_READERS),
    **dict.fromkeys(POLICY_CHANGES, TRUST_PREPARING),
    **dict.fromkeys(("policies:adopt", "policies:review"), {*TRUST_PREPARING, "trust_chair"}),
    "policies:withdraw": {"executive", "trust_chair"},
    "policies:publish": TRUST_PREPARING,
    **dict.fromkeys((*SIGNING, "acknowledgements:done"), TRUST_HERE),
    **dict.fromkeys(COPIES, set()),
    "acknowledgements:overview": TRUST_READERS,
    **dict.fromkeys(("acknowledgements:people", "acknowledgements:sheet", "acknowledgements:remind"), TRUST_PREPARING),
    "acknowledgements:record": TRUST_PREPARING,
    "acknowledgements:exemption": {"executive", "trust_chair"},
    "acknowledgements:ask": {*TRUST_PREPARING, "trust_chair"},
    "answers:opinions": TRUST_PREPARING,
    "tasks:establishment": TRUST_PREPARING,
    **dict.fromkeys((*EVIDENCE, *RETENTION), {"executive"}),
    "evidence:due": TRUST_HERE,
    **dict.fromkeys(ABSENCES, {"executive", "trust_trustee"}),
    **dict.fromkeys(SHARING, TRUST_HERE),
    **dict.fromkeys(CONCERN_LISTS, {"executive", "trust_chair"}),
    **dict.fromkeys(CONCERNS, {"executive"}),
    "registers:declarations": {"executive", "trust_chair"},
    "registers:declare": TRUST_HERE,
    **dict.fromkeys(("registers:consents", "registers:consents_of"), {"trust_administrator"}),
    **dict.fromkeys(RECORDED, {"trust_administrator"}),
    "registers:my_consents": TRUST_HERE,
    "registers:declaration": {"executive", "trust_trustee"},
    **dict.fromkeys(DECLARED, {"trust_trustee"}),
    **dict.fromkeys(DECIDED, {"executive"}),
    "tasks:school_holidays": TRUST_HERE,
    **dict.fromkeys(HOLIDAYS, TRUST_RUNNING),
    **dict.fromkeys(CASES_OPEN, {"executive", "trust_chair"}),
    "cases:templates": {"executive", "trust_chair", "trust_clerk"},
    "cases:template": {"executive", "trust_clerk"},
    **dict.fromkeys(ONE_CASE, set()),
}

# ---- In a school of the authority, which has no policy yet: its own two people, and the two of the authority.
COUNTY_HERE = {"county_head", "county_teacher", "adviser", "authority_administrator"}
COUNTY: dict[str, set[str]] = {
    "dashboards:establishment": COUNTY_HERE,
    **dict.fromkeys(("dashboards:settings", "dashboards:look"), {"county_head", "authority_administrator"}),
    "dashboards:log": {"county_head", "adviser"},
    **dict.fromkeys(PEOPLE_PAGES, {"county_head", "adviser", "authority_administrator"}),
    **dict.fromkeys((*PEOPLE_CHANGES, *IMPORTS), {"county_head", "authority_administrator"}),
    "policies:overview": {"county_head", "adviser"},
    "policies:begin": {"county_head"},
    "acknowledgements:overview": {"county_head", "adviser"},
    **dict.fromkeys(("acknowledgements:sign", "acknowledgements:read"), COUNTY_HERE),
    "acknowledgements:done": COUNTY_HERE,
    "answers:opinions": {"county_head"},
    "tasks:establishment": {"county_head"},
    "evidence:due": COUNTY_HERE,
    **dict.fromkeys(ABSENCES, {"county_head", "county_teacher"}),
    **dict.fromkeys(SHARING, COUNTY_HERE),
    **dict.fromkeys(CONCERN_LISTS, {"county_head", "adviser"}),
    **dict.fromkeys(CONCERNS, {"county_head"}),
    "registers:declarations": {"county_head"},
    "registers:declare": {"county_head", "county_teacher"},
    **dict.fromkeys(("registers:consents", "registers:consents_of"), {"county_head", "county_teacher"}),
    **dict.fromkeys(RECORDED, {"county_head"}),
    "registers:my_consents": {"county_head", "county_teacher"},
    "registers:declaration": {"county_head", "county_teacher"},
    **dict.fromkeys(DECLARED, {"county_teacher"}),
    **dict.fromkeys(DECIDED, {"county_head"}),
    "tasks:school_holidays": COUNTY_HERE,
    **dict.fromkeys(HOLIDAYS, {"county_head"}),
    **dict.fromkeys(CASES_OPEN, {"county_head", "adviser"}),
    "cases:templates": {"county_head", "adviser"},
    "cases:template": {"county_head"},
    **dict.fromkeys(ONE_CASE, set()),
}

# A file needs no more than the page that it is of, but for these.
FILES = {
    "people:people": SEEING_PEOPLE,
    "acknowledgements:people": {*LEADERS, "clerk"},
    "registers:declarations": {"headteacher", "dsl", "chair"},
    "registers:consents": {*LEADERS, "administrator"},
}
# Everybody's own: what is on them is tested where they are.
OWN = {
    *("dashboards:my", "dashboards:signed", "dashboards:calendar_address", "account", "concerns:mine"),
    "registers:my_declarations",
}
# What one shared oneself: see tests/web/concerns/test_sharing.py.
SHARED = {"concerns:shared"}
OF_ONES_ACCOUNT = {route.name for route in ROUTES if route.name.startswith(("account_", "mfa_", "second_factor"))}
ONLY_SENT = {"evidence:check", "people:invite", "imports:cancel", "imports:resume"}  # these show no page of their own
ALLOWED = {200, 302, 400, 409}
BY_NAME = {route.name: route for route in ROUTES}


@dataclass(frozen=True)
class Place:
    """An establishment with something of everything, and who is let in where."""

    table: Mapping[str, set[str]]
    arguments: Mapping[str, object]
    people: Mapping[str, Person]
    inside: frozenset[str]  # for everybody else it does not exist

    def address(self, route: Route) -> str:
        """Return an address of a route with what there is in the establishment."""
        room, _colon, page = route.name.partition(":")
        kind = {"exemption": "exemption", "absence_add": "people"}.get(page, room)
        if route.name in RETENTION:
            kind = "retention"
        arguments = {**self.arguments, "pk": self.arguments.get(kind, self.arguments["people"])}
        if room == "cases":
            arguments |= case_arguments(page, self.arguments)
        if room == "imports":
            arguments |= {"kind": "people"}
        if route.name in CONCERNS:
            arguments |= {"pk": self.arguments["concern"], "party": self.arguments["party"]}
        if route.name == "policies:clause_restore":
            arguments |= {"number": 2, "clause": "LA-3.1"}
        if route.name == "policies:clause_part":
            arguments |= {"number": 2, "part": "text"}
        if room == "evidence":
            arguments |= {"owner": "case", "number": 1}
        if route.name == "acknowledgements:question":
            arguments |= {"number": 1}
        return route.address(**arguments)


def case_arguments(page: str, given: Mapping[str, object]) -> dict[str, object]:
    """Return what the addresses of cases need: each page is about another part of the case."""
    of_page = {
        **dict.fromkeys(("step", "hand_over"), "case_step"),
        **dict.fromkeys(("wishes", "person_end"), "case_party"),
        **dict.fromkeys(("open_from", "triage"), "case_concern"),
        "correct": "case_entry",
        "approve": "case_waiting",
    }
    if page.startswith("letter_") or page == "letter":
        of_page[page] = "case_letter"
    chosen = {"reference": given.get("case", "C-AAAAAA"), "pk": given.get(of_page.get(page, ""), 0)}
    if page == "receipt":
        chosen["reference"] = given.get("case_transferred", "C-AAAAAA")
    return {**chosen, "kind": "parent_removal", "language": "en-gb", "form": "pdf"}


def cases_in(cast: Cast) -> dict[str, object]:
    """Return a case of the headteacher about somebody of the support staff, a letter, a transfer and a concern."""
    head = acting(cast.headteacher)
    case = opened(cast, "staff_misuse", about=(PartyGiven("subject", cast.support),))
    given = LetterGiven("parent_removal", "en-gb", "The family", "A post", "Please ring us.")
    first, second = (letters.write_letter(head, case, given, now=NOW) for _each in range(2))
    letters.ask_approval(head, second, cast.deputy, now=NOW)
    handed = opened(cast, "fake_account")
    closing.transfer_case(head, handed, Handing("Mill Road", "Their lead", "By hand", "a" * 64), now=NOW)
    return {
        "case": case.reference,
        "case_step": case.steps.all()[0].pk,
        "case_party": case.parties.get(role="harmed").pk,
        "case_entry": case.chronology.all()[0].pk,
        "case_letter": first.pk,
        "case_waiting": second.pk,
        "case_transferred": handed.reference,
        "case_concern": shared(cast, kind="adult", matter="adult").pk,
    }


def in_force(cast: Cast, establishment: Establishment, head: Person) -> Version:
    """Return a version in force, approved by whoever holds the roles that have to approve it."""
    version = draft(cast, establishment=establishment, by=head)
    needed = approvals.capacities(policy_of(version), establishment)
    asked = [approvals.Approver(holders(acting(head), establishment, kind)[0], kind) for kind in needed]
    version = approvals.submit_version(acting(head), version, asked, now=NOW)
    for approval in approvals_of(acting(head), version):
        decision = approvals.Decision(True, approval.person.name)
        approvals.decide_approval(acting(approval.person), approval, decision, now=NOW)
    version.refresh_from_db()
    return approvals.adopt_version(acting(head), version, approvals.Adoption(TODAY, TODAY), now=NOW)


def lived_in(cast: Cast, establishment: Establishment, head: Person, person: Person) -> dict[str, object]:
    """Return what addresses need: a version in force, a draft with a change, an import, a wish to be exempted."""
    actor = acting(head)
    version = in_force(cast, establishment, head)
    campaign = Campaign.objects.get(version=version)
    signatory = signatories_of(campaign, TODAY)[-1].person
    wish = acknowledgements.SigningResponse("exemption_asked", version.fingerprint, reason="On leave.")
    asked = acknowledgements.acknowledge_version(acting(signatory), campaign, wish, now=NOW)
    changed = filled(actor, drafts.start_next_version(actor, establishment, now=NOW))
    drafts.switch_clause_off(actor, changed, changed.edition, drafts.SwitchOff("LA-3.1", "Not ours."), now=NOW)
    task = Task.objects.filter(person=cast.teacher).first()
    case = case_of(establishment, head)
    added(case, head)
    retention = start_retention(actor, case, "other_case", TODAY - timedelta(days=7 * 366), now=NOW)
    return {
        "evidence": case.pk,
        "retention": retention.pk,
        **people_in(establishment, head, person),
        "number": 1,
        "clause": "LA-1",
        "name": "policy",
        "kind": "docx",
        "tasks": task.pk if task else 0,
        "exemption": asked.pk,
        "acknowledgements": signatories_of(campaign, TODAY)[0].person.pk,
        "approval": version.approvals.all()[0].pk,
        "question": Question.objects.create(version=version, asked_by=person, asked_at=NOW, text="Why?").pk,
    }


def people_in(establishment: Establishment, head: Person, person: Person) -> dict[str, object]:
    table = "Identifier,First name,Last name,Role\nS1,Ned,Newcombe,Teacher\n"
    run = started_import(acting(head), establishment, table)
    role = person.roles.get(establishment=establishment)
    day = TODAY + timedelta(days=9)
    absence = record_absence(acting(person), establishment, person, AbsenceDetails(day, day, head), now=NOW)
    holiday = add_holiday(acting(head), establishment, HolidayDetails("Closed", day, day), now=NOW)
    things = {"imports": run.pk, "absence": absence.pk, "holiday": holiday.pk, **concern_in(establishment)}
    things["declaration"] = tie_of(acting(person), establishment).pk
    return {"slug": establishment.slug, "people": person.pk, "role": role.pk, **things}


def concern_in(establishment: Establishment) -> dict[str, object]:
    """Share something about an adult, anonymously: it goes to whoever leads there."""
    told = Sharing("adult", "adult", "He was rude.", "parent", "It is true.", about_names="the tall one")
    concern = share_concern(Public(TODAY), establishment, told, token=new_token(), now=NOW).concern
    return {"concern": concern.pk, "party": concern.parties.get(role="subject").pk}


def tie_of(actor: Actor, establishment: Establishment) -> Declaration:
    tie = Tie("family", "parent", "A. Cousin", "always", "At weekends")
    seen = declarations.fingerprint(declarations.statement(actor, establishment, tie))
    return declarations.declare(actor, establishment, tie, AskedBy(), seen=seen, now=NOW)


@pytest.fixture
def over(cast: Cast) -> Above:
    return above(cast)


@pytest.fixture
def place(request: pytest.FixtureRequest, cast: Cast, over: Above) -> Place:
    everybody = {**cast.people, **over.people}
    del everybody["pupil"]  # who cannot sign in
    if request.param == "school":
        arguments = lived_in(cast, cast.school, cast.headteacher, cast.teacher) | cases_in(cast)
        return Place(SCHOOL, arguments, everybody, frozenset(HERE | OVER_IT))
    if request.param == "trust":
        arguments = lived_in(cast, cast.trust, cast.executive, over.trust_trustee)
        return Place(TRUST, arguments, everybody, frozenset(TRUST_HERE))
    arguments = people_in(over.county, over.county_head, over.county_teacher)
    return Place(COUNTY, arguments, everybody, frozenset(COUNTY_HERE))


def answered(client: Client, method: str, address: str) -> tuple[int, int]:
    """Return the status of an answer and how many things it did, all of which is undone."""
    before = Entry.objects.count()
    with transaction.atomic():
        got = client.post(address) if method == "POST" else client.get(address)
        done = Entry.objects.count() - before
        transaction.set_rollback(True)
    if got.headers.get("Location", "").startswith(("/account/sign-in/", "/account/second-step/")):
        return 401, done  # asked to sign in or to prove themselves: not what a table says
    return got.status_code, done


def expected(place: Place, route: Route, who: str, method: str) -> set[int]:
    """Return which statuses the tables allow."""
    if method == "GET" and route.name in ONLY_SENT:
        return {405}
    if who in place.table[route.name]:
        return ALLOWED
    if who not in place.inside or route.name in ("tasks:task", "tasks:reopen", *COPIES, *CONCERNS, *ONE_CASE, *SECRET):
        return {404}  # somebody else's task, signature, case or declaration does not exist either
    if route.name in (*EVIDENCE, *RETENTION):
        return {404}  # nor does what is kept for it
    return {403}


def wrong(place: Place, method: str) -> Iterator[str]:
    """Yield every answer that is not as the tables say, and every refusal that did something."""
    for who, person in sorted(place.people.items()):
        client = visits(person)
        for name in place.table:
            route = BY_NAME[name]
            address = place.address(route)
            status, done = answered(client, method, address)
            wanted = expected(place, route, who, method)
            if status not in wanted:
                yield f"{who}: {method} {address} ({name}): {status} instead of {sorted(wanted)}"
            if status in (403, 404, 405) and done:
                yield f"{who}: {method} {address} ({name}) was refused and did something"


def test_every_route_stands_in_the_table() -> None:
    assert {*SCHOOL, *TRUST, *COUNTY, *OWN, *SHARED, *OF_ONES_ACCOUNT, *PUBLIC} == {*BY_NAME}


def test_the_table_of_the_school_has_every_route_of_an_establishment() -> None:
    of_establishments = {name for name, route in BY_NAME.items() if route.pattern.startswith("schools/")} - {*PUBLIC}
    assert of_establishments - {*SCHOOL} == {"policies:publish"}
    assert of_establishments == {*TRUST}


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("place", ["school", "trust", "county"], indirect=True)
def test_everybody_gets_what_their_role_gives_and_no_more(place: Place, method: str) -> None:
    faults = list(wrong(place, method))
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("place", ["school"], indirect=True)
def test_a_file_is_for_those_whom_the_table_lets_take_it(place: Place) -> None:
    for name, those in FILES.items():
        address = place.address(BY_NAME[name]) + "?format=csv"
        for who, person in place.people.items():
            status, _done = answered(visits(person), "GET", address)
            assert (status == 200) == (who in those), f"{who} at {address}: {status}"


@pytest.mark.parametrize("place", ["school"], indirect=True)
def test_a_school_has_nothing_to_publish(place: Place) -> None:
    there = reverse("policies:publish", args=["oak-lane", 1])
    for method in ("GET", "POST"):
        assert answered(visits(place.people["clerk"]), method, there)[0] == 404
        assert answered(visits(place.people["headteacher"]), method, there)[0] == 403
        assert answered(visits(place.people["executive"]), method, there)[0] == 403


@pytest.mark.parametrize("name", sorted(OWN))
def test_everybody_has_pages_of_their_own(cast: Cast, over: Above, name: str) -> None:
    for who, person in {**cast.people, **over.people}.items():
        if who != "pupil":
            for method in ("GET", "POST"):
                status, _done = answered(visits(person), method, reverse(name))
                assert status in ALLOWED | {405}, f"{who}: {method} {name}: {status}"


def test_a_leaver_has_nothing_but_their_own(cast: Cast) -> None:
    client = visits(cast.leaver)
    assert client.get("/my/").status_code == 200
    assert client.get("/schools/oak-lane/").status_code == 404


@pytest.mark.parametrize("place", ["school"], indirect=True)
def test_what_was_imported_elsewhere_does_not_exist_here(place: Place, cast: Cast) -> None:
    assert ImportRun.objects.count() == 1
    there = reverse("imports:run", args=[cast.elsewhere.slug, place.arguments["imports"]])
    assert visits(cast.outsider).get(there).status_code == 404


def test_somebody_of_another_school_is_not_shown_here(cast: Cast) -> None:
    here = visits(cast.headteacher)
    assert here.get(f"/schools/oak-lane/people/{cast.outsider.pk}/").status_code == 404
    assert here.get(f"/schools/oak-lane/people/{cast.sister_head.pk}/change/").status_code == 404


def test_a_headteacher_without_a_second_step_reaches_nothing_but_its_setting_up(cast: Cast) -> None:
    client = visits(cast.headteacher, second_factor=False)
    for there, kept in (("/schools/oak-lane/people/", "%2Fschools%2Foak-lane%2Fpeople%2F"), ("/my/", "%2Fmy%2F")):
        got = client.get(there)
        assert (got.status_code, got.headers["Location"]) == (302, f"/account/second-step/?next={kept}")
