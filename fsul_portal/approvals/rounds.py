"""Copy the way onto matters as turns, open the turns of a step, close what nobody needs, and follow moving places.

Everything here takes many matters of one model at once, so that a file of returns costs as little as one.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone, translation

from fsul_portal.approvals.kinds import KINDS
from fsul_portal.approvals.models import Matter, Turn, Writer
from fsul_portal.approvals.stages import Stage, steps
from fsul_portal.approvals.ways.models import WayStage, stages_now
from fsul_portal.calendar import add_working_days
from fsul_portal.records.models import Record

AT_ONCE = 1000
WORDS = ("title", "verb", "seat")
COPIED = ("key", "step", "permission", "place", "days", "by_decision")


class NoStage(ValueError):
    """Stand for a way on which nothing would be asked; a matter is not accepted by nobody."""


def open_rounds(matters: Sequence[Matter]) -> None:
    """Give each of these submitted matters the turns of its new round, and open the first step."""
    if not matters:
        return
    close_turns(matters)
    turns = [turn for way in sorted({matter.way for matter in matters}) for turn in _turns_of(way, matters)]
    place(turns, matters)
    first = {matter.pk: matter.step for matter in matters}
    _open([turn for turn in turns if turn.step == first[turn.object_id]])
    Turn.objects.bulk_create(turns, batch_size=AT_ONCE)
    Writer.objects.bulk_create(_writers(matters), batch_size=AT_ONCE)


def first_step(matter: Matter) -> int:
    """Return the number of the step with which its next round begins."""
    stages = matter.stages_ahead()
    if not stages:
        raise NoStage(matter.way)
    return steps(stages)[0]


def open_step(matters: Sequence[Matter], turns: list[Turn]) -> None:
    """Open these turns of the matters, whose step has come."""
    if not turns:
        return
    place(turns, matters)
    _open(turns)
    Turn.objects.bulk_update(turns, ["place_type", "place_id", "opened_at", "due_on", "due_is_known"])


def close_turns(matters: Sequence[Matter]) -> None:
    """Mark what is unanswered as no longer needed."""
    if matters:
        kind = ContentType.objects.get_for_model(matters[0])
        unanswered = Turn.objects.filter(content_type=kind, given_at__isnull=True, closed_at__isnull=True)
        for start in range(0, len(matters), AT_ONCE):
            keys = [matter.pk for matter in matters[start : start + AT_ONCE]]
            unanswered.filter(object_id__in=keys).update(closed_at=timezone.now())


def place_again() -> None:
    """Look up anew where every unanswered turn is held: libraries move, and their rights with them."""
    waiting = Turn.objects.filter(given_at__isnull=True, closed_at__isnull=True).order_by()
    for pk in waiting.values_list("content_type", flat=True).distinct():
        kind = ContentType.objects.get_for_id(pk)
        turns = list(waiting.filter(content_type=kind))
        before = {turn.pk: (turn.place_type_id, turn.place_id) for turn in turns}
        place(turns, list(kind.model_class().objects.filter(pk__in={turn.object_id for turn in turns})))
        moved = [turn for turn in turns if before[turn.pk] != (turn.place_type_id, turn.place_id)]
        Turn.objects.bulk_update(moved, ["place_type", "place_id"], batch_size=AT_ONCE)


def place(turns: Iterable[Turn], matters: Sequence[Matter]) -> None:
    """Say on which place each turn is held now; a seat which the code no longer knows keeps its place."""
    of_kind: dict[tuple[str, str], list[Turn]] = {}
    for turn in turns:
        of_kind.setdefault((turn.kind, turn.place), []).append(turn)
    for (kind, seat), asked in of_kind.items():
        known = KINDS[kind].seats.get(seat) if kind in KINDS else None
        if known is None:
            continue
        concerned = {turn.object_id for turn in asked}
        places = known.of([matter for matter in matters if matter.pk in concerned])
        for turn in asked:
            _put(turn, places.get(turn.object_id))


def _put(turn: Turn, found: Any) -> None:
    turn.place_type = ContentType.objects.get_for_model(found) if found else None
    turn.place_id = found.pk if found else None


def _turns_of(way: str, matters: Sequence[Matter]) -> list[Turn]:
    """Return the turns of those matters that go one way."""
    kind, mine = KINDS[way], [matter for matter in matters if matter.way == way]
    stages = kind.asked_of(stages_now(kind), mine)
    return [
        _copy(matter, stage, number)
        for matter in mine
        for stage in stages[matter.pk]
        for number in range(1, stage.needed + 1)
    ]


def _copy(matter: Matter, stage: WayStage | Stage, number: int) -> Turn:
    copied = {field: getattr(stage, field) for field in COPIED}
    return Turn(
        content_type=ContentType.objects.get_for_model(matter),
        object_id=matter.pk,
        kind=matter.way,
        round=matter.round,
        number=number,
        **copied,
        **words_of(stage),
    )


def words_of(stage: WayStage | Stage) -> dict[str, str]:
    """Return the words of a stage in both languages."""
    if hasattr(stage, "title_zh"):
        return {f"{word}_{end}": getattr(stage, f"{word}_{end}") for word in WORDS for end in ("zh", "en")}
    spoken: dict[str, str] = {}
    for end, language in (("zh", "zh-hans"), ("en", "en")):
        with translation.override(language):
            spoken |= {f"{word}_{end}": str(getattr(stage, word)) for word in WORDS}
    return spoken


def _open(turns: Iterable[Turn]) -> None:
    today, now = timezone.localdate(), timezone.now()
    due = {days: add_working_days(today, days) for days in {turn.days for turn in turns}}
    for turn in turns:
        turn.opened_at, turn.due_on, turn.due_is_known = now, due[turn.days].day, due[turn.days].known


def _writers(matters: Sequence[Matter]) -> list[Writer]:
    """Return who had a hand in each of the matters, as rows."""
    kind = ContentType.objects.get_for_model(matters[0])
    hands = {matter.pk: {matter.started_by_id, matter.submitted_by_id, matter.keeper_id} for matter in matters}
    keys = list(hands)
    for start in range(0, len(keys), AT_ONCE):
        wrote = Record.objects.filter(content_type=kind, object_id__in=keys[start : start + AT_ONCE])
        pairs = wrote.filter(verb__in=matters[0].WRITING).order_by().values_list("object_id", "by")
        for pk, person in pairs.distinct():
            hands[pk].add(person)
    return [
        Writer(content_type=kind, object_id=matter.pk, round=matter.round, person_id=person)
        for matter in matters
        for person in hands[matter.pk]
        if person is not None
    ]
