"""A document with a life as a duty would write it: a standard of the system."""

from django.db import models

from fsul_portal.access.rules import holds
from fsul_portal.acts.verbs import Acts
from fsul_portal.approvals.kinds import MatterKind, Seat
from fsul_portal.approvals.stages import Stage
from fsul_portal.numbers.series import Series
from fsul_portal.papers.models import Edition, Opinion, Paper, PaperQuerySet
from fsul_portal.papers.verbs import verbs

OFFICE = Seat("secretary of the coordination office", "committee.keep_meetings")
OVERSEERS = Seat("those who oversee the libraries", "members.oversee_libraries")
CHAIR = Seat("chair of the committee", "committee.sign_minutes")


class StandardQuerySet(PaperQuerySet):
    def visible_to(self, user):
        return self if holds(user, "members.oversee_libraries") else self.none()


class Standard(Paper):
    SEATS = {"proposer": OVERSEERS, "drafter": OFFICE, "consulted": OVERSEERS, "issuer": OFFICE}
    SERIES = Series("small-standard", "Standards", "FSUL/Z {year}-{number}")
    way = "small-standard"

    objects = StandardQuerySet.as_manager()

    def get_absolute_url(self):
        return f"/small/standards/{self.pk}/"


class StandardEdition(Edition):
    paper = models.ForeignKey(Standard, models.PROTECT, related_name="editions")


class StandardOpinion(Opinion):
    paper = models.ForeignKey(Standard, models.PROTECT, related_name="consulted")


KIND = MatterKind(
    key="small-standard",
    title="standard",
    model="small.standard",
    waiting="Standards that wait for you",
    listed=lambda: "/small/standards/",
    seats={"chair": CHAIR, "office": OFFICE},
    default=(Stage("chair", 1, "Decision", "Approve", CHAIR.permission, "chair", CHAIR.title),),
    lead="chair",
)
ACTS = Acts("small:standard", verbs())
