"""What is counted once a year stands beside the months of a library, and nothing else of the year does (6.2.1 j)."""

import io
from datetime import datetime

import pytest
from django.core.exceptions import PermissionDenied
from openpyxl import load_workbook

from members.indicators.actions import ask
from members.indicators.models import Indicator
from members.libraries.models import Spell
from members.periods.actions import ensure
from members.periods.models import period_named
from members.returns import actions
from members.returns.checks.asked import asked_of, asked_of_many
from members.returns.due.completeness import completeness, missing_spells
from members.returns.due.expected import Reason, expected
from members.returns.intake.actions import import_returns
from members.returns.models import Return
from reports.editions.figures.snapshot import freeze
from tests.members.returns.conftest import SHANGHAI
from tests.members.returns.figures import SOUND, sound, table

pytestmark = pytest.mark.clause("6.2.1 j")
YEAR = "2026"
AFTERWARDS = datetime(2027, 1, 12, 9, tzinfo=SHANGHAI)


@pytest.fixture
def funding(cast, person, clock):
    """Ask the district libraries and the central one for their funding, in February of the year before the clock."""
    clock.move_to(datetime(2026, 1, 10, 9, tzinfo=SHANGHAI))
    found = ask(Indicator.objects.get(code="X01"), since="2026-01", levels=["central", "district"], by=person("office"))
    clock.move_to(AFTERWARDS)
    return found


@pytest.fixture
def months(cast, person, clock):
    """Accept a month of the district library of 南海 and of a branch."""
    clock.move_to(AFTERWARDS)
    rows = [(code, "2026-05", *SOUND.values()) for code in ("NH001", "NH002")]
    content = table(*rows, columns=("library_code", "period", *SOUND))
    assert import_returns(content, name="a.csv", by=person("office")).problems == []


def write(library, person, **figures):
    return actions.save_draft(library, YEAR, figures, {}, by=person("nanhai"))


def codes(found):
    return [one.code for one in found]


def test_a_library_with_months_says_of_the_year_what_is_counted_once(funding, months, library, person):
    one = write(library("NH001"), person, X01=1_200_000)
    assert (codes(asked_of(one)), codes(asked_of_many([one])[one.pk])) == (["X01"], ["X01"])
    accepted = actions.accept(actions.submit(one, by=person("nanhai")), by=person("nanhai-reviewer"))
    assert accepted.state == Return.State.ACCEPTED


def test_what_is_counted_by_the_month_is_refused_beside_months(funding, months, library, person):
    with pytest.raises(PermissionDenied, match="has figures for months of 2026"):
        write(library("NH001"), person, X01=1_200_000, V01=5)
    assert Return.objects.filter(period__code=YEAR).count() == 0


def test_who_is_not_asked_has_nothing_to_say_of_the_year(funding, months, library, person):
    with pytest.raises(PermissionDenied, match="has figures for months of 2026"):
        write(library("NH002"), person, X01=1)


def test_a_year_that_stands_for_its_months_still_keeps_them_out(funding, library, person):
    write(library("NH001"), person, X01=1_200_000, V01=5)
    with pytest.raises(PermissionDenied, match="has figures for the whole year"):
        actions.save_draft(library("NH001"), "2026-06", sound(), {}, by=person("nanhai"))
    write(library("NH001"), person, X01=1_200_000)
    actions.save_draft(library("NH001"), "2026-06", sound(), {}, by=person("nanhai"))


def test_it_is_expected_of_those_who_are_asked_in_python_and_in_sql(funding, months):
    period = period_named(YEAR)
    found = expected(period)
    assert {one.code for one, __ in found.libraries} == set(
        Spell.objects.as_of().values_list("library__code", flat=True)
    ) - {"NH002"}
    assert [(one.code, reason) for one, __, reason in found.excluded] == [("NH002", Reason.BY_THE_MONTH)]
    assert completeness(period).expected == len(found.libraries)
    assert "NH001" in missing_spells(period).values_list("library__code", flat=True)


def test_where_nobody_is_asked_for_a_year_nothing_changes(months, clock):
    found = expected(period_named(YEAR))
    assert [one.code for one, __, __ in found.excluded] == ["NH001", "NH002"]
    assert completeness(period_named(YEAR)).expected == 8


