"""Hold that one thing has one name: the words which the glossary leaves out stand nowhere that people read."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from ops.places import ROOT

HEADING = "## Words that are not used"
ROW = re.compile(r"^\| ([^|]+) \| ([^|]+) \|([^|]*)\|$", re.MULTILINE)
HAN = re.compile(r"[㐀-鿿]")
READ = (".py", ".html", ".txt", ".js", ".po", ".md", ".csv", ".json")
# What is told of the past keeps its words; the glossary itself names what is not used.
LEFT_OUT = {"CHANGELOG.md", "docs/glossary.md"}
NOT_OURS = {"tests", "var", "build", "node_modules"}


def words_not_used() -> dict[str, tuple[str, ...]]:
    """Return {word: phrases in which it may stand}, as the glossary says."""
    table = (ROOT / "docs/glossary.md").read_text("utf-8").split(HEADING)[1]
    rows = [[cell.strip() for cell in row] for row in ROW.findall(table)]
    return {word: tuple(allowed.split()) for word, __, allowed in rows if HAN.search(word)}


def files() -> Iterator[Path]:
    for path in sorted(ROOT.rglob("*")):
        parts = path.relative_to(ROOT).parts
        kept = path.suffix in READ and not any(part.startswith(".") or part in NOT_OURS for part in parts)
        if kept and path.is_file() and "/".join(parts) not in LEFT_OUT and parts[:2] != ("docs", "decisions"):
            yield path


def found(text: str, words: dict[str, tuple[str, ...]]) -> list[str]:
    """Return the words not used which a line holds outside of the phrases that allow them."""
    hits = []
    for word, allowed in words.items():
        rest = text
        for phrase in sorted(allowed, key=len, reverse=True):
            rest = rest.replace(phrase, "")
        hits += [word] if word in rest else []
    return hits


def test_the_glossary_names_words_that_are_not_used():
    words = words_not_used()
    assert len(words) > 20
    assert words["办公室"] == ("统筹办公室",)


@pytest.mark.parametrize(
    ("line", "hits"),
    [
        ("请到门户查看", ["门户"]),
        ("请联系办公室", ["办公室"]),
        ("请联系统筹办公室", []),
        ("系统管理员请看系统", ["系统"]),
        ("区总馆签批", ["签批"]),
        ("填报表", []),
    ],
)
def test_a_word_is_found_outside_of_its_phrases(line, hits):
    assert found(line, words_not_used()) == hits


def test_nothing_that_people_read_holds_a_word_that_is_not_used():
    words = words_not_used()
    lines = [
        (path.relative_to(ROOT).as_posix(), line.strip())
        for path in files()
        for line in path.read_text("utf-8").splitlines()
        if HAN.search(line)
    ]
    assert len(lines) > 3000
    assert [(path, found(line, words), line) for path, line in lines if found(line, words)] == []
