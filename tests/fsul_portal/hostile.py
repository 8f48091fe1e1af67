"""Make files that would hurt a trusting reader; as a program, read one and print what it cost (processor seconds)."""

import io
import json
import os
import re
import resource
import struct
import subprocess
import sys
import time
import zipfile
from pathlib import Path

from fsul_portal.sheets.workbooks.grid import column_letters

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
MEGABYTE = 1024 * 1024
HEADER = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>code</t></is></c><c r="B1" t="inlineStr"><is><t>V01</t></is></c></row>'
)
ROW = '<row r="2"><c r="A2" t="inlineStr"><is><t>NH001</t></is></c><c r="B2"><v>12</v></c></row>'


def sheet_xml(rows, before=""):
    return f'{DECLARATION}{before}<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'


def parts(rows=HEADER + ROW):
    """Give the parts of a small honest workbook by name."""
    return {
        "[Content_Types].xml": content_types(),
        "_rels/.rels": relations(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'{DECLARATION}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
        '<sheet name="libraries" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relations(
            ("worksheet", "worksheets/sheet1.xml"), ("sharedStrings", "sharedStrings.xml"), ("styles", "styles.xml")
        ),
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><cellXfs><xf numFmtId="0"/></cellXfs></styleSheet>',
        "xl/worksheets/sheet1.xml": sheet_xml(rows),
    }


def content_types(workbook=SHEET_TYPE):
    return (
        f'{DECLARATION}<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{workbook}"/></Types>'
    )


