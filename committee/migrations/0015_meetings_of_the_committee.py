"""Give the meetings, proposals and calendar of before to the committee: nobody else could meet (6.2.1 b)."""

from django.db import migrations


def to_the_committee(apps, schema_editor):
    body, _ = apps.get_model("committee", "Body").objects.get_or_create(
        kind="committee", defaults={"name": "专业委员会", "name_en": "Committee"}
    )
    for model in ("Meeting", "Proposal"):
        apps.get_model("committee", model).objects.filter(body__isnull=True).update(body=body)
    apps.get_model("committee", "BodyFeed").objects.filter(body_new__isnull=True).update(body_new=body)


class Migration(migrations.Migration):
    dependencies = [("committee", "0014_bodies_that_meet")]

    operations = [migrations.RunPython(to_the_committee, migrations.RunPython.noop)]
