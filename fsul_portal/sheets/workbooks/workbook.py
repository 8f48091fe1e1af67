"""A workbook: which sheet is read, what its shared texts say and which of its numbers are dates."""

import posixpath
import re
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from fsul_portal.grammar.text import clean
from fsul_portal.sheets.refusals import SheetRefused, damaged
from fsul_portal.sheets.workbooks.formats import BUILT_IN
from fsul_portal.sheets.workbooks.markup import CELL_ELEMENTS, Blocks, RichText, Tag, Tags
from fsul_portal.sheets.workbooks.package import Package

if TYPE_CHECKING:
    from fsul_portal.sheets.reader import Pool

WORKBOOK_TYPES = {
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml",
}
# 27 to 36 and 50 to 58 are dates and times in Chinese Excel, which writes no format code for them.
DATE_FORMATS = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
# Excel allows 255; matching a longer one could take for ever.
FORMAT_CODE = 255
# What groups or rounds, and nothing else.
PLAIN = re.compile(r"@|General|G/通用格式|(#,##)?0(\.0+)?_?\s?", re.IGNORECASE)


class Workbook:
    """The visible sheets of a package, with what is needed to read their cells."""

    def __init__(self, package: Package, pool: "Pool") -> None:
        # It brings numpy, 20 MB that a process which reads no workbook is not to carry.
        from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900

        self.package = package
        self.path = self.find_workbook()
        self.relations = self.read_relations()
        tags = self.tags(self.path, {"sheet", "workbookPr"})
        self.since_1904 = any(name == "workbookPr" and is_true(tag.get("date1904")) for _section, name, tag in tags)
        self.epoch = CALENDAR_MAC_1904 if self.since_1904 else CALENDAR_WINDOWS_1900
        self.visible = self.find_sheets(tags)
        self.strings = self.read_strings(pool)
        self.styles = self.read_styles()

    def tags(self, path: str, wanted: set[str]) -> list[Tag]:
        blocks = self.package.blocks(path, at_most=self.package.limits.small_part)
        return Tags(blocks, wanted).read_all().found

    def find_workbook(self) -> str:
        """Name the part which the content types call a workbook."""
        tags = [tag for _section, _name, tag in self.tags("[Content_Types].xml", {"Override", "Default"})]
        types = {tag.get("ContentType", "") for tag in tags}
        if any("sheet.binary" in content_type for content_type in types):
            raise SheetRefused(_("This is a binary workbook (.xlsb). Save it as .xlsx and send it again."))
        if any("macroEnabled" in content_type for content_type in types):
            raise SheetRefused(_("The workbook contains macros. Save it as .xlsx, without macros, and send it again."))
        if not types & WORKBOOK_TYPES:
            raise SheetRefused(_("This is not an Excel workbook. Save the table as .xlsx or as CSV and send it again."))
        named = [tag["PartName"][1:] for tag in tags if tag.get("ContentType") in WORKBOOK_TYPES and "PartName" in tag]
        return named[0] if named else "xl/workbook.xml"

    def read_relations(self) -> dict[str | None, tuple[str, str]]:
        """Map each relation of the workbook to its kind and to the part it means; nothing outside the file is meant."""
        folder, name = posixpath.split(self.path)
        tags = self.tags(posixpath.join(folder, "_rels", f"{name}.rels"), {"Relationship"})
        return {
            tag.get("Id"): (
                tag.get("Type", "").rpartition("/")[2],
                posixpath.normpath(posixpath.join("/", folder, tag.get("Target", "")))[1:],
            )
            for _section, _name, tag in tags
            if tag.get("TargetMode") != "External"
        }

    def find_sheets(self, tags: list[Tag]) -> list[tuple[str, str]]:
        """List the visible sheets as (title, part)."""
        visible = []
        for _section, name, tag in tags:
            relation = next((value for key, value in tag.items() if key.rpartition(":")[2] == "id"), None)
            kind, path = self.relations.get(relation, ("", ""))
            if name == "sheet" and kind == "worksheet" and tag.get("state", "visible") == "visible":
                visible.append((clean(tag.get("name", "")), path))
        if not visible:
            raise SheetRefused(_("The workbook has no visible sheet."))
        return visible

    def part_of_kind(self, kind: str) -> str | None:
        return next((path for known, path in self.relations.values() if known == kind), None)

    def read_strings(self, pool: "Pool") -> list[str]:
        path = self.part_of_kind("sharedStrings")
        if path is None or path not in self.package:
            return []
        blocks = self.package.blocks(path, at_most=self.package.limits.strings_part)
        return SharedStrings(blocks, pool).read_all().found

    def read_styles(self) -> "dict[str | None, Format]":
        """Gather {style, as written in a cell: its format} of all styles which show more than the plain number."""
        path = self.part_of_kind("styles")
        if path is None or path not in self.package:
            return {}
        tags = self.tags(path, {"numFmt", "xf"})
        codes = {tag.get("numFmtId"): tag.get("formatCode", "") for section, _name, tag in tags if section == "numFmts"}
        numbers = [tag.get("numFmtId", "0") for section, _name, tag in tags if section == "cellXfs"]
        formats = {number: Format(number, codes) for number in set(numbers)}
        return {str(index): formats[number] for index, number in enumerate(numbers) if not formats[number].is_plain}


class Format:
    """A number format: its code, whether it makes a day of a number, and whether it shows no more than the number."""

    def __init__(self, number: str, codes: dict[str | None, str]) -> None:
        if not number.isdigit():
            raise damaged()
        from openpyxl.styles.numbers import is_date_format

        known = int(number[:9])
        self.code = codes[number][:FORMAT_CODE] if number in codes else BUILT_IN.get(known, "")
        self.is_date = is_date_format(self.code) if number in codes else known in DATE_FORMATS
        self.is_plain = not self.is_date and (not self.code or PLAIN.fullmatch(self.code) is not None)


class SharedStrings(RichText):
    """Gather the texts which the cells refer to by number."""

    at_most = CELL_ELEMENTS

    def __init__(self, blocks: Blocks, pool: "Pool") -> None:
        super().__init__(blocks)
        self.longest_text = pool.limits.cell_text
        self.pool = pool
        self.found: list[str] = []

    def finish(self, name: str) -> None:
        super().finish(name)
        if name == "si":
            self.found.append(self.pool.keep(self.heard()))


def is_true(text: str | None) -> bool:
    return text in ("1", "true", "on")
