"""Hold the indicators which the portal starts with, and what the checks and the demo know of each.

The office changes the words in the admin; a new one is added here, among those to which it belongs
(docs/decisions/0022-indicators-and-checks.md).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from django.utils import timezone

from members.indicators.models import Indicator

SUM, LAST = Indicator.OverTime.SUM, Indicator.OverTime.LAST
WORDS = ("code", "name", "name_en", "unit", "unit_en", "over_time", "definition", "definition_en")


class Usual(NamedTuple):
    """How large a figure usually is: from `least` to `most` of one that stands before it in the dictionary."""

    of: str
    least: float
    most: float


@dataclass(frozen=True, slots=True)
class First:
    """One indicator as the portal starts with it; the terms follow ISO 2789.

    adds_up: over libraries. part_of: it is never more than that one. swings: much more or less than before asks for a
    word. zero_is_odd: in a house open all the time; closed_is_zero: something in a house closed all the time is odd.
    usual: how the demo and the tests find a figure, where they have no rule of their own for it.
    """

    code: str
    name: str
    name_en: str
    unit: str
    unit_en: str
    over_time: Indicator.OverTime
    definition: str
    definition_en: str
    adds_up: bool = True
    part_of: str = ""
    swings: bool = True
    zero_is_odd: bool = False
    closed_is_zero: bool = False
    usual: Usual | None = None

    @property
    def is_stock(self) -> bool:
        return self.over_time == LAST


FIRST_INDICATORS: tuple[First, ...] = (
    First("V01", "到馆人次", "Physical visits", "人次", "visits", SUM,
     "统计期内进入馆舍的人次，以门禁计数为准；无门禁的按抽样估算并注明。",
     "Entries to the premises in the period, by gate count; without a gate by sampling, with a note.",
     zero_is_odd=True, closed_is_zero=True),
    First("L01", "文献外借册次", "Loans", "册次", "loans", SUM,
     "统计期内外借的文献册（件）次，不含续借。",
     "Items lent in the period, renewals not included.",
     zero_is_odd=True, closed_is_zero=True),
    First("L02", "其中：少儿文献外借册次", "of these, children's loans", "册次", "loans", SUM,
     "外借册次中少儿文献的部分。",
     "The part of the loans that are children's items.",
     part_of="L01", usual=Usual("L01", 0.42, 0.55)),
    First("L04", "文献归还册次", "Items returned", "册次", "returns", SUM,
     "统计期内在本馆归还的文献册（件）次，含通还。",
     "Items handed back at this library in the period, wherever they were lent.",
     usual=Usual("L01", 0.94, 1.02)),
    First("R01", "新增读者证", "New registrations", "个", "cards", SUM,
     "统计期内新办的读者证数。",
     "Reader cards issued in the period."),
    First("R03", "注销读者证", "De-registrations", "个", "cards", SUM,
     "统计期内退证、注销的读者证数。",
     "Reader cards given back or cancelled in the period."),
    First("R04", "有效读者证（期末）", "Registered users (end of period)", "个", "cards", LAST,
     "期末有效的读者证数；等于上期末数加新增减注销。",
     "Reader cards valid at the end of the period: those of the period before, plus new, less cancelled ones."),
    First("C01", "馆藏总量（纸质，期末）", "Physical stock (end of period)", "册", "items", LAST,
     "期末入藏的纸质文献册（件）数，按所有权归属馆统计，不含电子文献。",
     "Physical items held at the end of the period, by owning library, electronic items not included.",
     # Swings of the stock have a rule of their own.
     swings=False),
    First("E01", "活动场次", "Events", "场", "events", SUM,
     "统计期内举办的读者活动场次；联合活动由主办馆统计一次。",
     "Events held in the period; a joint event is counted once, by its host.",
     closed_is_zero=True),
    First("E02", "活动参加人次", "Attendances at events", "人次", "attendances", SUM,
     "统计期内参加读者活动的人次。",
     "Attendances at the events of the period.",
     usual=Usual("E01", 22, 46)),
    First("N05", "开放天数", "Days open", "天", "days", SUM,
     "统计期内实际开放的天数。",
     "Days on which the library was open in the period.",
     # On how many days one library was open says nothing when it is added to another's, and days are few.
     adds_up=False, swings=False, closed_is_zero=True),
)  # fmt: skip


def with_the_usual(figures: Mapping[str, int], between: Callable[[float, float], float]) -> dict[str, int]:
    """Return these figures with the usual ones of all other indicators, in the order of the dictionary.

    `between` chooses a share from the least to the most; ValueError where nothing says how large a figure usually is.
    """
    found = dict(figures)
    for one in FIRST_INDICATORS:
        if one.code not in found and one.usual:
            found[one.code] = int(found[one.usual.of] * between(one.usual.least, one.usual.most))
    if untold := [one.code for one in FIRST_INDICATORS if one.code not in found]:
        raise ValueError(f"Nothing says how large {', '.join(untold)} usually is: give it `usual`.")
    return {one.code: found[one.code] for one in FIRST_INDICATORS}


def codes(trait: str) -> tuple[str, ...]:
    """Return the codes of the indicators of which something is true, in the order of the dictionary."""
    return tuple(one.code for one in FIRST_INDICATORS if getattr(one, trait))


def load_first_indicators() -> int:
    """Make sure the indicators which the portal starts with exist; return how many were new (6.2.1 j).

    A new one comes behind the one before it, in whatever order the office has put them, and no two on one place. A
    portal that runs asks for it from the next month on: nobody has counted it in the months before.
    """
    stored = list(Indicator.objects.all())
    order, fresh, place = list(stored), [], 0
    for one in FIRST_INDICATORS:
        at = next((at for at, known in enumerate(order) if known.code == one.code), None)
        if at is None:
            at = place
            fresh.append(_indicator(one, asked_from=next_month() if stored else None))
            order.insert(at, fresh[-1])
        place = at + 1
    if fresh:
        for sort, each in enumerate(order, start=1):
            each.sort = sort
        Indicator.objects.bulk_update(stored, ["sort"])
        Indicator.objects.bulk_create(fresh)
    return len(fresh)


def next_month() -> date:
    return (timezone.localdate().replace(day=1) + timedelta(days=31)).replace(day=1)


def _indicator(one: First, asked_from: date | None) -> Indicator:
    over_libraries = Indicator.OverLibraries.SUM if one.adds_up else Indicator.OverLibraries.NONE
    words = {name: getattr(one, name) for name in WORDS}
    return Indicator(**words, over_libraries=over_libraries, asked_from=asked_from)
