"""Fetch along what turns are about."""

from typing import Any

from django.apps import apps
from django.contrib.contenttypes.prefetch import GenericPrefetch

from fsul_portal.approvals.kinds import KINDS


def with_matters() -> "tuple[GenericPrefetch[Any], str]":
    """Fetch what each turn is about, and where it is held, in a number of queries that does not grow."""
    models = dict.fromkeys(apps.get_model(kind.model) for kind in KINDS.values())
    return GenericPrefetch("matter", [model.objects.named() for model in models]), "placed_on"
