"""Read the holidays and working weekends of a year from a file."""

from datetime import date

from django.utils.translation import gettext as _

from fsul_portal.calendar.actions import HOLIDAY, WORKING, Named
from fsul_portal.sheets import BadCell, Row, SheetRefused, cells, read_sheet
from fsul_portal.sheets.refusals import Refusal, Source

HEADINGS = {"day": "日期", "kind": "类型", "name": "名称"}
KINDS = {"holiday": HOLIDAY, "放假": HOLIDAY, "working": WORKING, "上班": WORKING}
YEARS = range(2000, 2100)


class DaysRefused(Refusal):
    """Some rows cannot be taken; `sentences` says which and why."""

    def __init__(self, sentences: list[str]) -> None:
        super().__init__("")
        self.sentences = sentences


def read_days(file: Source, *, name: str) -> list[Named]:
    """Return the days of a file, or raise SheetRefused or DaysRefused; a year comes as a whole or not at all."""
    sheet = read_sheet(file, name=name)
    headings = _headings(sheet.headers)
    days: list[Named] = []
    sentences: list[str] = []
    seen: dict[date, int] = {}
    for row in sheet.rows:
        try:
            found = _read(row, headings)
            if found.day in seen:
                raise BadCell(_("This day stands in row %(row)s already."), row=seen[found.day])
        except BadCell as bad:
            sentences.append(_("Row %(row)s: %(sentence)s") % {"row": row.number, "sentence": bad.sentence})
            continue
        seen[found.day] = row.number
        days.append(found)
    sentences += _halves(days)
    if sentences:
        raise DaysRefused(sentences)
    return days


def _headings(headers: list[str]) -> dict[str, str]:
    """Return the heading of each column in this file; the Chinese label may stand for the name."""
    named = {cells.folded(header): header for header in headers}
    found = {name: named.get(name) or named.get(label, "") for name, label in HEADINGS.items()}
    missing = [f"{name} ({HEADINGS[name]})" for name in ("day", "kind") if not found[name]]
    if missing:
        raise SheetRefused(_("These columns are missing: %(columns)s."), columns=", ".join(missing))
    return found


def _read(row: Row, headings: dict[str, str]) -> Named:
    day = cells.required(cells.date(row.cells[headings["day"]]))
    if day.year not in YEARS:
        raise BadCell(_("The year of “%(value)s” cannot be right."), value=day.isoformat())
    kind = cells.required(cells.choice(row.cells[headings["kind"]], KINDS))
    name = cells.text(row.cells[headings["name"]], 60) if headings["name"] else ""
    return Named(day, kind, name)


def _halves(days: list[Named]) -> list[str]:
    """Say which years come without their first of January: half a year would pass for one that is known."""
    holidays = {day.day for day in days if day.kind == HOLIDAY}
    return [
        _("The 1st of January %(year)s is missing among the holidays: send the days of the whole year.")
        % {"year": year}
        for year in sorted({day.day.year for day in days})
        if date(year, 1, 1) not in holidays
    ]
