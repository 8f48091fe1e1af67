"""Read the list of members which a platform hands out as a file (7.3)."""

import re
from typing import Any

from fsul_portal.sheets import read_sheet
from fsul_portal.sheets.spelling import as_written
from workgroups.channels.matching import match

# Telephone numbers, accounts and addresses say nobody's name, and are not kept where nobody asked for them.
NO_NAME = re.compile(r"\S*@\S*|[\d+()\-\s]{7,}")


def lines_in(file: Any) -> str:
    """Return the members that a file names, a line each; raise SheetRefused for a file that holds no list.

    The first row is that of the headings, unless it names somebody: a list may come without any.
    """
    sheet = read_sheet(file, name=file.name)
    heading, *lines = [" ".join(_words(cells)) for cells in (sheet.headers, *(row.line for row in sheet.rows))]
    named = [one for one in match([heading]) if one.person or one.library]
    return "\n".join(line for line in [*([heading] if named else []), *lines] if line)


def _words(cells: Any) -> list[str]:
    written = (as_written(cell).strip() for cell in cells if cell is not None)
    return [word for word in written if word and not NO_NAME.fullmatch(word)]
