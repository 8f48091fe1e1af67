"""Reckon how far the duty of two meetings a year is met (7.1)."""

from dataclasses import dataclass

from django.utils import timezone

from committee.meetings.models import MEETINGS_A_YEAR, Meeting
from committee.meetings.thresholds.models import thresholds_of


@dataclass(frozen=True)
class Duty:
    """What counts in a year, and what may still come to count.

    counted: meetings that were quorate, with a signed roll and final minutes. called: still to be held or without a
    signed roll. held: quorate, signed roll, minutes not final.
    """

    year: int
    counted: tuple[Meeting, ...]
    called: tuple[Meeting, ...]
    held: tuple[Meeting, ...]
    due: int = MEETINGS_A_YEAR

    @property
    def count(self):
        return len(self.counted)

    @property
    def expected(self):
        """Return how many will count if everything that is called and held is brought to its end."""
        return len(self.counted) + len(self.called) + len(self.held)

    @property
    def is_met(self):
        return self.count >= self.due

    @property
    def is_in_reach(self):
        return self.expected >= self.due

    @property
    def missing(self):
        """Return how many meetings have to be called yet."""
        return max(0, self.due - self.expected)

    @property
    def tone(self):
        if self.is_met:
            return "success"
        return "info" if self.is_in_reach else "warning"

    def expected_by(self, day):
        """Return how many of them begin on that day or earlier."""
        meetings = (*self.counted, *self.called, *self.held)
        return sum(timezone.localdate(meeting.starts_at) <= day for meeting in meetings)


def duty_of(year: int) -> Duty:
    """Return where the committee stands in a year (7.1)."""
    groups: dict[Meeting.State, list[Meeting]] = {
        Meeting.State.CALLED: [],
        Meeting.State.HELD: [],
        Meeting.State.MINUTED: [],
    }
    known = (
        Meeting.objects.of_committee().of_year(year).exclude(state=Meeting.State.CANCELLED).exclude(is_quorate=False)
    )
    for meeting in known.order_by("starts_at"):
        groups[Meeting.State(meeting.state)].append(meeting)
    called, held, counted = (tuple(meetings) for meetings in groups.values())
    return Duty(year, counted, called, held, thresholds_of(year).meetings_a_year)
