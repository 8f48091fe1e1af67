"""Gather the admin pages of the working groups."""

from workgroups.coordination.admin import FilingAdmin
from workgroups.groups.admin import GroupAdmin

__all__ = ["FilingAdmin", "GroupAdmin"]
