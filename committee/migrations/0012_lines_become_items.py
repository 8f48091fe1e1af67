from django.db import migrations

ATTENDED = ("present", "deputy")


def forwards(apps, schema_editor):
    """Make items of the lines of each agenda, and say of each signed roll whether half of those due were there."""
    Meeting, Item = apps.get_model("committee", "Meeting"), apps.get_model("committee", "Item")
    for meeting in Meeting.objects.prefetch_related("roll").iterator(chunk_size=500):
        state = "dealt" if meeting.state == "minuted" else "open"
        lines = [line.strip() for line in meeting.agenda.splitlines() if line.strip()]
        Item.objects.bulk_create(
            Item(
                meeting=meeting,
                sort=sort,
                title=line[:200],
                reason=line if len(line) > 200 else "",
                state=state,
                started_at=meeting.called_at,
                started_by=meeting.called_by,
            )
            for sort, line in enumerate(lines, start=1)
        )
        if meeting.roll_signed_at:
            roll = list(meeting.roll.all())
            there = [entry for entry in roll if entry.presence in ATTENDED]
            units = {entry.unit for entry in roll if entry.unit}
            units_there = {entry.unit for entry in there if entry.unit}
            meeting.is_quorate = bool(there) and 2 * len(there) >= len(roll) and 2 * len(units_there) >= len(units)
            meeting.save(update_fields=["is_quorate"])


def backwards(apps, schema_editor):
    """Write the items back as lines."""
    Meeting, Item = apps.get_model("committee", "Meeting"), apps.get_model("committee", "Item")
    for meeting in Meeting.objects.all():
        titles = Item.objects.filter(meeting=meeting).exclude(state="off").order_by("sort")
        meeting.agenda = "\n".join(titles.values_list("title", flat=True))
        meeting.save(update_fields=["agenda"])


class Migration(migrations.Migration):
    dependencies = [("committee", "0011_agendas_and_decisions")]

    operations = [migrations.RunPython(forwards, backwards, elidable=True)]
