"""Write the rows of a file that go in: a statement for each thousand returns, and their records likewise."""

from datetime import datetime
from typing import Any, NamedTuple

from django.utils import timezone

from fsul_portal.approvals.kinds import KINDS
from fsul_portal.approvals.rounds import close_turns, open_rounds
from fsul_portal.approvals.ways.models import stages_now
from fsul_portal.grammar.bulk import insert_many
from fsul_portal.records import actions as records
from members.people.models import User
from members.periods.models import Period
from members.returns.models import IMPORTED, Return
from members.returns.rollup.actions import Change, gather
from members.returns.rollup.sums import Sums, stand_of

AT_ONCE = 1000
HANDED_IN = ("round", "step", "submitted_at", "submitted_by_id", "decided_at", "decided_by_id", "received_at")
CHANGED = ("figures", "notes", "questions", "origins", "source", "state", "version", *HANDED_IN)
KEPT = ("id", "state", "version", "started_at", "started_by_id", *HANDED_IN)
Named = dict[str, Any]
NONE: Named = {}


class Entry(NamedTuple):
    """What becomes of one return, new or stored; without a `state` it stays with those who write it.

    origins: the figures that come out of an export, with its name.
    """

    stored: Return | None
    library: int
    code: str
    period: Period
    figures: Named
    notes: Named
    questions: list[Named]
    state: str | None
    origins: Named = NONE


def write_entries(entries: list[Entry], *, by: User | None, source: str, sums: Sums) -> None:
    """Write these returns with their records, in the transaction of the caller that holds their periods and rows.

    sums: takes up what they count for; the caller writes it once, at his end.
    """
    author, now = by.pk if by else None, timezone.now()
    # All values in the order of the fields: half the time of naming them.
    blank = {field.attname: field.get_default() for field in Return._meta.concrete_fields}
    returns = [Return(*(blank | _said(entry, author, source[:200], now)).values()) for entry in entries]
    stored = [one for one in returns if one.pk]
    # Two who begin the same return meet at the unique constraint; only what is held here is written over.
    insert_many([one for one in returns if not one.pk])
    Return.objects.bulk_create(
        stored, batch_size=AT_ONCE, update_conflicts=True, unique_fields=["pk"], update_fields=CHANGED
    )
    close_turns([one for one in stored if one.state != Return.State.SUBMITTED])
    pairs = list(zip(entries, returns, strict=True))
    gather(
        (
            Change(
                entry.library,
                entry.period,
                stand_of(entry.stored, entry.period) if entry.stored else None,
                stand_of(one, entry.period),
            )
            for entry, one in pairs
        ),
        sums,
    )
    handed_in = [(entry, one) for entry, one in pairs if one.state == Return.State.SUBMITTED]
    for entry, one in handed_in:
        # The conditions of a way look at it.
        one.period = entry.period
    _begin([one for __, one in handed_in])
    called = {entry.period.code: str(entry.period) for entry in entries}
    records.record_many(_record(entry, one, by, source, called[entry.period.code]) for entry, one in pairs)


def _begin(handed_in: list[Return]) -> None:
    """Open the round of each at the first stage that is asked of it; a condition may leave those before it out."""
    kind = KINDS[Return.way]
    stages, further = kind.asked_of(stages_now(kind) if handed_in else [], handed_in), []
    for one in handed_in:
        step = min((stage.step for stage in stages[one.pk]), default=one.step)
        if step != one.step:
            one.step = step
            further.append(one)
    Return.objects.bulk_update(further, ["step"], batch_size=AT_ONCE)
    open_rounds(handed_in)


def _said(entry: Entry, author: int | None, source: str, now: datetime) -> Named:
    """Return what the return will say, in the state that the file gives it."""
    stored = entry.stored
    said: Named = {name: getattr(stored, name) for name in KEPT} if stored else {"round": 0, "version": 0}
    if stored is None:
        said |= {"started_at": now, "started_by_id": author, "received_at": None}
    said |= {"library_id": entry.library, "period_id": entry.period.pk, "source": source}
    said |= {"figures": entry.figures, "notes": entry.notes, "questions": entry.questions}
    said["version"] += 1
    said["origins"] = {**(stored.origins if stored else {}), **entry.origins}
    if entry.state:
        accepted = entry.state == Return.State.ACCEPTED
        said |= {"state": entry.state, "round": said["round"] + 1, "step": 1}
        said |= {"submitted_at": now, "submitted_by_id": author}
        said |= {"decided_at": now if accepted else None, "decided_by_id": author if accepted else None}
        said["received_at"] = said["received_at"] or (None if accepted else now)
    return said


def _record(entry: Entry, one: Return, by: User | None, source: str, period: str) -> records.Entry:
    """Return what goes on record; of a new return the row itself tells the figures."""
    before, after = changes_of(entry.stored, entry.figures, entry.notes)
    if entry.stored is None or entry.stored.state != one.state:
        before |= {"state": str(entry.stored.state)} if entry.stored else {}
        after |= {"state": str(one.state)}
    return records.Entry(one, IMPORTED, by, before, after, source, f"{entry.code} {period}")


def changes_of(stored: Return | None, figures: Named, notes: Named) -> tuple[Named, Named]:
    """Return (before, after) of what is different, by column; nothing where nothing is stored."""
    if stored is None:
        return {}, {}
    before, after = _named(stored.figures, stored.notes), _named(figures, notes)
    names = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    return (
        {name: before[name] for name in names if name in before},
        {name: after[name] for name in names if name in after},
    )


def _named(figures: Named, notes: Named) -> Named:
    return figures | {f"{code}.note": note for code, note in notes.items()}
