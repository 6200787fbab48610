"""Signatures given before the log proved them are taken into it, as they are on the day of the upgrade."""

from collections.abc import Iterator
from typing import Any

from django.db import migrations
from django.utils import timezone

from proviso.records.audit.proofs import KEY, digest_of
from proviso.records.audit.services import digest

FIELDS = (
    *("campaign_id", "version_id", "person_id", "recorded_by_id", "kind", "at"),
    *("fingerprint", "statement", "typed_name", "answers", "reason"),
)
AT_ONCE = 1000


def prove(apps: Any, schema_editor: Any) -> None:
    head = apps.get_model("audit", "Head").objects.filter(pk=1).first()
    if head is None:  # taken away: `audit verify` says so, and nothing is added to what cannot be trusted
        return
    for proofs in _batches(apps.get_model("policies", "Acknowledgement")):
        entry = apps.get_model("audit", "Entry")(
            number=head.number + 1,
            at=timezone.now(),
            action="signing.proven",
            details={"count": len(proofs), KEY: proofs},
            previous=head.digest,
        )
        entry.digest = digest(entry)
        entry.save()
        head.number, head.digest = entry.number, entry.digest
        head.save()


def _batches(acknowledgements: Any) -> Iterator[dict[str, str]]:
    after = 0
    while rows := list(acknowledgements.objects.filter(pk__gt=after).order_by("pk")[:AT_ONCE]):
        yield {f"acknowledgement:{row.pk}": digest_of(row, FIELDS) for row in rows}
        after = rows[-1].pk


class Migration(migrations.Migration):
    dependencies = [("policies", "0004_states_and_approvals_stay")]
    # Nothing to undo: the log can only be added to.
    operations = [migrations.RunPython(prove, migrations.RunPython.noop)]
