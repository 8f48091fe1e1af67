"""Say what the documents of the committee share: who drafts, is asked, decides and reads (6.1 a, 6.1 b)."""

from typing import Any, ClassVar, Self

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fsul_portal.approvals.kinds import Seat
from fsul_portal.lives.rules import sits
from fsul_portal.papers.models import Paper, PaperQuerySet
from fsul_portal.users import User
from fsul_portal.verdicts import Allowed, Denied, Verdict

KEEPS, OVERSEES, SIGNS = "committee.keep_meetings", "members.oversee_libraries", "committee.sign_minutes"
OFFICE = Seat(gettext_lazy("secretary of the coordination office"), KEEPS)
OVERSEERS = Seat(gettext_lazy("those who oversee the libraries"), OVERSEES)
CHAIR = Seat(gettext_lazy("chair of the committee"), SIGNS)
DISTRICTS = Seat(gettext_lazy("signing reviewers of the district libraries"), "members.sign_changes", is_anywhere=True)


class CommitteePaperQuerySet(PaperQuerySet):
    def visible_to(self, user: User) -> Self:
        """Return everything for those who oversee; what is consulted for those asked; what was issued for everybody."""
        paper = self.model()
        if sits(user, paper, "proposer", "drafter"):
            return self
        states = list(Paper.ISSUED_EVER)
        if sits(user, paper, *paper.ASKED):
            states.append(Paper.State.CONSULTED)
        found: Self = self.filter(Q(state__in=states) | self.in_turns_of(user))
        return found

    def for_lists(self) -> Self:
        """Fetch along what the page of each says of the people who had it in hand."""
        return self.select_related("replaces", "started_by", "submitted_by", "decided_by")

    def replaceable(self) -> Self:
        """Return what a new one may replace: what is in force without an end."""
        return self.filter(state=Paper.State.IN_FORCE, ended_on__isnull=True)


class CommitteePaper(Paper):
    """A document of the committee: drafted by the office, decided by a meeting once districts and groups were asked."""

    ASKED: ClassVar = ("consulted", "districts")
    SEATS: ClassVar = {
        "proposer": OVERSEERS,
        "drafter": OFFICE,
        "consulted": OVERSEERS,
        "districts": DISTRICTS,
        "issuer": OFFICE,
    }

    objects: ClassVar[Any] = CommitteePaperQuerySet.as_manager()

    class Meta(Paper.Meta):
        abstract = True

    def unit_of(self, person: Any) -> str:
        """Return the library for which somebody speaks."""
        place = person.workplace
        if place is None:
            return ""
        return str(place.facts.name if place.facts else place.code)

    def may_attach(self, user: User) -> Verdict:
        """Whoever drafts or issues it attaches what belongs to it (asked by the files)."""
        if sits(user, self, "drafter", "issuer"):
            return Allowed()
        return Denied(_("Files are attached by the coordination office."))
