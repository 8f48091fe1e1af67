"""Say who keeps the checks of returns, and from which month on one may change (6.2.1 j)."""

from django.utils.translation import gettext as _

from fsul_portal.templatetags.figures import period
from fsul_portal.users import User
from fsul_portal.verdicts import Allowed, Verdict, closed, not_now
from members.indicators.rules import may_change_indicators
from members.periods.models import this_month
from members.returns.checks.models import CheckRow
from members.returns.checks.rows import NEEDS_ALL


def may_keep_check(user: User, row: CheckRow | None = None) -> Verdict:
    """The keeper of the dictionary sets a check for the month that is collected now, or for later ones (6.2.1 j)."""
    verdict = may_change_indicators(user)
    if not verdict or row is None:
        return verdict
    if row.since < this_month():
        return closed(
            _("Returns of %(month)s have been judged already: a check counts from a later month.")
            % {"month": period(row.since)}
        )
    sentence = objection(row)
    return not_now(sentence) if sentence else Allowed()


def objection(row: CheckRow) -> str:
    """Return why a check of its kind cannot work with these indicators, or ""."""
    least, most = HOW_MANY.get(Kind(row.kind), (1, 99))
    if not least <= len(row.codes) <= most:
        return _("This check needs other indicators: %(least)s at least, %(most)s at most.") % {
            "least": least,
            "most": most,
        }
    needs = row.kind in LIMITED and row.limit is None
    return _("This check needs a limit.") if needs else ""


Kind = CheckRow.Kind
PAIRS = {Kind.PART, Kind.HOURS, Kind.EVENTS, Kind.RATIO}
WITHOUT = {Kind.FIRST, Kind.SAME, Kind.ROUND}
HOW_MANY = {
    **dict.fromkeys(PAIRS, (2, 2)),
    **dict.fromkeys(WITHOUT, (0, 99)),
    **dict.fromkeys(NEEDS_ALL - PAIRS, (2, 99)),
}
LIMITED = {Kind.SWING, Kind.UNLIKE, Kind.RATIO, Kind.STOCK, Kind.FEW_DAYS}
