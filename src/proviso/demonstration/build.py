"""Build the demonstration: everything is done by the services that people use, on the days when it was done."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from proviso.demonstration.casework import add_cases
from proviso.demonstration.concerns import share_concerns
from proviso.demonstration.crests import crest
from proviso.demonstration.names import names
from proviso.demonstration.people import populate
from proviso.demonstration.places import PLACES, Place
from proviso.demonstration.registers import keep_registers
from proviso.records.audit.services import Act, record
from proviso.records.people.actors import Actor
from proviso.records.people.models import Establishment, Role
from proviso.records.people.services import EstablishmentLook, change_look
from proviso.records.policies import campaigns, signing_questions
from proviso.records.policies.compiled import policy_of
from proviso.records.policies.facts import is_covered
from proviso.records.policies.models import Version
from proviso.records.policies.services import acknowledgements, approvals, drafts, tasks
from proviso.records.policies.services.acknowledgements import SigningResponse
from proviso.records.policies.services.approvals import Adoption, Approver, Decision
from proviso.records.policies.services.drafts import Particulars
from proviso.records.policies.signatories import signatories_of
from proviso.records.policies.signing_questions import QuestionAnswer, question_key
from proviso.records.tasks.services.tasks import complete_task

Say = Callable[[str], object]
Kind = Role.Kind
READING = timedelta(minutes=7)
PHONE = "01632 96010"  # of the numbers that are kept for stories


def is_demonstration() -> bool:
    """Say whether a database holds nothing but the invented places, or nothing yet."""
    return not Establishment.objects.exclude(slug__in=[place.slug for place in PLACES]).exists()


def complete(say: Say) -> None:
    """Build the demonstration as of today, unless it is there already."""
    if not Establishment.objects.exists():
        say("Making the invented schools and their people; this takes a few seconds:")
        build(timezone.localdate(), say)


@transaction.atomic
def build(on: date, say: Say = lambda _line: None, places: tuple[Place, ...] = PLACES) -> None:
    """Fill an empty database with the invented places as they stand on a day, all or nothing."""
    given = iter(names("demonstration"))
    made: dict[str, Establishment] = {}
    for place in places:
        say(f"  {place.name}")
        establishment = Establishment.objects.create(
            slug=place.slug,
            name=place.name,
            kind=place.kind,
            nation=place.nation,
            language=place.language,
            parent=made.get(place.parent),
            town=place.town,
            postcode=place.postcode,
        )
        made[place.slug] = establishment
        people = populate(establishment, place.people, given, on)
        _logged(establishment, len(people), _at(on - place.ago - timedelta(days=30)))
        _look(place, establishment, on - place.ago - timedelta(days=29))
        _policy(place, establishment, on)
        keep_registers(establishment, on)
    _draft(made["hartwell"], on) if "hartwell" in made else None
    add_cases(made["larkrise"], on) if "larkrise" in made else None
    share_concerns(made, on)


def _logged(establishment: Establishment, count: int, now: datetime) -> None:
    details = {"file": "people.csv", "added": count, "changed": 0, "closed": 0}
    record(None, Act("people.imported", establishment.pk, "", details), now=now)


def _look(place: Place, establishment: Establishment, day: date) -> None:
    if place.colour:
        actor = _actor(establishment, Kind.ADMINISTRATOR, day, _at(day))
        look = EstablishmentLook(place.colour, crest(place.colour, place.charge) if place.charge else None)
        change_look(actor, establishment, look, now=_at(day))


def _at(day: date, hour: int = 9, minute: int = 0) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


def _policy(place: Place, establishment: Establishment, on: date) -> None:
    adopted_on = on - place.ago
    version = _prepared(place, establishment, adopted_on)
    version = _adopted(place, version, adopted_on)
    if not establishment.is_school:
        executive = _actor(establishment, Kind.EXECUTIVE, adopted_on)
        approvals.publish_model(executive, version, [], now=_at(adopted_on, 16))
    first = version.in_force_from or adopted_on
    tasks.make_tasks(version, first, now=_at(first, 5))
    _signed(place, version, on)
    tasks.make_tasks(version, on, now=_at(on, 5))
    _tasks_done(establishment, on)


def _actor(establishment: Establishment, kind: str, day: date, now: datetime | None = None) -> Actor:
    role = Role.objects.on(day).filter(establishment=establishment, kind=kind).select_related("person").first()
    if role is None:
        raise LookupError(f"{establishment} has no {kind} on {day}")
    return Actor.of(role.person, day, second_factor_at=now)


def _model(place: Place, establishment: Establishment) -> drafts.Model:
    if establishment.parent_id:
        published = Version.objects.filter(establishment=establishment.parent_id, published_at__isnull=False).first()
        if published and published.model == place.model:
            return drafts.published_model(published)
    return drafts.rulebook_model(place.model)


def _prepared(place: Place, establishment: Establishment, adopted_on: date) -> Version:
    begun = adopted_on - timedelta(days=21)
    head = Kind.HEADTEACHER if establishment.is_school else Kind.EXECUTIVE
    actor = _actor(establishment, head, begun)
    version = drafts.start_version(actor, establishment, _model(place, establishment), now=_at(begun))
    particulars = _particulars(place, establishment, adopted_on)
    version = drafts.fill_particulars(actor, version, version.edition, particulars, now=_at(begun, 10))
    for clause, reason in place.off.items():
        version = drafts.switch_clause_off(
            actor, version, version.edition, drafts.SwitchOff(clause, reason), now=_at(begun, 11)
        )
    consulted_on = begun + timedelta(days=7)
    details = drafts.ConsultationDetails(
        "The recognised unions’ joint committee", consulted_on, "Agreed without changes."
    )
    drafts.record_consultation(actor, version, details, now=_at(consulted_on))
    return version


def _particulars(place: Place, establishment: Establishment, adopted_on: date) -> Particulars:
    """Return what an invented school fills in: its people, its channels, and how they are reached."""
    begun, domain = adopted_on - timedelta(days=21), f"{establishment.slug}.example"
    texts = {
        **_named(establishment, begun, domain),
        "chair": _actor(establishment, Kind.CHAIR, begun).person.name,
        "chair_email": f"chair@{domain}",
        "school_phone": f"{PHONE}0",
        "school_email": f"office@{domain}",
        "website": f"www.{domain}",
        "agreed": "Class Dojo\nSeesaw",
        "ask": "the headteacher" if establishment.is_school else "the school improvement team",
        "channels": "Staff answer in the apps and by school email between 8 am and 6 pm.",
        "equipment": "Photographs are taken with school cameras and tablets only.",
    }
    if establishment.nation == "Wales":
        texts["channels_welsh"] = "Mae staff yn ateb yn yr apiau a thrwy e-bost yr ysgol rhwng 8 y bore a 6 yr hwyr."
        texts["equipment_welsh"] = "Dim ond gyda chamerâu a llechi'r ysgol y tynnir lluniau."
    first, review_on = adopted_on + timedelta(days=1), adopted_on + place.ago + place.review_in
    return Particulars(in_force_from=first, review_on=review_on, **texts)


def _named(establishment: Establishment, on: date, domain: str) -> dict[str, str]:
    """Return the headteacher and the safeguarding lead of an invented school with how they are reached."""
    if not establishment.is_school:
        return {}
    head = _actor(establishment, Kind.HEADTEACHER, on).person
    lead = Role.objects.on(on).filter(establishment=establishment, kind=Kind.DSL).select_related("person").first()
    return {
        "headteacher": head.name,
        "headteacher_phone": f"{PHONE}1",
        "headteacher_email": f"head@{domain}",
        "dsl": lead.person.name if lead else head.name,
        "dsl_phone": f"{PHONE}2",
        "dsl_email": f"safeguarding@{domain}",
    }


def _adopted(place: Place, version: Version, adopted_on: date) -> Version:
    establishment = version.establishment
    head = Kind.HEADTEACHER if establishment.is_school else Kind.EXECUTIVE
    needed = approvals.capacities(policy_of(version), establishment)
    approvers = [Approver(_actor(establishment, kind, adopted_on).person, kind) for kind in needed]
    if all(approver.person == version.prepared_by for approver in approvers):
        approvers.append(Approver(_actor(establishment, Kind.CHAIR, adopted_on).person, Kind.CHAIR))
    asked = adopted_on - timedelta(days=5)
    approvals.submit_version(_actor(establishment, head, asked), version, approvers, now=_at(asked))
    for approval in version.approvals.filter(state="waiting").select_related("person"):
        now = _at(adopted_on, 17)
        actor = Actor.of(approval.person, adopted_on, second_factor_at=now)
        approvals.decide_approval(actor, approval, Decision(True, approval.person.name), now=now)
    adoption = Adoption(adopted_on, adopted_on + place.sign_by)
    now = _at(adopted_on, 18)
    return approvals.adopt_version(_actor(establishment, head, adopted_on, now), version, adoption, now=now)


def _signed(place: Place, version: Version, on: date) -> None:
    """Let a share of the people sign; the first of the others declines, the second asks to be exempted."""
    campaign = campaigns.open_at(version.establishment_id, on)
    if campaign is None:
        return
    asked = sorted(signatories_of(campaign, on), key=lambda signatory: signatory.person.pk)
    signing = round(len(asked) * place.signed)
    last = min(on, campaign.due_on + timedelta(days=10))
    days = max(1, (last - campaign.opened_on).days)
    answers: list[tuple[datetime, Actor, SigningResponse]] = []
    for number, signatory in enumerate(asked):
        day = campaign.opened_on + timedelta(days=number * 7 % days)
        joined = min(role.starts_on for role in Actor.of(signatory.person, on).roles)
        actor = Actor.of(signatory.person, max(day, joined))
        at = _at(actor.on, 12, actor.person.pk % 60) + READING
        if number < signing:
            answers.append((at, actor, _signature(actor, version)))
        elif number == signing and place.signed < 0.9:
            answers.append((at, actor, _refusal(version, "declined", "I want to talk to my union first.")))
        elif number == signing + 1 and place.signed < 0.9:
            answers.append((at, actor, _refusal(version, "exemption_asked", "I am on leave until summer.")))
    for at, actor, response in sorted(answers, key=lambda answer: answer[0]):  # the log is in the order of time
        if is_covered(policy_of(campaign.version), actor.kinds_in(campaign.establishment)):
            acknowledgements.acknowledge_version(actor, campaign, response, now=at)


def _signature(actor: Actor, version: Version) -> SigningResponse:
    """Return the signature of somebody who has read the policy and answers every question right."""
    kinds = actor.kinds_in(version.establishment)
    questions = signing_questions.drawn_for(actor.person, kinds, version, actor.on)
    answers = [QuestionAnswer(question_key(question), question.right) for question in questions]
    return SigningResponse(
        "signed",
        version.fingerprint,
        actor.person.name,
        _statement(version),
        has_read_to_end=True,
        answers=answers,
    )


def _refusal(version: Version, kind: str, reason: str) -> SigningResponse:
    return SigningResponse(kind, version.fingerprint, reason=reason)


def _statement(version: Version) -> str:
    return f"I have read version {version.number} of the policy of {version.establishment.name}, and I will keep to it."


def _tasks_done(establishment: Establishment, on: date) -> None:
    """Let two in three of the tasks that are due be done."""
    due = establishment.tasks.filter(person__isnull=False, state="open", due_on__lte=on + timedelta(days=10))
    for number, task in enumerate(due.select_related("person", "establishment")):
        if number % 3 and task.person is not None:
            day = min(task.due_on, on)
            actor = Actor.of(task.person, day)
            if actor.roles:
                complete_task(actor, task, now=_at(day, 15))


def _draft(establishment: Establishment, on: date) -> None:
    """Leave a next version waiting for the chair's approval."""
    begun = on - timedelta(days=9)
    actor = _actor(establishment, Kind.HEADTEACHER, begun)
    version = drafts.start_next_version(actor, establishment, now=_at(begun))
    particulars = Particulars(on + timedelta(days=14), on + timedelta(days=379), **_texts(version))
    version = drafts.fill_particulars(actor, version, version.edition, particulars, now=_at(begun, 10))
    policy = policy_of(version)
    clause = next(clause for clause in policy.clauses if clause.force == "prohibited")
    change = drafts.ClauseChange(
        replace(clause, text=f"{clause.text} This holds on school trips too."), "Trips were not named."
    )
    version = drafts.change_clause(actor, version, version.edition, change, now=_at(begun, 11))
    version = drafts.describe_change(
        actor, version, version.edition, drafts.Description("material", "School trips are named."), now=_at(begun, 12)
    )
    needed = approvals.capacities(policy, establishment)
    approvers = [Approver(_actor(establishment, kind, begun).person, kind) for kind in needed]
    approvals.submit_version(actor, version, approvers, now=_at(begun, 13))


def _texts(version: Version) -> dict[str, str]:
    return dict(version.particulars)
