"""Write the rows of a file that go in: a statement for each thousand returns, and their records likewise."""

from dataclasses import dataclass

from django.utils import timezone

from fsul_portal.approvals.rounds import close_turns, open_rounds
from fsul_portal.records.actions import record_many
from members.libraries.models import Library
from members.periods.models import Period
from members.returns.models import IMPORTED, Return

CHANGED = (
    "figures",
    "notes",
    "questions",
    "source",
    "state",
    "round",
    "step",
    "version",
    "submitted_at",
    "submitted_by",
    "decided_at",
    "decided_by",
    "received_at",
)
AT_ONCE = 1000


@dataclass(slots=True)
class Entry:
    """What becomes of one return; without a `state` it stays with those who write it."""

    stored: Return | None
    library: Library
    period: Period
    figures: dict
    notes: dict
    questions: list
    state: str | None


def write_entries(entries, *, by, source):
    """Write these returns with their records, in the transaction of the caller that holds their periods and rows."""
    now = timezone.now()
    made = [(entry, _return(entry, by, source, now)) for entry in entries]
    fresh = [one for entry, one in made if entry.stored is None]
    # Two who begin the same return meet at the unique constraint; only what is held here is written over.
    Return.objects.bulk_create(fresh, batch_size=AT_ONCE)
    Return.objects.bulk_create(
        [one for entry, one in made if entry.stored is not None],
        batch_size=AT_ONCE,
        update_conflicts=True,
        unique_fields=["library", "period"],
        update_fields=CHANGED,
    )
    returns = [one for __, one in made]
    close_turns([one for one in returns if one.state != Return.State.SUBMITTED])
    open_rounds([one for one in returns if one.state == Return.State.SUBMITTED])
    record_many((one, IMPORTED, by, *_recorded(entry, one), source) for entry, one in made)


def _return(entry, by, source, now):
    stored, state = entry.stored, entry.state
    one = Return(
        library=entry.library,
        period=entry.period,
        figures=entry.figures,
        notes=entry.notes,
        questions=entry.questions,
        source=source[:200],
        state=state or (stored.state if stored else Return.State.DRAFT),
        version=(stored.version if stored else 0) + 1,
        started_at=stored.started_at if stored else now,
        started_by_id=stored.started_by_id if stored else getattr(by, "pk", None),
        received_at=stored.received_at if stored else None,
    )
    for name in ("round", "step", "submitted_at", "submitted_by_id", "decided_at", "decided_by_id"):
        setattr(one, name, getattr(stored or one, name))
    if state:
        _hand_in(one, by, now)
    return one


def _hand_in(one, by, now):
    one.round, one.step = one.round + 1, 1
    one.submitted_at, one.submitted_by = now, by
    one.decided_at = one.decided_by = None
    if one.state == Return.State.ACCEPTED:
        one.decided_at, one.decided_by = now, by
    else:
        one.received_at = one.received_at or now


def changes_of(stored, figures, notes):
    """Return (before, after) of what is different, by column; nothing before where nothing is stored."""
    before, after = ({}, {}) if stored is None else (_named(stored.figures, stored.notes), _named(figures, notes))
    names = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    return (
        {name: before[name] for name in names if name in before},
        {name: after.get(name) for name in names if name in after},
    )


def _recorded(entry, one):
    """Return what the record says; of a new return the row itself tells the figures."""
    before, after = changes_of(entry.stored, entry.figures, entry.notes)
    was = str(entry.stored.state) if entry.stored else ""
    if was != one.state:
        before |= {"state": was} if was else {}
        after |= {"state": str(one.state)}
    return before, after


def _named(figures, notes):
    return figures | {f"{code}.note": note for code, note in notes.items()}
