"""Send a circular down the tree, and bring back who read, confirmed and did it."""

from django.db import transaction
from django.utils import timezone

from fsul_portal.lives.actions import begin, claim, lock, step
from fsul_portal.records.actions import record
from fsul_portal.verdicts import Unready, require
from members.circulars import letters, rules
from members.circulars.addressing import addressed, faults_of
from members.circulars.questions import read_answers

AT_ONCE = 1000


@transaction.atomic
def write(circular, *, by, token=""):
    """Begin a circular; nobody is told before it is sent."""
    require(rules.may_write(by, circular))
    return begin(circular, "circular written", by=by, token=token)


@transaction.atomic
def change(circular, *, by, version=None, **facts):
    """Change what has not been sent."""
    return step(claim(circular, rules.may_write, by=by, version=version), "circular changed", by=by, **facts)


@transaction.atomic
def send(circular, *, by, version=None, note=""):
    """Put a copy before each library that it is addressed to today, and tell those who answer for it."""
    circular, today = claim(circular, rules.may_send, by=by, version=version), timezone.localdate()
    found = addressed(circular, today)
    faults = faults_of(circular, today, found)
    if faults:
        raise Unready(faults)
    copy = circular.copies.model
    circular.copies.bulk_create(
        [copy(circular=circular, library_id=pk, above=above) for pk, above in found], batch_size=AT_ONCE
    )
    circular = step(circular, "circular sent", to=circular.State.SENT, pair="sent", by=by, note=note)
    letters.tell_sent(circular)
    return circular


@transaction.atomic
def close(circular, *, by, version=None, note=""):
    """End it; what was not answered stays missing."""
    circular = claim(circular, rules.may_close, by=by, version=version)
    _wait_for_answers(circular)
    return step(circular, "circular closed", to=circular.State.CLOSED, pair="closed", by=by, note=note)


@transaction.atomic
def withdraw(circular, *, by, version=None, note=""):
    """Take it back; whoever was asked is told."""
    circular = claim(circular, rules.may_withdraw, by=by, version=version)
    _wait_for_answers(circular)
    circular = step(circular, "circular withdrawn", to=circular.State.WITHDRAWN, pair="withdrawn", by=by, note=note)
    letters.tell_withdrawn(circular)
    return circular


@transaction.atomic
def nudge(circular, *, by, version=None):
    """Remind those who have not done it, at most once a day; return the circular."""
    circular = claim(circular, rules.may_nudge, by=by, version=version)
    told = letters.tell_missing(circular, f"nudged-{timezone.localdate()}")
    record(circular, "circular nudged", by=by, after={"told": len(told)})
    return circular


@transaction.atomic
def mark_read(copy, *, by):
    """Remember who opened it first for the library."""
    copy = lock(copy)
    require(rules.may_read(by, copy))
    return copy if copy.read_at else _mark(copy, "circular read", by, "read")


@transaction.atomic
def confirm(copy, *, by):
    """Confirm for the library that it has arrived."""
    copy = lock(copy)
    require(rules.may_confirm(by, copy))
    return _mark(copy, "circular confirmed", by, "confirmed")


@transaction.atomic
def answer(copy, *, by, answers=None):
    """Say for the library that it was done, with the data that was asked for."""
    copy = lock(copy)
    require(rules.may_answer(by, copy))
    copy.answers = read_answers(copy.circular.questions, answers or {})
    return _mark(copy, "circular done", by, "done", "answers")


def _wait_for_answers(circular):
    """Let whoever is answering come first; whoever comes later finds it ended, as each answer holds its copy alone."""
    list(circular.copies.select_for_update().order_by("pk").values_list("pk"))


def _mark(copy, verb, by, pair, *fields):
    """Keep a pair; whoever does more than reading has read it."""
    now, pairs = timezone.now(), [pair, *([] if copy.read_at else ["read"])]
    for one in pairs:
        setattr(copy, f"{one}_at", now)
        setattr(copy, f"{one}_by", by)
    copy.save(update_fields=[*fields, *{f"{one}_{end}" for one in pairs for end in ("at", "by")}])
    record(copy, verb, by=by, after={field: getattr(copy, field) for field in fields})
    return copy
