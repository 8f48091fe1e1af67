"""Hold first figures against libraries of the same kind, level and size (6.2.1 j)."""

import io
from datetime import date

import pytest

from members.libraries.models import Library, Spell
from members.periods.actions import ensure
from members.periods.models import Period, period_named
from members.returns import actions
from members.returns.checks import Peers
from members.returns.intake.actions import import_returns
from members.returns.models import Return
from tests.members.returns.figures import sound, table


@pytest.fixture
def peers(cast, library):
    """Let nine branches of 200 m² report 1,000 visits or so in January, and nine of 3,000 m² forty times as many."""
    ensure(["2026-01"])
    like = Spell.objects.as_of().get(library=library("NH003"))
    january = Period.objects.get(code="2026-01")
    for number in range(18):
        area, visits = (200, 1000 + 10 * number) if number < 9 else (3000, 40_000 + number)
        one = Library.objects.create(code=f"PX{number:03}")
        Spell.objects.create(
            library=one,
            since=date(2020, 1, 1),
            name=one.code,
            level=like.level,
            level_rank=like.level_rank,
            kind=like.kind,
            district=like.district,
            parent=like.parent,
            area=area,
        )
        figures = sound(V01=visits)
        Return.objects.create(library=one, period=january, figures=figures, state=Return.State.ACCEPTED)
    return like


def others(like, area, code="V01"):
    return Peers(period_named("2026-02")).others(like.level, like.kind, area, code, 4)


@pytest.mark.clause("6.2.1 j")
def test_a_library_is_held_against_those_of_its_size_and_where_they_are_few_against_its_kind(peers):
    assert (others(peers, 210).usual, others(peers, 210).among) == (1040, 9)
    assert (others(peers, 3100).usual, others(peers, None).among) == (40_013, 18)
    assert others(peers, 210, "N07") is None
    assert Peers(period_named("2026-02")).others("central", "", 210, "V01", 4) is None


def test_what_others_have_is_read_once_for_a_whole_month(peers, django_assert_num_queries):
    read = Peers(period_named("2026-02"))
    with django_assert_num_queries(1):
        for code in ("V01", "L01", "E01"):
            read.others(peers.level, peers.kind, 210, code, 4)
            read.others(peers.level, peers.kind, 3100, code, 4)


def test_a_first_figure_unlike_those_of_others_is_asked_about_in_the_form_and_in_a_file_alike(peers, draft, person):
    Spell.objects.as_of().filter(library__code="NH003").update(area=200)
    one = draft("NH003", V01=9000, L01=567)
    (finding,) = actions.findings_of(one)
    assert (finding.rule, finding.code) == ("unlike_others", "V01")
    assert finding.sentence.startswith("9,000 is the first figure of this kind; 9 libraries like this one have 1,040")
    one.delete()
    plan = import_returns(io.BytesIO(table(("NH003", "2026-02", 9000))), name="a.csv")
    assert [(one.row, one.column, one.sentence) for one in plan.questions] == [(2, "V01", finding.sentence)]


def test_the_figure_of_a_second_month_is_held_against_the_first_and_no_longer_against_others(peers, draft, person):
    Spell.objects.as_of().filter(library__code="NH003").update(area=200)
    january = Period.objects.get(code="2026-01")
    own = Library.objects.get(code="NH003")
    Return.objects.create(library=own, period=january, figures=sound(V01=9000, R04=800), state=Return.State.ACCEPTED)
    assert actions.findings_of(draft("NH003", V01=9000)) == []
