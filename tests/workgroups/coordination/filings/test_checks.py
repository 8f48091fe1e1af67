"""Hold what speaks against a filing, and what has only to be looked at twice (6.2.1 e)."""

from datetime import date

import pytest

from members.libraries.actions import close_library
from tests.workgroups.coordination.filings.filings import PLACE, answers_of, as_typed, behind_its_back, in_days
from workgroups.coordination.filings import actions
from workgroups.coordination.filings.checks.faults import faults, findings
from workgroups.coordination.filings.checks.findings import FilingRefused
from workgroups.coordination.filings.forms import FilingForm
from workgroups.coordination.filings.kinds.consequences import whole_months
from workgroups.coordination.filings.kinds.table import KINDS
from workgroups.coordination.filings.models import Filing


@pytest.fixture
def found(library):
    """Return (field, blocks) of each finding on a filing that would ask for this."""

    def look(kind="move", code="NH003", **answers):
        filing = Filing(kind=kind, library=library(code), **answers_of(kind, **answers))
        return [(finding.field, finding.blocks) for finding in findings(filing)]

    return look


BLOCKS, ASKS = True, False


def test_an_ordinary_move_raises_nothing(found):
    assert found() == []


@pytest.mark.clause("6.2.1 e")
@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (-61, [("effective_on", BLOCKS)]),
        (-60, [("effective_on", ASKS)]),
        (-1, [("effective_on", ASKS)]),
        (0, []),
        (730, []),
        (731, [("effective_on", BLOCKS)]),
    ],
)
def test_a_late_entry_is_asked_about_for_sixty_days_and_then_refused(found, days, expected):
    assert found(day=in_days(days)) == expected


@pytest.mark.parametrize(
    ("begins", "ends", "expected"),
    [
        (3, 4, []),
        (3, 3, [("resumes_on", BLOCKS)]),
        (3, 2, [("resumes_on", BLOCKS)]),
        (3, 3654, [("resumes_on", BLOCKS)]),
    ],
)
def test_a_library_opens_again_after_it_closed(found, begins, ends, expected):
    assert found("suspension", day=in_days(begins), until=in_days(ends)) == expected


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"longitude": "", "latitude": "", "crs": ""}, [("longitude", ASKS)]),
        ({"latitude": ""}, [("latitude", BLOCKS)]),
        ({"longitude": ""}, [("longitude", BLOCKS)]),
        ({"crs": ""}, [("crs", BLOCKS)]),
        ({"longitude": "23.10000", "latitude": "82.10000"}, [("longitude", ASKS), ("latitude", ASKS)]),
        ({"longitude": "112.38000", "latitude": "22.64000"}, []),
        ({"longitude": "112.38", "latitude": "22.64000"}, [("longitude", ASKS)]),
        ({"longitude": "113.40000", "latitude": "23.10000"}, [("longitude", ASKS)]),
        ({"town": "440604012"}, [("town", BLOCKS)]),
        ({"town": "440605"}, [("town", BLOCKS)]),
    ],
)
def test_a_place_is_checked(found, facts, expected):
    assert found(**facts) == expected


def test_swapped_coordinates_are_asked_about_in_words_of_their_own(library):
    swapped, elsewhere = (
        {one.sentence for one in findings(Filing(kind="move", library=library("NH003"), **answers_of(**point)))}
        for point in (
            {"longitude": "23.10000", "latitude": "113.10000"},
            {"longitude": "13.10000", "latitude": "3.10000"},
        )
    )
    assert (len(swapped), len(elsewhere), swapped & elsewhere) == (1, 2, set())


def test_old_coordinates_under_a_new_address_are_asked_about(found):
    behind_its_back("NH003", in_days(-5), longitude="113.10001", latitude="23.10001", crs="WGS84")
    assert found(longitude="113.10001", latitude="23.10001") == [("longitude", ASKS)]


def test_the_place_of_before_read_in_another_system_is_asked_about(found):
    behind_its_back("NH003", in_days(-5), longitude="113.130000", latitude="23.030000", crs="WGS84")
    # The place of before, read off a map that is shifted, under the address of before.
    old = {"town": "440605125", "address": "大沥演示路8号"}
    assert found(**old, longitude="113.135489", latitude="23.027435") == [("crs", ASKS)]


def test_a_filing_that_changes_nothing_is_refused(found):
    facts = {"town": "440605125", "address": "大沥演示路8号", "longitude": "", "latitude": "", "crs": ""}
    assert found(**facts) == [("", BLOCKS), ("longitude", ASKS)]


