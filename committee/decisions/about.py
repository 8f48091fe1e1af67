"""Tell whoever reads a record what was decided about it, whether or not he reads the meetings (6.1 f, 6.2.1 b)."""

from typing import Any

from django.db.models import Model

from committee.decisions.models import DECIDES, Decision
from fsul_portal.links.models import Link


def decided_about(thing: Model) -> Any:
    """Return the decisions in force about a record, the latest first."""
    return Decision.objects.in_force().filter(pk__in=Link.objects.leading_to(thing, DECIDES, of=Decision))
