"""Gather the models of the committee."""

from committee.meetings.models import Meeting, RollEntry
from committee.seats.models import Seat, Term

__all__ = ["Meeting", "RollEntry", "Seat", "Term"]
