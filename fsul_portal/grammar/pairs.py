"""Keep who and when together."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from fsul_portal.users import User


def who(related_name: str = "+", **options: Any) -> models.ForeignKey[User | None, User | None]:
    """Return a foreign key to the person who did it; the person may be a job, then it is empty."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name=related_name, **options
    )


def together(verb: str) -> models.CheckConstraint:
    """Return the check that `<verb>_by` never stands without `<verb>_at`."""
    return models.CheckConstraint(
        condition=Q(**{f"{verb}_by__isnull": True}) | Q(**{f"{verb}_at__isnull": False}),
        name=f"%(app_label)s_%(class)s_{verb}_pair",
    )
