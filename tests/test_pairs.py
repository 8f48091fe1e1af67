"""Who and when stand together: walk all models for such pairs."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models

# The rooms, and the small duties on which the tests try the grammars.
LABELS = ("fsul_portal", "members", "committee", "workgroups", "reports", "small")
ALONE = {"fsul_portal.Record.by"}


def pairs():
    for label in LABELS:
        for model in apps.get_app_config(label).get_models():
            for field in model._meta.get_fields():
                if isinstance(field, models.ForeignKey) and field.name.endswith("_by"):
                    yield model, field.name.removesuffix("_by")


@pytest.mark.parametrize(("model", "verb"), list(pairs()), ids=lambda value: getattr(value, "__name__", value))
def test_who_never_stands_without_when(model, verb):
    assert model._meta.get_field(f"{verb}_at").get_internal_type() == "DateTimeField"
    names = {constraint.name for constraint in model._meta.constraints}
    assert f"{model._meta.app_label}_{model._meta.model_name}_{verb}_pair" in names


def test_the_migrations_are_complete(db):
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
