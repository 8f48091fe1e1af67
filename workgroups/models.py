"""Gather the models of the working groups."""

from workgroups.coordination.filings.models import Filing
from workgroups.groups.models import Charge, Group, Membership

__all__ = ["Charge", "Filing", "Group", "Membership"]
