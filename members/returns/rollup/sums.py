"""Add up figures by period, group and indicator in memory, and write them as rows (6.2.1 j)."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from members.returns.models import CLOSED, NOT_APPLICABLE
from members.returns.rollup.groups import Group
from members.returns.rollup.models import Tally

AT_ONCE = 2000
# Sum, and how many libraries said a number, “does not apply”, “closed”.
AMOUNTS = ("total", "numbers", "not_applicable", "closed")
WORDS = {NOT_APPLICABLE: 2, CLOSED: 3}
Key = tuple[int, Group, str]
Amounts = list[int]


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
