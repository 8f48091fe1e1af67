"""Take a correction slip from the first word to the figures of the locked period (6.2.1 j)."""

import uuid
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fsul_portal.approvals import actions as approvals
from fsul_portal.approvals.models import EDITED
from fsul_portal.approvals.rules import may_give_opinion, may_recall, may_turn_down
from fsul_portal.lives.actions import claim
from fsul_portal.numbers.actions import take
from fsul_portal.numbers.series import series
from fsul_portal.records.actions import record
from fsul_portal.users import User
from fsul_portal.verdicts import Denied, Unready, require
from members.libraries.models import Library
from members.periods.models import Period
from members.returns.actions import findings_of, hold
from members.returns.models import Return
from members.returns.rollup.actions import Change, count_again
from members.returns.rollup.sums import stand_of
from reports.corrections.models import Correction
from reports.corrections.rules import may_correct, may_edit, may_reopen, may_withdraw
from reports.corrections.totals import corrected, moves, stored_figures
from reports.corrections.wording import letters

SLIPS = series("correction", gettext_lazy("Correction slips"), "FSUL-GZ-{year}-{number:04}")


class Refused(NamedTuple):
    """What stands against a slip, at the field of its form."""

    field: str
    sentence: str


@transaction.atomic
def begin(
    library: Library, period: Period, *, by: User, new: Mapping[str, Any], reason: str, token: str = ""
) -> Correction:
    """Begin a slip; the same form sent twice begins one (6.2.1 j).

    new: {code: value} of the cells as they are to be; those which are so already are left out.
    """
    require(may_correct(by, library, period))
    token = token or uuid.uuid4().hex
    known = Correction.objects.filter(started_by=by, form_token=token).first()
    if known:
        return known
    old, changed = _compared(library, period, new)
    slip, fresh = Correction.objects.get_or_create(
        started_by=by,
        form_token=token,
        defaults={"library": library, "period": period, "old": old, "new": changed, "reason": reason},
    )
    if fresh:
        record(slip, "drafted", by=by, before=old, after=changed, note=reason)
    return slip


@transaction.atomic
def reopen(
    library: Library, period: Period, *, by: User, codes: Iterable[str], reason: str, due_on: date, token: str = ""
) -> Correction:
    """Open cells of a locked period for the library until a day, and tell those who report for it (6.2.1 j)."""
    require(may_reopen(by, library, period))
    token = token or uuid.uuid4().hex
    known = Correction.objects.filter(opened_by=by, form_token=token).first()
    if known:
        return known
    asked = {"opened": sorted(codes), "due_on": due_on, "reason": reason, "opened_at": timezone.now()}
    slip, fresh = Correction.objects.get_or_create(
        opened_by=by, form_token=token, defaults={"library": library, "period": period, **asked}
    )
    if fresh:
        record(slip, "reopened", by=by, after={"opened": slip.opened, "due_on": due_on.isoformat()}, note=reason)
        letters.tell_reopened(slip)
    return slip


@transaction.atomic
def edit(slip: Correction, *, by: User, new: Mapping[str, Any], reason: str, version: int | None = None) -> Correction:
    """Write down the figures of a slip that has not been handed in; whoever does so first begins it (6.2.1 j)."""
    slip = claim(slip, may_edit, by=by, version=version)
    shut = sorted(set(new) - set(slip.opened)) if slip.opened else []
    if shut:
        raise Unready([Refused(code, _("This figure has not been reopened.")) for code in shut])
    before = {**slip.old, **slip.new}
    slip.old, slip.new = _compared(slip.library, slip.period, new)
    slip.reason, slip.version = reason, slip.version + 1
    slip.started_by = slip.started_by or by
    slip.save(update_fields=["old", "new", "reason", "version", "started_by"])
    record(slip, EDITED, by=by, before=before, after=slip.new, note=reason)
    return slip