def test_what_is_suspended_is_not_suspended_again(found):
    behind_its_back("NH003", in_days(-5), status="suspended")
    assert found("suspension") == [("", BLOCKS)]


def test_what_is_closed_in_an_emergency_may_be_suspended(found):
    behind_its_back("NH003", in_days(-5), status="emergency_closed")
    assert found("suspension") == []


def test_what_is_out_of_use_is_not_suspended(found):
    behind_its_back("NH003", in_days(-5), status="retired")
    assert found("suspension") == [("", BLOCKS)]


@pytest.mark.clause("6.2.1 e")
def test_a_library_must_belong_to_the_system_on_that_day(found, library):
    close_library(library("NH003"), on=in_days(5))
    assert (found(day=in_days(5)), found(day=in_days(4))) == ([("effective_on", BLOCKS)], [])


@pytest.mark.clause("6.2.1 e")
def test_one_filing_of_a_kind_is_under_way_for_a_library(submitted, found, library):
    filing = submitted()
    other = Filing(kind="move", library=library("NH003"), **answers_of())
    assert [(finding.field, finding.link) for finding in faults(other)] == [("", filing.get_absolute_url())]
    assert (found("suspension"), found(code="NH002")) == ([], [])


def test_a_draft_that_was_overtaken_by_another_is_not_submitted(draft, submitted, person):
    mine = draft()
    submitted()
    with pytest.raises(FilingRefused):
        actions.submit(mine, by=person("nanhai"))


@pytest.mark.clause("6.2.1 e")
def test_questions_must_be_looked_at_before_the_submission(draft, person):
    filing = draft(day=in_days(-1))
    with pytest.raises(FilingRefused) as refused:
        actions.submit(filing, by=person("nanhai"))
    assert [finding.field for finding in refused.value.findings] == ["checked"]
    assert actions.submit(filing, by=person("nanhai"), checked=True).state == Filing.State.SUBMITTED


def test_what_was_in_time_does_not_become_late_while_it_waits(signed, person, time_machine):
    filing = signed(day=in_days(-60))
    time_machine.move_to(f"{in_days(20)}T09:00:00+08:00")
    assert actions.agree(filing, by=person("coordination-lead")).state == Filing.State.IN_FORCE


@pytest.mark.parametrize(
    ("first", "after", "months"),
    [
        (date(2026, 1, 1), date(2026, 2, 1), ["2026-01"]),
        (date(2026, 1, 2), date(2026, 2, 28), []),
        (date(2028, 2, 1), date(2028, 3, 1), ["2028-02"]),
        (date(2028, 2, 1), date(2028, 2, 29), []),
        (date(2026, 11, 15), date(2027, 3, 1), ["2026-12", "2027-01", "2027-02"]),
    ],
)
def test_whole_months_of_a_closing_are_told(first, after, months):
    assert whole_months(first, after) == months


@pytest.mark.parametrize("key", KINDS)
def test_every_kind_draws_its_form_from_its_entry(key, library):
    kind = KINDS[key]
    form = FilingForm(kind=key, library=library("NH003"))
    shown = [field.name for field in form.visible_fields()]
    assert shown == [*kind.asks, "effective_on", *(["resumes_on"] if kind.ends else []), "reason"]


def test_the_towns_to_choose_are_those_of_the_own_district(library):
    towns = FilingForm(kind="move", library=library("CC002")).fields["town"].queryset
    assert set(towns.values_list("parent__code", flat=True)) == {"440604"}


def test_the_central_library_moves_without_a_town(library, person):
    asked = answers_of(town="")
    filing = actions.begin("move", library("FS001"), by=person("central"), asked=asked)
    assert filing.requested == PLACE | {"town": ""}


@pytest.mark.parametrize(
    ("longitude", "latitude", "wrong"),
    [
        ("200", "23.1", {"longitude"}),
        ("113.1", "99", {"latitude"}),
        ("-181", "-91", {"longitude", "latitude"}),
        ("180", "90", set()),
    ],
)
def test_the_form_refuses_what_lies_outside_the_earth(library, longitude, latitude, wrong):
    typed = as_typed(longitude=longitude, latitude=latitude)
    form = FilingForm(typed, kind="move", library=library("NH003"))
    assert set(form.errors) & {"longitude", "latitude"} == wrong
