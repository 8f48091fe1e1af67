import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Keep the scores of figures, by which a month is looked through."""

    dependencies = [
        ("members", "0018_rosters"),
    ]

    operations = [
        migrations.CreateModel(
            name="Scored",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("upto", models.DateTimeField(verbose_name="as known at")),
                (
                    "period",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="members.period",
                        verbose_name="period",
                    ),
                ),
            ],
            options={
                "verbose_name": "month with scores",
                "verbose_name_plural": "months with scores",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Score",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=6, verbose_name="indicator")),
                ("value", models.BigIntegerField(verbose_name="figure")),
                ("months", models.PositiveSmallIntegerField(verbose_name="months before")),
                ("count", models.PositiveSmallIntegerField(verbose_name="figures before")),
                ("usual", models.BigIntegerField(verbose_name="usual figure")),
                ("away", models.FloatField(verbose_name="distance")),
                ("root", models.FloatField(verbose_name="root of the usual figure")),
                ("spread", models.FloatField(verbose_name="spread")),
                ("same", models.BigIntegerField(null=True, verbose_name="usual figure of this month")),
                ("same_away", models.FloatField(null=True, verbose_name="distance from this month of earlier years")),
                ("same_root", models.FloatField(null=True, verbose_name="root of the usual figure of this month")),
                ("same_spread", models.FloatField(null=True, verbose_name="spread of this month")),
                (
                    "library",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="members.library",
                        verbose_name="member library",
                    ),
                ),
                (
                    "period",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="members.period",
                        verbose_name="period",
                    ),
                ),
            ],
            options={
                "verbose_name": "score of a figure",
                "verbose_name_plural": "scores of figures",
                "ordering": ["pk"],
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("period", "library", "code"), name="score_once_a_figure")
                ],
            },
        ),
    ]
