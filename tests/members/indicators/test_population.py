"""Take the population of divisions in from a file, show it, and hand it out as it came (6.2.1 j)."""

import pytest
from django.core.management import call_command

from fsul_portal.records.models import Record
from members.indicators.population.models import Population

HEAD = "division_code,year,population,source"
ROWS = ("440605,2024,3700000,佛山统计年鉴", "440605,2025,3720000,佛山统计年鉴", "440600,2025,9650000,公报")


@pytest.fixture
def load(cast, tmp_path, capsys):
    """Load rows by the command; return its last line and what it refused."""

    def take(*rows, head=HEAD):
        file = tmp_path / "population.csv"
        file.write_text("\n".join((head, *rows)), "utf-8")
        try:
            call_command("import_population", str(file))
        except SystemExit:
            pass
        out, err = capsys.readouterr()
        return out.strip().splitlines()[-1], err

    return take


def stored():
    return sorted(Population.objects.values_list("division__code", "year", "people"))


@pytest.mark.clause("6.2.1 j")
def test_a_file_gives_each_division_and_year_its_population(load):
    assert load(*ROWS)[0] == "3 created, 0 updated, 0 unchanged, 0 refused"
    assert stored() == [("440600", 2025, 9650000), ("440605", 2024, 3700000), ("440605", 2025, 3720000)]
    assert load(ROWS[0], "440605,2025,3725000,公报")[0] == "0 created, 1 updated, 1 unchanged, 0 refused"
    assert [record.verb for record in Record.objects.of(Population.objects.get(year=2024))] == ["created"]


def test_headings_may_be_chinese_and_figures_as_people_write_them(load):
    found = load('440605,2024年,"3,700,000",年鉴', head="行政区划代码,年份,常住人口,来源")
    assert found[0] == "1 created, 0 updated, 0 unchanged, 0 refused"


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("999999,2024,5,年鉴", "division_code"),
        ("440605,24,5,年鉴", "year"),
        ("440605,2024,0,年鉴", "population"),
        ("440605,2024,nan,年鉴", "population"),
        ("440605,2024,—,年鉴", "population"),
        ("440605,2024,5,", "source"),
    ],
)
def test_what_cannot_be_true_is_refused_at_its_cell(load, row, column):
    last, told = load(row)
    assert (last, stored()) == ("0 created, 0 updated, 0 unchanged, 1 refused", [])
    assert told.startswith(f"row 2, column {column}: ")


def test_a_division_has_one_population_a_year(load):
    last, told = load(ROWS[0], ROWS[0])
    assert last == "0 created, 0 updated, 0 unchanged, 1 refused"
    assert told.startswith("row 3, column year: ")


def test_what_is_handed_out_comes_in_again_and_changes_nothing(load, signed_in, tmp_path):
    load(*ROWS)
    client = signed_in("observer")
    page = client.get("/reports/population/", headers={"accept-language": "en"})
    assert [row.people for row in page.context["page"]] == [9650000, 3720000, 3700000]
    text = client.get("/reports/population/export/csv/").content.decode("utf-8-sig")
    head, *rows = text.strip().splitlines()
    assert load(*rows, head=head)[0] == "0 created, 0 updated, 3 unchanged, 0 refused"
    assert client.get("/reports/population/export/xlsx/").status_code == 200
    assert client.get("/reports/population/export/doc/").status_code == 404


def test_only_the_keeper_of_the_dictionary_takes_populations_in(cast, signed_in):
    assert signed_in("office").get("/reports/population/import/").status_code == 200
    assert signed_in("nanhai").get("/reports/population/import/").status_code == 403
