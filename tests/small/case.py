"""A case as a duty would write it: a problem that a district raises."""

from django.db import models

from fsul_portal.acts.verbs import Acts
from fsul_portal.approvals.kinds import Seat
from fsul_portal.cases.models import Case, CaseQuerySet
from fsul_portal.cases.verbs import verbs
from fsul_portal.lives.rules import sits
from members.divisions.models import Division


class ProblemQuerySet(CaseQuerySet):
    def visible_to(self, user):
        return self if sits(user, Problem(), "keeper") else self.with_hand_of(user)


def districts_of(problems):
    return {problem.pk: problem.district for problem in problems if problem.district_id}


class Problem(Case):
    SEATS = {
        "opener": Seat("editor of the district library", "members.file_changes", districts_of),
        "keeper": Seat("secretary of the coordination office", "committee.keep_meetings"),
        "worker": Seat("those who oversee the libraries", "members.oversee_libraries"),
    }

    district = models.ForeignKey(Division, models.PROTECT, null=True, related_name="+")

    objects = ProblemQuerySet.as_manager()

    def get_absolute_url(self):
        return f"/small/problems/{self.pk}/"


ACTS = Acts("small:problem", verbs())
