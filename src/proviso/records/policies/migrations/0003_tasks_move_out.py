"""Tasks and calendars get a room of their own: their tables are renamed, and every row stays."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("policies", "0002_append_only")]
    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.AlterModelTable("Task", "tasks_task"),
                migrations.AlterModelTable("Calendar", "tasks_calendar"),
            ],
            state_operations=[migrations.DeleteModel("Task"), migrations.DeleteModel("Calendar")],
        )
    ]
