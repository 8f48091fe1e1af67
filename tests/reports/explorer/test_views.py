"""Save what is looked at, share it, rename it and remove it (6.2.1 j)."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from fsul_portal.records.models import Record
from fsul_portal.verdicts import Overtaken
from reports.explorer import actions
from reports.explorer.models import SavedView
from tests.reports.explorer.conftest import cells_of

pytestmark = pytest.mark.clause("6.2.1 j")


@pytest.fixture
def view(person):
    return actions.save_view("南海还书", "figure=L04&district=440605", by=person("office"))


def test_a_view_has_an_address_of_its_own_and_keeps_the_question_alone(signed_in, cast):
    sent = {"name": "南海还书", "query": "figure=L04&district=440605&page=3&x=1", "token": "a"}
    answer = signed_in("office").post(reverse("reports:view-new"), sent)
    saved = SavedView.objects.get()
    assert (answer.url, saved.query) == (f"/reports/views/{saved.key}/", "figure=L04&district=440605")
    page = signed_in("office").get(answer.url)
    assert (page.context["choice"].district.code, page.context["choice"].figures[0].code) == ("440605", "L04")
    assert Record.objects.of(saved).get().verb == "view saved"


def test_a_view_without_a_name_is_not_saved(signed_in, cast):
    answer = signed_in("office").post(reverse("reports:view-new"), {"name": " ", "query": "figure=L04"})
    assert (answer.url, SavedView.objects.count()) == ("/reports/explorer/?figure=L04", 0)


def test_nobody_else_opens_a_view_until_it_is_shared(view, signed_in, person):
    assert signed_in("observer").get(view.get_absolute_url()).status_code == 404
    actions.share(view, by=person("office"))
    assert signed_in("observer").get(view.get_absolute_url()).status_code == 200
    actions.keep_to_oneself(view, by=person("office"))
    assert signed_in("observer").get(view.get_absolute_url()).status_code == 404


def test_each_sees_in_a_shared_view_what_he_may_see(view, signed_in, person, accepted, added_up):
    accepted("NH003", L04=100)
    added_up()
    actions.share(view, by=person("office"))
    seen = {who: cells_of(signed_in(who).get(view.get_absolute_url()))["2026-02"][0] for who in ("office", "observer")}
    assert seen == {"office": 100, "observer": None}


def test_a_shared_view_stands_in_the_explorer_and_in_the_search(view, signed_in, person):
    address = view.get_absolute_url()
    pages = [reverse("reports:explorer"), f"{reverse('search')}?q=南海还书"]
    assert [address in signed_in("observer").get(page).content.decode() for page in pages] == [False, False]
    actions.share(view, by=person("office"))
    assert [address in signed_in("observer").get(page).content.decode() for page in pages] == [True, True]
    actions.remove(view, by=person("office"))
    assert [address in signed_in("observer").get(page).content.decode() for page in pages] == [False, False]


def test_who_saved_it_renames_it_and_the_address_stays(view, person):
    renamed = actions.rename(view, by=person("office"), name="还书", version=0)
    assert (renamed.name, renamed.key) == ("还书", view.key)
    assert Record.objects.of(view).latest("pk").after == {"name": "还书"}
    with pytest.raises(Overtaken):
        actions.rename(view, by=person("office"), name="又一次", version=0)


@pytest.mark.parametrize("act", [actions.share, actions.remove, lambda view, by: actions.rename(view, by=by, name="x")])
def test_nobody_else_changes_a_view(view, person, act):
    actions.share(view, by=person("office"))
    with pytest.raises(PermissionDenied, match="Only who saved a view"):
        act(view, by=person("chair"))


def test_a_removed_view_leads_its_owner_to_what_it_asked(view, signed_in, person):
    actions.share(view, by=person("office"))
    actions.remove(view, by=person("office"))
    assert signed_in("office").get(view.get_absolute_url()).url == f"/reports/explorer/?{view.query}"
    assert signed_in("observer").get(view.get_absolute_url()).status_code == 404
    with pytest.raises(Overtaken):
        actions.remove(view, by=person("office"))
