"""Let the head of a library certify its returns, where the office lays a stage for that (6.2.1 j)."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fsul_portal.access.actions import grant
from fsul_portal.approvals.kinds import KINDS
from fsul_portal.approvals.progress import progress
from fsul_portal.approvals.ways.actions import edit_way, load_default_ways
from members.people.models import User
from members.returns import actions, effects
from members.returns.intake.actions import import_returns
from members.returns.models import Return
from members.returns.verbs import ACTS
from tests.members.returns.figures import CODES, SOUND, table

State = Return.State
CERTIFIED = {
    "key": "library_1",
    "title_zh": "馆负责人签认",
    "title_en": "Certification by the head",
    "step": 1,
    "place": "library",
    "seat_zh": "馆负责人",
    "seat_en": "head of the library",
    "verb_zh": "签认",
    "verb_en": "Certify",
    "days": 2,
    "needed": 1,
    "condition": "headed",
    "by_decision": False,
}
ACCEPTED = CERTIFIED | {
    "key": "acceptance",
    "title_zh": "区总馆审核",
    "title_en": "Acceptance by the district library",
    "step": 2,
    "place": "district",
    "seat_zh": "区总馆审核人",
    "seat_en": "signing reviewer of the district library",
    "verb_zh": "审核通过",
    "verb_en": "Accept",
    "condition": "",
}


@pytest.fixture
def head(cast, library, person):
    """Let the office ask the head of each library first; the branch of 大沥 has one."""
    load_default_ways()
    edit_way(KINDS["return"], [CERTIFIED, ACCEPTED], by=person("office"))
    grant("library-head", to=person("branch"), on=library("NH003"))
    return person("branch")


def open_seats(one):
    return [turn.seat for turn in one.open_stages()]


def now(one):
    return Return.objects.get(pk=one.pk)


@pytest.mark.clause("6.2.1 j")
def test_the_head_certifies_first_and_the_district_accepts_then(head, submitted, person):
    one = submitted("NH003")
    assert open_seats(one) == ["head of the library"]
    with pytest.raises(PermissionDenied):
        actions.accept(now(one), by=person("nanhai-reviewer"))
    assert effects.of_accepting(one).endswith("go on to: signing reviewer of the district library.")
    actions.accept(now(one), by=head, note="已核对")
    assert (now(one).state, open_seats(now(one))) == (State.SUBMITTED, ["signing reviewer of the district library"])
    actions.accept(now(one), by=person("nanhai-reviewer"))
    assert now(one).state == State.ACCEPTED
    steps = [(step["title"], step["state"], step["who"]) for step in progress(now(one))]
    assert steps[1] == ("Certification by the head", "done", head)


def test_the_page_shows_the_stage_and_calls_its_button_as_the_way_does(head, submitted, as_person):
    one = submitted("NH003")
    page = as_person("branch").get(one.get_absolute_url())
    assert [str(stage["title"]) for stage in page.context["stages"]][1:] == [
        "Certification by the head",
        "Acceptance by the district library",
    ]
    assert str(page.context["offers"].open[0].title) == "Certify"
    assert [row.one for row in as_person("branch").get("/reports/returns/?tab=waiting").context["page"]] == [one]


def test_who_heads_a_library_and_writes_nothing_finds_what_waits_and_reads_its_returns(
    head, submitted, as_person, person, library
):
    grant("library-head", to=person("observer"), on=library("NH004"))
    one = submitted("NH004")
    page = as_person("observer").get("/reports/returns/")
    assert (page.context["list"].tab, [row.one for row in page.context["page"]]) == ("waiting", [one])
    actions.accept(now(one), by=person("observer"))
    assert as_person("observer").get(one.get_absolute_url()).status_code == 200
    assert as_person("observer").get("/reports/returns/NH004/2026-02/edit/").status_code == 403


def test_the_head_gives_back_what_is_wrong_and_certifies_nothing_that_he_wrote(head, draft, submitted, person):
    one = submitted("NH003")
    actions.give_back(now(one), by=head, note="借阅册次有误")
    assert now(one).state == State.RETURNED
    with pytest.raises(PermissionDenied):
        actions.recall(now(one), by=head)


def test_where_a_library_has_no_head_the_district_is_asked_at_once(head, submitted):
    assert open_seats(submitted("NH004")) == ["signing reviewer of the district library"]


def test_files_that_hand_in_ask_the_same_people(head, stored):
    row = lambda code: (code, "2026-02", *SOUND.values())  # noqa: E731
    content = table(row("NH003"), row("NH004"), columns=("library_code", "period", *CODES))
    import_returns(content, name="a.csv", state="submitted")
    assert open_seats(stored("NH003")) == ["head of the library"]
    assert open_seats(stored("NH004")) == ["signing reviewer of the district library"]
    assert (stored("NH003").step, stored("NH004").step) == (1, 2)


def test_what_has_changed_since_the_head_certified_is_shown_to_him(head, submitted, person, as_person):
    one = submitted("NH003")
    actions.accept(now(one), by=head)
    actions.give_back(now(one), by=person("nanhai-reviewer"), note="核对")
    one = now(one)
    actions.hand_in(one.library, one.period, one.figures | {"V01": 1300}, {}, by=person("nanhai"))
    page = as_person("branch").get(one.get_absolute_url())
    assert [change[1:] for change in page.context["since"][1]] == [(1234, 1300)]


def test_the_stage_may_be_chosen_on_the_page_of_the_way(as_person, cast):
    page = as_person("office").get("/ways/return/").content.decode()
    assert 'value="library"' in page
    assert 'value="headed"' in page
    assert ACTS["accept"].title == "Accept"


def test_a_file_asks_for_the_heads_of_all_its_libraries_at_once(head, library, person):
    for code in ("NH001", "NH002"):
        grant("library-head", to=person("observer"), on=library(code))

    def queries(*codes):
        month = f"2025-{len(codes):02}"
        rows = [(code, month, *SOUND.values()) for code in codes]
        with CaptureQueriesContext(connection) as found:
            import_returns(table(*rows, columns=("library_code", "period", *CODES)), name="a.csv", state="submitted")
        assert Return.objects.filter(period__code=month, state=State.SUBMITTED).count() == len(codes)
        return len(found)

    queries("NH001")
    assert queries("NH003", "NH004") == queries("NH001", "NH002", "NH003", "NH004")


def test_an_account_that_holds_everything_heads_no_library(head, submitted, cast):
    User.objects.filter(username="admin").update(is_superuser=True)
    assert open_seats(submitted("NH004")) == ["signing reviewer of the district library"]
