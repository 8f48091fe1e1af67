"""Put a report together: which chapters it has, in which order, with which tables."""

from functools import partial
from typing import Any

from django.utils.translation import gettext, gettext_lazy

from . import network_tables, tables
from .charts import districts_chart, months_chart
from .layout.book import Chapter, Figure, Section, numbered
from .reckoned import derived, statutory
from .subjects.kinds import SUBJECTS, told
from .subjects.levels import by_level, medians
from .words.proposal import OVERVIEW, paragraphs

# A table of a room with more columns than this lies across the sheet.
UPRIGHT = 6
PLANS, DEFINITIONS = "plans", "definitions"
# The chapters for which the office writes; one that has nothing but words is there when they are.
WORDED = {
    OVERVIEW: gettext_lazy("Overview"),
    "network": gettext_lazy("The network of libraries"),
    **{subject.key: subject.title for subject in SUBJECTS},
    "months": gettext_lazy("Month by month"),
    "districts": gettext_lazy("District by district"),
    "missing": gettext_lazy("Missing returns"),
    PLANS: gettext_lazy("Problems and plans"),
}


def chapters(reading: Any) -> list[Chapter]:
    """List the chapters of a report in order, numbered in the reader's way, and so their tables."""
    found = [
        _overview(reading),
        _months(reading),
        _network(reading),
        *_subjects(reading),
        districts(reading),
        _libraries(reading),
        missing(reading),
        *_of_rooms(reading),
        *_plans(reading),
        *_statutory(reading),
        definitions(),
    ]
    for chapter in found:
        if chapter.anchor in WORDED:
            chapter.paragraphs = paragraphs(reading, chapter.anchor)
    return numbered(found, DEFINITIONS)


def _template(name):
    return f"reports/documents/_{name}.html"


def _overview(reading):
    return Chapter(
        OVERVIEW,
        gettext("Overview"),
        _template("overview"),
        tables=[tables.key_figures(reading), *derived.tables(reading)],
        figures=_figures_of_overview(reading),
    )


def _figures_of_overview(reading):
    return [
        Figure("months.svg", partial(months_chart, reading)),
        Figure("districts.svg", partial(districts_chart, reading)),
    ]


def figure_of(reading: Any, name: str) -> Figure | None:
    """Return the chart of a name without laying out any table, None where the report has none of it."""
    found = [
        *_figures_of_overview(reading),
        *(one for subject in told(reading) for one in _figures_of(reading, subject)),
    ]
    return next((one for one in found if one.name == name), None)


def _months(reading):
    title = gettext("Month by month") if reading.annual else gettext("The last thirteen months")
    shown = [tables.months_values(reading), tables.months_changes(reading)]
    return Chapter("months", title, _template("months"), tables=shown, wide=True)


def _network(reading):
    title = gettext("The network of libraries")
    shown = [network_tables.network_levels(reading), network_tables.network_districts(reading)]
    shown += network_tables.changes(reading)
    return Chapter("network", title, _template("network"), tables=shown)


def _subjects(reading):
    """Give each subject a chapter of which there is a figure, or of which the office wrote."""
    there = list(told(reading))
    for subject in SUBJECTS:
        if subject in there or paragraphs(reading, subject.key):
            yield Chapter(
                subject.key,
                str(subject.title),
                _template("subject"),
                tables=list(_tables_of(reading, subject)),
                figures=_figures_of(reading, subject),
            )


def _tables_of(reading, subject):
    if shown := subject.summed(reading):
        caption = gettext("%(subject)s: key figures") % {"subject": subject.title}
        yield tables.key_figures(reading, indicators=shown, caption=caption)
    for table in (by_level(reading, subject), medians(reading, subject)):
        if table:
            yield table


def _figures_of(reading, subject):
    drawn = subject.leading(reading)
    draw = partial(districts_chart, reading, [one.code for one in drawn])
    return [Figure(f"{subject.key}.svg", draw)] if drawn else []


def districts(reading: Any) -> Chapter:
    """Put the districts beside one another."""
    shown = [tables.districts_values(reading), tables.districts_on_year(reading)]
    if not reading.annual:
        shown.append(tables.districts_on_month(reading))
    shown += derived.by_district(reading)
    return Chapter("districts", gettext("District by district"), _template("districts"), tables=shown, wide=True)


def _libraries(reading):
    found = [_of_libraries(reading, district) for district in reading.districts if reading.libraries_of(district)]
    return Chapter("libraries", gettext("Library by library"), _template("libraries"), sections=found, wide=True)


def _of_libraries(reading, district):
    return Section(district.name, f"libraries-{district.code}", tables.libraries(reading, district))


def of_district(reading: Any, district: Any) -> Chapter:
    """List the libraries of one district alone."""
    found = [_of_libraries(reading, district)]
    return Chapter("libraries", gettext("Library by library"), _template("libraries"), sections=found, wide=True)


def missing(reading: Any) -> Chapter:
    """List whose returns are missing, still to come, or not asked for."""
    shown = []
    if reading.missing:
        shown.append(tables.absences(reading, reading.missing, gettext("Returns which are missing")))
    if reading.to_come:
        shown.append(tables.absences(reading, reading.to_come, gettext("Returns which are still to come")))
    if excluded := reading.snapshot["excluded"]:
        shown.append(tables.absences(reading, excluded, gettext("Libraries which had nothing to report")))
    title = gettext("Missing returns") if reading.missing or not reading.to_come else gettext("Returns still to come")
    return Chapter("missing", title, _template("missing"), tables=shown)


def _of_rooms(reading):
    """Draw the chapters which the rooms gave when the figures were frozen."""
    return [
        Chapter(
            f"room-{table.kind}", table.caption, _template("room"), tables=[table], wide=len(table.columns) > UPRIGHT
        )
        for table in tables.of_rooms(reading)
    ]


def _plans(reading):
    """Give the words about problems and plans a chapter, where the office wrote any."""
    if paragraphs(reading, PLANS):
        yield Chapter(PLANS, gettext("Problems and plans"), _template("plans"))


def _statutory(reading):
    """Add the table of the authority to the report of a year."""
    if reading.annual:
        table = statutory.year_table(reading)
        yield Chapter("statutory", table.caption, _template("room"), tables=[table], wide=True)


def definitions() -> Chapter:
    """Say what the figures count."""
    return Chapter(DEFINITIONS, gettext("Definitions"), _template("definitions"))
