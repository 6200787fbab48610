"""An establishment may choose a colour and a crest, which its pages, emails and documents then bear."""

import django.core.validators
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("files", "0002_what_was_stored_stays"), ("people", "0005_a_role_starts_once_on_a_day")]
    operations = [
        migrations.AddField(
            model_name="establishment",
            name="colour",
            field=models.CharField(
                blank=True,
                default="",
                max_length=7,
                validators=[django.core.validators.RegexValidator("^#[0-9a-f]{6}$")],
                verbose_name="Colour",
            ),
        ),
        migrations.AddField(
            model_name="establishment",
            name="crest",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="files.storedfile",
                verbose_name="Crest",
            ),
        ),
    ]
