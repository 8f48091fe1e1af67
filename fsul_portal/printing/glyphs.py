"""Find the characters that no installed font can draw, and keep their text right where they stand as boxes."""

import ctypes
import re
from collections.abc import Sequence
from functools import cache

TEXT = re.compile(r">[^<>]+<")
TITLE = re.compile(r"(<title>.*?</title>)", re.DOTALL)
# They are not drawn, and no font has to have them.
INVISIBLE = frozenset("\n\r\t")


def without_glyph(text: str) -> list[str]:
    """Return the characters of a text that would be printed as boxes, each once, in their order."""
    fonts, covered = _covered()
    return [
        character
        for character in dict.fromkeys(text)
        if character not in INVISIBLE and not fonts.FcCharSetHasChar(covered, ord(character))
    ]


def mark_gaps(html: str, gaps: Sequence[str]) -> str:
    """Set each character without a glyph in an element of its own, `<span class="gap">`.

    The font for Chinese has as many glyphs as a font can have, so that no number is left to tell one missing character
    from another, and all of them would be copied out of the document as the first one. The style sheet gives the
    element a font with room.
    """
    if not gaps:
        return html
    gap = re.compile(f"[{''.join(map(re.escape, gaps))}]")

    def marked(text: re.Match[str]) -> str:
        return gap.sub(lambda found: f'<span class="gap">{found.group()}</span>', text.group())

    # The title goes into the properties of the document, where an element would be read as text.
    parts = TITLE.split(html)
    return "".join(part if part.startswith("<title>") else TEXT.sub(marked, part) for part in parts)


def named(gaps: Sequence[str]) -> list[str]:
    """Name characters for whoever has to look for them: “𮯰 (U+2EBF0)”."""
    return [f"{character} (U+{ord(character):04X})" for character in gaps]


class _FontSet(ctypes.Structure):
    _fields_ = [
        ("nfont", ctypes.c_int),
        ("sfont", ctypes.c_int),
        ("fonts", ctypes.POINTER(ctypes.c_void_p)),
    ]


@cache
def _covered() -> tuple[ctypes.CDLL, ctypes.c_void_p]:
    """Return fontconfig, and what all installed fonts together can draw; it is asked once a process."""
    fonts = ctypes.CDLL("libfontconfig.so.1")
    for name in ("FcInitLoadConfigAndFonts", "FcPatternCreate", "FcObjectSetCreate", "FcCharSetCreate"):
        getattr(fonts, name).restype = ctypes.c_void_p
    fonts.FcFontList.restype = ctypes.POINTER(_FontSet)
    fonts.FcCharSetHasChar.argtypes = [ctypes.c_void_p, ctypes.c_uint32]
    wanted = ctypes.c_void_p(fonts.FcObjectSetCreate())
    fonts.FcObjectSetAdd(wanted, b"charset")
    everything = ctypes.c_void_p(fonts.FcPatternCreate())
    found = fonts.FcFontList(ctypes.c_void_p(fonts.FcInitLoadConfigAndFonts()), everything, wanted).contents
    covered = ctypes.c_void_p(fonts.FcCharSetCreate())
    for position in range(found.nfont):
        own = ctypes.c_void_p()
        font = ctypes.c_void_p(found.fonts[position])
        if fonts.FcPatternGetCharSet(font, b"charset", 0, ctypes.byref(own)) == 0:
            fonts.FcCharSetMerge(covered, own, None)
    return fonts, covered
