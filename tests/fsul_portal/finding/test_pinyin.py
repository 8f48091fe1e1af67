"""How what is typed meets what is written: spellings, pinyin, names of people."""

import pytest

from fsul_portal.finding.matches import month_of, words_of
from fsul_portal.finding.pinyin import holds_word, plain, search_words, search_words_of_person, syllables_of_person


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("ＮＨ００１　桂城", ["nh001", "桂城"]),
        ("  NanHai\t 分馆 ", ["nanhai", "分馆"]),
        ("lü", ["lv"]),
        ("", []),
        (" ".join("abcdefghijkl"), list("abcdefghij")),
    ],
)
def test_what_is_typed_is_brought_to_one_spelling_and_cut_into_words(typed, words):
    assert words_of(typed) == words


@pytest.mark.parametrize(
    "word",
    ["三水区", "乐平", "sslp", "sanshuiqu", "sanshuileping", "leping", "ssqlpz", "图书馆", "tsg", "ss001"],
)
def test_a_library_is_met_by_its_name_by_pinyin_by_first_letters_and_by_its_code(word):
    assert holds_word(search_words("三水区乐平镇图书馆", also=("SS001",)), word)


@pytest.mark.parametrize("word", ["nh", "nanhai", "三水图", "ss002"])
def test_it_is_not_met_by_what_it_does_not_say(word):
    assert not holds_word(search_words("三水区委员会图书馆", also=("SS001",)), word)


def test_letters_that_begin_no_syllable_are_not_looked_for_across_syllables():
    assert holds_word(search_words("委员会"), "yuanhui")
    assert not holds_word(search_words("委员会"), "nh")


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("区建华", ["ou", "jian", "hua"]),
        ("曾丽", ["zeng", "li"]),
        ("单志强", ["shan", "zhi", "qiang"]),
        ("仇明", ["qiu", "ming"]),
        ("解晓东", ["xie", "xiao", "dong"]),
        ("关南海", ["guan", "nan", "hai"]),
        ("区", ["qu"]),
        ("Mary Ng", ["mary", "ng"]),
        ("", []),
    ],
)
def test_the_name_of_a_person_is_read_as_a_name(name, read):
    assert syllables_of_person(name) == read


def test_the_reading_that_somebody_has_written_counts_before_ours():
    assert holds_word(search_words_of_person("查良镛", reading="Zha Liang Yong"), "zly")
    words = search_words_of_person("任之", reading="ren zhi")
    assert (holds_word(words, "renzhi"), holds_word(words, "rz")) == (True, True)
    assert not holds_word(search_words_of_person("区建华"), "qujianhua")


@pytest.mark.parametrize("town", ["北滘 beijiao", "张槎 zhangcha", "白坭 baini", "乐从 lecong"])
def test_towns_of_the_city_are_read_as_people_here_say_them(town):
    name, pinyin = town.split()
    assert holds_word(search_words(name), pinyin)


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("2026-10", "2026-10"),
        ("2026年3月", "2026-03"),
        ("2026年03", "2026-03"),
        ("202603", "2026-03"),
        ("2026", "2026"),
        ("2026年", "2026"),
        ("2026-13", ""),
        ("nh001", ""),
    ],
)
def test_a_month_is_understood_however_it_is_written(word, code):
    assert month_of(plain(word)) == code
