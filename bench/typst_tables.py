"""Print the long tables of a report with Typst, to know how far our own engine is from the quickest there is."""

import csv
import json
from pathlib import Path
from typing import Any

from django.utils.translation import override

from reports.documents.chapters import chapters
from reports.documents.reading import Reading

# The tables of the report, as they lie there: A4 across, a head that is repeated, a caption, figures to the right. The
# rows are read as CSV, which Typst does quickest; the standard is that of our own documents.
PAGE = """#set document(title: "Report", date: none)
#set text(font: "Noto Sans CJK SC", size: 7.6pt, lang: "zh", region: "cn")
#set page(paper: "a4", flipped: true, margin: (x: 15mm, y: 20mm), numbering: "1")
#let long(name, heads, caption) = {
  heading(level: 2, caption)
  figure(kind: table, caption: caption, table(
    columns: (15mm, 39mm) + (1fr,) * (heads.len() - 2),
    align: (at, row) => if at < 2 { left } else { right },
    stroke: none,
    inset: (x: 1mm, y: 0.8mm),
    table.header(..heads.map(strong)),
    ..csv(name).flatten(),
  ))
}
#show figure: set block(breakable: true)
= Report
"""


def write_tables(snapshot: dict[str, Any], folder: Path) -> Path:
    """Write what Typst needs of the tables of the libraries, and return the file to begin with."""
    with override("zh-hans"):
        found = next(one for one in chapters(Reading(snapshot)) if one.anchor == "libraries")
    lines = [PAGE]
    for section in found.sections:
        name = f"{section.anchor}.csv"
        with (folder / name).open("w", newline="", encoding="utf-8") as file:
            rows = ([*row.before, row.head, *(cell.text for cell in row.cells)] for row in section.table.rows)
            csv.writer(file).writerows(rows)
        heads = [one.name for one in section.table.columns]
        words = json.dumps([name, heads, section.table.caption], ensure_ascii=False)[1:-1]
        lines.append(f"#long({words.replace('[', '(', 1).replace(']', ')', 1)})\n")
    (folder / "report.typ").write_text("".join(lines), encoding="utf-8")
    return folder / "report.typ"


def print_tables(source: Path, out: Path) -> None:
    """Print the tables as PDF/UA-1."""
    # What is asked for in development alone.
    import typst

    typst.compile(source, output=out, pdf_standards=["ua-1"])
