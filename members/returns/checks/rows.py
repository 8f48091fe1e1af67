"""Say which checks look at the returns of a month: the rows that the office keeps, at first those of the settings."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from django.conf import settings

from members.indicators.dictionary import DICTIONARY, FIRST_INDICATORS
from members.periods.models import months_of
from members.returns.checks.models import CheckRow

Kind = CheckRow.Kind


@dataclass(frozen=True, slots=True)
class Row:
    """A check as the rules read it, without the database."""

    kind: str
    codes: tuple[str, ...] = ()
    limit: float = 0
    base: int = 0
    share: float = 0
    months: int = 0
    most: dict[str, dict[str, int]] = field(default_factory=dict)
    blocks: bool = False

    @classmethod
    def of(cls, stored: CheckRow) -> "Row":
        limit = int(stored.limit) if stored.limit is not None and stored.limit == int(stored.limit) else stored.limit
        return cls(
            stored.kind,
            tuple(stored.codes),
            limit or 0,
            stored.base or 0,
            stored.share or 0,
            stored.months or 0,
            stored.most,
            stored.blocks,
        )


Rows = tuple[Row, ...]


def with_trait(trait: str, among: Iterable[Any] = FIRST_INDICATORS) -> tuple[str, ...]:
    return tuple(one.code for one in among if trait in one.traits)


def usually_counted() -> tuple[str, ...]:
    """Return what libraries count month by month: of that it can be said what is usual, whenever it is asked for."""
    return tuple(one.code for one in DICTIONARY if "swings" in one.traits and one.is_counted_monthly)


def _balances() -> list[Row]:
    """Return the balance of each stock that the dictionary has: the stock first, then what changes it."""
    stocks = [one for one in DICTIONARY if one.balance]
    return [Row(Kind.BALANCE, (one.code, *one.balance.split()), blocks=True) for one in stocks]


def first_rows() -> dict[str, Row]:
    """Return the checks which the portal starts with, by their names: limits out of the settings, the rest as known."""
    limits: dict[str, Any] = settings.RETURN_CHECKS
    parts = [Row(Kind.PART, (one.code, one.part_of), blocks=True) for one in DICTIONARY if one.part_of]
    rest = {
        "days": Row(Kind.DAYS, ("N05",), blocks=True),
        "hours": Row(Kind.HOURS, ("N06", "N05"), blocks=True),
        "events": Row(Kind.EVENTS, ("E01", "E02")),
        "kinds-of-events": Row(Kind.PARTS, ("E01", "E03", "E04", "E05", "E06"), blocks=True),
        "swing": Row(
            Kind.SWING, with_trait("swings"), limits["swing"], limits["swing_base"], months=limits["usual_months"]
        ),
        "usual": Row(
            Kind.UNLIKE, usually_counted(), limits["usual"], share=limits["usual_share"], months=limits["usual_months"]
        ),
        "first": Row(
            Kind.FIRST,
            limit=limits["first_spreads"],
            base=limits["visits_per_square_metre"],
            most=limits["first_figures"],
        ),
        "idle": Row(Kind.IDLE, with_trait("zero_is_odd")),
        "busy": Row(Kind.BUSY, with_trait("closed_is_zero")),
        "loans-per-visit": Row(Kind.RATIO, ("L01", "V01"), limits["loans_per_visit"]),
        "crowd": Row(Kind.RATIO, ("E02", "E01"), limits["attendances_per_event"]),
        "stock": Row(Kind.STOCK, ("C01",), limits["stock_change"]),
        "few-days": Row(Kind.FEW_DAYS, ("N05",), limits["days_open"]),
        "same": Row(Kind.SAME, base=limits["same_figures"]),
        "round": Row(Kind.ROUND, base=limits["round_figures"]),
    }
    named = {f"part-{row.codes[0].lower()}": row for row in parts}
    return named | {f"balance-{row.codes[0].lower()}": row for row in _balances()} | rest


KINDS = [kind.value for kind in Kind]
# Of these a check is of no use without every one of its figures; of the others one is enough.
NEEDS_ALL = {Kind.PART, Kind.PARTS, Kind.BALANCE, Kind.HOURS, Kind.EVENTS, Kind.RATIO}


def useful(rows: Iterable[Row], codes: Collection[str]) -> Rows:
    """Return the rows that can find anything where these figures are given, with those among which they can."""
    return tuple(found for row in rows if (found := _narrowed(row, codes)))


def _narrowed(row: Row, codes: Collection[str]) -> Row | None:
    there = tuple(code for code in row.codes if code.lstrip("+-") in codes)
    if row.codes and (not there or (row.kind in NEEDS_ALL and there != row.codes)):
        return None
    return row if there == row.codes else replace(row, codes=there)


# {digest of the newest dictionary: its checks}: every change of a check changes the digest.
READ: dict[str, list[CheckRow]] = {}


class Checks:
    """The checks of every month, read once however many returns are looked at."""

    def __init__(self, codes: Collection[str] | None = None, digest: str | None = None) -> None:
        self.codes, self.digest = codes, digest
        self._at: dict[str, Rows] = {}

    @cached_property
    def stored(self) -> list[CheckRow]:
        """Read the rows, but for those that this process has read already for the same dictionary."""
        if self.digest is None:
            return list(CheckRow.objects.order_by("since", "pk"))
        rows = READ.get(self.digest)
        if rows is None:
            rows = list(CheckRow.objects.order_by("since", "pk"))
            READ.clear()
            READ[self.digest] = rows
        return rows

    def at(self, code: str) -> Rows:
        """Return the checks of a period by its code; of a year those of its last month."""
        if code not in self._at:
            self._at[code] = self._rows_of(months_of(code)[-1])
        return self._at[code]

    def _rows_of(self, month: str) -> Rows:
        if not self.stored:
            return useful(first_rows().values(), self.codes) if self.codes is not None else standard()
        newest = {one.slot: one for one in self.stored if one.since <= month}
        rows = tuple(Row.of(one) for one in sorted(newest.values(), key=_place) if one.is_on)
        return rows if self.codes is None else useful(rows, self.codes)


def standard() -> Rows:
    """Return the checks of the settings over the indicators that are asked at first."""
    return useful(first_rows().values(), {one.code for one in FIRST_INDICATORS})


def _place(one: CheckRow) -> tuple[int, int]:
    return KINDS.index(one.kind), one.pk
