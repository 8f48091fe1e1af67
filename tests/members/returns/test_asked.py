"""Ask for a figure from its month on, and of the levels of library that the office has chosen (6.2.1 j)."""

import io
from datetime import date

import openpyxl
import pytest

from fsul_portal.records.models import Record
from members.indicators.actions import CHANGEABLE
from members.indicators.dictionary import DICTIONARY, load_first_indicators
from members.indicators.models import Indicator
from members.returns import actions
from members.returns.checks.asked import asked_of, asked_of_many
from members.returns.effects import empty_cells
from members.returns.intake.actions import import_returns
from members.returns.models import Return
from reports.editions.figures.snapshot import freeze
from tests.members.returns.figures import CODES, SOUND, sound, table

LEFT = tuple(code for code in CODES if code != "L04")
FULL = ("library_code", "period", *CODES)


@pytest.fixture
def limited(cast):
    """Ask for items returned (L04) from a month on, or of some levels."""

    def limit(since=None, levels=()):
        Indicator.objects.filter(code="L04").update(asked_from=since, asked_of=list(levels))

    return limit


@pytest.fixture
def from_march(limited):
    limited(date(2026, 3, 1))


def codes(indicators):
    return tuple(one.code for one in indicators)


def take_in(*rows, columns=FULL, **wishes):
    return import_returns(io.BytesIO(table(*rows, columns=columns)), name="a.csv", **wishes)


def row(code="NH003", period="2026-02", **changes):
    return (code, period, *((SOUND | changes)[each] for each in CODES))


def told(plan):
    return [(one.row, one.column) for one in plan.problems]


@pytest.mark.clause("6.2.1 j")
@pytest.mark.parametrize(("since", "asked"), [(None, CODES), (date(2026, 2, 1), CODES), (date(2026, 3, 1), LEFT)])
def test_form_lines_and_empty_cells_ask_from_the_month_on(limited, draft, as_person, since, asked):
    limited(since)
    one = draft(L04=None)
    assert codes(asked_of(one)) == asked
    assert empty_cells(one) == [code for code in asked if code == "L04"]
    detail = as_person("nanhai").get(one.get_absolute_url())
    assert codes(line.indicator for line in detail.context["lines"]) == asked
    form = as_person("nanhai").get("/reports/returns/NH003/2026-02/edit/").context["form"]
    assert codes(form.indicators) == asked


@pytest.mark.parametrize(("levels", "asked"), [([], CODES), (["branch"], CODES), (["point", "district"], LEFT)])
def test_a_figure_is_asked_of_the_levels_that_are_ticked(limited, draft, levels, asked):
    limited(levels=levels)
    assert codes(asked_of(draft(L04=None))) == asked


def test_a_year_is_asked_when_one_of_its_months_is(limited, library):
    limited(date(2026, 12, 1))
    years = [Return(library=library("NH003"), period=actions.hold(year)) for year in ("2026", "2025")]
    assert [codes(asked_of(one)) for one in years] == [CODES, LEFT]


def test_what_is_stored_stays_in_the_form_and_counts_though_it_is_no_longer_asked(from_march, draft, as_person, stored):
    one = draft()
    client = as_person("nanhai")
    page = client.get("/reports/returns/NH003/2026-02/edit/")
    assert codes(page.context["form"].indicators) == CODES
    client.post("/reports/returns/NH003/2026-02/edit/", SOUND | {"version": one.version, "V01": 1235})
    assert stored("NH003").figures == SOUND | {"V01": 1235}


def test_a_figure_typed_while_the_office_ceases_to_ask_for_it_does_not_vanish_in_silence(limited, as_person):
    client, address = as_person("nanhai"), "/reports/returns/NH003/2026-02/edit/"
    version = client.get(address).context["form"]["version"].value()
    limited(date(2026, 3, 1))
    page = client.post(address, SOUND | {"version": version})
    sentence = "L04 is not asked of this library for February 2026: leave the cell empty."
    assert (page.context["form"].non_field_errors(), Return.objects.count()) == ([sentence], 0)


def test_what_is_not_asked_keeps_no_return_from_being_accepted_in_passing(from_march, submitted, person):
    one = submitted(L04=None)
    assert actions.to_look_at(one) == ""
    assert actions.sorted_out(person("nanhai-reviewer"), [one]) == ([one], [])


def test_many_returns_are_asked_each_by_its_own_level(limited, submitted, django_assert_num_queries):
    limited(levels=["branch"])
    returns = [submitted("NH003", L04=None), submitted("NH004", L04=None)]
    with django_assert_num_queries(2):
        asked = asked_of_many(returns)
    assert [codes(asked[one.pk]) for one in returns] == [CODES, LEFT]


def test_the_workbook_of_a_month_has_no_column_for_what_is_not_asked_yet(from_march, signed_in):
    heads = {}
    for month in ("2026-01", "2026-02"):
        content = signed_in("nanhai").get(f"/reports/returns/template/?period={month}").content
        sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
        heads[month] = [cell.comment.text for cell in sheet[1]]
    assert heads["2026-01"] == heads["2026-02"]
    figures = [name for code in LEFT for name in (code, f"{code}.before", f"{code}.year_ago")]
    assert heads["2026-02"][3:] == [*figures, *(f"{code}.note" for code in LEFT)]


