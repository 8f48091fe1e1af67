"""Every meeting, proposal and calendar belongs to a body; numbers are given by each body for itself (6.2.1 b)."""

import django.db.models.deletion
from django.db import migrations, models


def belongs(name):
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT, related_name=name, to="committee.body", verbose_name="body"
    )


class Migration(migrations.Migration):
    dependencies = [("committee", "0015_meetings_of_the_committee")]

    operations = [
        migrations.AlterField("meeting", "body", belongs("meetings")),
        migrations.AlterField("proposal", "body", belongs("proposals")),
        migrations.RemoveConstraint("meeting", "meeting_number_once_a_year"),
        migrations.AddConstraint(
            "meeting",
            models.UniqueConstraint(fields=("body", "year", "number"), name="meeting_number_once_a_year"),
        ),
        migrations.RemoveField("bodyfeed", "body"),
        migrations.RenameField("bodyfeed", "body_new", "body"),
        migrations.AlterField(
            "bodyfeed",
            "body",
            models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="feed",
                to="committee.body",
                verbose_name="body",
            ),
        ),
    ]
