"""Hold of every list that a search finds each row by each thing that it shows, and how it is cut and ordered."""

import html
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from committee.agendas.register import ITEMS
from committee.bodies.register import BODIES
from committee.confirmations.register import ADDENDA
from committee.decisions.register import DECISION_REGISTER, FOLLOW_UP
from committee.institutions.register import INSTITUTIONS
from committee.meetings.register import MEETINGS
from committee.plans.register import PLANS
from committee.problems.register import PROBLEMS
from committee.projects.bulletins.register import BULLETINS
from committee.projects.register import PROJECTS
from committee.proposals.register import PROPOSALS
from committee.seats.register import SEATS, TERMS
from fsul_portal.registers.columns import NUMBER
from fsul_portal.registers.paging import ROWS
from fsul_portal.templatetags.registers import drawn
from members.libraries.models import Division, Library
from members.returns.actions import hand_in
from members.rosters.quarters.register import CHECKS
from members.rosters.register import ROSTERS
from reports.corrections.register import CORRECTIONS
from reports.editions.register import EDITIONS
from reports.opendata.register import TOKENS
from tests.members.returns.figures import SOUND
from tests.permission_table import set_table
from tests.registers import registers
from tests.responses import put_away
from tests.test_weight import lists, rows_of
from workgroups.channels.register import CHANNELS, QUESTIONS
from workgroups.coordination.filings.register import FILINGS
from workgroups.groups.register import GROUPS, MEMBERSHIPS

ALL = (
    FILINGS,
    MEETINGS,
    BODIES,
    ITEMS,
    PROPOSALS,
    DECISION_REGISTER,
    FOLLOW_UP,
    ADDENDA,
    EDITIONS,
    CORRECTIONS,
    TOKENS,
    SEATS,
    TERMS,
    GROUPS,
    MEMBERSHIPS,
    ROSTERS,
    CHECKS,
    CHANNELS,
    QUESTIONS,
    PROBLEMS,
    INSTITUTIONS,
    PLANS,
    PROJECTS,
    BULLETINS,
)
REGISTERS = {register.name: register for register in ALL}
# A column of links and buttons says nothing of its row.
SAYS_NOTHING = {"documents"}


@pytest.fixture
def things(cast):
    return set_table(cast)


def said(cell):
    return html.unescape(re.sub(r"<[^>]+>", " ", str(drawn(cell)))).strip()


def test_every_register_of_the_portal_is_held_here():
    own = {one.name for one in registers() if not one.__module__.startswith("tests.")}
    assert own == set(REGISTERS)


@pytest.mark.parametrize("name", REGISTERS)
def test_a_register_finds_each_row_by_each_thing_that_it_shows(name, things, signed_in):
    client, address = signed_in("office"), REGISTERS[name].address("list")
    lines = client.get(address).context["lines"]
    assert lines != []
    lost = []
    for thing, cells in lines:
        for cell in cells:
            text = said(cell)
            if cell.kind == NUMBER or cell.column.is_number or cell.column.key in SAYS_NOTHING or text == "—":
                continue
            found = client.get(address, {"words": text}).context["lines"]
            if thing not in [one for one, __ in found]:
                lost.append((cell.column.key, text))
    assert lost == []


def rows_shown(page):
    """Return the text of each cell of each row of a page's table."""
    rows = re.findall(r"<tr>(.*?)</tr>", page.split("<tbody>")[1].split("</tbody>")[0], re.DOTALL)
    return [
        [
            html.unescape(re.sub(r"<[^>]+>", " ", one)).strip()
            for one in re.findall(r"<t[dh].*?</t[dh]>", row, re.DOTALL)
        ]
        for row in rows
    ]


def test_the_list_of_libraries_finds_each_row_by_each_thing_that_it_shows(signed_in):
    client = signed_in("observer")
    rows = rows_shown(client.get("/members/").content.decode())
    assert len(rows) == 10
    for cells in rows:
        for text in set(cells) - {"—"}:
            found = client.get("/members/", {"q": text}).context["page"]
            assert cells[0] in [spell.library.code for spell in found], text


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("period", ["2026-08", "2026-10"])
def test_the_list_of_returns_finds_each_row_by_each_thing_that_it_shows(person, library, signed_in, period, language):
    hand_in(library("NH002"), period, SOUND, {}, by=person("nanhai"))
    client = signed_in("office")
    client.cookies["django_language"] = language
    address = "/reports/returns/"
    rows = rows_shown(client.get(address, {"tab": "all", "period": period}).content.decode())
    assert len(rows) == 10
    for cells in rows:
        for text in filter(None, cells):
            found = client.get(address, {"tab": "all", "period": period, "q": text}).context["page"]
            assert cells[0].split()[-1] in [row.library.code for row in found], text


