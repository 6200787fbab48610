"""A policy's life in short: the steps that a test of a later one has to take first."""

from datetime import date, datetime, timedelta

from django.utils import timezone

from proviso.records.people.actors import Actor
from proviso.records.people.models import Establishment, Person
from proviso.records.policies.models import Version
from proviso.records.policies.selectors.versions import approvals_of
from proviso.records.policies.services import approvals, drafts
from proviso.records.policies.services.approvals import Adoption, Approver, Decision
from proviso.records.policies.services.drafts import Particulars
from tests.cast import Cast

NOW = timezone.now()
TODAY = timezone.localdate(NOW)
NEXT_YEAR = TODAY + timedelta(days=365)


def acting(person: Person, on: date = TODAY, *, proved: datetime | None = NOW) -> Actor:
    """Return somebody who has just proved themselves by a second step."""
    return Actor.of(person, on, second_factor_at=proved)


def draft(
    cast: Cast, model: str = "lancashire", school: Establishment | None = None, by: Person | None = None
) -> Version:
    """Return a draft from a model of the rulebook, its particulars filled in."""
    school, actor = school or cast.school, acting(by or cast.headteacher)
    version = drafts.start_version(actor, school, drafts.rulebook_model(model), now=NOW)
    return filled(actor, version)


def filled(actor: Actor, version: Version, first: date = TODAY) -> Version:
    particulars = Particulars(in_force_from=first, review_on=NEXT_YEAR)
    return drafts.fill_particulars(actor, version, version.edition, particulars, now=NOW)


def submitted(cast: Cast, version: Version) -> Version:
    """Ask whoever the policy's governance names; `capacities` is tested by itself."""
    people = {"headteacher": cast.headteacher, "chair": cast.chair, "executive": cast.executive}
    if version.establishment.pk == cast.trust.pk:
        people["chair"] = cast.executive
    from proviso.records.policies.compiled import policy_of

    needed = approvals.capacities(policy_of(version), version.establishment)
    approvers = [Approver(people[kind], kind) for kind in needed]
    actor = acting(cast.headteacher if version.establishment.is_school else cast.executive)
    return approvals.submit_version(actor, version, approvers, now=NOW)


def approved(cast: Cast, version: Version) -> Version:
    version = submitted(cast, version)
    for approval in approvals_of(version):
        decision = Decision(True, approval.person.name)
        approvals.decide_approval(acting(approval.person), approval, decision, now=NOW)
    return Version.objects.get(pk=version.pk)


def adopted(cast: Cast, version: Version | None = None, *, sign_in: int = 28) -> Version:
    """Return a version in force since today, which everybody covered is asked to sign."""
    version = approved(cast, version or draft(cast))
    by = cast.headteacher if version.establishment.is_school else cast.executive
    adoption = Adoption(TODAY, TODAY + timedelta(days=sign_in))
    return approvals.adopt_version(acting(by), version, adoption, now=NOW)
