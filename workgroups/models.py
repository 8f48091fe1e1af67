"""Gather the models of the working groups."""

from workgroups.coordination.filings.models import Filing
from workgroups.groups.models import Group

__all__ = ["Filing", "Group"]
