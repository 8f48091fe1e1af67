"""Bring texts to one spelling, and write how Chinese is read: whole, and by first letters."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

HANZI = r"\u3400-\u4dbf\u4e00-\u9fff"
PIECES = re.compile(rf"[{HANZI}]+|[a-z0-9]+")
# People leave out what kind of place it is: 三水乐平 for 三水区乐平镇.
KIND_OF_PLACE = re.compile(rf"(?<=[{HANZI}]{{2}})(?:街道|[市区县镇])(?=[{HANZI}])")
# What begins as a syllable may be pinyin; of anything else the letters would be met across syllables: nh in yuan-hui.
SYLLABLE = re.compile(r"(?:[zcs]h|[bpmfdtnlgkhjqxrzcsyw])?[aeiouv]")
# Whole pinyin has letters of its own, which no other line has; capitals would not do, SQLite compares without them.
WIDE_LETTERS = {code: code + 0xFEE0 for code in range(ord("a"), ord("z") + 1)}
WIDE = str.maketrans("(),:;!?", "（），：；！？")
# As a surname these are read otherwise than as a word.
SURNAMES = {
    "区": "ou",
    "曾": "zeng",
    "单": "shan",
    "仇": "qiu",
    "解": "xie",
    "查": "zha",
    "朴": "piao",
    "盖": "ge",
    "缪": "miao",
    "翟": "zhai",
}


def plain(text: str) -> str:
    """Return a text in one spelling: full-width letters and digits as plain ones, capitals as small letters."""
    return unicodedata.normalize("NFKC", text).casefold().replace("ü", "v").strip()


def wide(text: str) -> str:
    """Return a text with the marks that Chinese is written with: columns keep texts as they were typed."""
    return text.translate(WIDE)


@lru_cache(maxsize=50_000)
def _syllables(run: str) -> tuple[str, ...]:
    # Its readings take 55 MB, which whoever only reads or prints does not pay for.
    from pypinyin import lazy_pinyin

    # Names differ in their numbers more than in their words; reading a word anew takes 0.3 ms.
    return tuple(lazy_pinyin(run))


def syllables(text: str) -> list[str]:
    """Return how a text is read: a syllable for each character, letters and digits as they are, no marks."""
    pieces: list[str] = PIECES.findall(plain(text))
    return [one for piece in pieces for one in ((piece,) if piece.isascii() else _syllables(piece))]


def syllables_of_person(name: str) -> list[str]:
    """Return how the name of a person is read, surname first."""
    read = syllables(name)
    if len(read) > 1 and name.strip()[0] in SURNAMES:
        read[0] = SURNAMES[name.strip()[0]]
    return read


def readings(read: Iterable[str]) -> Iterator[str]:
    """Give the whole pinyin, in wide letters, and the first letters; numbers stay whole in both."""
    whole = list(read)
    yield "".join(whole).translate(WIDE_LETTERS)
    yield "".join(one if one[0].isdigit() else one[0] for one in whole)


def doubled(text: str) -> str:
    """Write each character twice: an index of three in a row then knows words of two, as most of Chinese are."""
    return "".join(character * 2 for character in text)


def _written(lines: Iterable[str]) -> str:
    return "\n".join(doubled(line) for line in dict.fromkeys(lines) if line)


def search_words(*texts: str, also: Iterable[str] = ()) -> str:
    """Return the lines by which something is found: its texts, how they are read, and others as they stand."""
    lines: list[str] = []
    for text in filter(None, texts):
        lines += [plain(text), *readings(syllables(text)), *readings(syllables(KIND_OF_PLACE.sub("", plain(text))))]
    return _written([*lines, *map(plain, also)])


def search_words_of_person(name: str, *also: str, reading: str = "") -> str:
    """Return the lines by which a person is found; a reading that somebody has written counts before ours."""
    read = plain(reading).split() or syllables_of_person(name)
    return _written([plain(name), *readings(read), *map(plain, also)])


def spellings(word: str) -> list[str]:
    """Return how a word may stand in search words: as it is, and as whole pinyin."""
    return [doubled(one) for one in ((word, word.translate(WIDE_LETTERS)) if SYLLABLE.match(word) else (word,))]


def holds_word(words: str, word: str) -> bool:
    """Say whether search words hold a word."""
    return any(spelling in words for spelling in spellings(word))
