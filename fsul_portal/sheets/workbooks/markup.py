"""The XML inside a workbook, read as a stream: no entities, no depth, no flood of names."""

import re
from collections.abc import Callable, Generator, Iterator
from typing import NoReturn, Self
from xml.parsers import expat

from django.utils.translation import gettext_lazy as _

from fsul_portal.sheets.refusals import SheetRefused, damaged

DEPTH = 60
NAMES = 2_000
ELEMENTS = 200_000
CELL_ELEMENTS = 8_000_000
# Expat reads an unfinished tag again from its start with every block.
UNFINISHED = 1024 * 1024
# How Excel writes what XML cannot hold, and what looks like such an escape.
ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")

# A part of a workbook in pieces, closed as soon as nobody reads on.
Blocks = Generator[bytes, None, None]
Attributes = dict[str, str]
Tag = tuple[str, str, Attributes]


class Markup:
    """Feed blocks to expat and hand each element, its name without prefix, to `begin` and `finish` of the heir.

    The heir sets `listening` while it wants text, takes it with `heard()`, and sets `done` to stop reading.
    """

    at_most = ELEMENTS
    longest_text = 0

    def __init__(self, blocks: Blocks) -> None:
        self.blocks = blocks
        self.done = self.listening = False
        self.depth = self.met = self.fed = self.length = 0
        self.pieces: list[str] = []
        self.local_names: dict[str, str] = {}
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = refuse_declarations
        self.parser.EntityDeclHandler = refuse_declarations
        self.parser.StartElementHandler = self.start_element
        self.parser.EndElementHandler = self.end_element
        self.parser.CharacterDataHandler = self.characters

    def begin(self, name: str, attributes: Attributes) -> None:
        """Meet the start of an element."""

    def finish(self, name: str) -> None:
        """Meet the end of an element."""

    def read(self) -> Iterator[None]:
        """Yield whenever a block has been read, and hold no more than that block gave."""
        try:
            for block in self.blocks:
                self.parser.Parse(block, False)
                self.check_growth(len(block))
                yield
                if self.done:
                    return
            self.parser.Parse(b"", True)
            yield
        except (expat.ExpatError, LookupError, UnicodeError) as error:
            raise damaged() from error
        finally:
            self.blocks.close()

    def read_all(self) -> Self:
        for _block in self.read():
            pass
        return self

    def check_growth(self, size: int) -> None:
        self.fed += size
        if len(self.parser.intern) > NAMES or self.fed - self.parser.CurrentByteIndex > UNFINISHED:
            raise damaged()

    def start_element(self, name: str, attributes: Attributes) -> None:
        self.depth += 1
        self.met += 1
        if self.depth > DEPTH or self.met > self.at_most:
            raise damaged()
        if not self.done:
            self.begin(self.local_names.get(name) or self.local_name(name), attributes)

    def end_element(self, name: str) -> None:
        self.depth -= 1
        if not self.done:
            self.finish(self.local_names[name])

    def characters(self, text: str) -> None:
        if self.listening:
            self.length += len(text)
            if self.length > self.longest_text:
                raise SheetRefused(_("A cell holds more than %(limit)s characters."), limit=self.longest_text)
            self.pieces.append(text)

    def heard(self) -> str:
        """Take the text gathered since the last time."""
        text = "".join(self.pieces)
        self.pieces.clear()
        self.length = 0
        return ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text

    def local_name(self, name: str) -> str:
        """Drop the prefix: which part it stands in says enough about an element."""
        return self.local_names.setdefault(name, name.rpartition(":")[2])


class RichText(Markup):
    """Hear the text of cells: reading aids are passed over; what is raised, lowered or struck gets signs of its own.

    So 5900 with a raised 1 is heard as 5900¹, which is no number.
    """

    def __init__(self, blocks: Blocks) -> None:
        super().__init__(blocks)
        self.phonetic = False
        self.signs: Callable[[str], str] | None = None

    def begin(self, name: str, attributes: Attributes) -> None:
        if name == "t":
            self.listening = not self.phonetic
        elif name == "rPh":
            self.phonetic = True
        elif name == "r":
            self.signs = None
        elif name == "vertAlign":
            self.signs = SIGNS.get(attributes.get("val", ""))
        elif name == "strike":
            self.signs = None if attributes.get("val") in ("0", "false") else struck

    def finish(self, name: str) -> None:
        if name == "t":
            self.listening = False
        elif name == "rPh":
            self.phonetic = False
        elif name == "r":
            self.signs = None

    def characters(self, text: str) -> None:
        super().characters(self.signs(text) if self.signs and self.listening else text)


RAISED = str.maketrans("0123456789+-=()*", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾⃰")
LOWERED = str.maketrans("0123456789+-=()*", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎⁎")


def raised(text: str) -> str:
    return text.translate(RAISED)


def lowered(text: str) -> str:
    return text.translate(LOWERED)


def struck(text: str) -> str:
    return "".join(f"{sign}\u0336" for sign in text)


SIGNS = {"superscript": raised, "subscript": lowered}


class Tags(Markup):
    """Gather the wanted tags of a small part as (section, name, attributes); a section is a child of the root."""

    def __init__(self, blocks: Blocks, wanted: set[str]) -> None:
        super().__init__(blocks)
        self.wanted = wanted
        self.section = ""
        self.found: list[Tag] = []

    def begin(self, name: str, attributes: Attributes) -> None:
        if self.depth == 2:
            self.section = name
        if name in self.wanted:
            self.found.append((self.section, name, attributes))


def refuse_declarations(*_arguments: object) -> NoReturn:
    raise SheetRefused(_("The workbook declares entities of its own, which no office program does. It is not read."))
