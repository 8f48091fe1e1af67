"""Hold our styles and scripts to what the browsers of docs/browsers.md know: Chromium 86, Firefox ESR, Safari 15."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

CHROMIUM, SAFARI = 86, 15.0
STYLES = sorted((settings.BASE_DIR / "static/css").glob("*.css"))
SCRIPTS = sorted((settings.BASE_DIR / "static/js").glob("*.js"))

# What it looks like, and since when Chromium and Safari know it.
OF_STYLES = {
    r":has\(": (105, 15.4),
    r":(is|where)\(": (88, 14.0),
    r":not\([^()]*,": (88, 9.0),
    r":focus-visible": (86, 15.4),
    r"::file-selector-button": (89, 14.1),
    r"&|^\s+[.#a-z][\w.-]* \{[^}]*\{": (112, 16.5),
    r"@container|\bcontainer(-type|-name)?:": (105, 16.0),
    r"@layer": (99, 15.4),
    r"@scope": (118, 17.4),
    r"@starting-style": (117, 17.5),
    r"@property": (85, 16.4),
    r"@media[^{]*[<>]": (104, 16.4),
    r"\(scripting\b": (120, 17.0),
    r"\d(dvh|svh|lvh|dvw|dvb|dvi)\b": (108, 15.4),
    r"\d(cqw|cqh|cqi|cqb)\b": (105, 16.0),
    r"color-mix\(": (111, 16.2),
    r"light-dark\(": (123, 17.5),
    r"\b(oklch|oklab|lab|lch|color)\(": (111, 15.4),
    r"\b(inset|inset-(block|inline)[\w-]*):": (87, 14.1),
    r"\b(margin|padding)-(inline|block):": (87, 14.1),
    r"\bborder-(inline|block)(-(color|style|width))?:": (87, 14.1),
    r"\baspect-ratio:": (88, 15.0),
    r"\baccent-color:": (93, 15.4),
    r"\boverflow(-x|-y)?:\s*clip": (90, 16.0),
    r"\boverflow-wrap:\s*anywhere": (80, 15.4),
    r"\bscrollbar-gutter:": (94, 18.2),
    r"\btext-wrap(-style|-mode)?:": (114, 17.4),
    r"\btext-(box|spacing)[\w-]*:": (133, 18.2),
    r"\bcontent-visibility:": (85, 18.0),
    r"\bcontent:\s*\"[^\"]*\" /": (77, 17.4),
    r"\b(translate|rotate|scale):": (104, 14.1),
    r"^(?!.*-webkit-print-color-adjust:).*print-color-adjust:": (136, 15.4),
    r"^(?!.*-webkit-appearance:).*\bappearance:": (84, 15.4),
    r"^(?!.*-webkit-(backdrop-filter|user-select):).*\b(backdrop-filter|user-select):": (76, 18.0),
    r"^(?!.*-webkit-mask).*\bmask(-image)?:": (120, 15.4),
    r"\b(subgrid|masonry)\b": (117, 16.0),
    r"\bfield-sizing:": (123, 26.2),
    r"\banchor-name:|position-anchor:": (125, 26.0),
    r"\b(round|mod|rem|sin|cos|sqrt|pow)\(": (111, 15.4),
}
OF_SCRIPTS = {
    r"\.at\(": (92, 15.4),
    r"\bstructuredClone\(": (98, 15.4),
    r"\bObject\.(hasOwn|groupBy)\(": (93, 15.4),
    r"\.(findLast|findLastIndex)\(": (97, 15.4),
    r"\.(toSorted|toReversed|toSpliced|with)\(": (110, 16.0),
    r"\brandomUUID\(": (92, 15.4),
    r"^\s*(static )?#\w+|\.#\w+": (84, 15.0),
    r"#\w+ in \w": (91, 15.0),
    r"\bstatic \{": (94, 16.4),
    r"^await |^for await": (89, 15.0),
    r"\bimport\(|^(import|export) ": (89, 15.0),
    r"/[dgimsuy]*v[dgimsuy]*[,.;)]": (112, 17.0),
    r"\(\?<[=!]": (62, 16.4),
    r"\.(showModal|showPopover)\(": (114, 15.4),
    r"\bAbortSignal\.(timeout|any)\(": (103, 16.0),
    r"\brequestIdleCallback\(": (47, 99.0),
    r"\bnavigator\.(share|userAgentData)": (89, 99.0),
    r"\bstartViewTransition\(": (111, 18.0),
    r"\bIntl\.(Segmenter|DurationFormat)": (87, 14.1),
    r"\bsetHTML\(|\breplaceChildren\(": (86, 14.0),
}


def is_new(since: tuple[int, float]) -> bool:
    return since[0] > CHROMIUM or since[1] > SAFARI


def places(text: str, features: dict[str, tuple[int, float]], comment: str) -> Iterator[str]:
    """Yield the lines with something newer, and no word of what happens without it.

    A word of it begins with "Without" and stands in a comment, on the line or on the lines just above. A style may
    also ask @supports, a script `if`, but both still say what happens else.
    """
    said = False
    for number, line in enumerate(text.split("\n"), 1):
        bare = re.sub(comment, "", line)
        told = "Without" in line
        new = [name for name, since in features.items() if is_new(since) and re.search(name, bare)]
        if new and not (told or said):
            yield f"{number}: {bare.strip()[:80]}"
        # What is said of a block holds for all of it, and what is said above a line for that line.
        said = told or (said and (line.lstrip().startswith("@supports") or not bare.strip()))


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_styles_newer_than_the_browsers_say_what_happens_without(path: Path):
    assert list(places(path.read_text("utf-8"), OF_STYLES, r"/\*.*?\*/")) == []


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_no_new_selector_takes_older_ones_with_it(path: Path):
    text = re.sub(r"/\*.*?\*/", "", path.read_text("utf-8"), flags=re.S)
    groups = [group for group in re.findall(r"([^{};]+)\{", text) if not group.strip().startswith("@")]
    new = [name for name, since in OF_STYLES.items() if name.startswith(":") and is_new(since)]
    mixed = [
        group.strip() for group in groups if len({bool(re.search("|".join(new), one)) for one in group.split(",")}) > 1
    ]
    assert mixed == []


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_scripts_newer_than_the_browsers_say_what_happens_without(path: Path):
    assert list(places(path.read_text("utf-8"), OF_SCRIPTS, r"(?<!:)//.*$")) == []


def test_the_lint_finds_what_it_is_for():
    style = ".a { inset: 0; }\n/* Without it, below. */\n.b:has(i) { top: 0; }\n.c { gap: 1px; }\n.d:is(p) { top: 0; }"
    assert list(places(style, OF_STYLES, r"/\*.*?\*/")) == ["1: .a { inset: 0; }", "5: .d:is(p) { top: 0; }"]
    script = (
        "const last = all.at(-1);\n// Without it the link is followed.\nif (one.showModal) one.showModal();\na ?? b;"
    )
    assert list(places(script, OF_SCRIPTS, r"(?<!:)//.*$")) == ["1: const last = all.at(-1);"]
