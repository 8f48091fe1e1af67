from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("fsul_portal", "0004_account")]

    operations = [
        migrations.AddField(
            model_name="preference",
            name="shortcuts_off",
            field=models.JSONField(blank=True, default=list, verbose_name="shortcuts that are switched off"),
        ),
    ]
