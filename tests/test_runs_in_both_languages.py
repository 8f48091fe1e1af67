"""What a run is called and does is kept in both languages: who asked for it may not be who looks at it."""

import ast
import re
from pathlib import Path

import pytest
from django.utils.translation import gettext as _

from fsul_portal.runs.actions import request_run
from fsul_portal.runs.claims import Claim
from reports.editions.actions import request_edition

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("fsul_portal", "members", "committee", "workgroups", "reports")
CHINESE = re.compile("[\u4e00-\u9fff]")
# Where words of a run are handed over, and the place among the arguments where they stand without a name.
HANDED = {"request_run": ("title", None), "ask_for": ("title", None), "tell": ("message", 2)}
WORDS = {"_", "gettext", "ngettext", "pgettext"}


def words_in_one_language(tree: ast.AST):
    """Give the lines on which words are handed over as they read in the language that happens to be spoken."""
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        if name not in HANDED:
            continue
        keyword, place = HANDED[name]
        given = [one.value for one in call.keywords if one.arg == keyword]
        given += call.args[place : place + 1] if place is not None else []
        for words in given:
            read = words.left if isinstance(words, ast.BinOp) else words
            if isinstance(read, ast.JoinedStr) or (
                isinstance(read, ast.Call) and isinstance(read.func, ast.Name) and read.func.id in WORDS
            ):
                yield call.lineno


def test_nobody_hands_over_the_words_of_a_run_in_one_language():
    found = [
        (str(path.relative_to(ROOT)), line)
        for package in PACKAGES
        for path in (ROOT / package).rglob("*.py")
        for line in words_in_one_language(ast.parse(path.read_text("utf-8")))
    ]
    assert found == []


def test_the_lint_finds_what_it_is_for():
    source = (
        'claim.tell(1, 3, _("Read"))\nrequest_run("x", title=_("A %(b)s") % {})\nclaim.tell(1, 3, lambda: _("Read"))'
    )
    assert list(words_in_one_language(ast.parse(source))) == [1, 2]


@pytest.fixture
def run(cast):
    run = request_run(
        "tests.quick_work", key="1", title=lambda: _("Monthly report %(period)s") % {"period": 1}, by=cast["office"]
    )
    Claim.take(run.pk).tell(1, 3, lambda: _("The file is read."))
    return run


@pytest.mark.parametrize(
    ("language", "words", "others"),
    [
        ("zh-hans", ("1月报", "正在读取文件"), "The file is read."),
        ("en", ("Monthly report 1", "The file is read."), "正在读取"),
    ],
)
def test_a_run_reads_in_the_language_of_whoever_looks_at_it(run, signed_in, language, words, others):
    client = signed_in("office")
    client.cookies["django_language"] = language
    page = client.get(run.get_absolute_url()).content.decode()
    assert [one in page for one in words] == [True, True]
    assert others not in page


def test_the_runs_of_reports_have_their_names_in_both_languages(cast):
    run = request_edition("monthly", "2026-08", by=cast["office"])
    assert (CHINESE.search(run.title_en), bool(CHINESE.search(run.title))) == (None, True)
