"""Hold the row of a period: together with other writers, or alone to lock it (6.2.1 j)."""

from collections.abc import Iterable

from django.db import connection

from members.periods.models import Period, period_days


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

    The years of months are held along: with a year its months are locked. Whoever writes a return comes through here.
    Writers do not wait for one another: each of them locks the rows of its own returns. On SQLite there is one writer
    at a time anyway.
    """
    codes = set(codes)
    held = sorted(codes | {code[:4] for code in codes})
    if connection.vendor != "postgresql":
        return list(Period.objects.filter(code__in=codes).order_by("code"))
    # The ORM knows no FOR SHARE.
    table = Period._meta.db_table
    found = Period.objects.raw(f"SELECT * FROM {table} WHERE code = ANY(%s) ORDER BY code FOR SHARE", [held])
    return [period for period in found if period.code in codes]


def hold_alone(period: Period | str) -> Period:
    """Lock the period's row, new or old, so that nobody writes a return of it meanwhile, and return it."""
    code = period if isinstance(period, str) else period.code
    ensure([code])
    return Period.objects.select_for_update().get(code=code)
