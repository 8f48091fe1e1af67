"""Write what the resource of the libraries exports, as CSV or as a workbook."""

from fsul_portal.sheets import Column, Table, write_csv, write_xlsx
from members.libraries.columns import LIBRARY_COLUMNS, WORDS

FORMATS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def write_table(file, dataset, format, title):
    """Write an exported table of libraries into a file open for writing bytes."""
    if format == "csv":
        file.write(write_csv(dataset.headers, dataset))
        return
    columns = [
        Column(header, as_text=column.as_text, choices=choices(column, header))
        for header, column in zip(dataset.headers, LIBRARY_COLUMNS, strict=True)
    ]
    write_xlsx(file, [Table(title, columns, dataset)])


def choices(column, header):
    """Offer the words of a column in the language of its heading."""
    words = WORDS.get(column.name)
    if words is None:
        return ()
    return tuple(words.chinese) if header == column.name else tuple(words.chinese.values())
