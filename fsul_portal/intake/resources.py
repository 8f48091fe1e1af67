"""Carry tables through django-import-export: exports by its fields, imports by our plans behind it."""

import io
from collections.abc import Iterable, Sequence
from typing import IO, Any

import tablib
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from import_export.formats.base_formats import Format
from import_export.resources import ModelResource
from import_export.results import RowResult
from import_export.tmp_storages import BaseStorage

from fsul_portal import sheets
from fsul_portal.intake.actions import keep_content, path_of, read
from fsul_portal.intake.columns import Column, match_headers
from fsul_portal.intake.kinds import kind_named
from fsul_portal.intake.plans import CREATED, REFUSED, UNCHANGED, UPDATED, Line, Plan
from fsul_portal.sheets import Sheet
from fsul_portal.sheets.refusals import Source

FORMATS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
IMPORT_TYPES = {
    CREATED: RowResult.IMPORT_TYPE_NEW,
    UPDATED: RowResult.IMPORT_TYPE_UPDATE,
    UNCHANGED: RowResult.IMPORT_TYPE_SKIP,
    REFUSED: RowResult.IMPORT_TYPE_INVALID,
}


class PlannedResource(ModelResource):
    """Plan the whole table before its first row, show each row what was planned, write after the last one."""

    kind: str

    class Meta:
        # Spares a savepoint for each row.
        use_bulk = True

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.plan: Plan | None = None

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        numbers = getattr(dataset, "numbers", None) or range(2, len(dataset) + 2)
        rows = zip(numbers, dataset, strict=True)
        self.plan = kind_named(self.kind).plan(list(dataset.headers or []), rows, by=kwargs.get("user"), held=True)

    def import_row(self, row: Any, instance_loader: Any, **kwargs: Any) -> RowResult:
        """Report what was planned for the row; nothing is written row by row."""
        result = RowResult()
        if self.plan is None:
            return result
        line = self.plan.lines[kwargs["row_number"] - 1]
        result.import_type = IMPORT_TYPES[line.outcome]
        if line.is_refused:
            result.validation_error = ValidationError(self.plan.sentences[line.number])
        elif kwargs.get("dry_run"):
            result.diff = [self.changed(line, name) for name in self.get_diff_headers()]
        return result

    def changed(self, line: Line, name: str) -> str:
        assert self.plan is not None
        fact = next((column.fact or name for column in self.plan.columns if column.name == name), name)
        before, after = ("" if said.get(fact) is None else said[fact] for said in (line.before, line.after))
        if line.outcome == UPDATED and before != after:
            return format_html("<del>{}</del> <ins>{}</ins>", before, after)
        return format_html("{}", after)

    def after_import(self, dataset: Any, result: Any, **kwargs: Any) -> None:
        if self.plan is None:
            return
        for row in result.invalid_rows:
            row.number = self.plan.lines[row.number - 1].number
        if not kwargs.get("dry_run") and self.plan.lines_in():
            self.plan.write(by=kwargs.get("user"), note=kwargs.get("file_name") or "")


def dataset_of(sheet: Sheet) -> tablib.Dataset:
    """Make of a sheet the table which import-export reads; its rows keep the numbers that Excel shows."""
    dataset = tablib.Dataset(headers=sheet.headers)
    for row in sheet.rows:
        dataset.append(list(row.cells.line))
    dataset.numbers = [row.number for row in sheet.rows]
    return dataset


def write_table(file: IO[bytes], dataset: Any, format: str, title: str, columns: Sequence[Column]) -> None:
    """Write an exported table into a file open for writing bytes: CSV by its names, a workbook as people read it."""
    if format == "csv":
        file.write(sheets.write_csv(dataset.headers, dataset))
        return
    named = {column.name: column for column in columns}
    sheets.write_xlsx(file, [table_of(title, [named[header] for header in dataset.headers], dataset)])


def table_of(title: str, columns: Sequence[Column], rows: Iterable[Sequence[Any]]) -> sheets.Table:
    """Return a sheet of a workbook in the language of its reader: headings, and values as people read them."""
    shown = [[column.shown(value) for column, value in zip(columns, row, strict=True)] for row in rows]
    return sheets.Table(title, [columns_head(column) for column in columns], shown)


def columns_head(column: Column) -> sheets.Column:
    """Return how a workbook shows a column: its label, with the name of the file format as a note."""
    return sheets.Column(column.label, as_text=column.as_text, choices=column.choices, note=column.name)


class TableFormat(Format):
    """CSV or XLSX read with our own bounds; what it is shows in the file, not in its name."""

    kind: str
    format = "xlsx"
    title = "CSV / XLSX"

    def __init__(self, encoding: str | None = None) -> None:
        self.encoding = encoding

    def get_title(self) -> str:
        return self.title

    def create_dataset(self, in_stream: Source) -> tablib.Dataset:
        kind = kind_named(self.kind)
        sheet = read(kind, in_stream, name="")
        match_headers(sheet.headers, list(kind.columns()))
        return dataset_of(sheet)

    def can_import(self) -> bool:
        return True

    def can_export(self) -> bool:
        return True

    def get_extension(self) -> str:
        return self.format

    def get_content_type(self) -> str:
        return FORMATS[self.format]

    def export_data(self, dataset: Any, **kwargs: Any) -> bytes:
        file = io.BytesIO()
        kind = kind_named(self.kind)
        write_table(file, dataset, self.format, str(kind.title), list(kind.columns()))
        return file.getvalue()


class PrivateFolder(BaseStorage):
    """Let the import pages of the admin keep their files where the others lie."""

    def save(self, data: bytes) -> None:
        self.name = keep_content(data)

    def read(self) -> bytes:
        return path_of(self.name).read_bytes()

    def remove(self) -> None:
        path_of(self.name).unlink(missing_ok=True)
