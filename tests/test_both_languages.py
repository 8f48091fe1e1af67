"""What is told and kept is told in the reader's language, not in that of whoever did it: runs and notices."""

import ast
import re
from pathlib import Path

import pytest
from django.utils.translation import gettext as _

from committee.agendas.models import Item
from committee.decisions.models import Decision
from committee.institutions.models import Institution
from committee.meetings.models import Meeting
from committee.plans.models import Plan
from committee.problems.models import Problem
from committee.projects.models import Milestone, Project
from fsul_portal.assignments.models import Assignment
from fsul_portal.notices.models import Notice, Reader
from fsul_portal.runs.actions import request_run
from fsul_portal.runs.claims import Claim
from members.libraries.models import Spell
from members.people.models import User
from reports.editions.actions import request_edition
from tests.permission_table import set_table
from workgroups.coordination.filings.models import Filing
from workgroups.coordination.filings.wording.letters import tell_not_carried_out, tell_turned_down, tell_withdrawn

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("fsul_portal", "members", "committee", "workgroups", "reports")
# Numbers of papers are what they are in both languages.
KEPT = ("佛联图", "佛联图统")
CHINESE = re.compile("[\u4e00-\u9fff]")
# Where words are handed over: by which names, and at which place among the arguments without one.
HANDED = {
    "request_run": ({"title"}, None),
    "ask_for": ({"title"}, None),
    "tell": ({"message", "subject", "body"}, 2),
    "tell_people": ({"subject", "body"}, None),
    "News": ({"subject", "body"}, None),
}
EAGER = {"gettext", "ngettext", "pgettext", "npgettext"}


def eager_names(tree: ast.AST):
    """Return the names by which a module puts words at once into the language that happens to be spoken."""
    imports = (one for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for one in node.names)
    return {one.asname or one.name for one in imports if one.name in EAGER}


def words_in_one_language(tree: ast.AST):
    """Give the lines on which words are handed over as they read in the language that happens to be spoken."""
    eager = eager_names(tree)
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        if name not in HANDED:
            continue
        keywords, place = HANDED[name]
        given = [one.value for one in call.keywords if one.arg in keywords]
        given += call.args[place : place + 1] if place is not None else []
        for words in given:
            read = words.left if isinstance(words, ast.BinOp) else words
            is_read = isinstance(read, ast.Call) and isinstance(read.func, ast.Name) and read.func.id in eager
            if is_read or isinstance(read, ast.JoinedStr):
                yield call.lineno


def test_nobody_hands_over_words_in_one_language():
    found = [
        (str(path.relative_to(ROOT)), line)
        for package in PACKAGES
        for path in (ROOT / package).rglob("*.py")
        for line in words_in_one_language(ast.parse(path.read_text("utf-8")))
    ]
    assert found == []


def test_the_lint_finds_what_it_is_for():
    source = """
from django.utils.translation import gettext as _
claim.tell(1, 3, _("Read"))
request_run("x", title=_("A %(b)s") % {})
claim.tell(1, 3, lambda: _("Read"))
"""
    assert list(words_in_one_language(ast.parse(source))) == [3, 4]


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


def written_by_people():
    """Return what people wrote, which no language changes; the longest first."""
    kept = [
        *Spell.objects.values_list("name", flat=True),
        *Assignment.objects.values_list("title", flat=True),
        *Meeting.objects.values_list("title", flat=True),
        *Meeting.objects.values_list("place", flat=True),
        *Item.objects.values_list("title", flat=True),
        *Decision.objects.values_list("title", flat=True),
        *Decision.objects.values_list("text", flat=True),
        *Assignment.objects.values_list("helpers", flat=True),
        *Problem.objects.values_list("title", flat=True),
        *Institution.objects.values_list("title", flat=True),
        *Plan.objects.values_list("title", flat=True),
        *Project.objects.values_list("title", flat=True),
        *Milestone.objects.values_list("title", flat=True),
        *User.objects.values_list("name", flat=True),
        *Filing.objects.values_list("reason", flat=True),
    ]
    return sorted({*kept, *KEPT}, key=len, reverse=True)


@pytest.mark.parametrize(("language", "strange"), [("en", "[\u4e00-\u9fff，。；：（）]"), ("zh-hans", "[a-z]{3,}")])
def test_every_notice_is_written_in_the_language_of_its_reader(cast, language, strange):
    for person in cast.values():
        Reader.objects.update_or_create(person=person, defaults={"language": language})
    set_table(cast)
    filing = Filing.objects.get()
    for filing.state in (Filing.State.RETURNED, Filing.State.REFUSED):
        tell_turned_down(filing, "")
    tell_withdrawn(filing)
    tell_not_carried_out(filing, "")
    notices = list(Notice.objects.exclude(key="table"))
    assert {one.kind for one in notices} >= {"task", "deputy", "filing", "meeting"}
    for notice in notices:
        words = f"{notice.subject} {notice.body}"
        for written in filter(None, written_by_people()):
            words = words.replace(written, "")
        assert re.findall(strange, words) == [], f"{notice.kind}: {words}"
        assert re.findall(r"\d{4}-\d{2}-\d{2}(?! \d)", words) == [], f"{notice.kind}: {words}"
