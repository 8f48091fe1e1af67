"""Write the rows of a file that go in: all returns in one statement for each thousand, and their records likewise."""

from django.utils import timezone

from fsul_portal.approvals.rounds import close_turns, open_rounds
from fsul_portal.records.actions import record_many
from members.returns.models import IMPORTED, Return

CREATED, UPDATED, UNCHANGED, REFUSED = "created", "updated", "unchanged", "refused"
OUTCOMES = (CREATED, UPDATED, UNCHANGED, REFUSED)
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


def write_lines(lines, *, state, by, source):
    """Write these lines with their records, in the transaction of the caller that holds their periods."""
    now = timezone.now()
    entries, returns = [], []
    for line in lines:
        before, one = _shown(line.stored), _return(line, state, by, source, now)
        returns.append(one)
        entries.append((one, IMPORTED, by, *_changes(before, _shown(one), line.stored), source))
    Return.objects.bulk_create(
        returns, batch_size=AT_ONCE, update_conflicts=True, unique_fields=["library", "period"], update_fields=CHANGED
    )
    record_many(entries)
    close_turns([one for one in returns if one.state != Return.State.SUBMITTED])
    open_rounds([one for one in returns if one.state == Return.State.SUBMITTED])
    return returns


def _return(line, state, by, source, now):
    stored = line.stored
    one = Return(
        library=line.library,
        period=line.period,
        figures=line.figures,
        notes=line.notes,
        questions=[finding.as_question() for finding in line.questions],
        source=source[:200],
        state=state,
        round=(stored.round if stored else 0) + 1,
        step=1,
        version=(stored.version if stored else 0) + 1,
        started_at=stored.started_at if stored else now,
        started_by_id=stored.started_by_id if stored else getattr(by, "pk", None),
        submitted_at=now,
        submitted_by=by,
        received_at=stored.received_at if stored else None,
    )
    if state == Return.State.ACCEPTED:
        one.decided_at, one.decided_by = now, by
    else:
        one.received_at = one.received_at or now
    return one


def _shown(one):
    """Return what records show of a return; nothing where there is none yet."""
    if one is None:
        return {}
    return one.figures | {f"{code}.note": note for code, note in one.notes.items()} | {"state": str(one.state)}


def _changes(before, after, stored):
    """Return only what is different; of a new return the row itself tells the figures."""
    if stored is None:
        return {}, {"state": after["state"]}
    names = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    return {name: before[name] for name in names if name in before}, {
        name: after[name] for name in names if name in after
    }