def test_a_file_brings_months_and_what_is_counted_once_for_the_same_library(funding, person):
    columns = ("library_code", "period", *SOUND, "X01")
    # As many cards new as cancelled: the balance holds from month to month.
    month, blank = [*sound(R03=SOUND["R01"]).values(), ""], [""] * len(SOUND)
    rows = (("NH001", "2026-05", *month), ("NH001", YEAR, *blank, 1_200_000), ("NH001", "2026-06", *month))
    plan = import_returns(table(*rows, columns=columns), name="a.csv", by=person("office"))
    assert (plan.problems, plan.counts()["created"]) == ([], 3)
    again = import_returns(table(*rows, columns=columns), name="a.csv", by=person("office"))
    assert again.counts()["unchanged"] == 3
    wrong = (("NH001", YEAR, 5, *blank[1:], 1_200_000),)
    [problem] = import_returns(table(*wrong, columns=columns), name="a.csv", by=person("office")).problems
    assert problem.sentence.startswith("The library has figures for months of 2026")
    both = (("CC001", YEAR, 5, *blank[1:], 7), ("CC001", "2026-05", *month))
    [problem] = import_returns(table(*both, columns=columns), name="a.csv", by=person("office")).problems
    assert problem.sentence == "A year and its months exclude each other: see row 2."


def test_the_workbook_and_the_sheet_of_the_year_ask_for_that_alone(funding, months, as_person, stored, person):
    client = as_person("nanhai")
    ensure([YEAR])
    content = client.get(f"/reports/returns/template/?period={YEAR}&district=440605").content
    sheet = load_workbook(io.BytesIO(content)).worksheets[0]
    heads = [cell.value for cell in sheet[1]]
    rows = {
        row[0].value: dict(zip(heads, (cell.value for cell in row), strict=True)) for row in sheet.iter_rows(min_row=2)
    }
    named = {one.code: one.name_en for one in Indicator.objects.filter(code__in=["V01", "X01"])}
    assert [rows["NH001"][named[code]] for code in ("V01", "X01")] == ["—", None]
    assert [rows["NH003"][named[code]] for code in ("V01", "X01")] == [None, "—"]
    # It comes in as it went out, with the funding filled in.
    row = next(row for row in sheet.iter_rows(min_row=2) if row[0].value == "NH001")
    row[heads.index(named["X01"])].value = 1_200_000
    out = io.BytesIO()
    sheet.parent.save(out)
    plan = import_returns(out.getvalue(), name="a.xlsx", by=person("nanhai"), state="submitted")
    assert (plan.problems, stored("NH001", YEAR).figures) == ([], {"X01": 1_200_000})
    page = client.get(f"/reports/returns/sheet/{YEAR}/")
    of_row = {
        row.library.code: [square.indicator.code for square in row.squares if square.is_asked]
        for row in page.context["sheet"].rows
    }
    assert (of_row["NH001"], of_row["NH002"]) == (["X01"], [])


def test_the_annual_report_holds_it_once_and_tells_who_has_not_said_it(funding, months, library, person):
    one = write(library("NH001"), person, X01=1_200_000)
    actions.accept(actions.submit(one, by=person("nanhai")), by=person("nanhai-reviewer"))
    data = freeze("annual", YEAR)
    cell = data["system"]["X01"]
    assert (cell["value"], cell["expected"], cell["missing"]) == (
        1_200_000,
        6,
        ["CC001", "FS001", "GM001", "SD001", "SS001"],
    )
    assert data["districts"]["440605"]["X01"]["complete"] is True
    assert data["libraries"]["NH002"]["X01"] == {"value": None, "status": "na", "note": ""}
    assert data["system"]["V01"]["value"] == 2 * SOUND["V01"]
    # The return of the year hides none of the months that are missing.
    assert sum(len(one["periods"]) for one in data["missing"] if one["library"] == "NH001") == 11
    assert freeze("monthly", "2026-05")["system"]["X01"]["expected"] == 0


def test_while_the_year_runs_nobody_is_missing(funding, months, clock):
    clock.move_to(datetime(2026, 12, 10, 9, tzinfo=SHANGHAI))
    assert freeze("annual", YEAR)["system"]["X01"]["missing"] == []
