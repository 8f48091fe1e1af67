"""Gather the models of the working groups."""

from workgroups.channels.models import Channel, ChannelMember
from workgroups.channels.questions.models import Question
from workgroups.coordination.filings.models import Filing
from workgroups.groups.models import Charge, Group, Membership

__all__ = ["Channel", "ChannelMember", "Charge", "Filing", "Group", "Membership", "Question"]
