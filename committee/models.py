"""Gather the models of the committee."""

from committee.meetings.feeds.models import BodyFeed
from committee.meetings.models import Meeting, RollEntry
from committee.problems.models import Problem
from committee.seats.models import Seat, Term

__all__ = ["BodyFeed", "Meeting", "Problem", "RollEntry", "Seat", "Term"]
