"""Know the columns in which returns come and go as files, and what a cell of them may say (6.2.1 j)."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from fsul_portal.sheets import SheetRefused, cells
from members.indicators.models import Indicator
from members.returns.models import CLOSED, NOT_APPLICABLE

LIBRARY = ("library_code", "馆代码", "成员馆代码", "图书馆代码", "library code")
PERIOD = ("period", "期间", "填报期间", "月份", "month")
# Columns of the template and of exports that only help the reader.
FOR_THE_EYE = ("name", "library_name", "馆名", "成员馆", "名称", "library", "state", "状态")
NOTE_ENDINGS = (".note", ".说明", "说明", " 说明", ".备注", " note")
MARKS = {cells.NOT_APPLICABLE: NOT_APPLICABLE, cells.CLOSED: CLOSED}
WRITTEN = {NOT_APPLICABLE: cells.NOT_APPLICABLE.value, CLOSED: cells.CLOSED.value}
LARGEST = int(cells.LARGEST)
NOTE_LENGTH = 500


@dataclass
class Columns:
    """Where in a row what stands: places of the library, the period, and of each indicator's figure and note."""

    headers: list[str]
    library: int = -1
    period: int = -1
    figures: list[tuple[int, str]] = field(default_factory=list)
    notes: list[tuple[int, str]] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)

    def heading(self, code, of_note=False):
        """Return the file's own heading for an indicator; without one, that of the library."""
        places = {name: place for place, name in (self.notes if of_note else self.figures)}
        return self.headers[places.get(code, self.library)]


def match_headers(headers, indicators=None):
    """Return what each column means; refuse a file that lacks the library or the period, or says a thing twice."""
    indicators = Indicator.objects.all() if indicators is None else indicators
    known = meanings(indicators)
    found = Columns(list(headers))
    seen: dict = {}
    for place, header in enumerate(headers):
        meaning = known.get(cells.folded(str(header)))
        if meaning is None:
            found.unknown.append(header)
        elif meaning in seen and meaning != ("eye", ""):
            raise SheetRefused(
                _("The columns “%(one)s” and “%(other)s” mean the same."), one=headers[seen[meaning]], other=header
            )
        else:
            seen[meaning] = place
    found.library, found.period = _required(seen, "library", LIBRARY), _required(seen, "period", PERIOD)
    found.figures = [(place, code) for (kind, code), place in seen.items() if kind == "figure"]
    found.notes = [(place, code) for (kind, code), place in seen.items() if kind == "note"]
    return found


def meanings(indicators):
    """Return {heading, folded: (kind, indicator code)} of all headings that are understood."""
    known = {cells.folded(word): ("library", "") for word in LIBRARY}
    known |= {cells.folded(word): ("period", "") for word in PERIOD}
    known |= {cells.folded(word): ("eye", "") for word in FOR_THE_EYE}
    for one in indicators:
        names = (one.code, one.name, one.name_en, f"{one.code} {one.name}", f"{one.code} {one.name_en}")
        known |= {cells.folded(name): ("figure", one.code) for name in names}
        known |= {cells.folded(f"{name}{end}"): ("note", one.code) for name in names for end in NOTE_ENDINGS}
    return known


def _required(seen, kind, words):
    if (kind, "") not in seen:
        raise SheetRefused(_("The file lacks the column %(column)s."), column=f"{words[0]} ({words[1]})")
    return seen[kind, ""]


def read_figure(value):
    """Read a cell as the figures keep it: a whole number or a mark; None was not reported."""
    kind = value.__class__
    # Nearly all cells are plain counts; the rest is read with more care.
    if kind is int and 0 <= value <= LARGEST:
        return value
    if kind is str and len(value) < 13 and value.isascii() and value.isdigit():
        return int(value)
    if value is None:
        return None
    found = cells.count(value)
    return MARKS.get(found) if isinstance(found, cells.Mark) else found


def read_note(value):
    """Read an explanation; an empty one is none."""
    return cells.text(value, NOTE_LENGTH) if value is not None else ""


def write_figure(value):
    """Return a figure as a cell shows it; what was not reported stays empty."""
    return WRITTEN.get(value, value)
