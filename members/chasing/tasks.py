"""Remind of returns before and after their day, of a district's day and of the office's (6.2.1 j)."""

from collections.abc import Iterator
from datetime import date

from django.conf import settings

from fsul_portal.access.rules import people_holding
from fsul_portal.approvals.deputies import acting_for
from fsul_portal.notices.actions import News, tell_all
from fsul_portal.notices.models import Notice
from fsul_portal.notices.reminders import MADE_UP_FOR, reminder, step_due
from fsul_portal.users import User
from members.chasing.letters import district_late, due_soon, not_locked
from members.chasing.reporters import reporters_of
from members.chasing.rules import OFFICE
from members.libraries.models import Spell
from members.periods.models import Period, month_before, period_named
from members.returns.due.completeness import missing_spells
from members.returns.due.days import deadline, district_deadline, lock_deadline
from members.returns.models import Return
from members.returns.years.asked import yearly_asked

# Beyond these months nobody is reminded: what is open then is found in the lists.
MONTHS_BACK = 3


@reminder("6.2.1 j")
def returns_that_are_due(day: date) -> list[Notice]:
    """Remind those who report, the districts and the office, each of what is theirs and not done (6.2.1 j)."""
    open_ones = [period for period in _ended(day) if not period.is_locked]
    return tell_all(one for period in open_ones for one in (*_of_libraries(period, day), *_of_chain(period, day)))


def _ended(day: date) -> Iterator[Period]:
    """Yield the months that ended not long ago, and the year among them, where anything is asked once a year."""
    for back in range(1, MONTHS_BACK + 1):
        code = month_before(f"{day:%Y-%m}", back)
        yield period_named(code)
        if code.endswith("-12") and yearly_asked(year := period_named(code[:4])):
            yield year


def _of_libraries(period: Period, day: date) -> Iterator[News]:
    end = deadline(period).day
    step = step_due(end, settings.RETURN_REMINDERS, day, since=period.last_day)
    # Who begins with the portal is not told of what lies months back.
    if step is not None and day <= end + MADE_UP_FOR:
        for person, spells in reporters_of(missing_spells(period)).items():
            yield due_soon(person, spells, period, step)


def _of_chain(period: Period, day: date) -> Iterator[News]:
    """Speak to the districts and to the office on their days, or later where nothing ran then."""
    of_district, of_office = district_deadline(period).day, lock_deadline(period).day
    if of_district <= day <= of_district + MADE_UP_FOR:
        waiting = list(Return.objects.filter(period__code=period.code, state=Return.State.SUBMITTED).named())
        missing = reporters_of(missing_spells(period), "members.accept_returns")
        held_up = reporters_of([one.library.facts for one in waiting if one.library.facts], "members.accept_returns")
        _let_deputies_know(missing, held_up)
        for person in {**missing, **held_up}:
            yield district_late(person, missing.get(person, []), len(held_up.get(person, [])), period, of_district)
    if of_office <= day <= of_office + MADE_UP_FOR:
        yield not_locked(people_holding(OFFICE), period, of_office)


def _let_deputies_know(*told: dict[User, list[Spell]]) -> None:
    """Let whoever acts for a reviewer who is away be told of the same libraries, once, beside his own.

    Nobody acts for those who enter returns or lock months: a deputy answers turns, and nothing else.
    """
    for deputy, away in acting_for({person for each in told for person in each}, Return.way):
        for each in told:
            known = {spell.pk for spell in each.get(deputy, [])}
            more = [spell for spell in each.get(away, []) if spell.pk not in known]
            if more:
                each[deputy] = [*each.get(deputy, []), *more]
