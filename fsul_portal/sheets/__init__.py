"""Tables that come and go as files: read without trust, written without harm."""

from fsul_portal.sheets.marking import Problem, mark_errors
from fsul_portal.sheets.reader import Row, Sheet, read_sheet
from fsul_portal.sheets.refusals import LIMITS, BadCell, Choice, Limits, Note, SheetRefused, SheetUnclear, Shown
from fsul_portal.sheets.writer import Column, Table, write_csv, write_xlsx

__all__ = [
    "LIMITS",
    "BadCell",
    "Choice",
    "Column",
    "Limits",
    "Note",
    "Problem",
    "Row",
    "Sheet",
    "SheetRefused",
    "SheetUnclear",
    "Shown",
    "Table",
    "mark_errors",
    "read_sheet",
    "write_csv",
    "write_xlsx",
]
