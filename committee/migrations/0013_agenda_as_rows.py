from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("committee", "0012_lines_become_items")]

    operations = [
        migrations.RemoveField(model_name="meeting", name="agenda"),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(("roll_signed_at__isnull", True), ("is_quorate__isnull", False), _connector="OR"),
                name="a_signed_roll_says_whether_quorate",
            ),
        ),
    ]
