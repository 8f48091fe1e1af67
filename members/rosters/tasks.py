"""Ask the units each quarter, tell of changes that no roster says, erase old numbers (7.2)."""

from collections.abc import Iterable
from datetime import date

from celery import shared_task
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fsul_portal.access.rules import people_holding, people_in_role
from fsul_portal.notices.actions import tell
from fsul_portal.notices.kinds import kind
from fsul_portal.notices.models import Notice
from fsul_portal.notices.reminders import reminder
from fsul_portal.templatetags.figures import day as in_words
from fsul_portal.users import User
from members.bodies.rules import KEEPERS
from members.rosters.actions import erase_numbers
from members.rosters.changes import Unsaid, unsaid
from members.rosters.quarters.actions import ask_units
from members.rosters.quarters.models import ANSWER, RosterCheck

ROSTERS = kind("7.2", gettext_lazy("Rosters"))


@shared_task(name="rosters.erase_numbers")
def erase_old_numbers() -> None:
    """Erase the numbers of those who have left all rosters long ago."""
    erase_numbers()


@reminder("7.2")
def ask_each_quarter(day: date) -> list[Notice]:
    """Ask each unit once a quarter, remind it on its day, and tell the office of silence after it (7.2)."""
    notices = []
    for check in ask_units(day):
        if check.state != RosterCheck.State.ASKED:
            continue
        answering = people_holding(ANSWER, check.place_of("answerer"))
        notices += _asked(check, answering, "asked")
        if day >= check.due_on:
            notices += _asked(check, answering, "due")
        if day > check.due_on:
            notices += _asked(check, people_in_role(*KEEPERS), "late")
    return notices


def _asked(check: RosterCheck, people: Iterable[User], step: str) -> list[Notice]:
    subjects = {
        "asked": lambda: _("Are they right: %(check)s"),
        "due": lambda: _("Due today: %(check)s"),
        "late": lambda: _("Not answered: %(check)s"),
    }
    return tell(
        people,
        key=f"{ROSTERS}:{check.pk}:{step}",
        subject=lambda: subjects[step]() % {"check": check},
        body=lambda: (
            _("By %(day)s: confirm with one press, or say what has to be corrected.") % {"day": in_words(check.due_on)}
        ),
        link=check.get_absolute_url(),
    )


@reminder("7.2")
def tell_of_changes_unsaid(day: date) -> list[Notice]:
    """Tell chair and office once of a change that no roster says, and once more when it is late (7.2)."""
    notices = []
    for one in unsaid():
        notices += _told(one, "known")
        if day > one.due_on:
            notices += _told(one, "late")
    return notices


def _told(one: Unsaid, step: str) -> list[Notice]:
    def subject() -> str:
        sentence = (
            _("The account is closed, the seat is not ended: %(tenure)s")
            if one.is_gone
            else _("Has moved to another library: %(tenure)s")
        )
        return sentence % {"tenure": one.tenure}

    return tell(
        people_in_role(*KEEPERS),
        key=f"{ROSTERS}:unsaid:{one.tenure.get_absolute_url()}:{one.known_on}:{step}",
        subject=subject,
        body=lambda: (
            _("Known since %(known)s; the roster is due on %(due)s.")
            % {"known": in_words(one.known_on), "due": in_words(one.due_on)}
        ),
        link=one.tenure.get_absolute_url(),
    )
