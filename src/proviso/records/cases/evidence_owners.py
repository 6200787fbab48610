"""What of this room owns evidence: cases and concerns, but for files where there may be a sexual image of a child."""

from proviso.records.cases.models import Case, Concern
from proviso.records.evidence.owners import OwnerKind, register


def _takes_files(concern: Concern) -> bool:
    if concern.kind == Concern.Kind.SEXUAL_IMAGE:
        return False
    return concern.case is None or not concern.case.has_sexual_image


register(
    OwnerKind(
        Case,
        vault=lambda case: case.vault,
        takes_files=lambda case: not case.has_sexual_image,
        reference=lambda case: case.reference,
        is_held=lambda case: case.held_at is not None,
    )
)
register(OwnerKind(Concern, lambda concern: concern.vault, _takes_files, lambda concern: concern.reference))
