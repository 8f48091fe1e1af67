"""Lead a newcomer through the portal in four steps, by what he has come to do."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from fsul_portal.access.models import Grant
from fsul_portal.account.models import Preference
from fsul_portal.grammar.words import Words
from fsul_portal.users import User


@dataclass(frozen=True)
class Step:
    """One step: what it speaks of, in a sentence or two, and the page on which to look at it."""

    title: Words
    sentence: Words
    view: str


DESK = Step(
    _("What waits for you"),
    _("Here stands what waits for you and for how many days. The menu lists only the pages that you may open."),
    "dashboard",
)
ACCOUNT = Step(
    _("Your account"),
    _("Keep telephone, mail and language, and see where you are signed in. The question mark opens the help."),
    "account",
)
CALENDAR = Step(
    _("The calendar"),
    _("All that is due, month by month: yours and the whole office's. You can subscribe to it."),
    "calendar",
)
REPORTS = Step(
    _("Reports"),
    _("Monthly and annual reports as PDF, XLSX and JSON. An edition never changes; a correction makes a new one."),
    "reports:edition-list",
)
REGISTRY = Step(
    _("The registry"),
    _("All libraries of the system, today or on any other day, to narrow, to search and to export."),
    "members:library-list",
)
WRITE = Step(
    _("Report the month"),
    _("Leave empty what is not reported; 0 is zero. Save a draft at any time, and hand it in when it is complete."),
    "returns:return-list",
)
FILE = Step(
    _("File a change"),
    _("A move or a suspension begins as a draft, goes to the district library and then to the coordination group."),
    "workgroups:coordination:filing-list",
)
SIGN = Step(
    _("Answer filings"),
    _("Each filing shows what is and what would be. Nobody answers a filing of his own."),
    "workgroups:coordination:filing-list",
)
REVIEW = Step(
    _("Look through the returns"),
    _("Accept what is right, and give back what is not, saying what has to be corrected."),
    "returns:return-list",
)
LOCK = Step(
    _("Lock the month"),
    _("Once no return waits for a review, lock the month; the monthly report is then made by itself."),
    "months:month-list",
)
MEET = Step(
    _("Meetings"),
    _("A meeting counts once its roll and its minutes are signed; there are at least two a year."),
    "committee:meeting-list",
)
ROLES = Step(
    _("Accounts and roles"),
    _("An account has no rights by itself: they come with roles, which are given and ended in the administration."),
    "roles",
)
GROUPS = Step(
    _("The working groups"),
    _("Each group says who is in it, which clauses it is charged with, and who is responsible for which of them."),
    "workgroups:group-list",
)
DEPUTIES = Step(
    _("Deputies and leavers"),
    _("Whoever is away names a deputy. When somebody leaves, all that was his goes to one successor in one act."),
    "deputy-list",
)

# By role; of somebody who holds several, the first that stands here counts.
TOURS: dict[str, tuple[Step, ...]] = {
    "secretary": (DESK, LOCK, MEET, ACCOUNT),
    "chair": (DESK, MEET, REPORTS, ACCOUNT),
    "deputy-chair": (DESK, MEET, REPORTS, ACCOUNT),
    "committee-member": (DESK, MEET, REPORTS, ACCOUNT),
    "group-lead": (DESK, SIGN, CALENDAR, ACCOUNT),
    "group-deputy": (DESK, SIGN, CALENDAR, ACCOUNT),
    "district-reviewer": (DESK, SIGN, REVIEW, ACCOUNT),
    "district-editor": (DESK, WRITE, FILE, ACCOUNT),
    "library-editor": (DESK, WRITE, FILE, ACCOUNT),
    "library-head": (DESK, SIGN, REVIEW, ACCOUNT),
    "administrator": (DESK, ROLES, DEPUTIES, ACCOUNT),
    "group-member": (DESK, GROUPS, CALENDAR, ACCOUNT),
    "observer": (DESK, REGISTRY, REPORTS, ACCOUNT),
}
STEPS = 4


@dataclass(frozen=True)
class Here:
    """Where somebody is on his tour."""

    number: int
    step: Step

    @property
    def is_last(self) -> bool:
        return self.number == STEPS


def tour_of(person: User) -> Here | None:
    """Return the step at which the person is, None where the tour is over."""
    done = Preference.objects.filter(person=person).values_list("tour_steps", flat=True).first() or 0
    if done >= STEPS:
        return None
    held = set(Grant.objects.in_force().filter(person=person).values_list("role", flat=True))
    steps = next((steps for role, steps in TOURS.items() if role in held), TOURS["observer"])
    return Here(done + 1, steps[done])
