"""Name the kinds of library that the field speaks of; whatever else is written stays as it is written."""

from fsul_portal.grammar.words import in_own_language

# A kind is stored by its Chinese name.
ENGLISH = {
    "中心馆": "central library",
    "区总馆": "district library",
    "镇街分馆": "town branch",
    "分馆": "branch",
    "主题馆": "themed library",
    "主题分馆": "themed branch",
    "基层服务点": "service point",
    "智能图书馆": "smart library",
    "24小时自助图书馆": "24-hour self-service library",
    "读书驿站": "reading station",
    "智能文化家": "smart culture home",
    "智能文化家+": "smart culture home plus",
    "阅读家": "reading home",
    "粤书吧": "Guangdong book bar",
    "民宿图书馆": "guesthouse library",
    "新书借阅点": "new-book lending point",
    "馆外新书借阅点": "outside new-book lending point",
    "街区自助图书馆": "street self-service library",
    "街区自助机": "street self-service machine",
    "汽车图书馆": "mobile library",
    "农家书屋": "rural reading room",
}
CHINESE = {english.casefold(): chinese for chinese, english in ENGLISH.items()}


def kind_title(kind: str) -> str:
    """Return a kind in the language of the reader; one that is not known here stays as it is written."""
    return in_own_language(kind, ENGLISH.get(kind, ""))


def kind_called(name: str) -> str:
    """Return the kind that is stored for a name in either language."""
    return CHINESE.get(name.casefold(), name)
