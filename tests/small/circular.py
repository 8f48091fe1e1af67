"""A circular as a duty would write it: a bulletin of the office."""

from django.db import models

from fsul_portal.acts.verbs import Acts
from fsul_portal.approvals.kinds import Seat
from members.circulars.models import Circular, Copy
from members.circulars.verbs import copy_verbs, verbs


class Bulletin(Circular):
    SEATS = {
        "sender": Seat("secretary of the coordination office", "committee.keep_meetings"),
        "answerer": Seat("editor of the library or of its district", "members.report_returns"),
    }

    def get_absolute_url(self):
        return f"/small/bulletins/{self.pk}/"


class BulletinCopy(Copy):
    circular = models.ForeignKey(Bulletin, models.PROTECT, related_name="copies")

    class Meta(Copy.Meta):
        verbose_name = "copy"

    def get_absolute_url(self):
        return f"/small/copies/{self.pk}/"


ACTS = Acts("small:bulletin", verbs())
COPY_ACTS = Acts("small:copy", copy_verbs())
