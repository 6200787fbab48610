"""A case that owns evidence, in one step."""

import itertools

from proviso.records.cases.models import Case, CaseParty, Matter, PartyRole
from proviso.records.files.vaults import open_vault
from proviso.records.people.models import Establishment, Person
from tests.clock import NOW, TODAY

_NUMBERS = itertools.count(1)


def case_of(establishment: Establishment, handler: Person, *, subject: Person | None = None) -> Case:
    """Return a case that somebody handles; `subject` is whom it is about."""
    number = next(_NUMBERS)
    case = Case.objects.create(
        establishment=establishment,
        reference=f"C-{number:06}",
        kind="posts",
        matter=Matter.ADULT if subject else Matter.OTHER,
        vault=open_vault(f"casevault:{number}", now=NOW),
        aware_on=TODAY,
        opened_at=NOW,
        opened_by=handler,
    )
    CaseParty.objects.create(case=case, role=PartyRole.HANDLER, person=handler, added_at=NOW)
    if subject is not None:
        CaseParty.objects.create(case=case, role=PartyRole.SUBJECT, person=subject, added_at=NOW)
    return case
