"""Hold the list of editions: who sees which, in what order, in one number of queries (6.2.1 j)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from reports.editions.models import Edition

LIST = "/reports/"


@pytest.fixture
def editions(person):
    """Freeze editions of these months; those of the first half are published."""

    def freeze(*periods):
        office, now = person("office"), timezone.now()
        for number, period in enumerate(periods):
            published = {"state": "in_force", "published_at": now, "published_by": office}
            published = published if number * 2 < len(periods) else {}
            Edition.objects.create(
                kind="monthly", period=period, number=1, snapshot={}, digest=period, frozen_by=office, **published
            )

    return freeze


def periods(answer):
    return [edition.period for edition, __ in answer.context["lines"]]


@pytest.mark.clause("6.2.1 j")
def test_the_newest_report_stands_first_and_drafts_are_for_those_who_may_see_them(signed_in, editions):
    editions("2026-01", "2026-02", "2026-03", "2026-04")
    assert periods(signed_in("office").get(LIST)) == ["2026-04", "2026-03", "2026-02", "2026-01"]
    assert periods(signed_in("observer").get(LIST)) == ["2026-02", "2026-01"]
    assert periods(signed_in("office").get(LIST, {"order": "report"}))[0] == "2026-01"


def test_the_list_of_editions_goes_out_as_shown(signed_in, editions):
    editions("2026-01", "2026-02")
    rows = signed_in("observer").get(f"{LIST}export.csv").content.decode("utf-8-sig").splitlines()
    assert (len(rows), rows[0].split(",")) == (2, ["报告", "版次", "定稿时间", "状态"])


def test_the_list_of_editions_costs_the_same_with_many(signed_in, editions):
    client = signed_in("office")

    def queries():
        client.get(LIST)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(LIST).status_code == 200
        return len(captured)

    editions("2026-01")
    few = queries()
    editions(*(f"2025-{month:02}" for month in range(1, 13)))
    assert queries() == few