@pytest.mark.parametrize("text", ["桂城", "gcfg", "guicheng", "南海区", "NH002", "关南海", "gnh", "审核中"])
def test_the_list_of_returns_finds_a_row_by_what_it_shows(person, library, signed_in, text):
    hand_in(library("NH002"), "2026-10", SOUND, {}, by=person("nanhai"))
    rows = signed_in("office").get("/reports/returns/", {"tab": "all", "period": "2026-10", "q": text}).context["page"]
    assert "NH002" in [row.library.code for row in rows]


def test_choosing_a_district_leaves_only_its_towns(signed_in):
    client = signed_in("observer")
    form = client.get("/members/", {"district": "440605"}).context["form"]
    towns = {code for __, group in form.fields["town"].choices[1:] for code, __ in group}
    assert towns == set(Division.objects.filter(parent__code="440605").values_list("code", flat=True))
    assert len([group for __, group in client.get("/members/").context["form"].fields["town"].choices[1:]]) == 5


def test_a_town_of_another_district_is_let_go(signed_in):
    shown = signed_in("observer").get("/members/", {"district": "440604", "town": "440605011"}).context
    assert [spell.library.code for spell in shown["page"]] == ["CC001", "CC002"]
    assert shown["form"].errors == {}


@pytest.mark.parametrize(
    "address",
    ["/members/", "/reports/returns/?tab=all&period=2026-10", *(r.address("list") for r in REGISTERS.values())],
)
def test_every_head_orders_a_list_both_ways(things, signed_in, address):
    client = signed_in("office")
    page = client.get(address).content.decode()
    heads = set(re.findall(r'class="sort" href="\?[^"]*order=(\w+)', page))
    assert heads != set()
    for head in heads:
        for order in (head, f"-{head}"):
            joined = "&" if "?" in address else "?"
            answer = client.get(f"{address}{joined}order={order}")
            assert answer.status_code == 200
            assert 'aria-sort="' in answer.content.decode()


def test_the_list_of_libraries_is_ordered_by_its_heads(signed_in):
    client = signed_in("observer")

    def codes(order):
        return [spell.library.code for spell in client.get("/members/", {"order": order}).context["page"]]

    every = sorted(Library.objects.values_list("code", flat=True))
    assert (codes("code"), codes("-code"), codes("level")[0]) == (every, every[::-1], "FS001")
    assert codes("nonsense") == codes("")


@pytest.mark.parametrize("address", ["/waits/", "/roles/deputies/"])
def test_a_list_of_no_register_is_ordered_by_its_heads(things, signed_in, address):
    client = signed_in("office")
    heads = set(re.findall(r'class="sort" href="\?[^"]*order=(\w+)', client.get(address).content.decode()))
    assert heads != set()
    for head in heads:
        up, down = (
            [row.pk for row in client.get(address, {"order": order}).context["page"]] for order in (head, f"-{head}")
        )
        assert sorted(up) == sorted(down)
    page = client.get(address, {"order": f"-{head}"}).content.decode()
    assert page.count('aria-sort="descending"') == 1


def test_every_list_of_the_portal_has_as_many_rows_as_are_asked_for(things, signed_in):
    client, held = signed_in("office"), {}
    for name, address in lists().items():
        if name.startswith("admin:"):
            continue
        answer = client.get(address, {"rows": "100"})
        if rows_of(answer):
            held[name] = answer.context["page"].paginator.per_page, 'class="pagination"' in answer.content.decode()
    assert set(held.values()) == {(100, True)}
    assert len(held) >= 7


@pytest.mark.parametrize(("asked", "rows"), [("20", 20), ("200", 200), ("7", 50), ("x", 50), ("", 50)])
def test_a_page_has_as_many_rows_as_are_offered_and_asked_for(signed_in, asked, rows):
    page = signed_in("observer").get("/members/", {"rows": asked}).context["page"]
    assert page.paginator.per_page == rows


def test_no_list_costs_more_with_more_rows(things, signed_in):
    client = signed_in("office")
    for address in ("/members/", *(register.address("list") for register in REGISTERS.values())):
        put_away(client.get(address, {"rows": ROWS[-1], "words": "a 1", "q": "nh 1"}))
        with CaptureQueriesContext(connection) as queries:
            put_away(client.get(address, {"rows": ROWS[-1], "words": "a 1", "q": "nh 1"}))
        assert len(queries) <= 20, address
