"""Lock months (6.2.1 j)."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fsul_portal.records.actions import record
from fsul_portal.runs.actions import request_run
from fsul_portal.users import User
from fsul_portal.verdicts import Allowed, Denied, Verdict, require
from members.months.rules import may_lock
from members.periods.actions import hold_alone
from members.periods.models import Period
from members.returns.due.completeness import completeness


@transaction.atomic
def lock(period: Period | str, *, by: User, acknowledged: int | None = None) -> Period:
    """Lock a period for good and ask for its monthly report; a year closes its months with it (6.2.1 j).

    `acknowledged` is the number of missing libraries which the person has seen; without it, or when it has changed
    meanwhile, a period with missing libraries stays open.
    """
    period, months = hold_alone(period)
    require(may_lock(by, period))
    counts = completeness(period)
    require(_missing_seen(counts.missing, acknowledged))
    after = {"expected": counts.expected, "accepted": counts.accepted, "missing": counts.missing}
    _close(period, by, after)
    # The report of a year adds up its months: once it is final, so are those in which nothing was reported.
    for month in months:
        if not month.is_locked:
            _close(month, by, {"year": period.code})
    if not period.is_year:
        _ask_for_report(period, by)
    return period


def _close(period: Period, by: User, after: dict[str, Any]) -> None:
    period.locked_at, period.locked_by, period.version = timezone.now(), by, period.version + 1
    period.save(update_fields=["locked_at", "locked_by", "version"])
    record(period, "locked", by=by, after=after)


def _missing_seen(missing: int, acknowledged: int | None) -> Verdict:
    if missing <= (acknowledged or 0):
        return Allowed()
    return Denied(
        ngettext(
            "%(missing)s library is missing; say that you know, then lock.",
            "%(missing)s libraries are missing; say that you know, then lock.",
            missing,
        )
        % {"missing": missing},
        overtaken=True,
    )


def _ask_for_report(period: Period, by: User) -> None:
    request_run(
        "reports.build_edition",
        key=f"monthly:{period.code}:{period.version}",
        title=lambda: _("Monthly report %(period)s") % {"period": period},
        parameters={"kind": "monthly", "period": period.code},
        by=by,
    )