def _compared(library: Library, period: Period, new: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the cells that change, as they are and as they are to be; refuse a slip that changes nothing."""
    stored = stored_figures(library, period)
    changed = {code: value for code, value in new.items() if stored.get(code) != value}
    if not changed:
        raise Unready([Refused("", _("Nothing is changed: every figure is as it is stored."))])
    _require_sound(library, period, corrected(stored, changed), changed)
    return {code: stored[code] for code in changed if code in stored}, changed


def _require_sound(library: Library, period: Period, figures: dict[str, Any], changed: Mapping[str, Any]) -> None:
    """Refuse figures that cannot be true together; what is merely odd is explained by the reason of the slip."""
    one = Return(library=library, period=period, figures=figures)
    blocking = [finding for finding in findings_of(one) if finding.blocks] if figures else []
    if blocking:
        raise Unready([Refused(found.code if found.code in changed else "", found.sentence) for found in blocking])


@transaction.atomic
def submit(slip: Correction, *, by: User, note: str = "", version: int | None = None) -> Correction:
    """Hand a slip in, held against the figures as they are now (6.2.1 j)."""
    slip = claim(slip, may_edit, by=by, version=version)
    if not slip.new:
        raise Unready([Refused("", _("Write down the right figures first."))])
    slip.old, slip.new = _compared(slip.library, slip.period, slip.new)
    slip.save(update_fields=["old", "new"])
    approvals.submit(slip, by=by, note=note)
    letters.ask_for_opinions(slip)
    return slip


@transaction.atomic
def agree(slip: Correction, *, by: User, note: str = "", version: int | None = None) -> Correction:
    """Give the consent of one's stage; with the last one the figures are corrected (6.2.1 j)."""
    # The period first, then the slip, then the library, then its return: everybody takes them in this order.
    period = hold(slip.period)
    slip = claim(slip, may_give_opinion, by=by, version=version)
    slip.period = period
    # Two slips for one cell, agreed to at the same moment, meet here; of a missing library there is no return to hold.
    Library.objects.select_for_update().get(pk=slip.library_id)
    stored = stored_figures(slip.library, period)
    overtaken = [code for code in slip.new if stored.get(code) != slip.old.get(code)]
    if overtaken:
        words = {"codes": ", ".join(sorted(overtaken))}
        require(
            Denied(
                _("Another slip has changed %(codes)s meanwhile: return this one, so that it is written anew.") % words,
                overtaken=True,
            )
        )
    _require_sound(slip.library, period, corrected(stored, slip.new), slip.new)
    approvals.agree(slip, by=by, note=note)
    if slip.state == slip.State.ACCEPTED:
        _put_into_force(slip, by)
    else:
        letters.ask_for_opinions(slip)
    return slip


def _put_into_force(slip: Correction, by: User) -> None:
    """Write the figures into the return, give the slip its number, and tell those above which totals moved."""
    slip.moved = moves(slip.library, slip.period, slip.new)
    slip.number = take(SLIPS, timezone.localdate().year).text
    slip.save(update_fields=["moved", "number"])
    _write(slip, by)
    approvals.enter_into_force(slip, by=by)
    letters.tell_corrected(slip)


def _write(slip: Correction, by: User) -> None:
    one = Return.objects.select_for_update(of=("self",)).filter(library=slip.library, period=slip.period).first()
    one = one or Return(library=slip.library, period=slip.period, started_by=slip.started_by)
    before = stand_of(one) if one.pk else None
    if one.state != Return.State.ACCEPTED:
        # The library was missing when the period was locked; what it had in hand then counts for nothing.
        one.figures, one.notes, one.questions = {}, {}, []
        for state in (Return.State.SUBMITTED, Return.State.ACCEPTED):
            one.become(state)
        one.received_at = timezone.now()
        one.submitted_at, one.submitted_by = slip.submitted_at, slip.submitted_by
        one.decided_at, one.decided_by = timezone.now(), by
    one.figures = corrected(one.figures, slip.new)
    one.version += 1
    one.save()
    count_again([Change(one.library_id, one.period, before, stand_of(one))])
    record(one, "corrected", by=by, before=slip.old, after=slip.new, note=f"{slip.number} {slip.reason}")


@transaction.atomic
def give_back(slip: Correction, *, by: User, note: str, version: int | None = None) -> Correction:
    """Return a slip to those who wrote it, with what is to be corrected (6.2.1 j)."""
    slip = claim(slip, may_turn_down, by=by, version=version)
    approvals.give_back(slip, by=by, note=note)
    letters.tell_turned_down(slip, note)
    return slip


@transaction.atomic
def refuse(slip: Correction, *, by: User, note: str, version: int | None = None) -> Correction:
    """Refuse a slip for good: the figures stay as they are (6.2.1 j)."""
    slip = claim(slip, may_turn_down, by=by, version=version)
    approvals.refuse(slip, by=by, note=note)
    letters.tell_turned_down(slip, note)
    return slip


@transaction.atomic
def recall(slip: Correction, *, by: User, note: str = "", version: int | None = None) -> Correction:
    """Take back what was handed in, as long as nobody has answered (6.2.1 j)."""
    return approvals.recall(claim(slip, may_recall, by=by, version=version), by=by, note=note)


@transaction.atomic
def withdraw(slip: Correction, *, by: User, note: str = "", version: int | None = None) -> Correction:
    """Let go of a slip; the figures stay as they are (6.2.1 j)."""
    return approvals.withdraw(claim(slip, may_withdraw, by=by, version=version), by=by, note=note)
