"""Make the tables of the small duties out of their models, so that this never lags behind them."""

from django.apps import apps
from django.conf import settings
from django.db import migrations
from django.db.migrations.state import ModelState


def tables():
    """Return an operation for each model, in the order in which they name one another."""
    states = [ModelState.from_model(model) for model in apps.get_app_config("small").get_models()]
    return [
        migrations.CreateModel(state.name, list(state.fields.items()), state.options, state.bases) for state in states
    ]


class Migration(migrations.Migration):
    initial = True
    dependencies = [
        ("contenttypes", "0002_remove_content_type_name"),
        ("fsul_portal", "0001_initial"),
        ("members", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = tables()
