"""Add up figures by period, group and indicator in memory, and write them as rows (6.2.1 j)."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from members.periods.models import Period
from members.returns.due.days import is_late
from members.returns.models import CLOSED, NOT_APPLICABLE, RECEIVED, Return
from members.returns.rollup.groups import Group
from members.returns.rollup.models import Tally

AT_ONCE = 2000
# Sum, and how many libraries said a number, “does not apply”, “closed”.
AMOUNTS = ("total", "numbers", "not_applicable", "closed")
WORDS = {NOT_APPLICABLE: 2, CLOSED: 3}
# How many returns are in a state, and late, stands among the indicators under these signs.
STATES = {
    Return.State.DRAFT.value: "@d",
    Return.State.SUBMITTED.value: "@s",
    Return.State.RETURNED.value: "@r",
    Return.State.ACCEPTED.value: "@a",
}
LATE = "@l"
Key = tuple[int, Group, str]
Amounts = list[int]


class Stand(NamedTuple):
    """How a return stands: its state, whether it came late, and the figures with which it counts, if it does."""

    state: str
    late: bool
    figures: Mapping[str, Any]

    @property
    def signs(self) -> list[str]:
        return [sign for sign in (STATES.get(self.state), LATE if self.late else None) if sign]


def stand_of(one: Return, period: Period | None = None) -> Stand:
    """Return how a return stands; only what has been handed in is late, only what is accepted counts."""
    if period is not None:
        one.period = period
    late = one.state in RECEIVED and is_late(one)
    return Stand(str(one.state), late, one.figures if one.state == Return.State.ACCEPTED else {})


class Sums(dict[Key, Amounts]):
    """Amounts by (key of the period, group, code)."""

    def add(self, period: int, group: Group | None, figures: Mapping[str, Any], sign: int = 1) -> None:
        """Add the figures of a return, or take them away; who stood in no group counts nowhere."""
        if group is None:
            return
        for code, value in figures.items():
            key = (period, group, code)
            amounts = self.get(key)
            if amounts is None:
                amounts = self[key] = [0, 0, 0, 0]
            if isinstance(value, int):
                amounts[0] += sign * value
                amounts[1] += sign
            elif value in WORDS:
                amounts[WORDS[value]] += sign

    def count(self, period: int, group: Group | None, stand: Stand | None, sign: int = 1) -> None:
        """Add a return as it stands, or take it away."""
        if group is None or stand is None:
            return
        for code in stand.signs:
            self.setdefault((period, group, code), [0, 0, 0, 0])[1] += sign
        self.add(period, group, stand.figures, sign)

    def less(self, others: "Sums") -> "Sums":
        """Return what is to be added to the others to make them this."""
        found = Sums()
        for key in {**self, **others}:
            mine, theirs = self.get(key, [0, 0, 0, 0]), others.get(key, [0, 0, 0, 0])
            found[key] = [one - other for one, other in zip(mine, theirs, strict=True)]
        return found.without_nothing()

    def without_nothing(self) -> "Sums":
        return Sums({key: amounts for key, amounts in self.items() if any(amounts)})

    def write(self) -> int:
        """Write what is not nothing as new rows; return how many."""
        made = Tally.objects.bulk_create(self._rows(), batch_size=AT_ONCE)
        return len(made)

    def _rows(self) -> Iterator[Tally]:
        for (period, group, code), amounts in self.items():
            if any(amounts):
                yield Tally(
                    period_id=period,
                    district_id=group.district,
                    level=group.level,
                    kind=group.kind,
                    left=group.left,
                    due=group.due,
                    code=code,
                    **dict(zip(AMOUNTS, amounts, strict=True)),
                )


def sums_of_rows(rows: Iterable[Tally]) -> Sums:
    """Add up rows that are written."""
    found = Sums()
    for row in rows:
        group = Group(row.district_id, row.level, row.kind, row.left, row.due)
        amounts = found.setdefault((row.period_id, group, row.code), [0, 0, 0, 0])
        for place, name in enumerate(AMOUNTS):
            amounts[place] += getattr(row, name)
    return found
