"""Break deputies and handing over: each refusal, twice, at once, over midnight and the year."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from fsul_portal.access.actions import grant
from fsul_portal.access.checks import deviations
from fsul_portal.access.deputies.actions import end_deputy, hand_over
from fsul_portal.access.deputies.models import Deputy
from fsul_portal.access.deputies.rules import may_end, may_hand_over, may_name
from fsul_portal.access.models import Grant
from fsul_portal.notices.models import Notice, Reader
from fsul_portal.records.models import Record
from fsul_portal.verdicts import Kind
from members.people.models import User
from tests.fsul_portal.test_deputies import TODAY, named
from tests.hands import at_once, many_hands

__all__ = ["many_hands"]

PAGE, HAND_OVER = "/roles/deputies/", "/roles/hand-over/"
SHANGHAI = ZoneInfo("Asia/Shanghai")
UNIT = "A deputy is named by the person himself or by the head of the unit."
WORD = "Say whose decision it is: the person's own, or that of the head of the unit."
ADMIN = "Only the system administrator keeps accounts and roles."
OWN = "Nobody gives or ends a role of his own."
WORKS = "Choose a successor who works in the portal."


@pytest.fixture
def close_account(cast):
    return lambda name: User.objects.filter(username=name).update(is_active=False)


def form_of(person, absent="nanhai", deputy="chancheng", **more):
    day = f"{TODAY():%Y-%m-%d}"
    return {"absent": person(absent).pk, "deputy": person(deputy).pk, "first_day": day, "last_day": day, **more}


def said(verdict):
    return verdict.sentence, verdict.kind


@pytest.mark.clause("5.2")
@pytest.mark.parametrize(
    ("by", "absent", "deputy", "word_of", "sentence"),
    [
        ("nanhai", "nanhai", "nanhai", None, "Nobody is his own deputy."),
        ("nanhai", "nanhai", "closed", None, "This account is closed; a deputy works in the portal."),
        ("chancheng", "nanhai", "branch", None, UNIT),
        ("branch", "nanhai", "chancheng", None, UNIT),
        ("chair", "nanhai", "chancheng", None, UNIT),
        ("admin", "nanhai", "chancheng", None, WORD),
        ("admin", "nanhai", "chancheng", "admin", WORD),
        ("admin", "nanhai", "chancheng", "chancheng", WORD),
        ("office", "nanhai", "chancheng", "nanhai", UNIT),
    ],
)
def test_whoever_may_not_name_a_deputy_reads_why(by, absent, deputy, word_of, sentence, person, cast):
    User.objects.create_user("closed", is_active=False)
    with translation.override("en"):
        verdict = may_name(person(by), person(absent), person(deputy), word_of=word_of and person(word_of))
    assert said(verdict) == (sentence, Kind.NO_RIGHT)


@pytest.mark.parametrize(
    ("by", "leaver", "successor", "sentence"),
    [
        ("office", "nanhai", "branch", ADMIN),
        ("nanhai", "nanhai", "branch", ADMIN),
        ("admin", "admin", "branch", OWN),
        ("admin", "branch", "admin", OWN),
        ("admin", "branch", "branch", WORKS),
        ("admin", "branch", "nanhai", WORKS),
    ],
)
def test_whoever_may_not_hand_over_reads_why(by, leaver, successor, sentence, person, close_account):
    close_account("nanhai")
    with translation.override("en"):
        assert said(may_hand_over(person(by), person(leaver), person(successor))) == (sentence, Kind.NO_RIGHT)


def test_what_a_closed_account_leaves_behind_is_handed_over(person, close_account):
    close_account("nanhai")
    hand_over(person("nanhai"), person("branch"), by=person("admin"))
    assert set(Grant.objects.in_force().filter(person=person("branch")).values_list("role", flat=True)) == {
        "library-editor",
        "district-editor",
    }


@pytest.mark.checklist("D3")
def test_whoever_ends_what_has_ended_reads_that_it_has(person, signed_in):
    row = named(person)
    client = signed_in("committee")
    answers = [client.post(f"{PAGE}{row.pk}/end/") for __ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 409]
    assert answers[1].content.decode().count("该代理已经终止。") == 1
    assert Notice.objects.filter(key=f"deputy:ended:{row.pk}").count() == 2


def test_a_time_that_ran_out_is_ended_by_nobody(person, signed_in):
    row = named(person)
    Deputy.objects.update(first_day=TODAY() - timedelta(days=2), last_day=TODAY() - timedelta(days=1))
    with translation.override("en"):
        verdict = may_end(person("committee"), Deputy.objects.get())
    assert said(verdict) == ("This has ended already.", Kind.OVERTAKEN)
    assert signed_in("committee").post(f"{PAGE}{row.pk}/end/").status_code == 409
    assert signed_in("committee").post(f"{PAGE}{row.pk + 1}/end/").status_code == 404


@pytest.mark.checklist("D4")
def test_of_many_who_end_it_at_once_one_does_and_both_are_told_once(many_hands, cast, person):
    row = named(person)
    outcomes = at_once(lambda number: end_deputy(row, by=User.objects.get(username="committee")), times=4)
    assert sorted(type(one).__name__ for one in outcomes) == ["Deputy", "Overtaken", "Overtaken", "Overtaken"]
    assert Notice.objects.filter(key=f"deputy:ended:{row.pk}").count() == 2


@pytest.mark.checklist("D3", "D4")
def test_the_same_name_given_many_times_at_once_is_one_deputy(many_hands, cast, person):
    outcomes = at_once(lambda number: named(person), times=4)
    assert {one.pk for one in outcomes} == {Deputy.objects.get().pk}
    assert Notice.objects.filter(key__startswith="deputy:named").count() == 2


@pytest.mark.checklist("B6", "D4")
def test_one_seat_handed_to_two_at_once_goes_to_one(many_hands, cast):
    def give(number):
        names = ("nanhai", ("branch", "committee")[number % 2], "admin")
        leaver, successor, admin = (User.objects.get(username=name) for name in names)
        return hand_over(leaver, successor, by=admin)

    outcomes = at_once(give, times=4)
    assert [one for one in outcomes if isinstance(one, Exception)] == []
    assert Grant.objects.in_force().filter(role="district-editor", granted_by=cast["admin"]).count() == 1
    assert deviations() == []


@pytest.mark.checklist("D4")
def test_two_who_hand_over_to_each_other_at_once_do_not_wait_for_ever(many_hands, cast):
    def give(number):
        first, second = (User.objects.get(username=name) for name in ("nanhai", "branch"))
        leaver, successor = (first, second) if number else (second, first)
        return hand_over(leaver, successor, by=User.objects.get(username="admin"))

    assert [one for one in at_once(give, times=2) if isinstance(one, Exception)] == []
    assert deviations() == []


def test_whoever_takes_over_a_role_he_holds_holds_it_once(person):
    place = Grant.objects.in_force().get(person=person("nanhai")).place
    grant("district-editor", to=person("branch"), on=place)
    hand_over(person("nanhai"), person("branch"), by=person("admin"))
    assert Grant.objects.in_force().filter(person=person("branch"), role="district-editor").count() == 1
    told = Record.objects.of(person("nanhai"))[0]
    assert (told.verb, told.by.username, told.after["roles"]) == ("handed over", "admin", 1)


def test_a_leaver_stands_in_for_nobody_any_more_and_all_are_told(person):
    row = named(person, "branch", "nanhai", by="branch")
    hand_over(person("nanhai"), person("chancheng"), by=person("admin"))
    row.refresh_from_db()
    assert (row.ended_by.username, Deputy.objects.not_over().count()) == ("admin", 0)
    told = Notice.objects.filter(key=f"deputy:ended:{row.pk}").values_list("recipient__username", flat=True)
    assert sorted(told) == ["branch", "nanhai"]


def test_what_narrows_two_entries_makes_two_of_them(person):
    rows = [named(person, kind=kind) for kind in ("", "return", "return")]
    assert len({row.pk for row in rows}) == 2
    assert [one.after.get("kind") for one in Record.objects.filter(verb="deputy named").order_by("pk")] == [
        "",
        "return",
    ]


def test_a_deputy_acts_from_midnight_to_midnight_in_foshan_also_over_the_year(person):
    with time_machine.travel(datetime(2026, 12, 30, 9, tzinfo=SHANGHAI)):
        named(person, first_day=date(2026, 12, 31), last_day=date(2027, 1, 1))
    days = {
        datetime(2026, 12, 30, 23, 59, tzinfo=SHANGHAI): False,
        datetime(2026, 12, 31, 0, 0, 1, tzinfo=SHANGHAI): True,
        datetime(2026, 12, 31, 16, 30, tzinfo=ZoneInfo("UTC")): True,
        datetime(2027, 1, 1, 23, 59, tzinfo=SHANGHAI): True,
        datetime(2027, 1, 1, 16, 30, tzinfo=ZoneInfo("UTC")): False,
    }
    found = {}
    for moment in days:
        with time_machine.travel(moment):
            found[moment] = Deputy.objects.in_force().exists()
    assert found == days


@pytest.mark.parametrize(("closed", "acts"), [("nanhai-reviewer", False), ("committee", False), ("nanhai", True)])
def test_nobody_acts_for_a_closed_account_or_with_one(closed, acts, person, close_account):
    named(person)
    close_account(closed)
    assert Deputy.objects.in_force().exists() == acts


def test_both_are_told_in_the_language_of_each_with_the_days(person, settings):
    Reader.objects.create(person=person("committee"), language="en")
    named(person, first_day=date(2999, 1, 1), last_day=date(2999, 1, 9))
    told = dict(Notice.objects.values_list("recipient__username", "subject"))
    assert told == {
        "committee": "黄委员 acts for 麦审核 from 1 January 2999 to 9 January 2999",
        "nanhai-reviewer": "黄委员自2999年1月1日至2999年1月9日代理麦审核",
    }
    assert set(Notice.objects.values_list("link", flat=True)) == {PAGE}


def test_only_the_administrator_is_asked_on_whose_word(person, signed_in):
    for name, asked in (("admin", True), ("nanhai", False), ("chair", False)):
        assert ("word_of" in signed_in(name).get(PAGE).context["form"].fields) == asked, name
    sent = form_of(person, word_of=person("nanhai").pk)
    assert signed_in("admin").post(PAGE, sent).status_code == 302
    row = Deputy.objects.get()
    assert (row.named_by.username, row.word_of.username) == ("admin", "nanhai")


def test_a_forged_word_is_not_taken_from_anybody_else(person, signed_in):
    signed_in("nanhai").post(PAGE, form_of(person, word_of=person("chair").pk))
    assert Deputy.objects.get().word_of == person("nanhai")


@pytest.mark.parametrize(
    ("broken", "field"),
    [
        ({"word_of": "chancheng"}, "__all__"),
        ({"word_of": ""}, "word_of"),
        ({"deputy": "nanhai"}, "__all__"),
        ({"kind": "nothing"}, "kind"),
        ({"first_day": "9999-12-31", "last_day": "9999-12-30"}, "last_day"),
        ({"first_day": "morgen"}, "first_day"),
        ({"absent": "99999999999999999999"}, "absent"),
    ],
    ids=str,
)
def test_what_is_refused_stays_on_the_page_with_its_reason(broken, field, person, signed_in):
    keys = {
        name: person(value).pk if value.isalpha() and name != "kind" and "day" not in name else value
        for name, value in broken.items()
    }
    sent = form_of(person, word_of=person("nanhai").pk) | keys
    answer = signed_in("admin").post(PAGE, sent)
    form = answer.context["form"]
    assert (answer.status_code, field in form.errors, Deputy.objects.count()) == (200, True, 0)
    assert {name: str(form[name].value()) for name in sent} == {name: str(value) for name, value in sent.items()}


def test_the_page_of_handing_over_refuses_what_the_rule_refuses(person, signed_in):
    same = {"leaver": person("branch").pk, "successor": person("branch").pk}
    assert signed_in("admin").post(HAND_OVER, same).status_code == 403
    assert signed_in("admin").post(HAND_OVER, {"leaver": "", "successor": "x"}).status_code == 200
    assert Record.objects.filter(verb="handed over").count() == 0


def test_the_pages_speak_both_languages(signed_in):
    client, labels = signed_in("admin"), {}
    for language in ("zh-hans", "en"):
        client.cookies["django_language"] = language
        pages = [client.get(address).content.decode().lower() for address in (PAGE, HAND_OVER)]
        labels[language] = [
            [page.count(word) > 0 for word in ("被代理人", "离岗人员", "who is away", "who leaves")] for page in pages
        ]
    assert labels == {
        "zh-hans": [[True, False, False, False], [False, True, False, False]],
        "en": [[False, False, True, False], [False, False, False, True]],
    }


def test_the_page_of_the_administrator_asks_as_often_for_many_as_for_one(person, signed_in):
    client = signed_in("admin")

    def asked():
        client.get(PAGE)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(PAGE).status_code == 200
        return len(queries)

    named(person)
    few = asked()
    for number in range(9):
        named(person, last_day=TODAY() + timedelta(days=number + 1), kind="return")
    assert asked() == few
