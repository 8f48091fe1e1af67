"""Bind clauses to what the portal's own records say of them today; what has no records says so."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import TextChoices
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committee.meetings.models import MEETINGS_A_YEAR, Meeting
from fsul_portal.standard import DUTIES, Clause
from members.periods.models import Period
from reports.editions.models import Edition
from reports.editions.spans import month_before
from workgroups.coordination.filings.models import Filing

# How many of the months that are over may still be open before the monthly reports are called late.
MONTHS_IN_WORK = 1


class Standing(TextChoices):
    HELD = "held", gettext_lazy("held")
    AT_RISK = "at_risk", gettext_lazy("at risk")
    NOT_HELD = "not_held", gettext_lazy("not held")
    NO_RECORD = "no_record", gettext_lazy("no record yet")


@dataclass(frozen=True)
class Evidence:
    standing: Standing
    sentence: str = ""
    url: str = ""


@dataclass(frozen=True)
class Row:
    clause: Clause
    evidence: Evidence


NO_RECORD = Evidence(Standing.NO_RECORD)
_SOURCES: dict[str, Callable] = {}


def source(number):
    """Register the query which answers for a clause on a day."""

    def register(function):
        _SOURCES[number] = function
        return function

    return register


def conformity(day=None):
    """Return a row for each of the 39 duties with what holds it on that day."""
    day = day or timezone.localdate()
    return [Row(clause, _SOURCES.get(clause.number, lambda day: NO_RECORD)(day)) for clause in DUTIES]


@source("7.1")
def meetings_held(day):
    """Count the meetings of the year with a signed roll and final minutes (7.1)."""
    counting = Meeting.objects.of_year(day.year).counting().count()
    called = Meeting.objects.of_year(day.year).to_come(day).count()
    sentence = _("%(counting)s of %(due)s meetings of %(year)s count, %(called)s more called") % {
        "counting": counting,
        "due": MEETINGS_A_YEAR,
        "year": day.year,
        "called": called,
    }
    standing = Standing.HELD if counting >= MEETINGS_A_YEAR else Standing.AT_RISK
    return Evidence(standing, sentence, reverse("committee:meeting-list"))


@source("6.2.1 b")
def meetings_organised(day):
    """Count the meetings that were called this year (6.2.1 b)."""
    called = Meeting.objects.of_year(day.year).exclude(state=Meeting.State.CANCELLED).count()
    if not called:
        return NO_RECORD
    sentence = _("%(called)s meetings called in %(year)s") % {"called": called, "year": day.year}
    return Evidence(Standing.HELD, sentence, reverse("committee:meeting-list"))


@source("6.2.1 e")
def filings_decided(day):
    """Count the filings of the year and those that wait too long (6.2.1 e)."""
    filings = Filing.objects.filter(submitted_at__year=day.year)
    decided = filings.filter(decided_at__isnull=False).count()
    waiting = Filing.objects.filter(state=Filing.State.SUBMITTED).count()
    overdue = Filing.objects.due(day).count()
    if not filings.exists():
        return NO_RECORD
    sentence = _(
        "%(decided)s filings decided in %(year)s, %(waiting)s under review, %(overdue)s approved and overdue"
    ) % {
        "decided": decided,
        "year": day.year,
        "waiting": waiting,
        "overdue": overdue,
    }
    standing = Standing.AT_RISK if overdue else Standing.HELD
    return Evidence(standing, sentence, reverse("workgroups:coordination:filing-list"))


@source("6.2.1 j")
def months_locked(day):
    """Compare the months that are over with those that are locked (6.2.1 j)."""
    over = [f"{day.year}-{month:02}" for month in range(1, day.month)] or [month_before(f"{day.year}-01")]
    locked = Period.objects.filter(code__in=over, locked_at__isnull=False).count()
    if not locked:
        return NO_RECORD
    sentence = _("%(locked)s of the %(over)s months that are over are locked") % {
        "locked": locked,
        "over": len(over),
    }
    standing = Standing.HELD if len(over) - locked <= MONTHS_IN_WORK else Standing.AT_RISK
    return Evidence(standing, sentence, reverse("months:month-list"))


@source("6.1 d")
def annual_report(day):
    """Look for the annual report of the year before (6.1 d)."""
    editions = Edition.objects.filter(kind=Edition.Kind.ANNUAL, period=str(day.year - 1)).defer("snapshot")
    edition = editions.first()
    if edition is None:
        return NO_RECORD
    sentence = _("annual report of %(year)s: edition %(number)s") % {"year": day.year - 1, "number": edition.number}
    standing = Standing.HELD if edition.published_at else Standing.AT_RISK
    return Evidence(standing, sentence, reverse("reports:edition-list"))
