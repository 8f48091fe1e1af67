"""Show that a due day is set for the months to come, and leaves those before for ever as they were (6.2.1 j)."""

import ast
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from fsul_portal.records.models import Record
from fsul_portal.verdicts import Closed
from members.periods.models import Period, period_named
from members.returns import actions
from members.returns.due import days
from members.returns.due.actions import load_first_rule, set_due_day
from members.returns.due.checks import the_first_due_day_is_one_of_every_month
from members.returns.due.completeness import completeness, completeness_of_months
from members.returns.due.models import DueRule
from members.returns.models import Return
from ops.counts import modules, tree
from ops.places import ROOT

SHANGHAI = ZoneInfo("Asia/Shanghai")
PAGE = "/reports/returns/due-days/"
Counting = DueRule.Counting


def at(day, hour=9):
    return datetime(day.year, day.month, day.day, hour, tzinfo=SHANGHAI)


def due(code):
    return days.due_on(period_named(code))


@pytest.fixture
def handed_in(clock, draft, person):
    """Hand in the return of NH003 for a month on a day: `handed_in("2026-01", date(2026, 2, 7))`."""

    def hand_in(code, day):
        clock.move_to(at(day))
        return actions.submit(draft("NH003", code), by=person("nanhai"))

    return hand_in


@pytest.fixture
def february(clock):
    clock.move_to(at(date(2026, 2, 10)))


@pytest.mark.clause("6.2.1 j")
@pytest.mark.parametrize(
    ("before", "after"),
    [(5, 8), (8, 5)],
)
def test_months_before_a_change_keep_late_and_on_time_in_python_and_in_sql(
    cast, clock, handed_in, person, before, after
):
    DueRule.objects.update(day=before)
    days.forget()
    handed_in("2026-01", date(2026, 2, 7))
    clock.move_to(at(date(2026, 3, 2)))
    set_due_day("2026-03", after, by=person("office"))
    handed_in("2026-03", date(2026, 4, 8))
    periods = [period_named("2026-01"), period_named("2026-03")]
    late = [before == 5, after == 5]
    assert [days.is_late(one) for one in Return.objects.order_by("period__code")] == late
    assert [completeness(period).late for period in periods] == late
    counts = completeness_of_months(periods)
    assert [counts[period.code].late for period in periods] == late
    assert list(Return.objects.filter(days.late(periods)).order_by("period__code")) == [
        one for one in Return.objects.order_by("period__code") if days.is_late(one)
    ]


@pytest.mark.clause("6.2.1 j")
@pytest.mark.parametrize(
    ("counting", "day", "late"),
    [
        (Counting.NEXT_WORKING, date(2030, 1, 22), False),  # 8 January 2030, and a fortnight: no holidays known
        (Counting.NEXT_WORKING, date(2030, 1, 23), True),
        (Counting.WORKING_DAYS, date(2030, 1, 24), False),  # the eighth of Monday to Friday is the 10th
        (Counting.WORKING_DAYS, date(2030, 1, 25), True),
        (Counting.PLAIN, date(2030, 1, 8), False),
        (Counting.PLAIN, date(2030, 1, 9), True),
    ],
)
def test_a_year_whose_holidays_are_not_known_gives_a_fortnight(cast, clock, handed_in, person, counting, day, late):
    clock.move_to(at(date(2029, 12, 1)))
    set_due_day("2029-12", 8, counting, by=person("office"))
    one = handed_in("2029-12", day)
    assert (days.is_late(one), completeness(period_named("2029-12")).late) == (late, late)


@pytest.mark.parametrize(
    ("counting", "day", "found"),
    [
        (Counting.NEXT_WORKING, 5, date(2026, 4, 7)),  # 5 April is the Qingming holiday, made up for on the 6th
        (Counting.PLAIN, 5, date(2026, 4, 5)),
        (Counting.WORKING_DAYS, 5, date(2026, 4, 8)),
    ],
)
def test_a_rule_says_how_its_day_is_counted(february, person, counting, day, found):
    set_due_day("2026-03", day, counting, by=person("office"))
    assert (due("2026-03"), days.deadline(period_named("2026-03")).known) == (found, True)


