"""Hold that nobody answers a circular after its end, however close the two come."""

import pytest
from django.db import OperationalError, connection, transaction

from fsul_portal.verdicts import Closed
from members.circulars import actions
from members.circulars.models import Circular
from members.people.models import User
from tests.hands import at_once, many_hands
from tests.small.circular import Bulletin, BulletinCopy
from tests.small.situations import bulletin

__all__ = ["many_hands"]

# SQLite has one writer at a time anyway; there the end waits for all of them.
IMPATIENT = {"postgresql": "SET lock_timeout = '50ms'", "sqlite": "PRAGMA busy_timeout = 50"}


@pytest.mark.parametrize("end", [actions.close, actions.withdraw])
def test_an_end_waits_for_the_answer_that_is_being_given(end, cast, many_hands):
    circular = actions.send(bulletin(cast["office"], asks=Circular.Asks.DONE), by=cast["office"])
    copy, office = circular.copies.get(library__code="NH002"), cast["office"].pk

    def end_without_patience(number):
        with connection.cursor() as cursor:
            cursor.execute(IMPATIENT[connection.vendor])
        return end(circular, by=User.objects.get(pk=office), note="x")

    with transaction.atomic():
        actions.answer(copy, by=cast["branch"])
        assert [type(one) for one in at_once(end_without_patience, times=1)] == [OperationalError]
    assert Bulletin.objects.get().state == Circular.State.SENT
    assert end(circular, by=cast["office"], note="x").outstanding().count() == 3


def test_whoever_answers_while_it_ends_comes_before_the_end_or_not_at_all(cast, many_hands):
    circular = actions.send(bulletin(cast["office"], asks=Circular.Asks.DONE), by=cast["office"])
    copies = list(circular.copies.all())
    office, nanhai = cast["office"].pk, cast["nanhai"].pk

    def act(number):
        if number == len(copies):
            return actions.close(circular, by=User.objects.get(pk=office))
        return actions.answer(copies[number], by=User.objects.get(pk=nanhai))

    outcomes = at_once(act, times=len(copies) + 1)
    assert {type(one) for one in outcomes} <= {Bulletin, BulletinCopy, Closed}
    end = Bulletin.objects.get().closed_at
    assert [one.pk for one in BulletinCopy.objects.filter(done_at__gt=end)] == []
    assert sum(isinstance(one, Closed) for one in outcomes) == circular.outstanding().count()
