"""Gather the admin pages of the committee."""

from committee.meetings.admin import MeetingAdmin

__all__ = ["MeetingAdmin"]
