"""Say how each part looks in Word: a style of its own, named as officials name the part."""

from dataclasses import dataclass, replace

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import nsdecls, qn
from docx.oxml.text.font import CT_RPr
from docx.oxml.text.parfmt import CT_PPr
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Pt, RGBColor
from docx.text.parfmt import ParagraphFormat

from fsul_portal.grammar.words import reads_english
from fsul_portal.letters.typeset.layout import CHARACTER, IMPRINT_GAP, IMPRINT_LINE, INDENT, LINE

LEFT, CENTRE, RIGHT, FULL = (
    WD_ALIGN_PARAGRAPH.LEFT,
    WD_ALIGN_PARAGRAPH.CENTER,
    WD_ALIGN_PARAGRAPH.RIGHT,
    WD_ALIGN_PARAGRAPH.JUSTIFY,
)
FANGSONG, TITLE, HEITI, KAITI, SONG = "仿宋_GB2312", "方正小标宋简体", "黑体", "楷体_GB2312", "宋体"
# What stands in where a font is not installed; the fonts themselves may not be handed on.
INSTEAD = {
    FANGSONG: "仿宋;FangSong;Noto Serif CJK SC",
    TITLE: "小标宋体;宋体;SimSun;Noto Serif CJK SC",
    HEITI: "SimHei;Noto Sans CJK SC",
    KAITI: "楷体;KaiTi;Noto Serif CJK SC",
    SONG: "SimSun;Noto Serif CJK SC",
}
MARK_GAP = 92  # the letters of the mark begin 7 pt below it, and so 35 mm below the upper edge of the text
SCRIPTS = ("ascii", "hAnsi", "eastAsia", "cs")
FONT_TABLE = "/word/fontTable.xml"
RED, GREY = RGBColor(0xC0, 0, 0), RGBColor(0x55, 0x55, 0x55)
# Word and its kin move the marks and digits of Chinese lines on their own; the PDF does not.
OWN_WAYS = ("w:overflowPunct", "w:autoSpaceDE", "w:autoSpaceDN", "w:snapToGrid")


@dataclass(frozen=True)
class Look:
    """How a part looks: sizes and gaps in points, `first` in characters."""

    name: str
    font: str = FANGSONG
    size: float = 16
    line: float = LINE
    align: WD_ALIGN_PARAGRAPH = FULL
    before: float = 0
    after: float = 0
    first: float = 0
    squeeze: float = CHARACTER - 16
    head_font: str = ""
    is_bold: bool = False
    colour: RGBColor | None = None
    keeps_with_next: bool = False


LOOKS = {
    "mark": Look(
        "发文机关标志",
        TITLE,
        26,
        40,
        CENTRE,
        before=MARK_GAP,
        colour=RED,
        squeeze=0,
        is_bold=True,
        keeps_with_next=True,
    ),
    "mark-number": Look("发文字号", align=CENTRE, before=12, after=2 * LINE, keeps_with_next=True),
    "title": Look("公文标题", TITLE, 22, 34, CENTRE, after=14, squeeze=0, is_bold=True, keeps_with_next=True),
    "certificate-title": Look(
        "证书标题", TITLE, 36, 60, CENTRE, before=40, after=30, squeeze=0, is_bold=True, keeps_with_next=True
    ),
    "number": Look("编号", align=CENTRE, after=14.5),
    "certificate-number": Look("证书编号", align=CENTRE, after=40),
    "form-number": Look("表格编号", size=12, line=20, align=RIGHT, after=4),
    "addressee": Look("主送机关", before=LINE, keeps_with_next=True),
    "body": Look("公文正文", first=INDENT),
    "level-1": Look("一级标题", first=INDENT, head_font=HEITI),
    "level-2": Look("二级标题", first=INDENT, head_font=KAITI),
    "level-3": Look("三级标题", first=INDENT),
    "level-4": Look("四级标题", first=INDENT),
    "labelled": Look("标注", head_font=HEITI),
    "roll": Look("出席与请假", before=LINE, head_font=HEITI),
    "attachment": Look("附件说明", before=LINE),
    "attachment-next": Look("附件说明续"),
    "signer": Look("发文机关署名", align=RIGHT, before=LINE, keeps_with_next=True),
    "signer-sealed": Look("发文机关署名（盖章）", align=RIGHT, before=2 * LINE, keeps_with_next=True),
    "signer-next": Look("联合署名", align=RIGHT, keeps_with_next=True),
    "day": Look("成文日期", align=RIGHT),
    "copies": Look("抄送机关", size=14, line=IMPRINT_LINE, align=LEFT, squeeze=0),
    "printed": Look("印发机关和印发日期", size=14, line=IMPRINT_LINE, align=LEFT, squeeze=0),
    "imprint-room": Look("版记", size=IMPRINT_GAP, line=IMPRINT_GAP),
    "grid": Look("表格", size=12, line=20, align=LEFT, squeeze=0),
    "draft": Look("草稿标记", size=12, line=20, align=RIGHT, squeeze=0, colour=RED),
    "copy": Look("译本标记", size=10, line=20, align=RIGHT, squeeze=0, colour=GREY),
    "foot": Look("核验码", HEITI, 8, 12, CENTRE, squeeze=0, colour=GREY),
    "page-number": Look("页码", SONG, 14, 14, RIGHT, squeeze=0),
}


