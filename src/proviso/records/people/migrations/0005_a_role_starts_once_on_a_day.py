"""Nobody begins the same role in the same establishment twice on a day."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0004_copies_of_a_role_become_one")]
    operations = [
        migrations.AddConstraint(
            model_name="role",
            constraint=models.UniqueConstraint(
                fields=("person", "establishment", "kind", "starts_on"), name="a_role_starts_once_on_a_day"
            ),
        ),
    ]
