"""Hold the ledger of what runs out: days, renewal, end, reminders."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from fsul_portal.acts.versions import Stale
from fsul_portal.ledgers import actions, letters
from fsul_portal.records.models import Record
from fsul_portal.verdicts import Closed, NotNow, Unready
from members.people.models import User
from tests.english import in_english
from tests.hands import at_once, many_hands
from tests.small.ledger import Agreement

__all__ = ["in_english", "many_hands"]
State = Agreement.State
FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)


@pytest.fixture
def office(person, in_english):
    return person("office")


@pytest.fixture
def agreement(office):
    return actions.enter(Agreement(title="合作协议", since=FIRST, until=LAST), by=office)


def verbs(entry):
    return [record.verb for record in Record.objects.of(entry).order_by("pk")]


def test_an_entry_lives_from_its_first_day_to_the_one_that_follows(agreement, office):
    following = actions.renew(agreement, by=office, until=date(2027, 12, 31))
    agreement.refresh_from_db()
    assert (agreement.state, agreement.until, agreement.successor) == (State.RENEWED, LAST, following)
    assert (following.state, following.since, following.title) == (State.STANDING, date(2027, 1, 1), "合作协议")
    assert [list(Agreement.objects.as_of(day)) for day in (FIRST, LAST, date(2027, 1, 1))] == [
        [agreement],
        [agreement],
        [following],
    ]
    assert (verbs(agreement), verbs(following)) == (
        ["ledger entered", "ledger renewed"],
        ["ledger entered", "ledger follows"],
    )


def test_what_has_run_out_is_seen_by_its_days_and_renewed_all_the_same(office):
    over = timezone.localdate() - timedelta(days=3)
    entry = actions.enter(Agreement(title="证书", since=FIRST - timedelta(days=900), until=over), by=office)
    assert (entry.has_run_out, list(Agreement.objects.run_out(timezone.localdate()))) == (True, [entry])
    assert actions.renew(entry, by=office, until=None).since == over + timedelta(days=1)
    assert list(Agreement.objects.run_out(timezone.localdate())) == []


def test_an_entry_ends_before_its_time_and_no_longer_holds_from_that_day_on(agreement, office):
    actions.end(agreement, by=office, ended_on=date(2026, 7, 1), note="对方撤销")
    assert [Agreement.objects.as_of(day).count() for day in (date(2026, 6, 30), date(2026, 7, 1))] == [1, 0]
    with pytest.raises(Closed, match="It is ended"):
        actions.renew(agreement, by=office, until=LAST)


def test_what_runs_out_within_a_span_is_found(agreement, office):
    actions.enter(Agreement(title="无限期", since=FIRST), by=office)
    assert list(Agreement.objects.running_out(date(2026, 12, 1), LAST)) == [agreement]
    assert list(Agreement.objects.running_out(date(2027, 1, 1), date(2027, 12, 31))) == []


def test_days_that_cannot_be_are_refused_at_their_field(agreement, office):
    wrong = [
        lambda: actions.enter(Agreement(title="x", since=LAST, until=FIRST), by=office),
        lambda: actions.renew(agreement, by=office, since=LAST + timedelta(days=1), until=LAST),
        lambda: actions.end(agreement, by=office, ended_on=FIRST - timedelta(days=1)),
        lambda: actions.correct(agreement, by=office, until=FIRST - timedelta(days=1)),
        lambda: actions.renew(agreement, by=office, since=FIRST, until=LAST),
    ]
    fields = []
    for act in wrong:
        with pytest.raises(Unready) as refused:
            act()
        fields += [fault.field for fault in refused.value.findings]
    assert fields == ["until", "until", "ended_on", "until", "since"]
    assert Agreement.objects.get().until == LAST
    with pytest.raises(IntegrityError), transaction.atomic():
        Agreement.objects.update(until=FIRST - timedelta(days=1))


def test_what_has_no_last_day_is_not_renewed(office):
    entry = actions.enter(Agreement(title="无限期", since=FIRST), by=office)
    with pytest.raises(NotNow, match="nothing to renew"):
        actions.renew(entry, by=office, until=LAST)


def test_only_the_keeper_enters_and_an_older_page_overwrites_nothing(agreement, office, person):
    with pytest.raises(PermissionDenied, match="This is for: secretary of the coordination office"):
        actions.enter(Agreement(title="x", since=FIRST), by=person("nanhai"))
    actions.correct(agreement, by=office, version=0, title="合作协议（更正）")
    with pytest.raises(Stale):
        actions.correct(agreement, by=office, version=0, title="旧")
    assert Agreement.objects.get().title == "合作协议（更正）"


def test_one_form_sent_twice_makes_one_entry(office):
    made = [actions.enter(Agreement(title="x", since=FIRST), by=office, token="t") for __ in range(2)]
    assert made[0] == made[1]


def test_keepers_are_told_before_and_after_and_each_time_once(office):
    # Entered before all of these days, whenever the test runs.
    with time_machine.travel(datetime(2026, 3, 4, tzinfo=UTC)):
        agreement = actions.enter(Agreement(title="合作协议", since=FIRST, until=LAST), by=office)
    days = [LAST - timedelta(days=before) for before in (91, 90, 30, 7, 0, -1, -2)]
    told = [[one.subject for one in letters.remind(Agreement, day)] for day in days for __ in range(2)]
    keepers = agreement.people_in("keeper").count()
    soon, over = ["Runs out: 合作协议"] * keepers, ["Has run out: 合作协议"] * keepers
    assert told == [[], [], soon, [], soon, [], soon, [], soon, [], over, [], [], []]


def test_a_ledger_of_any_length_is_read_in_one_query(office, django_assert_num_queries):
    for number in range(5):
        actions.enter(Agreement(title=str(number), since=FIRST, until=LAST), by=office)
    with django_assert_num_queries(1):
        assert len(list(Agreement.objects.running_out(FIRST, LAST))) == 5


def test_of_many_who_renew_at_once_one_does(cast, many_hands):
    office = cast["office"]
    entry = actions.enter(Agreement(title="x", since=FIRST, until=LAST), by=office)
    outcomes = at_once(lambda __: actions.renew(entry, by=User.objects.get(pk=office.pk), until=date(2027, 5, 1)), 4)
    assert sorted(type(one).__name__ for one in outcomes) == ["Agreement", "Closed", "Closed", "Closed"]
    assert Agreement.objects.count() == 2
