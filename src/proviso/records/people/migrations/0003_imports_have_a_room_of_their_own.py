"""Runs of imports move to the room of imports; their table and rows stay as they are. See its first migration."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("people", "0002_accounts_and_imports")]
    operations = [migrations.SeparateDatabaseAndState(state_operations=[migrations.DeleteModel("ImportRun")])]