def relations(*targets):
    tags = "".join(
        f'<Relationship Id="rId{number}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'{DECLARATION}<Relationships xmlns="{PACKAGE}/relationships">{tags}</Relationships>'


def packed(members):
    """Zip the members; a member given as a generator is written piece by piece."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, text in members.items():
            with archive.open(name, "w") as part:
                for piece in [text] if isinstance(text, str | bytes) else text:
                    part.write(piece.encode() if isinstance(piece, str) else piece)
    return content.getvalue()


def workbook(rows=HEADER + ROW):
    return packed(parts(rows))


def a_gigabyte_of_one_letter():
    def text():
        yield f'<sst xmlns="{MAIN}"><si><t>'
        for _turn in range(1024):
            yield b"A" * MEGABYTE
        yield "</t></si></sst>"

    return packed({**parts(), "xl/sharedStrings.xml": text()})


def zips_in_a_zip():
    inner = packed({f"{number}.txt": b"A" * MEGABYTE for number in range(100)})
    return packed({f"{number}.zip": inner for number in range(50)})


def many_rows(row):
    def text():
        yield f'<worksheet xmlns="{MAIN}"><sheetData>{HEADER}{ROW}'
        for start in range(3, 1_000_003, 1000):
            yield "".join(row % {"n": number} for number in range(start, start + 1000))
        yield "</sheetData></worksheet>"

    return packed({**parts(), "xl/worksheets/sheet1.xml": text()})


def a_million_rows():
    return many_rows('<row r="%(n)d"><c r="A%(n)d"><v>%(n)d</v></c><c r="B%(n)d"><v>1</v></c></row>')


def a_million_empty_rows():
    return many_rows('<row r="%(n)d"/>')


def one_cell_in_the_last_corner():
    return workbook(HEADER + ROW + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')


def one_cell_in_the_last_row():
    return workbook(HEADER + ROW + '<row r="1048576"><c r="A1048576"><v>1</v></c></row>')


def a_file_of_this_machine():
    doctype = '<!DOCTYPE x [<!ENTITY secret SYSTEM "file:///etc/passwd">]>'
    row = '<row r="2"><c r="A2" t="inlineStr"><is><t>&secret;</t></is></c></row>'
    return packed({**parts(), "xl/worksheets/sheet1.xml": sheet_xml(HEADER + row, before=doctype)})


def a_billion_laughs():
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    strings = f'<!DOCTYPE sst [<!ENTITY a0 "ha">{entities}]><sst xmlns="{MAIN}"><si><t>&a9;</t></si></sst>'
    return packed({**parts(), "xl/sharedStrings.xml": strings})


def macros():
    return packed({**parts(), "xl/vbaProject.bin": b"\xd0\xcf\x11\xe0"})


def a_password():
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(4000)


def an_old_excel_file():
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "Workbook".encode("utf-16-le") + bytes(4000)


def half_a_file():
    return workbook()[:-400]


def wrong_content_types():
    return packed({**parts(), "[Content_Types].xml": content_types("image/png")})


def all_columns():
    cells = "".join(f'<c r="{column_letters(number)}1"><v>{number}</v></c>' for number in range(1, 16_385))
    return workbook(f'<row r="1">{cells}</row>{ROW}')


def sizes_that_lie():
    """State ten bytes for a sheet of 100 MB, in both places where a zip states it."""
    content = bytearray(packed({**parts(), "xl/worksheets/sheet1.xml": (b" " * MEGABYTE for _turn in range(100))}))
    size = struct.pack("<L", 100 * MEGABYTE)
    while (place := content.find(size)) >= 0:
        content[place : place + 4] = struct.pack("<L", 10)
    return bytes(content)


def a_way_out():
    return packed({**parts(), "../../../../tmp/planted.xml": "<x/>"})


def a_member_twice():
    return packed({**parts(), "xl/workbook.xmk": "<x/>"}).replace(b"xl/workbook.xmk", b"xl/workbook.xml")


def an_external_link():
    link = f'<externalLink xmlns="{MAIN}"/>'
    return packed({**parts(), "xl/externalLinks/externalLink1.xml": link})


def a_web_page():
    return b"\xef\xbb\xbf\r\n<html><body><table><tr><td>code</td></tr></table></body></html>"


def zeros_in_text():
    return b"code,V01\r\nNH001,1\0" + b"2\r\n"


def a_line_too_long_to_upload():
    return b"code,V01\r\n" + b"A" * (100 * MEGABYTE)


def a_long_line():
    return b"code,V01\r\n" + b"A" * (19 * MEGABYTE)


def nothing_but_commas():
    return b"code,V01\r\n" + b"," * (19 * MEGABYTE)


def an_open_quotation():
    return b'code,V01\r\n"NH001,1\r\n' + b"NH002,2\r\n" * 100_000


def empty_lines():
    return b"code,V01\r\nNH001,1\r\n" + b"\n" * (19 * MEGABYTE)


def a_hundred_thousand_members():
    members = {**parts(), **{f"xl/media/{number}.png": b"" for number in range(100_000)}}
    return packed(members)


def a_deep_nest():
    return workbook(HEADER + "<a>" * 3_000_000)


def a_flood_of_names():
    return workbook(HEADER + "".join(f"<n{number}/>" for number in range(2_000_000)))


def a_flood_of_attributes():
    return workbook(HEADER + "".join(f'<row a{number}=""/>' for number in range(1_000_000)))


def one_endless_tag():
    return workbook(HEADER + f'<row r="2" spans="{"1" * 9 * MEGABYTE}"/>')


def one_endless_number():
    return workbook(HEADER + f'<row r="2"><c r="A2"><v>{"9" * 30_000}</v></c></row>')


def a_date_format_of_brackets():
    style = f'<styleSheet xmlns="{MAIN}"><numFmts><numFmt numFmtId="170" formatCode="{"[" * 500_000}"/></numFmts>'
    style += '<cellXfs><xf numFmtId="170"/></cellXfs></styleSheet>'
    return packed({**parts(), "xl/styles.xml": style})


def styles_without_end():
    style = f'<styleSheet xmlns="{MAIN}"><cellXfs>{"<xf/>" * 1_500_000}</cellXfs></styleSheet>'
    return packed({**parts(), "xl/styles.xml": style})


def text_without_end():
    """Fill the shared texts with what passes one by one, so that only their sum is too much."""

    def text():
        yield f'<sst xmlns="{MAIN}">'
        for start in range(0, 3_000_000, 10_000):
            yield "".join(f"<si><t>{number:07}</t></si>" for number in range(start, start + 10_000))
        yield "</sst>"

    return packed({**parts(), "xl/sharedStrings.xml": text()})


def a_flood_of_merges():
    def text():
        yield f'<worksheet xmlns="{MAIN}"><sheetData>{HEADER}{ROW}</sheetData><mergeCells>'
        for start in range(2, 1_000_002, 10_000):
            yield "".join(f'<mergeCell ref="A{row}:B{row}"/>' for row in range(start, start + 10_000))
        yield "</mergeCells></worksheet>"

    return packed({**parts(), "xl/worksheets/sheet1.xml": text()})


def merges_over_everything():
    """Merge all cells again and again: to spread each would take for ever."""
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(2, 20_002))
    merges = '<mergeCell ref="A2:XFD1048576"/>' * 100_000
    sheet = (
        f'<worksheet xmlns="{MAIN}"><sheetData>{HEADER}{rows}</sheetData><mergeCells>{merges}</mergeCells></worksheet>'
    )
    return packed({**parts(), "xl/worksheets/sheet1.xml": sheet})


def a_flood_of_hidden_columns():
    columns = "".join(f'<col min="{number}" max="{number}" hidden="1"/>' for number in range(200_000))
    sheet = f'<worksheet xmlns="{MAIN}"><cols>{columns}</cols><sheetData>{HEADER}{ROW}</sheetData></worksheet>'
    return packed({**parts(), "xl/worksheets/sheet1.xml": sheet})


def two_hundred_sheets_of_empty_rows():
    empty = sheet_xml("".join(f'<row r="{number}"/>' for number in range(1, 9_000)))
    names = [f"empty{number}" for number in range(200)]
    sheets = "".join(
        f'<sheet name="{name}" sheetId="{n}" r:id="rId{n}"/>' for n, name in enumerate([*names, "data"], 1)
    )
    targets = [("worksheet", f"worksheets/{name}.xml") for name in [*names, "sheet1"]]
    book = f'{DECLARATION}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{sheets}</sheets></workbook>'
    members = {
        **parts(),
        "xl/workbook.xml": book,
        "xl/_rels/workbook.xml.rels": relations(*targets),
    }
    return packed(members | {f"xl/worksheets/{name}.xml": empty for name in names})


def a_text_in_no_language():
    return (
        b"code,name\r\n" + bytes(range(0xB0, 0xF8)) * 13_500 + b"\r\n" + "龘靐齉,爨\r\n".encode("gb18030") * 1_500_000
    )


def as_much_as_is_allowed():
    """Fill 120,000 rows of 13 columns, each text its own: honest, and as dear as honest files get."""
    row = '<row r="{n}"><c r="A{n}" t="inlineStr"><is><t>馆{n}</t></is></c>' + "".join(
        f'<c r="{column_letters(column)}{{n}}"><v>{{n}}.5</v></c>' for column in range(2, 14)
    )
    header = '<row r="1">' + "".join(f'<c r="{column_letters(n)}1"><v>{n}</v></c>' for n in range(1, 14)) + "</row>"

    def text():
        yield f'<worksheet xmlns="{MAIN}"><sheetData>{header}'
        for start in range(2, 120_002, 1000):
            yield "".join((row + "</row>").format(n=number) for number in range(start, start + 1000))
        yield "</sheetData></worksheet>"

    return packed({**parts(), "xl/worksheets/sheet1.xml": text()})


def read_apart(path):
    """Read the file in a process of its own, which may not take more than a gigabyte, and tell what came of it."""
    root = Path(__file__).resolve().parents[2]
    result = subprocess.run(
        [sys.executable, __file__, str(path)],
        capture_output=True,
        text=True,
        timeout=600,
        check=True,
        env={**os.environ, "PYTHONPATH": str(root)},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (1024 * MEGABYTE,) * 2),
    )
    return json.loads(result.stdout)


def peak_megabytes():
    """Return the peak of this program alone; getrusage would count what the process was before it became this one."""
    status = Path("/proc/self/status").read_text()
    return int(re.search(r"VmHWM:\s+(\d+) kB", status).group(1)) // 1024


def main(path):
    from django.conf import settings

    settings.configure(USE_I18N=False)
    from fsul_portal.sheets import SheetRefused, read_sheet

    try:
        with open(path, "rb") as file:
            outcome = f"read {len(read_sheet(file, name=path).rows)} rows"
    except SheetRefused as refusal:
        outcome = refusal.sentence
    megabytes = peak_megabytes()
    print(json.dumps({"outcome": outcome, "seconds": round(time.process_time(), 2), "megabytes": megabytes}))


if __name__ == "__main__":
    main(sys.argv[1])
