"""Tell whoever reads a record what was decided about it, whether or not he reads the meetings (6.1 f, 6.2.1 b)."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model

from committee.decisions.models import DECIDES, Decision
from fsul_portal.links.models import Link


def decided_about(thing: Model) -> Any:
    """Return the decisions in force about a record, the latest first."""
    kinds = ContentType.objects.get_for_models(Decision, type(thing))
    links = Link.objects.filter(
        relation=DECIDES, first_type=kinds[Decision], second_type=kinds[type(thing)], second_id=thing.pk
    )
    return Decision.objects.in_force().filter(pk__in=links.values("first_id"))
