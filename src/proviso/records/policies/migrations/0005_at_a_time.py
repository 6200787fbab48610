"""One signing is open at a time, approvers are distinct persons, and answers come one after the other."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models

from proviso.records.audit import guards


def guard(apps: Any, schema_editor: Any) -> None:
    # SQLite has made the table of answers anew, without its triggers.
    guards.lifted(schema_editor, "policies_acknowledgement")
    guards.append_only(schema_editor, "policies_acknowledgement", "an acknowledgement can only be added")
    guards.append_only(schema_editor, "policies_review", "a review can only be added")


def unguard(apps: Any, schema_editor: Any) -> None:
    guards.lifted(schema_editor, "policies_review")


class Migration(migrations.Migration):
    dependencies = [("policies", "0004_sequence_and_reviews")]
    operations = [
        migrations.AlterField(
            "campaign",
            "establishment",
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="campaigns", to="people.establishment"
            ),
        ),
        migrations.AddConstraint(
            "campaign",
            models.UniqueConstraint(
                condition=models.Q(closed_on=None), fields=["establishment"], name="one_signing_is_open_at_a_time"
            ),
        ),
        migrations.AddConstraint(
            "acknowledgement",
            models.UniqueConstraint(
                fields=["campaign", "person", "number"], name="answers_of_a_person_come_one_after_the_other"
            ),
        ),
        migrations.AddConstraint(
            "approval",
            models.UniqueConstraint(
                condition=models.Q(state="waiting"),
                fields=["version", "person"],
                name="approvers_are_distinct_persons",
            ),
        ),
        migrations.AddConstraint(
            "approval",
            models.UniqueConstraint(
                condition=models.Q(state="waiting", capacity__in=["headteacher", "chair", "executive"]),
                fields=["version", "capacity"],
                name="one_person_is_asked_in_a_capacity",
            ),
        ),
        migrations.RunPython(guard, unguard),
    ]
