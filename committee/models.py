"""Gather the models of the committee."""

from committee.meetings.models import Meeting, RollEntry

__all__ = ["Meeting", "RollEntry"]