# In English: letters of three quarters of the size, as in the PDF; a line is 1.65 of them high, a title's less.
SIZES_IN_ENGLISH = {16.0: (12, 20), 22.0: (18, 26), 26.0: (22, 32), 36.0: (30, 44), 12.0: (10.5, 16), 14.0: (10.5, 24)}
LATIN = {HEITI: "Arial"}


def look_of(style: str) -> Look:
    """Return how a part looks in the language in which the paper is set."""
    look = LOOKS[style]
    if not reads_english() or style == "page-number":
        return look
    size, line = SIZES_IN_ENGLISH.get(look.size, (look.size, look.line))
    align = LEFT if look.align == FULL else look.align
    gaps = [gap * line / LINE if gap % LINE == 0 else gap for gap in (look.before, look.after)]
    return replace(look, size=size, line=line, align=align, before=gaps[0], after=gaps[1], squeeze=0)


def name_styles(document: Document) -> None:
    """Give the document the styles of all parts, its language and its fonts."""
    _name_language(document)
    # What only a copy has stays out of the others, which are made again letter by letter.
    for look in (look_of(name) for name in LOOKS if name != "copy" or reads_english()):
        style = document.styles.add_style(look.name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style, style.quick_style = None, True
        style.font.size, style.font.bold = Pt(look.size), look.is_bold
        if look.colour is not None:
            style.font.color.rgb = look.colour
        dress(style.element.get_or_add_rPr(), look.font, look.squeeze)
        _space(style.paragraph_format, look)
        _switch_off_own_ways(style.element.get_or_add_pPr())
    _name_fonts(document)


def _name_language(document: Document) -> None:
    """Leave nothing to the theme of the library's own template, which is set for American English."""
    properties = document.styles.element.find(qn("w:docDefaults")).find(f".//{qn('w:rPr')}")
    fonts = properties.find(qn("w:rFonts"))
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for script in SCRIPTS:
        fonts.set(qn(f"w:{script}"), _font_for(script, FANGSONG))
    for name, language in (("val", "en-GB" if reads_english() else "zh-CN"), ("eastAsia", "zh-CN")):
        properties.find(qn("w:lang")).set(qn(f"w:{name}"), language)
    document.settings.element.find(qn("w:characterSpacingControl")).set(qn("w:val"), "doNotCompress")


def _name_fonts(document: Document) -> None:
    entries = "".join(
        f'<w:font w:name="{font}"><w:altName w:val="{instead}"/><w:charset w:val="86"/></w:font>'
        for font, instead in INSTEAD.items()
    )
    table = f"<?xml version='1.0' encoding='UTF-8' standalone='yes'?><w:fonts {nsdecls('w')}>{entries}</w:fonts>"
    next(part for part in document.part.package.iter_parts() if part.partname == FONT_TABLE)._blob = table.encode()


def _switch_off_own_ways(properties: CT_PPr) -> None:
    for name in OWN_WAYS:
        switch = OxmlElement(name)
        switch.set(qn("w:val"), "0")
        properties.insert_element_before(switch, "w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:outlineLvl")


def _space(form: ParagraphFormat, look: Look) -> None:
    form.alignment, form.keep_with_next = look.align, look.keeps_with_next
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(look.line)
    form.space_before, form.space_after = Pt(look.before), Pt(look.after)
    form.first_line_indent, form.widow_control = Pt(look.first * CHARACTER), False


def dress(properties: CT_RPr, font: str, squeeze: float = 0.0) -> None:
    """Give run properties a font for all scripts, and the width of its characters."""
    fonts = properties.get_or_add_rFonts()
    for script in SCRIPTS:
        fonts.set(qn(f"w:{script}"), _font_for(script, font))
    if squeeze:
        spacing = OxmlElement("w:spacing")
        spacing.set(qn("w:val"), str(round(squeeze * 20)))
        properties.insert_element_before(spacing, "w:w", "w:kern", "w:position", "w:sz", "w:szCs", "w:lang")


def _font_for(script: str, font: str) -> str:
    """Return the font of a script: what is Chinese in an English copy keeps its own."""
    return LATIN.get(font, "Times New Roman") if reads_english() and script != "eastAsia" else font


def put(parent: BaseOxmlElement, name: str, value: str | None, **more: str) -> None:
    """Append an element of WordprocessingML with its attributes."""
    element = OxmlElement(name)
    for key, text in {"val": value, **more}.items():
        if text is None:
            continue
        element.set(qn(f"w:{key}"), text)
    parent.append(element)
