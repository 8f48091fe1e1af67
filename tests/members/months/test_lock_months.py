"""Lock a history of months by one command."""

import io

import pytest
from django.core.management import CommandError, call_command

from fsul_portal.runs.models import Run
from members.periods.models import Period

pytestmark = pytest.mark.clause("6.2.1 j")


def lock_months(first, last, **options):
    out = io.StringIO()
    call_command("lock_months", first, last, stdout=out, **{"by": "office", **options})
    return out.getvalue().splitlines()


def locked():
    return list(Period.objects.filter(locked_at__isnull=False).order_by("code").values_list("code", flat=True))


def test_the_months_of_a_history_are_locked_in_their_order_and_their_reports_asked_for(cast):
    told = lock_months("2024-11", "2025-01", with_missing=True)
    assert locked() == ["2024-11", "2024-12", "2025-01"]
    assert told[0] == "2024-11: 10 expected, 0 accepted, 10 missing"
    assert told[-1] == "3 locked"
    assert Run.objects.filter(task="reports.build_edition").count() == 3
    assert set(Period.objects.values_list("locked_by__username", flat=True)) == {"office"}


def test_months_with_missing_libraries_stay_open_unless_that_is_known(cast):
    with pytest.raises(CommandError, match=r"^2024-11: .* Nothing was locked\.$"):
        lock_months("2024-11", "2025-01")
    assert locked() == []


def test_one_month_that_cannot_be_locked_keeps_all_of_them_open(cast):
    lock_months("2025-01", "2025-01", with_missing=True)
    with pytest.raises(CommandError, match=r"^2025-01: "):
        lock_months("2024-12", "2025-01", with_missing=True)
    assert locked() == ["2025-01"]


def test_who_may_not_lock_months_cannot_do_it_by_command(cast):
    with pytest.raises(CommandError, match=r"^2024-11: "):
        lock_months("2024-11", "2024-11", by="nanhai", with_missing=True)
    with pytest.raises(CommandError, match="no account called nobody"):
        lock_months("2024-11", "2024-11", by="nobody")
    assert locked() == []


@pytest.mark.parametrize(("first", "last"), [("2024", "2024-02"), ("2024-13", "2025-01"), ("2024-02", "2024-01")])
def test_what_is_no_row_of_months_is_refused(cast, first, last):
    with pytest.raises(CommandError):
        lock_months(first, last, with_missing=True)
    assert locked() == []
