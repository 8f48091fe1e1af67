"""The cells of a CSV file: UTF-8 or GB18030, any line ends, comma, semicolon or tab."""

import csv
import io

from django.utils.translation import gettext_lazy as _

from fsul_portal.sheets.refusals import LAST_ROW, SheetRefused

ENCODINGS = ("utf-8-sig", "gb18030")
DELIMITERS = (",", ";", "\t")
BLOCK = 64 * 1024
# A line of nothing but commas costs eight bytes for each.
LONGEST_LINE = 2 * 1024 * 1024


def read_rows(content: bytes, pool):
    """Read the rows that hold something as (number, values), counted as Excel counts them."""
    if b"\0" in content:
        raise SheetRefused(_("This is not a text file. Save the table as .xlsx or as CSV (UTF-8) and send it again."))
    encoding = find_encoding(content)
    lines = csv.reader(bounded_lines(content, encoding), delimiter=find_delimiter(content, encoding), strict=True)
    number = 0
    try:
        for number, line in enumerate(lines, 1):
            if number > LAST_ROW:
                raise SheetRefused(_("The file has more lines than Excel can show. Delete the empty ones."))
            values = [pool.keep(text) or None if text else None for text in line]
            if any(value is not None for value in values):
                yield number, values
    except csv.Error as error:
        raise SheetRefused(
            _("Row %(row)s cannot be read: a quotation mark is not closed, or a cell is too long."), row=number + 1
        ) from error


def decoded(content, encoding):
    return io.TextIOWrapper(io.BytesIO(content), encoding, newline="")


def bounded_lines(content, encoding):
    text = decoded(content, encoding)
    while line := text.readline(LONGEST_LINE):
        if len(line) == LONGEST_LINE:
            raise SheetRefused(_("The file has a line of more than two million characters. It is not read."))
        yield line


def find_encoding(content):
    """Try the whole file, since a name in the last row may be the first that is not plain ASCII."""
    for encoding in ENCODINGS:
        try:
            text = decoded(content, encoding)
            while text.read(BLOCK):
                pass
        except UnicodeDecodeError:
            continue
        return encoding
    raise SheetRefused(
        _("The text is neither UTF-8 nor GB18030. Save the table as .xlsx or as CSV (UTF-8) and send it again.")
    )


def find_delimiter(content, encoding):
    """Take the sign that cuts the first row into the most columns; the comma wins a draw."""
    header = decoded(content, encoding).readline(LONGEST_LINE)
    return max(DELIMITERS, key=lambda sign: columns(header, sign))


def columns(line, delimiter):
    try:
        return len(next(csv.reader([line], delimiter=delimiter), []))
    except csv.Error:
        return 0
