"""The table of imports takes the name of its room; its rows stay."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("imports", "0001_imports_have_a_room_of_their_own")]
    operations = [migrations.AlterModelTable("importrun", None)]
