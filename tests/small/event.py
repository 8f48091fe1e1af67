"""An event as a duty would write it: a course for those who oversee the libraries."""

from django.db import models

from fsul_portal.acts.verbs import Acts
from fsul_portal.approvals.kinds import Seat
from fsul_portal.events.models import Attendance, Event
from fsul_portal.events.verbs import verbs


class Course(Event):
    SEATS = {
        "keeper": Seat("secretary of the coordination office", "committee.keep_meetings"),
        "invited": Seat("those who oversee the libraries", "members.oversee_libraries"),
    }

    def get_absolute_url(self):
        return f"/small/courses/{self.pk}/"


class CourseLine(Attendance):
    event = models.ForeignKey(Course, models.PROTECT, related_name="roll")


ACTS = Acts("small:course", verbs())