def test_a_month_follows_the_newest_rule_before_it_and_a_year_that_of_its_december(february, person):
    set_due_day("2026-12", 10, by=person("office"))
    set_due_day("2026-06", 8, by=person("office"))
    found = [due(code) for code in ("2026-05", "2026-06", "2026-11", "2026-12", "2026", "2025")]
    assert found == [
        date(2026, 6, 5),
        date(2026, 7, 8),
        date(2026, 12, 8),
        date(2027, 1, 24),
        date(2027, 1, 24),
        date(2026, 1, 5),
    ]


@pytest.mark.clause("6.2.1 j")
def test_nobody_sets_the_due_day_of_a_month_that_is_over(february, person):
    with pytest.raises(Closed, match="January 2026 is over: its due day stays what it is"):
        set_due_day("2026-01", 8, by=person("office"))
    set_due_day("2026-02", 8, by=person("office"))
    assert list(DueRule.objects.values_list("since", "day")) == [("2026-02", 8), ("1900-01", 5)]


def test_only_the_office_sets_due_days(february, person):
    for name in ("nanhai", "chair", "admin"):
        with pytest.raises(PermissionDenied, match="Only the coordination office sets by when returns are due"):
            set_due_day("2026-03", 8, by=person(name))
    assert Record.objects.filter(verb="due day set").count() == 0


@pytest.mark.parametrize("day", [0, 29])
def test_a_day_that_not_every_month_has_is_refused(february, person, day):
    with pytest.raises(ValidationError):
        set_due_day("2026-03", day, by=person("office"))
    assert DueRule.objects.count() == 1


def test_what_was_set_for_a_month_to_come_is_set_again_on_record(february, person):
    set_due_day("2026-03", 8, by=person("office"))
    set_due_day("2026-03", 8, by=person("office"))
    set_due_day("2026-03", 9, by=person("office"))
    told = Record.objects.filter(verb="due day set").order_by("pk").values_list("label", "before__day", "after__day")
    assert list(told) == [("2026-03", 5, 8), ("2026-03", 8, 9)]
    assert DueRule.objects.count() == 2


def test_the_setting_is_the_beginning_of_a_new_portal_and_changes_nothing_later(cast, settings):
    settings.RETURN_DUE_DAY = 8
    days.forget()
    assert (load_first_rule(), due("2026-01")) == (0, date(2026, 2, 5))
    DueRule.objects.all().delete()
    days.forget()
    # 8 February 2026 is a Sunday.
    assert due("2026-01") == date(2026, 2, 9)
    assert (load_first_rule(), load_first_rule(), due("2026-01")) == (1, 0, date(2026, 2, 9))


def test_the_first_rule_that_is_set_writes_the_beginning_down(february, person, settings):
    DueRule.objects.all().delete()
    set_due_day("2026-03", 8, by=person("office"))
    settings.RETURN_DUE_DAY = 20
    days.forget()
    assert due("2026-01") == date(2026, 2, 5)


def test_due_days_of_many_months_cost_one_query(cast, django_assert_num_queries):
    periods = [Period(code=f"2026-{month:02}", last_day=date(2026, month, 28)) for month in range(1, 13)]
    days.due_on(periods[0])
    days.forget()
    with django_assert_num_queries(1):
        days.late(periods)


def test_of_no_period_none_is_late(cast, handed_in):
    handed_in("2026-01", date(2026, 3, 7))
    assert (Return.objects.filter(days.late([])).count(), Return.objects.exclude(days.late([])).count()) == (0, 1)


