"""Hold the Chinese of the portal and of the packages it is made of to what an official would write."""

import pytest
from django.utils import translation

from tests.chinese import faults, faults_of_ours, faults_of_package, in_chinese, sentences_of_packages
from tests.test_translations import CATALOGUES, both, entries

# What is no sentence: a unit, a name, or a list that a machine takes apart.
NO_SENTENCE = {"%s KB", "%s MB", "%s GB", "%s TB", "%s PB", "URL", "IPv4", "IPv6", "yes,no,maybe", ":", ":?.!"}


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=["own", "packages"])
def test_no_entry_has_what_an_official_would_not_write(catalogue):
    """Spaces between Chinese characters, half-width marks, the address of a friend."""
    strings = [string for one in entries(catalogue) if both(one)[0][0] not in NO_SENTENCE for string in both(one)[1]]
    assert {string: faults_of_ours(string) for string in strings if faults_of_ours(string)} == {}


def test_packages_say_in_chinese_what_they_can_show():
    """All that Django's forms, models, admin and accounts and the other packages mark for translation.

    Left out: what stands in scripts (the picker of days), and packages whose words no page shows (humanize).
    """
    with translation.override("zh-hans"):
        shown = {key: in_chinese(key) for key in sentences_of_packages() if key[1] and key[1][0] not in NO_SENTENCE}
    assert len(shown) > 800
    assert {key[1][0]: (said, faults_of_package(said)) for key, said in shown.items() if faults_of_package(said)} == {}


def test_a_fault_is_found_wherever_it_stands():
    wrong = ["选择 用户", "共 3 项:", "确认(否)", "你好", "完成.", "名称,代码", '删除"甲"']
    assert [len(faults(one)) for one in wrong] == [1, 1, 1, 1, 1, 1, 1]
    right = ["共 3 项：", "导出 XLSX（全部）", "<b>确定</b>吗？", "9:00—21:00", "另存为 .xlsx 文件"]
    assert [one for one in right if faults(one)] == []
    assert [faults_of_package(one) for one in ["选择 %s", "Run", "共%d项"]] == [
        ["a space beside what is filled in"],
        ["English"],
        [],
    ]
