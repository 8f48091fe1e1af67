"""Gather the models of the parts which every room uses."""

from fsul_portal.access.deputies.models import Deputy
from fsul_portal.access.models import Grant
from fsul_portal.account.models import Preference, SignedIn
from fsul_portal.approvals.models import Turn, Writer
from fsul_portal.approvals.ways.models import Way, WayStage
from fsul_portal.assignments.models import Assignment
from fsul_portal.calendar.models import CalendarYear, SpecialDay
from fsul_portal.dues.models import Feed
from fsul_portal.files.models import Attachment
from fsul_portal.intake.models import Upload
from fsul_portal.letters.models import Document
from fsul_portal.links.models import Link
from fsul_portal.notices.calendars.models import NoticeEvent
from fsul_portal.notices.models import Choice, Delivery, Notice, Reader
from fsul_portal.notices.robots.models import GroupRobot
from fsul_portal.numbers.models import Counter, NumberPattern
from fsul_portal.records.models import Record
from fsul_portal.registers.models import KeptView
from fsul_portal.remarks.models import Remark
from fsul_portal.runs.models import LoadedJob, Run

__all__ = [
    "Assignment",
    "Attachment",
    "CalendarYear",
    "Choice",
    "Counter",
    "Delivery",
    "Deputy",
    "Document",
    "Feed",
    "Grant",
    "GroupRobot",
    "KeptView",
    "Link",
    "LoadedJob",
    "Notice",
    "NoticeEvent",
    "NumberPattern",
    "Preference",
    "Reader",
    "Record",
    "Remark",
    "Run",
    "SignedIn",
    "SpecialDay",
    "Turn",
    "Upload",
    "Way",
    "WayStage",
    "Writer",
]
