"""Hold the queue and the page on which leads decide in the admin (6.2.1 e)."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from members.libraries.actions import open_library
from tests.buttons import loud_first
from tests.workgroups.coordination.filings.filings import (
    LIST,
    QUEUE,
    answers_of,
    behind_its_back,
    fresh,
    in_days,
    on_page,
)
from workgroups.coordination.filings import actions
from workgroups.coordination.filings.admin import TONES
from workgroups.coordination.filings.models import Filing


def rows(client, query=""):
    return [filing.pk for filing in client.get(f"{QUEUE}{query}").context["cl"].result_list]


@pytest.mark.clause("6.2.1 e")
def test_the_queue_shows_first_what_waits_for_the_lead(signed_in, signed, draft, submitted):
    waiting, other, third = signed("NH003"), draft("NH002"), submitted("NH004")
    client = signed_in("coordination-lead")
    assert rows(client) == [waiting.pk]
    assert sorted(rows(client, "?queue=all")) == sorted([waiting.pk, other.pk, third.pk])


def test_every_state_has_a_word_and_a_colour_in_the_queue():
    assert set(TONES) == set(Filing.State)


def test_the_lead_of_another_group_has_an_empty_queue_and_reads_why(signed_in, signed):
    filing = signed()
    client = signed_in("technical-lead")
    client.cookies["django_language"] = "en"
    assert rows(client) == []
    page = client.get(f"{QUEUE}{filing.pk}/change/")
    assert page.context["verdict"].sentence == "It is the turn of: lead of the coordination group."
    assert page.context["form"] is None
    assert "<textarea" not in page.content.decode()


@pytest.mark.clause("6.2.1 e")
@pytest.mark.parametrize("decision", ["approve", "return", "refuse"])
def test_the_lead_of_another_group_is_refused_with_the_sentence(signed_in, signed, decision):
    filing = signed()
    client = signed_in("technical-lead")
    client.cookies["django_language"] = "en"
    answer = client.post(f"{QUEUE}{filing.pk}/{decision}/", on_page(filing, note="x"))
    assert answer.status_code == 403
    assert "It is the turn of: lead of the coordination group." in answer.content.decode()
    assert fresh(filing).state == Filing.State.SUBMITTED


@pytest.mark.clause("6.2.1 e")
@pytest.mark.parametrize(
    ("decision", "state"),
    [("approve", Filing.State.ACCEPTED), ("return", Filing.State.RETURNED), ("refuse", Filing.State.REFUSED)],
)
def test_the_three_buttons_do_what_they_say(signed_in, signed, decision, state):
    filing = signed()
    client = signed_in("coordination-lead")
    page = client.get(f"{QUEUE}{filing.pk}/change/")
    addresses = [one.url for one in page.context["decisions"]]
    assert addresses == [f"{QUEUE}{filing.pk}/{key}/" for key in ("return", "approve", "refuse")]
    assert list(loud_first(page.content.decode())) == []
    assert client.post(f"{QUEUE}{filing.pk}/{decision}/", on_page(filing, note="意见")).status_code == 302
    assert fresh(filing).state == state
    assert fresh(filing).opinions.get(key="decision").note == "意见"


@pytest.mark.clause("6.2.1 e")
def test_the_page_says_what_each_button_will_do_as_the_page_of_the_act_does(signed_in, signed):
    filing = signed()
    client = signed_in("coordination-lead")
    client.cookies["django_language"] = "en"
    page = client.get(f"{QUEUE}{filing.pk}/change/").content.decode()
    acts = [client.get(f"{LIST}{filing.pk}/{verb}/").context for verb in ("give-back", "agree", "refuse")]
    with translation.override("en"):
        said = [f'{act["effect"]} <span class="soft">{act["verb"].way_back}</span>' for act in acts]
    assert re.findall("<dd>(.*?)</dd>", page.split('class="effects"')[1].split("</dl>")[0]) == said
    assert str(acts[1]["effect"]).startswith("4 facts of NH003 change from ")


@pytest.mark.parametrize("decision", ["return", "refuse"])
def test_a_decision_against_needs_a_word(signed_in, signed, decision):
    filing = signed()
    answer = signed_in("coordination-lead").post(f"{QUEUE}{filing.pk}/{decision}/", on_page(filing))
    assert (answer.status_code, list(answer.context["form"].errors)) == (200, ["note"])
    assert fresh(filing).state == Filing.State.SUBMITTED


@pytest.mark.parametrize("decision", ["approve", "return", "refuse"])
@pytest.mark.parametrize("method", ["get", "head", "put", "delete", "patch"])
def test_only_a_post_decides(signed_in, signed, decision, method):
    filing = signed()
    client = signed_in("coordination-lead")
    assert getattr(client, method)(f"{QUEUE}{filing.pk}/{decision}/").status_code == 405
    assert fresh(filing).version == filing.version


def test_the_page_itself_takes_no_post(signed_in, signed):
    filing = signed()
    typed = on_page(filing, state="in_force", _save="1")
    assert signed_in("coordination-lead").post(f"{QUEUE}{filing.pk}/change/", typed).status_code == 405
    assert fresh(filing).state == Filing.State.SUBMITTED


@pytest.mark.checklist("C4")
def test_a_decision_without_the_token_of_the_page_is_refused(signed, person):
    filing = signed()
    client = Client(enforce_csrf_checks=True)
    client.force_login(person("coordination-lead"), backend="django.contrib.auth.backends.ModelBackend")
    assert client.post(f"{QUEUE}{filing.pk}/approve/", on_page(filing)).status_code == 403
    assert fresh(filing).state == Filing.State.SUBMITTED


@pytest.mark.clause("6.2.1 e")
def test_changed_cells_are_marked_and_a_changed_registry_asks_for_the_tick(signed_in, signed):
    filing = signed()
    client, url = signed_in("coordination-lead"), f"{QUEUE}{filing.pk}"
    page = client.get(f"{url}/change/")
    assert page.content.decode().count('class="asked"') == 4
    assert "seen" not in page.context["form"].fields
    behind_its_back("NH003", in_days(1), address="大沥临时路1号")
    page = client.get(f"{url}/change/")
    assert page.content.decode().count('class="moved"') == 1
    form = page.context["form"]
    facts = form.fields["facts"].initial
    answer = client.post(f"{url}/approve/", on_page(filing, facts=facts, note="同意"))
    assert (list(answer.context["form"].errors), answer.context["form"]["note"].value()) == (["seen"], "同意")
    assert client.post(f"{url}/approve/", on_page(filing, facts=facts, seen="on")).status_code == 302
    assert fresh(filing).state == Filing.State.ACCEPTED


@pytest.mark.checklist("D5")
def test_a_lead_with_an_old_page_is_told_and_keeps_his_opinion(signed_in, signed, person):
    filing = signed()
    old = on_page(filing, note="同意")
    actions.give_back(filing, by=person("coordination-lead"), note="补正")
    actions.submit(fresh(filing), by=person("nanhai"))
    actions.agree(fresh(filing), by=person("nanhai-reviewer"))
    answer = signed_in("coordination-lead").post(f"{QUEUE}{filing.pk}/approve/", old)
    assert (answer.status_code, answer.context["form"]["note"].value()) == (409, "同意")
    assert fresh(filing).state == Filing.State.SUBMITTED


@pytest.mark.clause("6.2.1 e")
def test_several_are_approved_at_once_only_where_nothing_is_flagged(signed_in, signed):
    plain, late, moved = signed("NH001"), signed("NH003", day=in_days(-2)), signed("NH004")
    behind_its_back("NH004", in_days(1), address="别处1号")
    client = signed_in("coordination-lead")
    chosen = {"action": "approve_selected", "_selected_action": [filing.pk for filing in (plain, late, moved)]}
    page = client.post(QUEUE, chosen)
    assert [filing.pk for filing in page.context["ready"]] == [plain.pk]
    assert sorted(filing.pk for filing, __ in page.context["skipped"]) == [late.pk, moved.pk]
    assert fresh(plain).state == Filing.State.SUBMITTED
    client.post(QUEUE, chosen | {"confirmed": "yes", f"version-{plain.pk}": plain.version})
    states = [fresh(filing).state for filing in (plain, late, moved)]
    assert states == [Filing.State.ACCEPTED, Filing.State.SUBMITTED, Filing.State.SUBMITTED]


@pytest.mark.parametrize("version", ["", "0", "x", "-1", "²"])
def test_the_bulk_approval_of_another_version_than_the_one_shown_does_nothing(signed_in, signed, version):
    filing = signed()
    chosen = {"action": "approve_selected", "_selected_action": [filing.pk], "confirmed": "yes"}
    answer = signed_in("coordination-lead").post(QUEUE, chosen | {f"version-{filing.pk}": version})
    assert (answer.status_code, fresh(filing).state) == (302, Filing.State.SUBMITTED)


def test_the_lead_of_another_group_approves_none_in_bulk(signed_in, signed):
    filing = signed()
    chosen = {"action": "approve_selected", "_selected_action": [filing.pk], "confirmed": "yes"}
    signed_in("technical-lead").post(f"{QUEUE}?queue=all", chosen | {f"version-{filing.pk}": filing.version})
    assert fresh(filing).state == Filing.State.SUBMITTED


@pytest.mark.checklist("B5")
@pytest.mark.parametrize(
    "username", ["nanhai", "nanhai-reviewer", "chancheng", "branch", "observer", "chair", "committee"]
)
def test_who_has_no_seat_in_the_admin_gets_none(signed_in, signed, username):
    filing = signed()
    client = signed_in(username)
    assert client.get(QUEUE).status_code in {302, 403}
    assert client.post(f"{QUEUE}{filing.pk}/approve/", on_page(filing)).status_code in {302, 403}
    assert fresh(filing).state == Filing.State.SUBMITTED


@pytest.mark.checklist("B10")
def test_the_administrator_decides_nothing(signed_in, signed):
    filing = signed()
    client = signed_in("admin")
    assert client.get(QUEUE).status_code == 403
    assert client.post(f"{QUEUE}{filing.pk}/approve/", on_page(filing)).status_code in {403, 404}


def test_nothing_is_added_or_deleted_in_the_admin(signed_in, signed):
    filing = signed()
    client = signed_in("coordination-lead")
    assert client.get(f"{QUEUE}add/").status_code == 403
    assert client.post(f"{QUEUE}{filing.pk}/delete/", {"post": "yes"}).status_code == 403
    client.post(QUEUE, {"action": "delete_selected", "_selected_action": [filing.pk], "post": "yes"})
    assert Filing.objects.filter(pk=filing.pk).exists()


@pytest.mark.checklist("C1")
@pytest.mark.parametrize("key", ["0", "x", "1'", "99999999999999999999999999", "_5F", "-1"])
def test_hostile_addresses_in_the_admin_find_nothing(signed_in, key):
    client = signed_in("coordination-lead")
    assert client.get(f"{QUEUE}{key}/change/").status_code == 404
    assert client.post(f"{QUEUE}{key}/approve/", {"version": 1}, follow=True).status_code == 404


@pytest.mark.checklist("C1")
@pytest.mark.parametrize("query", ["?queue=x", "?state__exact=x", "?q=%00", "?o=x", "?q=%27%25"])
def test_hostile_queries_in_the_queue_do_no_harm(signed_in, query):
    assert signed_in("coordination-lead").get(f"{QUEUE}{query}").status_code in {200, 302}


@pytest.mark.checklist("C1")
@pytest.mark.parametrize("query", ["?p=x", "?p=999"])
def test_a_page_that_the_queue_does_not_have_is_refused(signed_in, query):
    assert signed_in("coordination-lead").get(f"{QUEUE}{query}").status_code == 400


@pytest.mark.parametrize("query", ["", "?queue=all"])
def test_the_queue_costs_the_same_queries_with_many_filings(signed_in, signed, person, library, query):
    signed("NH003")
    few = queries_of(signed_in("coordination-lead"), f"{QUEUE}{query}")
    for number in range(15):
        facts = library("NH003").facts
        copied = {"name": f"新馆{number}", "level": "branch", "parent": facts.parent, "district": facts.district}
        other = open_library(f"NH1{number:02}", copied, since=in_days(-100))
        begun = actions.begin("suspension", other, by=person("nanhai"), asked=answers_of("suspension"))
        actions.agree(actions.submit(begun, by=person("nanhai")), by=person("nanhai-reviewer"))
    assert queries_of(signed_in("coordination-lead"), f"{QUEUE}{query}") == few


def queries_of(client, path):
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def test_the_queue_reads_in_both_languages(signed_in, signed):
    signed()
    client = signed_in("coordination-lead")
    for language in ("zh-hans", "en"):
        client.cookies["django_language"] = language
        assert client.get(QUEUE).status_code == 200
        with translation.override(language):
            assert client.get(f"{QUEUE}?queue=all").headers["Content-Language"] == language
