"""The pages of correction slips: begun, written, approved, found (6.2.1 j)."""

import pytest

from reports.corrections import actions
from reports.corrections.models import Correction
from reports.editions.actions import freeze_edition
from tests.members.returns.figures import SOUND

pytestmark = pytest.mark.clause("6.2.1 j")
NEW = "/reports/corrections/new/?library=NH003&period=2026-02"


def sent(**changes):
    return {code: str(value) for code, value in (SOUND | changes).items()} | {"reason": "门禁漏计", "token": "t1"}


def test_a_slip_is_begun_from_the_page_of_the_locked_return(signed_in, locked, stored):
    client = signed_in("nanhai")
    page = client.get(stored("NH003").get_absolute_url()).content.decode()
    assert page.count(NEW.replace("&", "&amp;")) == 1
    answer = client.post(NEW, sent(V01=1500))
    slip = Correction.objects.get()
    assert (answer.url, slip.old, slip.new) == (slip.get_absolute_url(), {"V01": 1234}, {"V01": 1500})


def test_what_cannot_be_true_is_shown_at_its_field_with_the_text_kept(signed_in, locked):
    page = signed_in("nanhai").post(NEW, sent(L02=99999)).context["form"]
    assert (list(page.errors), page["reason"].value(), Correction.objects.count()) == (["L02"], "门禁漏计", 0)


def test_strangers_find_nothing(signed_in, slip, page_of):
    one = slip(V01=1500)
    client = signed_in("chancheng")
    addresses = [NEW, one.get_absolute_url(), page_of("edit", one.pk)]
    assert [client.get(address).status_code for address in addresses] == [404, 404, 404]


def test_the_form_of_a_reopened_slip_shows_its_cells_alone(signed_in, person, library, locked, page_of, clock):
    client = signed_in("office")
    query = "?library=NH003&period=2026-02"
    answer = client.post(
        page_of("reopen") + query, {"codes": ["V01"], "due_on": "2026-03-17", "reason": "核对", "token": "t"}
    )
    slip = Correction.objects.get()
    assert answer.url == slip.get_absolute_url()
    form = signed_in("nanhai").get(page_of("edit", slip.pk)).context["form"]
    assert [one.code for one in form.indicators] == ["V01"]


def test_whoever_was_overtaken_keeps_his_text(signed_in, person, slip, page_of):
    one = slip(V01=1500)
    actions.edit(one, by=person("nanhai"), new={"V01": 1501}, reason="x")
    late = signed_in("nanhai").post(page_of("edit", one.pk), sent(V01=1502) | {"version": "0"})
    form = late.context["form"]
    assert (late.status_code, form["V01"].value(), form["version"].value()) == (409, "1502", "1")
    assert Correction.objects.get().new == {"V01": 1501}


def test_the_page_of_approving_names_every_total_that_moves(signed_in, handed_in, page_of):
    slip = handed_in(V01=1500)
    page = signed_in("coordination-lead").get(page_of("agree", slip.pk)).content.decode()
    assert page.count("2,468 becomes 2,734 (+266)") == 2


def test_reports_whose_figures_were_corrected_stand_on_the_desk_of_the_office(signed_in, in_force, locked):
    edition = freeze_edition("monthly", "2026-02")
    in_force(V01=1500)
    client = signed_in("office")
    assert client.get("/").content.decode().count("Reports whose figures were corrected") == 1
    assert [one.pk for one in client.get("/reports/?tab=outdated").context["page"].object_list] == [edition.pk]
    assert client.get(edition.get_absolute_url()).content.decode().count("Figures corrected since") == 1


def test_the_list_costs_the_same_with_many_slips(signed_in, slip, page_of, django_assert_max_num_queries):
    for number in range(12):
        slip(V01=1500 + number)
    client = signed_in("office")
    client.get(page_of("list"))
    with django_assert_max_num_queries(20):
        assert len(client.get(page_of("list")).context["page"].object_list) == 12
