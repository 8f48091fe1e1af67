"""Bring a month into every situation; each is a month of its own."""

from django.utils import timezone

from members.libraries.models import Library
from members.months.actions import lock
from members.months.verbs import ACTS
from members.periods.models import period_named
from members.returns.actions import hand_in
from tests.members.returns.figures import SOUND

__all__ = ["ACTS"]

RIGHTS = {"lock": {"office"}}


def situations(cast):
    """Yield (situation, month) for each situation of a month."""
    hand_in(Library.objects.get(code="NH002"), "2025-05", SOUND, {}, by=cast["nanhai"])
    lock("2025-08", by=cast["office"], acknowledged=99)
    yield "waiting", period_named("2025-05")
    yield "open", period_named("2025-03")
    yield "locked", period_named("2025-08")
    yield "not over", period_named(f"{timezone.localdate():%Y-%m}")
