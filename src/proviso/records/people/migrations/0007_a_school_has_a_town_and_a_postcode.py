"""Where an establishment is, so that people find it by town or postcode."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0006_a_school_has_a_crest_and_a_colour")]
    operations = [
        migrations.AddField(
            model_name="establishment",
            name="town",
            field=models.CharField(blank=True, default="", max_length=80, verbose_name="Town or village"),
        ),
        migrations.AddField(
            model_name="establishment",
            name="postcode",
            field=models.CharField(blank=True, default="", max_length=8, verbose_name="Postcode"),
        ),
    ]
