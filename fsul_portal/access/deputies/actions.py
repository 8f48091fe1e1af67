"""Name deputies, end their time, and hand over what somebody leaves behind."""

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fsul_portal.access.actions import grant, revoke
from fsul_portal.access.deputies.models import Deputy
from fsul_portal.access.deputies.rules import may_end, may_hand_over, may_last, may_name
from fsul_portal.access.models import Grant
from fsul_portal.access.roles import OF_SEATS
from fsul_portal.notices.actions import tell
from fsul_portal.notices.kinds import kind as kind_of_notice
from fsul_portal.records.actions import record
from fsul_portal.templatetags.figures import day as in_words
from fsul_portal.users import User
from fsul_portal.verdicts import require

DEPUTY = kind_of_notice("deputy", gettext_lazy("Deputies"))

# What else somebody leaves behind; each room adds its own: (leaver, successor, by) -> how many things.
LEFT_BEHIND: list[Callable[[User, User, User], int]] = []

Hand = TypeVar("Hand", bound=Callable[[User, User, User], int])


def left_behind(function: Hand) -> Hand:
    """Register a function that hands over what a room keeps for a person."""
    LEFT_BEHIND.append(function)
    return function


@transaction.atomic
def name_deputy(
    absent: User,
    deputy: User,
    *,
    first_day: date,
    last_day: date,
    by: User,
    word_of: User | None = None,
    **narrowed: Any,
) -> Deputy:
    """Let one person act in the turns of another, from day to day; both are told. narrowed: fields of NARROWED."""
    require(may_name(by, absent, deputy, word_of=word_of))
    require(may_last(first_day, last_day))
    if unknown := narrowed.keys() - set(Deputy.NARROWED):
        raise TypeError(f"A deputy is not narrowed by {unknown}.")
    # The same form sent twice meets itself here, and names one deputy.
    type(absent).objects.select_for_update().get(pk=absent.pk)
    said = {"absent": absent, "deputy": deputy, "first_day": first_day, "last_day": last_day, **narrowed}
    known = Deputy.objects.filter(**said, ended_at__isnull=True).first()
    if known:
        return known
    row = Deputy.objects.create(**said, word_of=word_of or by, named_by=by)
    told = {field: str(value) for field, value in narrowed.items()}
    after = {"deputy": str(deputy), "first_day": first_day, "last_day": last_day, **told}
    record(absent, "deputy named", by=by, after=after)
    _tell_both(row, "named", lambda: _("%(deputy)s acts for %(absent)s from %(first)s to %(last)s"))
    return row


@transaction.atomic
def end_deputy(row: Deputy, *, by: User) -> Deputy:
    """End a deputy's time before its last day; both are told."""
    row = Deputy.objects.select_for_update(of=("self",)).select_related("absent", "deputy").get(pk=row.pk)
    require(may_end(by, row))
    row.ended_at, row.ended_by = timezone.now(), by
    row.save(update_fields=["ended_at", "ended_by"])
    record(row.absent, "deputy ended", by=by, before={"deputy": str(row.deputy)})
    _tell_both(row, "ended", lambda: _("%(deputy)s no longer acts for %(absent)s"))
    return row


def _tell_both(row: Deputy, what: str, sentence: Callable[[], str]) -> None:
    def told() -> str:
        days = {"first": in_words(row.first_day), "last": in_words(row.last_day)}
        return sentence() % {"deputy": row.deputy, "absent": row.absent, **days}

    tell(
        [row.absent, row.deputy],
        key=f"{DEPUTY}:{what}:{row.pk}",
        subject=told,
        link=reverse("deputy-list"),
    )


@transaction.atomic
def hand_over(leaver: User, successor: User, *, by: User) -> int:
    """Give a leaver's roles but those of seats, his turns, his drafts and his tasks to one person in one act."""
    require(may_hand_over(by, leaver, successor))
    # Both, and in one order: of two who hand over the same seat, the second finds it empty, and nobody waits for ever.
    list(type(leaver).objects.select_for_update(no_key=True).filter(pk__in=[leaver.pk, successor.pk]).order_by("pk"))
    # What comes with a seat goes with it: the seat is filled anew, by those who fill it.
    held = list(Grant.objects.in_force().filter(person=leaver).exclude(role__in=OF_SEATS).with_places())
    for one in held:
        # Given before it is ended, so that no seat is empty in between.
        grant(one.role, to=successor, on=one.place, by=by)
        revoke(one, by=by)
    things = sum(hand(leaver, successor, by) for hand in LEFT_BEHIND)
    for row in Deputy.objects.not_over().filter(absent=leaver) | Deputy.objects.not_over().filter(deputy=leaver):
        end_deputy(row, by=by)
    after = {"successor": str(successor), "roles": len(held), "things": things}
    record(leaver, "handed over", by=by, after=after)
    return things
