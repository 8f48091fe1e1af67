"""Hold what an approval costs: the queries of one and of many, and how often a filing is compared (6.2.1 e)."""

import sys

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fsul_portal.notices.models import Notice
from fsul_portal.records.models import Record
from tests.workgroups.coordination.filings.filings import LIST, QUEUE, behind_its_back, fresh, in_days, on_page
from workgroups.coordination.filings import actions
from workgroups.coordination.filings.checks.comparisons import compare
from workgroups.coordination.filings.models import Filing

# Each more in a look at many and in their approval; one approval alone, to be applied later and at once.
LOOK_COSTS, BULK_COSTS = 1, 2
ONE_COSTS, AT_ONCE_COSTS = 24, 45


def queries(act):
    with CaptureQueriesContext(connection) as captured:
        act()
    return len(captured)


def entered(function, act):
    """Return how often a function is really entered while an act runs."""
    code, times, before = function.__code__, [], sys.getprofile()
    sys.setprofile(lambda frame, event, __: times.append(1) if event == "call" and frame.f_code is code else None)
    try:
        act()
    finally:
        sys.setprofile(before)
    return len(times)


def chosen(filings, **more):
    """Return what the queue sends for the bulk approval of these filings."""
    return {"action": "approve_selected", "_selected_action": [filing.pk for filing in filings], **more}


def shown(filings):
    return {"confirmed": "yes"} | {f"version-{filing.pk}": filing.version for filing in filings}


@pytest.fixture
def eight(signed):
    codes = ("NH001", "NH002", "NH003", "NH004")
    return [signed(code, kind) for kind in ("move", "suspension") for code in codes]


@pytest.mark.parametrize(("day", "most"), [(10, ONE_COSTS), (0, AT_ONCE_COSTS)])
def test_one_approval_costs_few_queries(signed, person, day, most):
    first, filing = signed("NH004"), signed("NH003", day=in_days(day))
    # The first of the year begins the counter of its numbers.
    actions.agree(first, by=person("coordination-lead"))
    assert queries(lambda: actions.agree(filing, by=person("coordination-lead"), version=filing.version)) <= most


def test_a_look_at_many_and_their_approval_cost_few_queries_each(signed_in, eight):
    client = signed_in("coordination-lead")
    client.post(QUEUE, chosen(eight[:1]))
    few, many = (queries(lambda filings=filings: client.post(QUEUE, chosen(filings))) for filings in (eight[:2], eight))
    assert (many - few) / 6 <= LOOK_COSTS
    one = queries(lambda: client.post(QUEUE, chosen(eight[:1], **shown(eight[:1]))))
    all_others = queries(lambda: client.post(QUEUE, chosen(eight[1:], **shown(eight[1:]))))
    assert (all_others - one) / 6 <= BULK_COSTS
    assert {fresh(filing).state for filing in eight} == {Filing.State.ACCEPTED}


@pytest.mark.parametrize("day", [10, 0])
def test_an_approval_compares_the_filing_once(signed_in, signed, day):
    filing, client = signed(day=in_days(day)), signed_in("coordination-lead")
    typed = on_page(filing)
    assert entered(compare, lambda: client.post(f"{LIST}{filing.pk}/agree/", typed)) == 1
    assert fresh(filing).state == (Filing.State.ACCEPTED if day else Filing.State.IN_FORCE)


def test_a_bulk_approval_compares_each_filing_once(signed_in, eight):
    client = signed_in("coordination-lead")
    assert entered(compare, lambda: client.post(QUEUE, chosen(eight, **shown(eight)))) == 8
    assert Filing.objects.filter(state=Filing.State.ACCEPTED).count() == 8


@pytest.mark.clause("6.2.1 e")
def test_one_that_is_refused_does_not_stop_the_others_and_each_is_told_and_recorded(signed_in, signed, person):
    plain, moved, other = signed("NH001"), signed("NH003"), signed("NH004", "suspension")
    decided = signed("NH002", "suspension")
    filings = [plain, moved, decided, other]
    typed = chosen(filings, **shown(filings))
    behind_its_back("NH003", in_days(1), address="别处1号")
    actions.refuse(decided, by=person("coordination-lead"), note="不符")
    signed_in("coordination-lead").post(QUEUE, typed)
    states = [fresh(filing).state for filing in filings]
    assert states == [Filing.State.ACCEPTED, Filing.State.SUBMITTED, Filing.State.REFUSED, Filing.State.ACCEPTED]
    numbers = [fresh(filing).number for filing in (plain, other)]
    assert numbers == [f"FSUL-BA-{in_days(0).year}-{number:04}" for number in (1, 2)]
    for filing in (plain, other):
        assert Record.objects.of(filing).filter(verb="decision").count() == 1
        assert fresh(filing).opinions.filter(key="decision", given_by=person("coordination-lead")).count() == 1
        told = Notice.objects.filter(key=f"filing-{filing.pk}-approved").values_list("recipient__username", flat=True)
        assert set(told) == {"nanhai", "nanhai-reviewer"}
