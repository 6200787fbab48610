"""One signing is open at a time, approvers are distinct persons, and answers come one after the other."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models

from proviso.records.audit import guards

ANSWER = "an acknowledgement can only be added"
SAME_ANSWER = "campaign_id = NEW.campaign_id AND person_id = NEW.person_id AND number = NEW.number"
APPROVAL = "an approval that was decided stays as it is"
SAME_APPROVAL = """
version_id = NEW.version_id AND (
    (person_id = NEW.person_id AND capacity = NEW.capacity
        AND state IN ('waiting', 'approved') AND NEW.state IN ('waiting', 'approved'))
    OR (state = 'waiting' AND NEW.state = 'waiting' AND (person_id = NEW.person_id
        OR (capacity = NEW.capacity AND capacity IN ('headteacher', 'chair', 'executive'))))
)
"""
DECIDED = """
OLD.id <> NEW.id OR OLD.version_id <> NEW.version_id OR OLD.person_id <> NEW.person_id OR OLD.capacity <> NEW.capacity
OR OLD.fingerprint <> NEW.fingerprint
OR (OLD.state <> 'waiting' AND (
    OLD.typed_name <> NEW.typed_name OR OLD.comment <> NEW.comment OR NEW.state NOT IN (OLD.state, 'lapsed')
))
"""


def guard(apps: Any, schema_editor: Any) -> None:
    # SQLite has made these tables anew, without their triggers.
    guards.lifted(schema_editor, "policies_acknowledgement", ("insert", "update", "delete", "truncate"))
    guards.append_only(schema_editor, "policies_acknowledgement", ANSWER)
    guards.not_replaced(schema_editor, "policies_acknowledgement", ANSWER, same=SAME_ANSWER)
    guards.lifted(schema_editor, "policies_approval", ("insert", "update", "delete"))
    guards.not_replaced(schema_editor, "policies_approval", APPROVAL, same=SAME_APPROVAL)
    guards.frozen(schema_editor, "policies_approval", APPROVAL, verbs=("update",), condition=DECIDED)
    guards.frozen(schema_editor, "policies_approval", APPROVAL, verbs=("delete",))
    guards.append_only(schema_editor, "policies_review", "a review can only be added")
    guards.not_replaced(schema_editor, "policies_review", "a review can only be added")


def unguard(apps: Any, schema_editor: Any) -> None:
    guards.lifted(schema_editor, "policies_review", ("insert", "update", "delete", "truncate"))


class Migration(migrations.Migration):
    dependencies = [("policies", "0006_sequence_and_reviews")]
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
