"""Say who may do what with returns and months."""

from django.utils.translation import gettext as _

from fsul_portal.access.rules import holds, places_held
from fsul_portal.approvals import rules as approvals
from fsul_portal.approvals.rules import may_give_opinion, may_write_again
from fsul_portal.users import User
from fsul_portal.verdicts import Allowed, Denied, Verdict, Way, closed, not_now
from members.libraries.models import Division, Library
from members.libraries.rules import speaks_for
from members.periods.models import Period
from members.periods.rules import is_open
from members.returns.checks.asked import asked_of
from members.returns.due.expected import standing_of
from members.returns.models import Return
from members.returns.years.asked import of_months, stands_for_months, yearly_codes


def may_write(user: User, one: Return) -> Verdict:
    """The editors of the library or of its district write its return, until it is handed in (6.2.1 j)."""
    if not speaks_for(user, one.library, "members.report_returns"):
        return Denied(_("Only the editors of the library or of its district enter its returns."))
    for verdict in (is_open(one.period), may_write_again(user, one), _is_alone(one), _belonged(one)):
        if not verdict:
            return verdict
    return Allowed()


def _is_alone(one):
    """Figures of a year and those of its months exclude each other, but for what is counted once a year alone."""
    return stands_beside(one) if one.period.is_year else _has_no_whole_year(one)


def stands_beside(year: Return) -> Verdict:
    """Say whether the return of a year, as it is, may stand where its library has months (6.2.1 j)."""
    month = of_months(year.period).filter(library=year.library).select_related("period").first()
    if month is None:
        return Allowed()
    asked = asked_of(year)
    if asked and not stands_for_months(year.figures, yearly_codes()):
        return Allowed()
    return _conflict(year.period, month)


def _has_no_whole_year(one: Return) -> Verdict:
    whole = Return.objects.filter(library=one.library, period__code=str(one.period.year)).select_related("period")
    found = whole.first()
    if found is None or not stands_for_months(found.figures, yearly_codes()):
        return Allowed()
    return _conflict(one.period, found)


def _conflict(period: Period, other: Return) -> Denied:
    return not_now(conflict_sentence(period, str(other.period)), Way(str(other), other.get_absolute_url()))


def conflict_sentence(period: Period, other: str) -> str:
    if period.is_year:
        return _(
            "The library has figures for months of %(year)s (%(other)s); a figure for the whole year is refused."
        ) % {
            "year": period,
            "other": other,
        }
    return _("The library has figures for the whole year %(other)s; figures for its months are refused.") % {
        "other": other
    }


def _belonged(one):
    if one.pk or standing_of(one.library, one.period).belongs:
        return Allowed()
    return closed(_("The library did not belong to the system on any day of this period."))


def may_decide(user, one):
    """The signing reviewer of the district accepts a return or gives it back, never one of his own (6.2.1 j)."""
    if one.period.is_locked:
        return is_open(one.period)
    return may_give_opinion(user, one)


def may_recall(user, one):
    """Whoever handed it in takes it back, as long as the district has not answered and the month is open (6.2.1 j)."""
    return is_open(one.period) and approvals.may_recall(user, one)


def may_take_back(user, one):
    """The district's reviewer or the office gives an accepted return back, until the month is locked (6.2.1 j)."""
    if not (may_import_accepted(user) or speaks_for(user, one.library, "members.accept_returns")):
        return Denied(_("Only the signing reviewer of the district or the coordination office gives it back."))
    if one.state != Return.State.ACCEPTED:
        return not_now(_("Only an accepted return is given back this way."))
    return is_open(one.period)


def may_import(user: User) -> Verdict:
    """The office imports returns as accepted; editors send theirs into the review (6.2.1 j)."""
    if may_import_accepted(user) or _reports_somewhere(user):
        return Allowed()
    return Denied(_("Only the coordination office and those who enter returns import them."))


def may_import_accepted(user: User) -> Verdict:
    """Only the office takes returns in without a review."""
    if holds(user, "members.import_returns"):
        return Allowed()
    return Denied(_("Only the coordination office imports returns as accepted."))


def _reports_somewhere(user):
    return any(places_held(user, "members.report_returns", model) for model in (Division, Library))
