"""Set by when returns are due, from a month on (6.2.1 j)."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from fsul_portal.records.actions import record
from fsul_portal.users import User
from fsul_portal.verdicts import require
from members.returns.due.days import first_rule, forget
from members.returns.due.models import BEGINNING, DueRule
from members.returns.due.rules import may_set_due_day

FIELDS = ["day", "district_day", "lock_day", "counting"]


def load_first_rule() -> int:
    """Keep the rule of the settings as the first one where there is none; return how many are new."""
    if DueRule.objects.exists():
        return 0
    rule = first_rule()
    rule.full_clean()
    DueRule.objects.bulk_create([rule], ignore_conflicts=True)
    forget()
    return 1


@transaction.atomic
def set_due_day(
    since: str,
    day: int,
    counting: str = DueRule.Counting.NEXT_WORKING,
    *,
    by: User,
    district_day: int | None = None,
    lock_day: int | None = None,
) -> DueRule:
    """Let the returns of a month and of those after it be due by another day, until the next rule (6.2.1 j).

    district_day, lock_day: by when the districts have decided and the office has locked; as before where not said.
    """
    load_first_rule()
    # Whoever sets another rule waits here, so that a month never gets two.
    DueRule.objects.select_for_update().get(since=BEGINNING)
    require(may_set_due_day(by, since))
    rule = DueRule.objects.filter(since=since).first() or DueRule(since=since)
    before = _told(rule if rule.pk else DueRule.objects.filter(since__lt=since).latest("since"))
    of_districts = max(day, before["district_day"] if district_day is None else district_day)
    of_office = max(of_districts, before["lock_day"] if lock_day is None else lock_day)
    wanted = {"day": day, "district_day": of_districts, "lock_day": of_office, "counting": counting}
    if rule.pk and before == wanted:
        return rule
    for field, value in wanted.items():
        setattr(rule, field, value)
    rule.set_at, rule.set_by = timezone.now(), by
    rule.full_clean()
    rule.save()
    record(rule, "due day set", by=by, before=before, after=_told(rule))
    forget()
    return rule


def _told(rule: DueRule) -> dict[str, Any]:
    return {field: getattr(rule, field) for field in FIELDS}
