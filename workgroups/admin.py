"""Gather the admin pages of the working groups."""

from workgroups.coordination.filings.admin import FilingAdmin
from workgroups.groups.admin import GroupAdmin

__all__ = ["FilingAdmin", "GroupAdmin"]
