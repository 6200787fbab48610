"""A task that asks for a declaration is done with an answer: something, or nothing to declare."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tasks", "0003_absences_and_holidays")]
    operations = [
        migrations.AddField(
            model_name="task",
            name="declared",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", "Nothing was asked"),
                    ("nothing", "Nothing to declare"),
                    ("something", "Declared"),
                ],
                default="",
                max_length=10,
            ),
        ),
    ]
