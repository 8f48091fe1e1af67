"""Change what the registry says; nothing is ever deleted, and no code is used twice (6.2.1 e)."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fsul_portal.approvals.rounds import place_again
from fsul_portal.records.actions import Entry, record, record_many
from fsul_portal.templatetags.figures import day as day_in_words
from fsul_portal.users import User
from members.libraries.checks import (
    FactsRefused,
    check_children,
    check_days,
    check_facts,
    check_left_behind,
    during,
)
from members.libraries.course import Course
from members.libraries.models import Library, Spell

# The facts of a spell by their fields.
Facts = Mapping[str, Any]

__all__ = ["FactsRefused", "change_facts", "close_library", "correct_opening", "open_library", "write"]

BATCH = 2000


@transaction.atomic
def open_library(
    code: str, facts: Facts, *, since: date, until: date | None = None, by: User | None = None, reason: str = ""
) -> Library:
    """Enter a new library, or let one that has left come back from that day (6.2.1 e)."""
    library, __ = Library.objects.get_or_create(code=code, defaults={"entered_by": by})
    course = Course.locked(library)
    spell = course.open(facts, since=since, until=until, reason=reason)
    _check(course)
    write([course], by=by)
    record(course.library, "opened", by=by, after=spell.as_facts() | {"since": since}, note=reason)
    return course.library


@transaction.atomic
def change_facts(
    library: Library, facts: Facts, *, on: date, until: date | None = None, by: User | None = None, reason: str = ""
) -> Spell | None:
    """Let facts be others from that day on, or to the day before `until` (6.2.1 e).

    Later spells follow up to the next statement about the same fact; with an end, what would have been comes back.
    `on` may lie in the past: the rows are superseded, not changed. Returns the spell that begins (or began) then.
    """
    course = Course.locked(library)
    before = course.on(on)
    after = course.change(facts, on=on, until=until, reason=reason)
    if not course.fresh:
        return after
    _check(course)
    write([course], by=by)
    record(
        course.library,
        "changed",
        by=by,
        before=before.as_facts(),
        after=after.as_facts() | {"on": on},
        note=reason,
    )
    return after


@transaction.atomic
def close_library(library, *, on, by=None, reason=""):
    """Let a library leave the system; `on` is the first day on which it no longer belongs (6.2.1 e)."""
    course = Course.locked(library)
    course.close(on=on, reason=reason)
    _check(course)
    write([course], by=by)
    record(course.library, "closed", by=by, after={"until": on}, note=reason)
    return course.library


@transaction.atomic
def correct_opening(library, *, since, on=None, by=None, reason=""):
    """Correct since when the library belongs, in the membership around a day, today by default (6.2.1 e)."""
    course = Course.locked(library)
    day = on or timezone.localdate()
    membership = course.membership_on(day)
    if membership is None:
        sentence = _("The library does not belong to the system on %(day)s.")
        raise FactsRefused("on", sentence % {"day": day_in_words(day)})
    course.begin(membership, since=since, reason=reason)
    _check(course)
    write([course], by=by)
    record(course.library, "corrected", by=by, before={"since": membership.first}, after={"since": since}, note=reason)
    return course.library


@transaction.atomic
def write(courses: Iterable[Course], *, by: User | None = None, records: Iterable[tuple[Any, ...]] = ()) -> None:
    """Write what checked courses have gathered; each record is (thing, verb, before, after, note).

    The rows that no longer hold and those that take their place carry the same instant.
    """
    now = timezone.now()
    fresh_libraries = [course.library for course in courses if course.library.pk is None]
    for library in fresh_libraries:
        library.entered_at, library.entered_by = now, by
    Library.objects.bulk_create(fresh_libraries, batch_size=BATCH)
    superseded = [spell.pk for course in courses for spell in course.superseded]
    for start in range(0, len(superseded), BATCH):
        Spell.objects.filter(pk__in=superseded[start : start + BATCH]).update(superseded_at=now, superseded_by=by)
    fresh = [spell for course in courses for spell in course.fresh]
    for spell in fresh:
        spell.recorded_at, spell.recorded_by = now, by
    Spell.objects.bulk_create(fresh, batch_size=BATCH)
    if any(_moves(course) for course in courses):
        place_again()
    record_many(Entry(thing, verb, by, before, after, note) for thing, verb, before, after, note in records)


def _moves(course):
    """Say whether somebody else's district may sign for the library now."""
    return len({spell.district_id for spell in (*course.superseded, *course.fresh)}) > 1


def _check(course):
    check_days(course)
    check_left_behind(course)
    for spell in course.asserted:
        check_facts(spell)
        if course.superseded and spell.level not in {old.level for old in course.superseded}:
            children = Spell.objects.known().filter(during(spell.since, spell.until), parent=course.library)
            check_children(spell, children)
