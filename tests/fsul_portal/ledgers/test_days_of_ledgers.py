"""Hold who may do what with what runs out and why not, its days to the day, renewals in a row, and who is told when."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from fsul_portal.ledgers import actions, letters, rules
from fsul_portal.ledgers.forms import EndForm, RenewForm
from fsul_portal.ledgers.verbs import verbs
from fsul_portal.lives.verbs import in_words
from fsul_portal.notices.models import Notice
from fsul_portal.records.models import Record
from fsul_portal.verdicts import Closed, Kind, NotNow, Overtaken, Refusal, Unready
from tests.english import in_english
from tests.small.ledger import Agreement

__all__ = ["in_english"]
State = Agreement.State
DAY = timedelta(days=1)
FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)


@pytest.fixture(autouse=True)
def a_wednesday(time_machine):
    time_machine.move_to("2026-03-04T09:00:00+08:00", tick=False)


@pytest.fixture
def office(person, in_english):
    return person("office")


@pytest.fixture
def enter(office):
    def entry(since=FIRST, until=LAST, **facts):
        return actions.enter(Agreement(**({"title": "协议"} | facts), since=since, until=until), by=office)

    return entry


def as_it_is(entry):
    return Agreement.objects.get(pk=entry.pk)


def held_on(*days):
    return [set(Agreement.objects.as_of(day)) for day in days]


def findings(act, *args, **said):
    with pytest.raises(Unready) as refused:
        act(*args, **said)
    return [(one.field, one.sentence) for one in refused.value.findings]


@pytest.mark.parametrize("rule", ["enter", "correct", "renew", "end"])
@pytest.mark.parametrize("username", ["chair", "nanhai", "observer"])
def test_a_ledger_is_kept_by_its_keeper_alone(rule, username, enter, person):
    verdict = getattr(rules, f"may_{rule}")(person(username), enter())
    assert (verdict.kind, verdict.sentence) == (Kind.NO_RIGHT, "This is for: secretary of the coordination office.")


@pytest.mark.parametrize("rule", ["correct", "renew", "end"])
def test_what_was_renewed_or_ended_is_closed_for_good(rule, enter, office):
    renewed, ended = enter(), actions.end(enter(), by=office, ended_on=date(2026, 4, 1))
    actions.renew(renewed, by=office, until=None)
    verdicts = [getattr(rules, f"may_{rule}")(office, one) for one in (as_it_is(renewed), ended)]
    assert [(verdict.kind, verdict.sentence) for verdict in verdicts] == [
        (Kind.CLOSED, "It is renewed."),
        (Kind.CLOSED, "It is ended."),
    ]


def test_what_has_no_last_day_is_ended_on_any_day_from_its_first_one(enter, office):
    entry = enter(until=None)
    assert (rules.may_renew(office, entry).kind, entry.next_day, entry.has_run_out) == (Kind.NOT_NOW, None, False)
    assert findings(actions.end, entry, by=office, ended_on=FIRST - DAY) == [
        ("ended_on", "It can only end while it holds.")
    ]
    assert actions.end(entry, by=office, ended_on=date(2030, 1, 1)).state == State.ENDED
    assert held_on(date(2029, 12, 31), date(2030, 1, 1)) == [{entry}, set()]


@pytest.mark.parametrize(("ended_on", "holds"), [(FIRST, []), (LAST, [FIRST]), (LAST + DAY, [FIRST, LAST])])
def test_an_entry_ends_between_its_first_day_and_the_day_after_its_last(ended_on, holds, enter, office):
    entry = actions.end(enter(), by=office, ended_on=ended_on, note="对方撤销")
    assert held_on(FIRST, LAST) == [{entry} if day in holds else set() for day in (FIRST, LAST)]
    last = Record.objects.of(entry).first()
    assert (last.verb, last.by, last.note, last.after["ended_on"]) == (
        "ledger ended",
        office,
        "对方撤销",
        ended_on.isoformat(),
    )


def test_an_entry_ends_no_later_than_the_day_after_its_last(enter, office):
    entry = enter()
    assert findings(actions.end, entry, by=office, ended_on=LAST + 2 * DAY) == [
        ("ended_on", "It can only end while it holds.")
    ]
    assert as_it_is(entry).state == State.STANDING


def test_renewals_follow_one_another_without_a_gap_over_leap_days_and_years(enter, office):
    first = enter(until=date(2028, 2, 28))
    second = actions.renew(first, by=office, until=date(2028, 12, 31))
    third = actions.renew(second, by=office, until=None, note="长期")
    assert [(one.since, one.until) for one in (second, third)] == [
        (date(2028, 2, 29), date(2028, 12, 31)),
        (date(2029, 1, 1), None),
    ]
    assert held_on(date(2028, 2, 28), date(2028, 2, 29), date(2029, 1, 1)) == [{first}, {second}, {third}]
    assert (third.follows, second.follows, first.follows) == (second, first, None)
    follows = Record.objects.of(third).first()
    assert (follows.verb, follows.before) == ("ledger follows", {"entry": "协议", "until": "2028-12-31"})


def test_a_renewal_takes_over_the_facts_and_none_of_the_life_of_the_one_before(enter, office):
    entry = actions.correct(enter(), by=office, title="协议（更正）", note="误")
    following = actions.renew(entry, by=office, until=date(2027, 12, 31))
    assert (following.title, following.version, following.state, following.started_by) == (
        "协议（更正）",
        0,
        State.STANDING,
        office,
    )
    assert following.form_token != entry.form_token
    corrected = Record.objects.of(entry).filter(verb="ledger corrected").get()
    assert (corrected.before["title"], corrected.after["title"], corrected.note) == ("协议", "协议（更正）", "误")


def test_a_renewal_that_cannot_be_leaves_the_entry_as_it_was(enter, office):
    entry = enter()
    assert findings(actions.renew, entry, by=office, until=LAST) == [
        ("until", "The last day lies before the first one.")
    ]
    assert findings(actions.renew, entry, by=office, since=FIRST, until=None) == [
        ("since", "What follows begins after what it follows.")
    ]
    assert (as_it_is(entry).state, as_it_is(entry).version, Agreement.objects.count()) == (State.STANDING, 0, 1)


def test_an_entry_is_followed_by_one_alone(enter, office):
    entry = enter()
    actions.renew(entry, by=office, until=None)
    with pytest.raises(Closed, match=r"It is renewed\."):
        actions.renew(entry, by=office, until=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        Agreement.objects.filter(pk=enter().pk).update(follows=entry)


@pytest.mark.parametrize("act", ["renew", "end", "correct"])
def test_a_form_of_an_older_page_changes_nothing_and_says_who_was_faster(act, enter, office):
    entry = enter()
    actions.correct(entry, by=office, title="更正", version=0)
    facts = {"renew": {"until": None}, "end": {"ended_on": LAST}, "correct": {"title": "旧"}}[act]
    with pytest.raises(Overtaken, match="何秘书 changed this at 2026-03-04 09:00"):
        getattr(actions, act)(entry, by=office, version=0, **facts)
    assert (as_it_is(entry).title, Agreement.objects.count()) == ("更正", 1)


@pytest.mark.parametrize(("moment", "out"), [("2026-12-31T23:59:00", False), ("2027-01-01T00:00:00", True)])
def test_it_has_run_out_from_the_day_after_its_last_in_foshan(moment, out, enter, time_machine):
    entry = enter()
    time_machine.move_to(f"{moment}+08:00", tick=False)
    assert (entry.has_run_out, entry in Agreement.objects.run_out(timezone.localdate())) == (out, out)


def test_what_ends_on_one_day_holds_on_it(enter):
    entry = enter(since=LAST, until=LAST)
    assert held_on(LAST - DAY, LAST, LAST + DAY) == [set(), {entry}, set()]


def test_a_last_day_put_right_is_told_of_anew(enter, office):
    entry = enter()
    letters.remind(Agreement, LAST - 7 * DAY)
    later = LAST + 10 * DAY
    actions.correct(entry, by=office, until=later)
    told = [one.body for one in letters.remind(Agreement, later - 7 * DAY)]
    assert told == ["Last day: 10 January 2027"] * entry.people_in("keeper").count()


def test_what_was_entered_late_is_not_told_of_for_days_that_lay_behind(enter):
    enter(until=date(2026, 3, 20))
    days = [date(2026, 3, day) for day in (4, 12, 13, 14, 20, 21, 22)]
    assert [bool(letters.remind(Agreement, day)) for day in days] == [False, False, True, False, True, True, False]


def test_missed_days_are_made_up_for_a_month_with_the_last_of_them_alone(enter):
    enter()
    subjects = {one.subject for one in letters.remind(Agreement, LAST + 20 * DAY)}
    assert (subjects, letters.remind(Agreement, LAST + 21 * DAY)) == ({"Has run out: 协议"}, [])


def test_what_ran_out_more_than_a_month_ago_or_has_no_last_day_is_told_of_by_nobody(enter):
    enter()
    enter(until=None)
    assert letters.remind(Agreement, LAST + 40 * DAY) == []


def test_a_grammar_that_warns_of_no_days_tells_on_the_day_and_after_it(enter, monkeypatch):
    monkeypatch.setattr(Agreement, "WARN_BEFORE", ())
    enter()
    told = [bool(letters.remind(Agreement, LAST + days * DAY)) for days in (-90, -1, 0, 1)]
    assert told == [False, False, True, True]


@pytest.mark.parametrize("end", ["renewed", "ended"])
def test_nobody_is_told_of_what_was_renewed_or_ended(end, enter, office):
    entry = enter()
    if end == "renewed":
        actions.renew(entry, by=office, until=date(2030, 1, 1))
    else:
        actions.end(entry, by=office, ended_on=LAST)
    assert (letters.remind(Agreement, LAST), Notice.objects.filter(subject__startswith="Runs").count()) == ([], 0)


def test_the_forms_begin_with_the_day_that_fits_and_ask_for_a_reason_of_an_end(enter):
    entry = enter()
    assert RenewForm(entry).initial["since"] == date(2027, 1, 1)
    sent = RenewForm(entry, {"since": "2027-01-01", "until": "", "version": "0"})
    assert (sent.is_valid(), sent.answers()["until"]) == (True, None)
    ended = EndForm(entry, {"ended_on": "2026-02-30", "note": " ", "version": "0"})
    assert sorted(ended.errors) == ["ended_on", "note"]


def test_one_form_sent_twice_by_two_people_makes_two(enter, office, person):
    from fsul_portal.access.actions import grant

    grant("secretary", to=person("central"))
    made = [actions.enter(Agreement(title="x", since=FIRST), by=who, token="t") for who in (office, person("central"))]
    assert made[0] != made[1]
    assert actions.enter(Agreement(title="y", since=FIRST), by=office, token="t") == made[0]


def test_a_duty_calls_an_act_as_it_likes_and_none_that_is_not_there():
    renew, end = verbs(renew={"title": "Recertify"})
    assert (str(renew.title), str(end.key), str(renew.icon)) == ("Recertify", "end", "refresh")
    with pytest.raises(KeyError, match="reniew"):
        in_words((renew, end), {"reniew": {"title": "x"}})


def test_what_is_not_open_ended_is_not_refused_a_renewal_after_its_day(enter, office):
    entry = enter(since=date(2020, 1, 1), until=date(2020, 12, 31))
    with pytest.raises(Refusal):
        actions.renew(entry, by=None, until=None)
    assert actions.renew(entry, by=office, until=date(2027, 1, 1)).since == date(2021, 1, 1)
    with pytest.raises(NotNow, match="nothing to renew"):
        actions.renew(enter(until=None), by=office, until=LAST)
