"""Whether the texts of versions, and what was approved of them, are still what their fingerprints say."""

from collections.abc import Iterator

from proviso.records.audit.proofs import Fault, about
from proviso.records.policies.models import Approval, Version
from proviso.rules import rulebook

IN_FORCE = (Version.State.ADOPTED, Version.State.WITHDRAWN)


def texts_that_differ() -> Iterator[Fault]:
    """Return versions whose text is not that of their fingerprint, and approvals of another text than was adopted."""
    frozen = Version.objects.exclude(state=Version.State.DRAFT)
    for version in frozen.only("text", "fingerprint").order_by("pk").iterator(chunk_size=100):
        if rulebook.fingerprint(version.text) != version.fingerprint:
            yield Fault(about(version), "has another text than its fingerprint says")
    approved = Approval.objects.filter(state=Approval.State.APPROVED, version__state__in=IN_FORCE)
    for approval in approved.select_related("version").defer("version__text", "version__model_text").order_by("pk"):
        if approval.fingerprint != approval.version.fingerprint:
            yield Fault(about(approval), "approves another text than that of its version")
