"""List the columns of a file of populations (6.2.1 j)."""

from django.utils.translation import gettext as _

from fsul_portal.intake.columns import Column
from fsul_portal.sheets import BadCell, cells
from fsul_portal.sheets.refusals import Value
from members.indicators.population.models import FIRST_YEAR, LAST_YEAR


def read_division(value: Value) -> str:
    return cells.code(value, 12)


def read_year(value: Value) -> int | None:
    """Read a year as a number or as people write it: 2024, 2024年."""
    if value is None:
        return None
    said = cells.text(value, 10).removesuffix("年").strip()
    year = int(said) if said.isascii() and said.isdigit() else 0
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise BadCell(_("Give a year in four digits, such as 2024."))
    return year


def read_people(value: Value) -> int | None:
    """Read how many people: a whole number from one up."""
    found = cells.count(value)
    if found is None:
        return None
    if not isinstance(found, int) or found < 1:
        raise BadCell(_("Give the number of people, in whole persons."))
    return found


def read_source(value: Value) -> str:
    return cells.text(value, 200) if value is not None else ""


COLUMNS = (
    Column(
        "division_code",
        ("行政区划代码", "区划代码", "代码"),
        read_division,
        fact="division_code",
        required=True,
        english="Division code",
    ),
    Column("division", ("行政区划", "名称"), read_source, for_the_eye=True, english="Division"),
    Column("year", ("年份", "年"), read_year, fact="year", required=True, as_text=False, english="Year"),
    Column(
        "population",
        ("常住人口", "人口", "人口数"),
        read_people,
        fact="people",
        required=True,
        as_text=False,
        english="Population",
    ),
    Column("source", ("来源", "数据来源"), read_source, fact="source", required=True, english="Source"),
)
