"""A policy's life in short: the steps that a test of a later one has to take first."""

from datetime import date, datetime, timedelta
from typing import Any

from proviso.records.people.actors import Actor
from proviso.records.people.models import Establishment, Person, Role
from proviso.records.policies import signing_questions
from proviso.records.policies.compiled import policy_of
from proviso.records.policies.models import Version
from proviso.records.policies.selectors.versions import approvals_of
from proviso.records.policies.services import approvals, drafts
from proviso.records.policies.services.acknowledgements import SigningResponse
from proviso.records.policies.services.approvals import Adoption, Approver, Decision
from proviso.records.policies.services.drafts import Description, Particulars
from proviso.records.policies.signing_questions import QuestionAnswer, question_key
from tests.cast import Cast
from tests.clock import NOW, TODAY

NEXT_YEAR = TODAY + timedelta(days=365)


def acting(person: Person, on: date = TODAY, *, proved: datetime | None = NOW) -> Actor:
    """Return somebody who has just proved themselves by a second step."""
    return Actor.of(person, on, second_factor_at=proved)


def draft(
    cast: Cast,
    model: str = "lancashire",
    establishment: Establishment | None = None,
    by: Person | None = None,
    first: date = TODAY,
) -> Version:
    """Return a draft from a model of the rulebook, its particulars filled in; in force from its `first` day."""
    actor = acting(by or cast.headteacher)
    version = drafts.start_version(actor, establishment or cast.school, drafts.rulebook_model(model), now=NOW)
    return filled(actor, version, first)


def filled(actor: Actor, version: Version, first: date = TODAY) -> Version:
    particulars = Particulars(in_force_from=first, review_on=NEXT_YEAR)
    return drafts.fill_particulars(actor, version, version.edition, particulars, now=NOW)


def submitted(cast: Cast, version: Version) -> Version:
    """Ask whoever the policy's governance names; `capacities` is tested by itself."""
    establishment = version.establishment
    needed = approvals.capacities(policy_of(version), establishment)
    people = {"headteacher": cast.headteacher, "chair": cast.chair, "executive": cast.executive}
    actor = acting(cast.headteacher)
    if not establishment.is_school:  # the executive prepares it: somebody else approves it, too
        actor, people["chair"] = acting(cast.executive), cast.governor
        needed = tuple(dict.fromkeys((*needed, "chair")))
        Role.objects.get_or_create(
            person=cast.governor, establishment=establishment, kind="chair", defaults={"starts_on": TODAY}
        )
    if version.previous and not version.summary:
        description = Description(version.change, "One clause reads otherwise.")
        version = drafts.describe_change(actor, version, version.edition, description, now=NOW)
    approvers = [Approver(people[kind], kind) for kind in needed]
    return approvals.submit_version(actor, version, approvers, now=NOW)


def signature(person: Person, version: Version, on: date = TODAY, **words: Any) -> SigningResponse:
    """Return the signature of somebody who has read a version to its end and answered every question."""
    kinds = acting(person, on).kinds_in(version.establishment)
    questions = signing_questions.drawn_for(person, kinds, version, on)
    answers = [QuestionAnswer(question_key(question), question.right) for question in questions]
    named = {"typed_name": person.name, "statement": "I have read it.", "has_read_to_end": True, "answers": answers}
    return SigningResponse("signed", version.fingerprint, **{**named, **words})


def approved(cast: Cast, version: Version) -> Version:
    version = submitted(cast, version)
    for approval in approvals_of(acting(version.prepared_by), version):
        decision = Decision(True, approval.person.name)
        approvals.decide_approval(acting(approval.person), approval, decision, now=NOW)
    return Version.objects.get(pk=version.pk)


def adopted(cast: Cast, version: Version | None = None, *, sign_in: int = 28) -> Version:
    """Return a version in force since today, which everybody covered is asked to sign."""
    version = approved(cast, version or draft(cast))
    by = cast.headteacher if version.establishment.is_school else cast.executive
    adoption = Adoption(TODAY, TODAY + timedelta(days=sign_in))
    return approvals.adopt_version(acting(by), version, adoption, now=NOW)
