from django.db import migrations, models


class Migration(migrations.Migration):
    """Have the index of a month's returns name their libraries, so that it alone tells who has handed in."""

    dependencies = [("members", "0016_spells_recorded")]

    operations = [
        migrations.RemoveIndex(model_name="return", name="return_of_period"),
        migrations.AddIndex(
            model_name="return",
            index=models.Index(fields=["period", "state", "library"], name="return_of_period"),
        ),
    ]