def test_the_workbook_says_in_which_library_a_figure_does_not_apply_and_comes_in_again(limited, signed_in, stored):
    limited(levels=["branch"])
    content = signed_in("nanhai").get("/reports/returns/template/?period=2026-02").content
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    place = [cell.comment.text for cell in sheet[1]].index("L04")
    marks = {line[0].value: line[place].value for line in sheet.iter_rows(min_row=2)}
    assert (marks["NH003"], marks["NH004"]) == (None, "—")
    assert told(take_in(("NH004", "2026-02", 5, "—"), columns=("library_code", "period", "V01", "L04"))) == []
    assert stored("NH004").figures == {"V01": 5}


@pytest.mark.parametrize("said", [0, 560, "闭馆"])
def test_a_file_that_gives_a_figure_not_asked_for_is_refused_at_its_cell(from_march, said):
    plan = take_in(row(L04=said))
    assert told(plan) == [(2, "L04")]
    assert plan.problems[0].sentence == "L04 is not asked of this library for February 2026: leave the cell empty."
    assert Return.objects.count() == 0


def test_an_explanation_of_a_figure_not_asked_for_is_refused_too(from_march):
    columns = ("library_code", "period", "V01", "L04.note")
    assert told(take_in(("NH003", "2026-02", 5, "门禁故障"), columns=columns)) == [(2, "L04.note")]


def test_from_its_month_on_the_file_takes_the_figure(limited, stored):
    limited(date(2026, 2, 1))
    assert told(take_in(row())) == []
    assert stored("NH003").figures == SOUND


def test_an_export_comes_in_as_it_went_out_though_a_figure_is_no_longer_asked(limited, stored):
    assert told(take_in(row())) == []
    limited(date(2026, 3, 1))
    plan = take_in(row())
    assert (told(plan), plan.found()["unchanged"]) == ([], 1)
    assert told(take_in(row(L04=561))) == [(2, "L04")]


@pytest.mark.clause("6.1 d")
def test_a_report_counts_nobody_missing_who_is_not_asked(limited, submitted, person):
    limited(date(2026, 3, 1))
    actions.accept(submitted(L04=None), by=person("nanhai-reviewer"))
    february = freeze("monthly", "2026-02")
    assert february["libraries"]["NH003"]["L04"] == {"value": None, "status": "na", "note": ""}
    assert february["libraries"]["NH002"]["L04"] == {"value": None, "status": "na", "note": ""}
    whole = february["system"]["L04"]
    assert (whole["expected"], whole["reported"], whole["missing"], whole["value"]) == (0, 0, [], None)
    assert february["system"]["V01"]["expected"] == 10


@pytest.mark.clause("6.1 d")
def test_a_report_expects_a_figure_of_the_levels_that_are_asked_alone(limited, submitted, person):
    limited(levels=["branch"])
    actions.accept(submitted(), by=person("nanhai-reviewer"))
    cells = freeze("monthly", "2026-02")["libraries"]
    asked = {code for code, figures in cells.items() if figures["L04"]["status"] != "na"}
    whole = freeze("monthly", "2026-02")["system"]["L04"]
    assert (whole["value"], whole["reported"]) == (SOUND["L04"], 1)
    assert {*whole["missing"], "NH003"} == asked
    assert whole["expected"] == len(asked)


def test_an_accepted_figure_counts_though_nobody_asks_for_it_now(submitted, limited, person):
    actions.accept(submitted(), by=person("nanhai-reviewer"))
    limited(date(2026, 3, 1))
    whole = freeze("monthly", "2026-02")["system"]["L04"]
    assert (whole["value"], whole["expected"], whole["missing"]) == (SOUND["L04"], 1, [])


def test_a_new_indicator_is_asked_from_the_next_month_on_a_portal_that_runs_and_always_on_a_new_one(cast):
    Indicator.objects.filter(code="L04").delete()
    assert load_first_indicators() == 1
    assert dict(Indicator.objects.exclude(asked_from=None).values_list("code", "asked_from")) == {
        "L04": date(2026, 4, 1)
    }
    Indicator.objects.all().delete()
    assert load_first_indicators() == len(DICTIONARY)
    assert Indicator.objects.exclude(asked_from=None).count() == 0


def test_the_office_says_in_the_admin_from_when_and_of_whom_a_figure_is_asked(signed_in, cast):
    one = Indicator.objects.get(code="L04")
    address = f"/admin/members/indicator/{one.pk}/change/"
    fields = set(CHANGEABLE) - {"asked_from", "asked_of", "valid_from", "valid_until"}
    sent = {name: getattr(one, name) for name in fields} | {"asked_of": ["branch", "point"]}
    page = signed_in("office").post(address, sent | {"asked_from": "2026-03-02"})
    assert page.context["adminform"].errors == {"asked_from": ["Give the first day of a month."]}
    assert signed_in("office").post(address, sent | {"asked_from": "2026-03-01"}).status_code == 302
    one.refresh_from_db()
    assert (one.asked_from, one.asked_of) == (date(2026, 3, 1), ["branch", "point"])
    record = Record.objects.of(one).get()
    assert record.after == {"asked_from": "2026-03-01", "asked_of": ["branch", "point"]}
    page = signed_in("observer").get("/reports/indicators/", headers={"accept-language": "en"})
    assert "from March 2026" in " ".join(page.content.decode().split())


def test_a_draft_without_what_is_not_asked_is_handed_in_as_it_stands(from_march, library, person):
    figures = sound(L04=None)
    one = actions.hand_in(library("NH003"), "2026-02", figures, {}, by=person("nanhai"))
    assert (one.state, one.figures) == (Return.State.SUBMITTED, figures)
