"""Put accepted figures on the table without going through the whole review each time."""

import pytest
from django.utils import timezone

from members.libraries.models import Library
from members.periods.models import Period, period_days
from members.returns.models import Return
from reports.editions.actions import write_missing
from reports.editions.life import actions as life
from reports.editions.models import Edition


@pytest.fixture
def period(db):
    """Return the period of a code, stored: `period("2025-03")`."""

    def stored(code, *, locked=False):
        first_day, last_day = period_days(code)
        found, __ = Period.objects.get_or_create(code=code, defaults={"first_day": first_day, "last_day": last_day})
        if locked:
            Period.objects.filter(pk=found.pk).update(locked_at=timezone.now())
        return found

    return stored


@pytest.fixture
def reported(cast, period):
    """Store an accepted return: `reported("NH002", "2025-03", V01=12)`."""

    def store(code, month, notes=None, **figures):
        one, __ = Return.objects.update_or_create(
            library=Library.objects.get(code=code),
            period=period(month),
            defaults={"figures": figures, "notes": notes or {}, "state": Return.State.ACCEPTED},
        )
        return one

    return store


@pytest.fixture
def approved(person):
    """Take a monthly report as far as its approval, with the documents that say so: `approved(edition)`."""

    def take(edition):
        edition = life.submit(edition, by=person("office"))
        edition = life.agree(edition, by=person("coordination-lead"))
        return write_missing(Edition.objects.get(pk=edition.pk))

    return take


@pytest.fixture
def published(approved, person):
    """Take a monthly report as far as its publication: `published(edition)`."""

    def take(edition):
        return life.publish(approved(edition), by=person("office"))

    return take
