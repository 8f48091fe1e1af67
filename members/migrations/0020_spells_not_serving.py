from django.db import migrations, models


class Migration(migrations.Migration):
    """Find those who need not report without a look at all the others."""

    dependencies = [("members", "0019_scores_of_figures")]

    operations = [
        migrations.AddIndex(
            model_name="spell",
            index=models.Index(
                condition=models.Q(
                    ("superseded_at__isnull", True),
                    ("status__in", ["emergency_closed", "preparing", "retired", "suspended"]),
                ),
                fields=["library"],
                name="spell_known_not_serving",
            ),
        ),
    ]
