"""Stand on 10 March 2026, speak English, and keep the sums of the returns at hand."""

import pytest
from django.urls import reverse
from django.utils import timezone

from members.returns.rollup.actions import settle
from members.returns.rollup.awaited import count_awaited
from tests.members.returns.conftest import accepted, clock, draft, english, stored, submitted

__all__ = ["accepted", "clock", "draft", "english", "stored", "submitted"]


@pytest.fixture
def added_up(cast):
    """Follow the registry, as the job does: `added_up()`."""

    def follow():
        settle(timezone.now())
        count_awaited()

    return follow


@pytest.fixture
def look(signed_in):
    """Open the explorer as somebody: `look("office", figure="L04")`."""
    return lambda who, **asked: signed_in(who).get(reverse("reports:explorer"), asked)


def cells_of(response, number=0):
    """Return {month: (value, note, whole)} of a figure on the page."""
    return {cell.month: (cell.value, cell.note, cell.whole) for cell in response.context["series"][number].cells}
