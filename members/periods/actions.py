"""Hold the row of a period: together with other writers, or alone to lock it (6.2.1 j)."""

from collections.abc import Iterable

from django.db import connection

from members.periods.models import Period, months_of, period_days


def ensure(codes: Iterable[str]) -> None:
    """Make sure that the rows of these periods exist."""
    codes = set(codes)
    known = set(Period.objects.filter(code__in=codes).values_list("code", flat=True))
    fresh = []
    for code in sorted(codes - known):
        first_day, last_day = period_days(code)
        fresh.append(Period(code=code, first_day=first_day, last_day=last_day))
    Period.objects.bulk_create(fresh, ignore_conflicts=True)


def share(codes: Iterable[str]) -> list[Period]:
    """Hold the periods that exist, in the order of their codes, against being locked until the transaction ends.

    Whoever writes a return comes through here. Writers do not wait for one another: each of them locks the rows of its
    own returns. On SQLite there is one writer at a time anyway.
    """
    codes = sorted(set(codes))
    if connection.vendor != "postgresql":
        return list(Period.objects.filter(code__in=codes).order_by("code"))
    # The ORM knows no FOR SHARE.
    table = Period._meta.db_table
    return list(Period.objects.raw(f"SELECT * FROM {table} WHERE code = ANY(%s) ORDER BY code FOR SHARE", [codes]))


def hold_alone(period: Period | str) -> tuple[Period, list[Period]]:
    """Lock the period's row, new or old, and of a year those of its months, so that nobody writes a return meanwhile.

    Return the period and the months of it.
    """
    code = period if isinstance(period, str) else period.code
    codes = sorted({code, *months_of(code)})
    ensure(codes)
    # In the order in which writers share them, or two would wait for each other for ever.
    held = list(Period.objects.select_for_update().filter(code__in=codes).order_by("code"))
    return held[0], held[1:]