def test_the_office_sets_a_due_day_on_its_page(february, signed_in):
    client = signed_in("office")
    page = client.get(PAGE)
    assert (page.context["form"]["since"].value(), page.context["form"]["day"].value()) == ("2026-03", 5)
    response = client.post(f"{PAGE}set/", {"since": "2026-03", "day": 8, "counting": "next working"}, follow=True)
    assert response.redirect_chain == [(PAGE, 302)]
    assert [str(message) for message in response.context["messages"]] == [
        "The returns of March 2026 are due by 8 April 2026."
    ]
    assert [(period.code, deadline.day) for period, deadline in response.context["months"][:3]] == [
        ("2026-01", date(2026, 2, 5)),
        ("2026-02", date(2026, 3, 5)),
        ("2026-03", date(2026, 4, 8)),
    ]


def test_the_page_offers_no_month_that_is_over(february, signed_in):
    client = signed_in("office")
    response = client.post(f"{PAGE}set/", {"since": "2026-01", "day": 8, "counting": "next working"})
    assert (response.status_code, list(response.context["form"].errors)) == (200, ["since"])
    assert client.get(PAGE).context["form"].fields["since"].choices[0][0] == "2026-02"


def test_others_read_when_returns_are_due_and_set_nothing(february, signed_in):
    client = signed_in("nanhai")
    assert client.get(PAGE).status_code == 200
    response = client.post(f"{PAGE}set/", {"since": "2026-03", "day": 8, "counting": "next working"})
    assert (response.status_code, DueRule.objects.count()) == (403, 1)


SETTING = {"RETURN_DUE_DAY", "LONGEST_HOLIDAYS"}
BY_HIMSELF = {
    "members/returns/due/days.py": {"a setting", "the moment of arrival", "the calendar"},
    "members/returns/due/checks.py": {"a setting"},
    "fsul_portal/office.py": {"a setting"},
    # By when reopened figures are answered: five working days from today, of no period.
    "reports/corrections/forms.py": {"the calendar"},
    # Since how many working days somebody waits; by when is asked of the due days, of the turn or of the slip.
    "reports/waits/stations.py": {"the calendar"},
    "reports/waits/slips.py": {"the calendar"},
    # Since when milestones are overdue, and since when a quarter is over; no return is asked for.
    "committee/projects/tasks.py": {"the calendar"},
}


def reckons(path):
    """Return by what a module could tell the due day of a return, or that one came late, without asking."""
    nodes = list(ast.walk(tree(path)))
    named = {getattr(node, field, None) for node in nodes for field in ("id", "attr", "name")}
    texts = [node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    texts += [node.arg for node in nodes if isinstance(node, ast.keyword) and node.arg]
    compared = {
        part.attr
        for node in nodes
        if isinstance(node, ast.Compare)
        for part in ast.walk(node)
        if isinstance(part, ast.Attribute) and not isinstance(node.ops[0], ast.Is | ast.IsNot)
    }
    added_to = {
        node.left.attr
        for node in nodes
        if isinstance(node, ast.BinOp) and isinstance(node.left, ast.Attribute) and isinstance(node.op, ast.Add)
    }
    imported = {str(node.module) for node in nodes if isinstance(node, ast.ImportFrom)}
    of_periods = any(name.startswith(("members.periods", "members.returns")) for name in imported)
    ways = {
        "a setting": SETTING & (named | set(texts)),
        "the moment of arrival": "received_at" in compared or [one for one in texts if one.startswith("received_at__")],
        "the calendar": of_periods and [name for name in imported if name.startswith("fsul_portal.calendar")],
        "the last day": "last_day" in added_to,
    }
    return {way for way, found in ways.items() if found}


def test_one_module_reckons_due_days_of_returns():
    found = {str(path.relative_to(ROOT)): reckons(path) for path in modules()}
    assert {path: ways for path, ways in found.items() if ways} == BY_HIMSELF


@pytest.mark.parametrize(("day", "faults"), [(1, 0), (28, 0), (0, 1), (29, 1), (31, 1), (-5, 1)])
def test_no_portal_starts_with_a_due_day_that_some_months_lack(settings, day, faults):
    settings.RETURN_DUE_DAY = day
    assert len(the_first_due_day_is_one_of_every_month()) == faults
