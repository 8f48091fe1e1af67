"""Say at which station the return of each library waits, since when, and for whom (6.2.1 j)."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Case, CharField, Count, F, Min, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fsul_portal.approvals.models import Turn
from fsul_portal.calendar import Deadline, Span, working_days_between
from fsul_portal.grammar.words import Words
from fsul_portal.users import User
from members.chasing.reporters import REPORT
from members.divisions.models import Division, title_at
from members.libraries.models import Library, Spell
from members.periods.models import Period
from members.returns.due.days import deadline, is_over
from members.returns.due.expected import is_expected, last_spells
from members.returns.models import Return
from reports.waits.seats import Seated, hands_in, place

State = Return.State
BEGIN, GO_ON, CORRECT = "begin", State.DRAFT.value, State.RETURNED.value
# Where the library is awaited; every other station is a stage of the way, by its key.
OF_LIBRARY: dict[str, Words] = {
    BEGIN: _("To be begun"),
    GO_ON: _("Being filled in"),
    CORRECT: _("To be corrected"),
}
THE_LIBRARY = _("the library")
STAGE = "stage-"


@dataclass(frozen=True)
class Heap:
    """The returns of one district at one station."""

    district: str
    code: str
    station: str
    title: Words
    seat: Words
    count: int
    since: date | None

    @property
    def waited(self) -> Span | None:
        return waited(self.since)

    @property
    def is_with_library(self) -> bool:
        return self.station in OF_LIBRARY


@dataclass(frozen=True)
class Wait:
    """One return, or one slip, that waits: where, for whom, since when and until when. name, code: of the library."""

    name: str
    code: str
    district: str
    url: str
    title: Words
    seat: Words
    since: date | None
    people: Sequence[User] = ()
    # Where the seat is a person already, nobody else is named.
    is_named: bool = False
    due: Deadline | None = None

    @property
    def waited(self) -> Span | None:
        return waited(self.since)

    @property
    def is_late(self) -> bool:
        return self.due is not None and self.due.known and self.due.day < timezone.localdate()


def waited(since: date | None) -> Span | None:
    """Return how many working days lie between a day and today."""
    return working_days_between(since, timezone.localdate()) if since else None


def waiting(period: Period, libraries: Any = None) -> Any:
    """Return the last spell of each library whose return waits for somebody.

    Each with `station`, with `one`, the key of its return, and `asked_at`, empty where it was asked by the calendar.
    """
    spells = last_spells(period)
    if libraries is not None:
        spells = spells.filter(library__in=libraries)
    returns = Return.objects.filter(period__code=period.code, library=OuterRef("library"))
    turns = Turn.objects.of_model(Return).open().filter(object_id=OuterRef("one")).order_by("step", "pk")
    of_return = {"one": "pk", "state_of": "state", "returned_at": "decided_at"}
    spells = spells.annotate(**{name: Subquery(returns.values(fact)[:1]) for name, fact in of_return.items()})
    spells = spells.annotate(stage=Subquery(turns.values("key")[:1]), opened_at=Subquery(turns.values("opened_at")[:1]))
    with_library = Q(one=None) | Q(state_of__in=(GO_ON, CORRECT))
    at_stage = Q(state_of=State.SUBMITTED)
    stage = When(at_stage, then=Concat(Value(STAGE), "stage", output_field=CharField()))
    # Of a locked period nothing waits, whatever was left in writing.
    waits = Q(pk__in=[]) if period.is_locked else (with_library & is_expected(period)) | at_stage
    return spells.filter(waits).annotate(
        station=Case(When(one=None, then=Value(BEGIN)), stage, default=F("state_of"), output_field=CharField()),
        asked_at=Case(When(at_stage, then=F("opened_at")), When(state_of=CORRECT, then=F("returned_at"))),
    )


def heaps(period: Period, libraries: Any = None) -> list[Heap]:
    """Return how many returns of each district wait at each station, in two queries."""
    grouped = waiting(period, libraries).order_by().values("station", "district__code", "district__sort")
    rows = list(grouped.annotate(place=title_at("district"), count=Count("pk"), oldest=Min("asked_at")))
    stages = _stages(period) if any(row["station"] not in OF_LIBRARY for row in rows) else {}
    order = {key: at for at, key in enumerate([*OF_LIBRARY, *sorted(stages, key=lambda key: stages[key].step)])}
    rows.sort(key=lambda row: (row["district__sort"], order.get(row["station"], len(order))))
    return [_heap(row, stages.get(row["station"]), period) for row in rows]


def _heap(row: dict[str, Any], stage: Turn | None, period: Period) -> Heap:
    return Heap(
        district=row["place"],
        code=row["district__code"],
        station=row["station"],
        title=stage.title if stage else OF_LIBRARY.get(row["station"], row["station"]),
        seat=stage.seat if stage else THE_LIBRARY,
        count=row["count"],
        since=_since(row["oldest"], period),
    )


def _stages(period: Period) -> dict[str, Turn]:
    """Return by its station a turn of each stage at which returns of a period wait: it bears the words of the stage."""
    words = [f"{word}_{end}" for word in ("title", "seat") for end in ("zh", "en")]
    awaited = Return.objects.filter(period__code=period.code, state=State.SUBMITTED)
    turns = Turn.objects.of_model(Return).open().filter(object_id__in=awaited.values("pk"))
    rows = turns.order_by("key", "step").values("key", "step", *words).distinct()
    return {f"{STAGE}{row['key']}": Turn(**row) for row in rows}


def _since(asked_at: datetime | None, period: Period) -> date | None:
    """Return since when somebody waits; for what is asked by the calendar, since the period was over."""
    if asked_at:
        return timezone.localdate(asked_at)
    return period.last_day if is_over(period) else None


def waits_of(spells: Sequence[Any], period: Period) -> list[Wait]:
    """Return the waits of these rows of `waiting`, in their order; a return that several answer is one wait for each.

    Four queries, however many.
    """
    if not spells:
        return []
    turns = _open_turns([spell.one for spell in spells if spell.station not in OF_LIBRARY])
    asked = [turn for some in turns.values() for turn in some]
    seated, hands = Seated({REPORT, *(turn.permission for turn in asked)}), hands_in(asked)
    return [
        wait
        for spell in spells
        for wait in (
            [_at_library(spell, period, seated)]
            if spell.station in OF_LIBRARY
            else _at_stages(spell, turns.get(spell.one, ()), seated, hands)
        )
    ]


def _open_turns(keys: list[int]) -> dict[int, list[Turn]]:
    found: dict[int, list[Turn]] = defaultdict(list)
    for turn in Turn.objects.of_model(Return).open().filter(object_id__in=keys):
        found[turn.object_id].append(turn)
    return found


def _at_library(spell: Any, period: Period, seated: Seated) -> Wait:
    places = place(Library, spell.library_id), place(Division, spell.district_id)
    return Wait(
        **_named(spell),
        title=OF_LIBRARY[spell.station],
        seat=THE_LIBRARY,
        since=_since(spell.asked_at, period),
        people=seated.on(REPORT, *places),
        due=None if spell.station == CORRECT else deadline(period),
    )


def _at_stages(
    spell: Any, turns: Sequence[Turn], seated: Seated, hands: dict[tuple[int, int], set[int]]
) -> Iterator[Wait]:
    for turn in turns:
        yield Wait(
            **_named(spell),
            title=turn.title,
            seat=turn.seat,
            since=timezone.localdate(turn.opened_at),
            people=seated.at(turn, hands[turn.object_id, turn.round]),
            due=Deadline(turn.due_on, turn.due_is_known) if turn.due_on else None,
        )


def _named(spell: Spell | Any) -> dict[str, Any]:
    url = reverse("returns:return-detail", args=[spell.one]) if spell.one else ""
    return {"name": spell.name, "code": spell.library.code, "district": spell.district.title, "url": url}
