"""Answers of a person are numbered, a signing knows its establishment, and reviews are kept.

Where several signings were open in one establishment, or somebody was asked twice to approve a version,
the latest stands.
"""

from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Greatest

from proviso.records.audit import guards

ALONE = ("headteacher", "chair", "executive")


def lift(apps: Any, schema_editor: Any) -> None:
    guards.lifted(schema_editor, "policies_acknowledgement", ("insert", "update", "delete", "truncate"))


def fill(apps: Any, schema_editor: Any) -> None:
    _number(apps.get_model("policies", "Acknowledgement"))
    _place(apps.get_model("policies", "Campaign"), apps.get_model("policies", "Version"))
    _lapse(apps.get_model("policies", "Approval"))
    if schema_editor.connection.vendor == "postgresql":
        # Foreign keys that were just filled are checked now: an index, made at the end, waits for no check.
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def _number(answers: Any) -> None:
    last: dict[tuple[int, int], int] = {}
    for pk, campaign, person in answers.objects.order_by("pk").values_list("pk", "campaign", "person"):
        number = last[campaign, person] = last.get((campaign, person), 0) + 1
        if number > 1:  # the first has its number by default
            answers.objects.filter(pk=pk).update(number=number)


def _place(campaigns: Any, versions: Any) -> None:
    establishment = versions.objects.filter(pk=OuterRef("version")).values("establishment")
    campaigns.objects.update(establishment=Subquery(establishment))
    seen: set[int] = set()
    for campaign in campaigns.objects.filter(closed_on=None).order_by("-opened_on", "-pk"):
        if campaign.establishment_id in seen:
            campaigns.objects.filter(pk=campaign.pk).update(closed_on=campaign.opened_on)
        seen.add(campaign.establishment_id)
    # A version that begins in the future is signed from its first day on.
    later = {pk: first for pk, first in versions.objects.values_list("pk", "in_force_from") if first is not None}
    for campaign in campaigns.objects.filter(closed_on=None):
        first = later.get(campaign.version_id, campaign.opened_on)
        if first > campaign.opened_on:
            due_on = Greatest(F("due_on"), first)
            campaigns.objects.filter(pk=campaign.pk).update(opened_on=first, due_on=due_on)


def _lapse(approvals: Any) -> None:
    people: set[tuple[int, int]] = set()
    roles: set[tuple[int, str]] = set()
    for approval in approvals.objects.filter(state="waiting").order_by("-pk"):
        person, role = (approval.version_id, approval.person_id), (approval.version_id, approval.capacity)
        if person in people or (role in roles and approval.capacity in ALONE):
            approvals.objects.filter(pk=approval.pk).update(state="lapsed")
            continue
        people.add(person)
        roles.add(role)


class Migration(migrations.Migration):
    dependencies = [
        ("policies", "0005_signatures_of_before_are_proven"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.RunPython(lift, migrations.RunPython.noop),
        migrations.AlterModelOptions(
            name="acknowledgement", options={"ordering": ["pk"], "verbose_name": "acknowledgement"}
        ),
        migrations.AddField("acknowledgement", "number", models.PositiveIntegerField(default=1)),
        migrations.AddField(
            "campaign",
            "establishment",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="campaigns",
                to="people.establishment",
            ),
        ),
        migrations.CreateModel(
            name="Review",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reviewed_on", models.DateField(verbose_name="When was it reviewed?")),
                ("reviewer", models.CharField(max_length=160, verbose_name="Who reviewed it?")),
                (
                    "meeting",
                    models.CharField(blank=True, max_length=160, verbose_name="Which meeting was it at, if any?"),
                ),
                ("minute", models.CharField(blank=True, max_length=60, verbose_name="Minute number")),
                ("law", models.TextField(verbose_name="What has changed in law and guidance since?")),
                (
                    "model",
                    models.TextField(verbose_name="How does it compare with the model that it was made from?"),
                ),
                ("review_on", models.DateField(verbose_name="When is the next review?")),
                ("recorded_at", models.DateTimeField()),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reviews", to="policies.version"
                    ),
                ),
            ],
            options={"verbose_name": "review of a policy", "ordering": ["-reviewed_on", "-pk"]},
        ),
        migrations.AddConstraint(
            "review",
            models.CheckConstraint(
                condition=models.Q(review_on__gt=models.F("reviewed_on")),
                name="the_next_review_comes_after_this_one",
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
