"""Hold how the audit walks and what it leaves out; the tools themselves run outside the tests."""

from pathlib import Path

from ops.audit.__main__ import MOST_USED, Findings, known
from ops.audit.pages import Page, Visitor, view_of
from ops.places import ROOT
from tests.permission_table import doors

PAGE = """<a href="/members/?q=x">a</a><a class="b" href='/no/'>no</a><a href="https://elsewhere.org/members/">c</a>
<a href="/accounts/logout/">out</a><a href="?page=2&amp;q=1">next</a><a href="#content">skip</a>"""


def test_the_walk_follows_links_of_the_portal_alone_and_does_not_log_out():
    visitor = Visitor.__new__(Visitor)
    assert visitor.links("/tasks/", PAGE) == ["/members/", "/tasks/"]


def test_an_address_is_a_page_of_its_view():
    assert [view_of("/members/libraries/NH001/"), view_of("/nowhere/")] == ["members:library-detail", None]


def test_the_pages_that_lighthouse_marks_exist():
    assert set(MOST_USED) - set(doors()) == set()


def test_what_is_known_is_left_out_where_it_is_known_and_nowhere_else():
    findings = Findings()
    for path in ("/admin/members/library/", "/members/"):
        findings.add("validator", "error", path, "The heading “h3” follows the heading “h1”, skipping 1 heading level.")
    assert findings.count == {"validator, portal": 1}
    assert {(one.tool, one.where) for one in known()} <= {
        (t, w) for t in ("validator", "pa11y", "weight") for w in ("admin", "portal")
    }


def test_the_heaviest_page_is_that_of_those_without_a_reason():
    pages = [Page("office", "", path, "x" * size, 0) for path, size in (("/admin/members/spell/", 9), ("/members/", 5))]
    assert Findings().heaviest(pages).path == "/members/"


def test_no_template_writes_what_the_validator_refuses():
    """The script of htmx reads its attributes under the names that HTML allows; a moment ends with milliseconds."""
    templates = list(Path(ROOT / "templates").rglob("*.html"))
    wrong = {path.name: word for path in templates for word in (" hx-", '|date:"c"') if word in path.read_text("utf-8")}
    assert wrong == {}
