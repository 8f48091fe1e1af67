"""Ask whether this machine has a font for Chinese."""

from typing import Any

FAMILIES = ("Noto Sans CJK SC", "Source Han Sans SC", "Noto Sans SC")


def has_chinese_font() -> bool:
    """Ask fontconfig; without a font the PDF would be made all the same, full of empty boxes."""
    return any(family in _families_found_for(family) for family in FAMILIES)


def _families_found_for(family: str) -> list[str]:
    from weasyprint.text.ffi import ffi, fontconfig

    config = fontconfig.FcInitLoadConfigAndFonts()
    pattern = fontconfig.FcPatternCreate()
    fontconfig.FcPatternAddString(pattern, b"family", family.encode())
    fontconfig.FcConfigSubstitute(config, pattern, fontconfig.FcMatchPattern)
    fontconfig.FcDefaultSubstitute(pattern)
    match = fontconfig.FcFontMatch(config, pattern, ffi.new("FcResult *"))
    try:
        return _names(ffi, fontconfig, match)
    finally:
        fontconfig.FcPatternDestroy(pattern)
        if match != ffi.NULL:
            fontconfig.FcPatternDestroy(match)
        fontconfig.FcConfigDestroy(config)


def _names(ffi: Any, fontconfig: Any, match: Any) -> list[str]:
    """Read every name of a font, which is known under several; no match at all has none."""
    name = ffi.new("FcChar8 **")
    found: list[str] = []
    while match != ffi.NULL:
        if fontconfig.FcPatternGetString(match, b"family", len(found), name) != fontconfig.FcResultMatch:
            break
        found.append(ffi.string(name[0]).decode())
    return found
