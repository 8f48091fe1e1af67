"""Say as types what the open data takes and answers; its description (OpenAPI) is made of them (6.2.1 j)."""

from datetime import date, datetime
from typing import Generic, Literal, TypeVar

from django.utils.translation import gettext_noop as _
from ninja import Schema
from pydantic import Field

MOST_ROWS, USUAL_ROWS, MOST_PAGES = 2000, 500, 1_000_000
# As the database counts editions.
MOST_EDITIONS = 32767
PERIOD = r"^[0-9]{4}(-(0[1-9]|1[0-2]))?$"
CODES = r"^([A-Z][0-9]{2}(,[A-Z][0-9]{2}){0,99})?$"
PLACE = r"^[A-Za-z0-9-]{0,20}$"

Row = TypeVar("Row")


class Spoken(Schema):
    """Ask in a language."""

    language: Literal["zh-hans", "en"] = Field("zh-hans", description=_("The language of sentences."))


class Asked(Spoken):
    """Ask for a page of rows."""

    page: int = Field(1, ge=1, le=MOST_PAGES, description=_("Which page, from 1 on."))
    page_size: int = Field(USUAL_ROWS, ge=1, le=MOST_ROWS, description=_("How many rows a page has."))
    format: Literal["json", "csv"] = Field("json", description=_("JSON, or CSV in UTF-8 with a mark at its start."))


class EditionsAsked(Asked):
    kind: Literal["", "monthly", "annual"] = Field("", description=_("Only monthly or only annual reports."))
    period: str = Field("", pattern=rf"^({PERIOD[1:-1]})?$", description=_("A month such as 2025-03, or a year."))
    newest: bool = Field(False, description=_("Only editions that no later one has replaced."))


class FiguresAsked(Asked):
    scope: Literal["", "system", "district", "library"] = Field(
        "", description=_("Only totals of the system, of districts, or figures of libraries.")
    )
    place: str = Field("", pattern=PLACE, description=_("Only this district or library, by its code."))
    indicator: str = Field("", pattern=CODES, description=_("Only these indicators, such as V01,L01."))


class DivisionsAsked(Asked):
    level: Literal["", "city", "district", "town"] = Field("", description=_("Only divisions of this level."))


class Which(Schema):
    """Name an edition in the address."""

    kind: Literal["monthly", "annual"] = Field(description=_("Monthly or annual report."))
    period: str = Field(pattern=PERIOD, description=_("A month such as 2025-03, or a year."))
    edition: int = Field(ge=1, le=MOST_EDITIONS, description=_("The number of the edition."))


class Page(Schema, Generic[Row]):
    """Answer with a page of rows, and lead to the next."""

    count: int = Field(description=_("How many rows there are on all pages."))
    page: int
    pages: int
    page_size: int
    next: str | None = Field(description=_("The address of the next page."))
    rows: list[Row]


class EditionRow(Schema):
    kind: str
    period: str
    edition: int
    frozen_at: datetime = Field(description=_("When the figures were frozen."))
    published_at: datetime
    digest: str = Field(description=_("SHA-256 of the frozen figures."))
    code: str = Field(description=_("The check code on the cover."))
    replaced_by: int | None = Field(description=_("The newest published edition of the report, where that is another."))


class EditionFacts(EditionRow):
    """Say of an edition what its figures speak of."""

    dictionary_version: int | None = Field(description=_("The version of the dictionary behind it."))
    provisional: bool
    months: list[str] = Field(description=_("The months of its series."))
    indicators: list[str]
    districts: int
    libraries: int
    transferred: list[str] = Field(
        description=_(
            "Libraries that changed their district in the period: each month counts where they stood at its end."
        )
    )


class Change(Schema):
    """Say how a total moved, over the libraries and months that have figures on both sides."""

    libraries: int | None = Field(description=_("How many libraries have figures on both sides."))
    of: int | None = Field(description=_("How many libraries ought to have."))
    value: int | float | None
    base: int | float | None
    rate: float | None = Field(description=_("Nothing where the two cannot be compared."))
    reason: str


class Changes(Schema):
    last_year: Change | None
    last_period: Change | None


class FigureRow(Schema):
    scope: str = Field(description=_("system, district or library"))
    place: str = Field(description=_("The code of the district or library; empty for the system."))
    name: str
    indicator: str
    value: int | float | None = Field(description=_("Nothing where there is no number; the status says why."))
    status: str = Field(description=_("reported, partial, missing, due, closed or na (does not apply)"))
    complete: bool
    expected: int | None = Field(description=_("Of totals: how many libraries were expected to report."))
    reported: int | None = Field(description=_("Of totals: how many of them have reported all of it."))
    late: int | None = Field(description=_("Of totals: how many of them reported after the day."))
    missing: list[str] = Field(description=_("The libraries whose figures are missing, wholly or in part."))
    change: Changes


class DefinitionRow(Schema):
    code: str
    name: str
    name_en: str
    unit: str
    unit_en: str
    definition: str
    definition_en: str
    iso_term: str = Field(description=_("The term of ISO 2789, where it has one."))
    stock: bool = Field(description=_("Whether it is counted at the end of the period; else it is counted during it."))
    additive: bool = Field(description=_("Whether the figures of libraries add up to a total."))
    over_time: str = Field(description=_("How months become a year: sum, last, none."))
    over_libraries: str = Field(description=_("How libraries become a total: sum, weighted, none."))
    frequency: str = Field(description=_("monthly or annual"))
    part_of: str = Field(description=_("The code of the indicator of which it is a part."))
    balance: str = Field(description=_("What changes a stock from month to month."))
    valid_from: date | None
    valid_until: date | None
    dictionary_version: int | None


class LibraryRow(Schema):
    code: str
    name: str
    level: str = Field(description=_("central, district, branch or point"))
    district: str
    district_name: str


class DistrictRow(Schema):
    code: str
    name: str
    name_en: str


class DivisionRow(Schema):
    code: str = Field(description=_("The code after GB/T 2260."))
    name: str
    name_en: str
    level: str
    parent_code: str


class Fault(Schema):
    """Say what is wrong with one parameter."""

    name: str
    message: str


class Problem(Schema):
    """Say in a sentence why there is no answer."""

    status: int
    message: str
    fields: list[Fault] = []
