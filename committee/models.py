"""Gather the models of the committee."""

from committee.meetings.feeds.models import BodyFeed
from committee.meetings.models import Meeting, RollEntry
from committee.meetings.replies.models import Reply
from committee.meetings.thresholds.models import Threshold
from committee.problems.models import Problem
from committee.seats.models import Seat, Term

__all__ = ["BodyFeed", "Meeting", "Problem", "Reply", "RollEntry", "Seat", "Term", "Threshold"]
