"""Set when and whom the portal warns of too few meetings (7.1)."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from committee.meetings.thresholds.models import Threshold, thresholds_of
from committee.meetings.thresholds.rules import may_set_thresholds
from fsul_portal.records.actions import record
from fsul_portal.users import User
from fsul_portal.verdicts import Overtaken, require

FACTS = ("meetings_a_year", "warnings", "forecast_days", "recipients", "escalate_after")


def facts_of(row: Threshold) -> dict[str, object]:
    return {name: getattr(row, name) for name in FACTS}


@transaction.atomic
def set_thresholds(
    *,
    meetings_a_year: int,
    warnings: Sequence[Sequence[int]],
    forecast_days: int,
    recipients: Sequence[str],
    escalate_after: int,
    by: User,
    seen: int | None = None,
) -> Threshold:
    """Let other thresholds hold from now on; the same ones sent twice are set once (7.1).

    seen: the row which the form was drawn from (0: none yet); None: nobody looked.
    """
    require(may_set_thresholds(by))
    list(Threshold.objects.select_for_update().order_by("-pk")[:1])
    now = thresholds_of(timezone.localdate().year)
    told = {
        "meetings_a_year": meetings_a_year,
        "warnings": sorted(list(one) for one in warnings),
        "forecast_days": forecast_days,
        "recipients": [*recipients],
        "escalate_after": escalate_after,
    }
    if facts_of(now) == told:
        return now
    if seen is not None and seen != (now.pk or 0):
        raise Overtaken(_("Somebody else has set other thresholds meanwhile; look at them first."))
    row = Threshold.objects.create(**told, set_at=timezone.now(), set_by=by)
    record(row, "thresholds set", by=by, before=facts_of(now), after=told)
    return row
