"""Gather the months of each figure, with the coverage of each and where it came from (6.2.1 j)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models.fields.json import KeyTransform
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from fsul_portal.pages.charts import Point
from fsul_portal.templatetags.figures import chinese
from fsul_portal.templatetags.figures import period as in_words
from fsul_portal.users import User
from members.indicators.formulas.models import Formula
from members.indicators.formulas.reckoning import codes_below, reckoned
from members.indicators.models import Indicator
from members.returns.due.days import is_past_due
from members.returns.due.lists import ALL
from members.returns.models import CLOSED, NOT_APPLICABLE, RECEIVED, Return
from members.returns.rollup.groups import groups_of
from members.returns.rollup.reading import NOBODY, Total, Where, totals
from reports.dashboard.figures import coverage
from reports.documents.figures import missing_text, to_come_text
from reports.editions.models import Edition
from reports.explorer.choices import NEAR, Choice, Figure

# Above so many months only some are named below the chart.
NAMED_EACH, A_QUARTER = 15, 3


@dataclass(frozen=True)
class Cell:
    """One month of one figure: its value, or why there is none; note: its coverage, or how the return stands.

    whole: nobody is missing and the month is locked. peers: the mean of those like the library, of_peers: of how many.
    reported, expected: of how many returns; is_full: each of them has a number. change: how it moved against the month
    and the year before; change_url: the report that says so, where one does.
    """

    month: str
    value: int | float | Decimal | None = None
    note: str = ""
    whole: bool = True
    url: str = ""
    peers: Decimal | None = None
    of_peers: str = ""
    reported: int = 0
    expected: int = 0
    is_full: bool = False
    change: str = ""
    change_url: str = ""


@dataclass(frozen=True)
class Series:
    """A figure with its months. why: why nothing is said of how they moved, where that is to be told."""

    figure: Figure
    cells: list[Cell] = field(default_factory=list)
    why: str = ""

    @property
    def points(self) -> list[Point]:
        """Return the points of the chart; the year stands under January, and where the chart begins."""
        return [self._point(number, cell) for number, cell in enumerate(self.cells)]

    def _point(self, number: int, cell: Cell) -> Point:
        year, __, month = cell.month.partition("-")
        if not month:
            return Point(in_words(year), cell.value, cell.note, cell.whole, cell.url, year, "")
        named = len(self.cells) <= NAMED_EACH or (len(self.cells) <= 3 * NAMED_EACH and int(month) % A_QUARTER == 1)
        tick = (f"{int(month)}月" if chinese() else month) if named else " "
        under = year if month == "01" or not number else ""
        return Point(in_words(cell.month), cell.value, cell.note, cell.whole, cell.url, tick, under)


def series_of(user: User, choice: Choice, *, reads: bool) -> list[Series]:
    """Return each figure of a choice with its months, out of the returns that he reads, else of what is published."""
    if choice.library:
        return _of_library(choice)
    return _of_returns(choice) if reads else _of_editions(user, choice)


def _codes(choice: Choice) -> list[str]:
    """Return the codes of what is reported that a choice needs, formulas taken apart."""
    return list(dict.fromkeys(code for figure in choice.figures for code in _below(figure, choice)))


def _below(figure: Figure, choice: Choice) -> list[str]:
    return codes_below(figure.code, choice.expressions) if isinstance(figure, Formula) else [figure.code]


def _of_returns(choice: Choice) -> list[Series]:
    """Add up what is accepted now; each month leads to the returns behind it."""
    found, locked = _totals(choice, _where(choice)), {one.code for one in choice.periods if one.is_locked}
    address = f"{reverse('returns:return-list')}?tab={ALL}"
    district = f"&district={choice.district.code}" if choice.district else ""

    def cell(figure: Figure, month: str) -> Cell:
        total, value, why = _value(figure, month, found, choice)
        note = _note(total, month in locked) if not why else why
        url = f"{address}&period={month}{district}" if total is not NOBODY else ""
        covered = (total.reported, total.expected, total.is_complete and total.numbers == total.expected)
        return Cell(month, value, note, total.is_complete and month in locked, url, None, "", *covered)

    return [Series(figure, [cell(figure, month) for month in choice.months]) for figure in choice.figures]


Found = Mapping[tuple[str, str], Total]


def _where(choice: Choice) -> Where:
    districts = frozenset([choice.district.pk]) if choice.district else None
    return Where(districts, choice.level, choice.kind)


def _totals(choice: Choice, where: Where) -> dict[tuple[str, str], Total]:
    found = totals(_codes(choice), choice.periods, where, dictionaries=choice.dictionaries)
    return {(code, month): total for (code, month, __), total in found.items()}


def _value(figure: Figure, month: str, found: Found, choice: Choice) -> tuple[Total, Any, str]:
    """Return the total, the value, and why there is none where that is to be said.

    A formula is reckoned over libraries that have all its figures (decision 32): where somebody lacks one the sums do
    not tell who, and there is no value.
    """
    if isinstance(figure, Indicator):
        total = found.get((figure.code, month), NOBODY)
        return total, total.value, "" if figure.is_additive else _("does not add up")
    parts = [found.get((code, month), NOBODY) for code in _below(figure, choice)]
    least = min(parts, key=lambda one: one.coverage, default=NOBODY)
    if any(not one.is_complete or one.numbers != one.expected for one in parts):
        return least, None, _("not every library has all its figures") if least is not NOBODY else ""
    figures = {code: found[code, month].value for code, at in found if at == month}
    answer = reckoned(figure, choice.formulas, [figures], {})
    return least, answer.value, answer.reason


def _note(total: Total, locked: bool) -> str:
    if total is NOBODY:
        return ""
    told = coverage({"reported": total.reported, "expected": total.expected}) if total.counted else ""
    if not total.counted and total.reported:
        told = _("reported by %(count)s") % {"count": f"{total.reported:,}"}
    return " · ".join(filter(None, (told, "" if locked else _("not locked yet"))))


def _of_editions(user: User, choice: Choice) -> list[Series]:
    """Give the newest published report of each month; it is what it was when it was frozen."""
    kind = Edition.Kind.ANNUAL if choice.is_of_years else Edition.Kind.MONTHLY
    editions = Edition.objects.published_to(user).filter(kind=kind)
    table = KeyTransform("districts" if choice.district else "system", "snapshot")
    rows = editions.filter(period__in=choice.months).annotate(cells=table).order_by("period", "number")
    known: dict[str, tuple[str, bool, dict[str, Any]]] = {}
    for key, month, provisional, cells in rows.values_list("pk", "period", "provisional", "cells"):
        of_place = cells.get(choice.district.code, {}) if choice.district else cells
        known[month] = (reverse("reports:edition-detail", args=[key]), provisional, of_place)

    def cell(figure: Figure, month: str) -> Cell:
        url, provisional, cells = known.get(month, ("", False, {}))
        said = cells.get(figure.code)
        if said is None:
            return Cell(month)
        is_whole, covered = bool(said.get("complete")), (said.get("reported", 0), said.get("expected", 0))
        return Cell(month, said["value"], coverage(said), is_whole and not provisional, url, None, "", *covered)

    return [Series(figure, [cell(figure, month) for month in choice.months]) for figure in choice.figures]


def _of_library(choice: Choice) -> list[Series]:
    """Give what one library handed in; what nobody has accepted yet is hollow."""
    returns = Return.objects.filter(state__in=RECEIVED, library=choice.library, period__code__in=choice.months)
    by_month = {one.period.code: one for one in returns.select_related("period")}
    peers, absent = _of_peers(choice), _absences(choice)

    def cell(figure: Figure, month: str) -> Cell:
        total = peers.get((figure.code, month), NOBODY)
        mean, of_peers = total.mean, _note(total, locked=True)
        one = by_month.get(month)
        if one is None:
            return Cell(month, note=absent.get(month, ""), peers=mean, of_peers=of_peers)
        value, note = _of_return(one, figure, choice)
        address = reverse("returns:return-detail", args=[one.pk])
        accepted = one.state == Return.State.ACCEPTED
        told = " · ".join(filter(None, (note, "" if accepted else str(one.get_state_display()))))
        covered = (int(value is not None), 1, value is not None)
        return Cell(month, value, told, accepted and one.period.is_locked, address, mean, of_peers, *covered)

    return [Series(figure, [cell(figure, month) for month in choice.months]) for figure in choice.figures]


def _absences(choice: Choice) -> dict[str, str]:
    """Say of each month why a library would have no return in it: it was not there, not expected, or owes it."""
    if choice.library is None:
        return {}
    groups = groups_of(choice.periods, timezone.now(), [choice.library.pk])
    found = {}
    for period in choice.periods:
        group = groups[period.pk].get(choice.library.pk)
        if group is None:
            found[period.code] = _("not in the system")
        elif not group.due:
            found[period.code] = _("not expected")
        else:
            found[period.code] = missing_text() if is_past_due(period) else to_come_text()
    return found


def _of_return(one: Return, figure: Figure, choice: Choice) -> tuple[Any, str]:
    """Return the value of a figure in a return, or which kind of no number it is."""
    if isinstance(figure, Formula):
        answer = reckoned(figure, choice.formulas, [_numbers(one)], {})
        return answer.value, answer.reason
    value = one.figures.get(figure.code)
    if isinstance(value, int):
        return value, ""
    return None, {NOT_APPLICABLE: _("does not apply"), CLOSED: pgettext("figure", "closed")}.get(
        value, _("not reported")
    )


def _numbers(one: Return) -> dict[str, int | None]:
    return {code: value if isinstance(value, int) else None for code, value in one.figures.items()}


def _of_peers(choice: Choice) -> dict[tuple[str, str], Total]:
    """Return the totals of those who are like the library today, so that the rule is one for all months."""
    spell = choice.library.facts if choice.library and choice.peers else None
    if spell is None:
        return {}
    districts = frozenset([spell.district_id]) if choice.peers == NEAR else None
    return _totals(choice, Where(districts, spell.level, spell.kind))
