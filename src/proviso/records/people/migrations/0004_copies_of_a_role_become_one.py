"""Copies of one role, which two presses at once could make, become one: that which lasts longest."""

from typing import Any

from django.db import migrations, models


def join(apps: Any, schema_editor: Any) -> None:
    roles = apps.get_model("people", "Role").objects
    key = ("person", "establishment", "kind", "starts_on")
    for copies in roles.values(*key).annotate(many=models.Count("pk")).filter(many__gt=1).order_by():
        same = roles.filter(**{name: copies[name] for name in key})
        longest = same.order_by(models.F("ends_on").desc(nulls_first=True), "pk").first()
        same.exclude(pk=longest.pk).delete()


class Migration(migrations.Migration):
    dependencies = [("people", "0003_imports_have_a_room_of_their_own")]
    operations = [
        migrations.RunPython(join, migrations.RunPython.noop, elidable=False),
    ]
