"""Gather the rows of the list of returns: libraries with what they have handed in, or returns that wait (6.2.1 j)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, Count, Exists, ExpressionWrapper, OuterRef, Prefetch, Q, Subquery, Value
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from fsul_portal.access.rules import places_held
from fsul_portal.finding.matches import Match, chosen, having, of_month, on_day, read, said, words_of
from fsul_portal.registers.paging import page_of
from members.divisions.models import Division
from members.indicators.models import Indicator
from members.libraries.finding.matches import of_library
from members.libraries.models import Library, Spell
from members.people.matches import of_person
from members.periods.models import Period, month_before, month_due, this_month
from members.returns.due.days import is_past_due
from members.returns.due.expected import is_expected, last_spells
from members.returns.due.scope import period_seen_by
from members.returns.models import RECEIVED, Return, libraries_read_by

FILL, WAITING, BACK, ALL = "fill", "waiting", "back", "all"
ACROSS = (WAITING, BACK)  # They hold returns of all periods, unless one is chosen.
NARROWING = ("district", "state", "q")
# By which head one orders; rows are spells, or across all periods returns.
ORDERS = {
    False: {"library": "library__code", "district": "district__sort"},
    True: {"library": "library__code", "period": "period__code", "state": "state", "submitted_at": "submitted_at"},
}
MONTHS_OFFERED = 24
# What the row of a return shows.
SAID_OF_RETURN: tuple[Match, ...] = (
    of_library(),
    of_month("period__code"),
    chosen("state", lambda: Return.State.choices),
    of_person("submitted_by"),
    on_day("submitted_at", moment=True),
)


@dataclass
class Row:
    """A library, what was true of it, and its return of the period, if there is one."""

    library: Library
    spell: Spell | None
    period: Period
    one: Return | None
    expected: bool = True

    @property
    def is_missing(self) -> bool:
        """Say whether its day is over and nobody has handed it in; what was given back had come."""
        awaited = self.one is None or self.one.state == Return.State.DRAFT
        return awaited and self.expected and is_past_due(self.period)


def periods_offered() -> list[str]:
    """Return the codes of periods to choose from, newest first: the last months, and all that have anything.

    Where something is asked once a year, the years that are over among these months as well.
    """
    months = {month_before(this_month(), back) for back in range(MONTHS_OFFERED)}
    over = {code[:4] for code in months if code.endswith("-12") and code < this_month()}
    yearly = Indicator.objects.in_use().filter(frequency=Indicator.Frequency.YEAR)
    # Asked along with the periods, where there are any, since the page counts its queries.
    stored = list(Period.objects.annotate(yearly=Exists(yearly)).values_list("code", "yearly"))
    years = over if (stored[0][1] if stored else yearly.exists()) else set()
    return sorted(months | years | {code for code, __ in stored}, reverse=True)


def counted(tab: str, found: Any) -> Any:
    """Return the row (tab, how many), to be asked for together with others."""
    return found.order_by().annotate(tab=Value(tab)).values_list("tab").annotate(count=Count("pk"))


class ReturnList:
    """The list as one person sees it; every number and every page of it is cut by SQL."""

    def __init__(self, user, tab="", code="", filters=None):
        self.user, self.filters = user, filters or {}
        self.scope = libraries_read_by(user)
        self.mine = Library.objects.in_hands_of(user, "members.report_returns")
        self.to_accept = Library.objects.in_hands_of(user, "members.accept_returns")
        self.tab = tab if tab in (FILL, *ACROSS, ALL) else self._tab_of_habit()
        self.code = code

    @cached_property
    def period(self) -> Period:
        return period_seen_by(self.user, self.code or month_due())

    def _tab_of_habit(self):
        if self.scope is None:
            return ALL
        if self._holds("members.report_returns") or self.mine.exists():
            return FILL
        decides = any(self._holds(f"members.{right}_returns") for right in ("accept", "certify"))
        return WAITING if decides or self.to_accept.exists() else ALL

    def _holds(self, permission: str) -> bool:
        """Say whether the person has a place with this right; what is held is known without a query."""
        return any(places_held(self.user, permission, kind) for kind in (Division, Library))

    def spells(self):
        """Return one spell for each library of the period."""
        spells = last_spells(self.period)
        return spells if self.scope is None else spells.filter(library__in=self.scope)

    def with_return(self, **conditions):
        """Return the condition that a library has such a return of the period."""
        returns = Return.objects.filter(period__code=self.period.code, **conditions)
        return Q(library__in=returns.values("library_id"))

    def to_fill_in(self):
        return self.spells().filter(self._is_to_fill_in())

    def _is_to_fill_in(self) -> Q:
        if self.period.is_locked:
            return Q(pk__in=[])
        return ~self.with_return(state__in=RECEIVED) & is_expected(self.period) & Q(library__in=self.mine)

    def of_all(self):
        return self.spells().filter(self._is_of_all())

    def _is_of_all(self) -> Q:
        return is_expected(self.period) | self.with_return()

    def waiting(self):
        """Return what waits for this person, of the chosen period or, without one, of all of them."""
        returns = Return.objects.open_to(self.user)
        return returns.filter(period__code=self.code) if self.code else returns

    def given_back(self) -> Any:
        """Return what this person has to correct, of the open periods before the month that is collected now."""
        returns = Return.objects.filter(state=Return.State.RETURNED, period__locked_at=None, library__in=self.mine)
        earlier = returns.exclude(period__code=month_due())
        return earlier.filter(period__code=self.code) if self.code else earlier

    def across(self) -> Any:
        return self.waiting() if self.tab == WAITING else self.given_back()

    @cached_property
    def counts(self) -> dict[str, int]:
        """Return how many rows each tab has before anything is narrowed; two queries."""
        spells = self.spells().order_by()
        of_spells = spells.aggregate(
            fill=Count("pk", filter=self._is_to_fill_in()), all=Count("pk", filter=self._is_of_all())
        )
        of_returns = counted(WAITING, self.waiting()).union(counted(BACK, self.given_back()), all=True)
        return {WAITING: 0, BACK: 0} | dict(of_returns) | of_spells

    @property
    def is_narrowed(self) -> bool:
        return any(self.filters.get(name) for name in NARROWING)

    def page(self, query):
        """Return the page of rows that is asked for."""
        order = self.order(query.get("order", ""))
        if self.tab in ACROSS:
            found = self._narrow_returns(self.across()).order_by(*order, "-period__code", "library__code")
        else:
            spells = self.to_fill_in() if self.tab == FILL else self.of_all()
            expected = ExpressionWrapper(is_expected(self.period), output_field=BooleanField())
            found = self._narrow_spells(spells).select_related("library", "district")
            found = found.annotate(expected=expected)
            found = found.order_by(*order, "library__code") if order else found.in_office_order()
        # Of what is not narrowed the tab says the number already.
        page = page_of(query, found, count=None if self.is_narrowed else self.counts[self.tab])
        page.object_list = self._rows(list(page.object_list))
        return page

    def order(self, asked: str) -> tuple[str, ...]:
        """Return the fields by which one orders who has clicked on a head."""
        field = ORDERS[self.tab in ACROSS].get(asked.removeprefix("-"))
        return () if field is None else (f"-{field}" if asked.startswith("-") else field,)

    def returns(self):
        """Return the returns of the list for an export."""
        seen = Return.objects.visible_to(self.user)
        returns = self.across() if self.tab in ACROSS else seen.filter(period__code=self.period.code)
        return self._narrow_returns(returns).order_by("-period__code", "library__code")

    def _rows(self, found):
        if self.tab in ACROSS:
            return [Row(one.library, one.library.facts, one.period, one) for one in found]
        libraries = [spell.library_id for spell in found]
        returns = Return.objects.filter(period__code=self.period.code, library__in=libraries)
        by_library = {one.library_id: one for one in returns.select_related("period", "submitted_by")}
        return [
            Row(spell.library, spell, self.period, by_library.get(spell.library_id), spell.expected) for spell in found
        ]

    def _met_by_return(self, word: str) -> Q:
        returns = having(Return.objects.filter(period__code=self.period.code), SAID_OF_RETURN[2:], [word])
        return Q(library__in=returns.values("library_id"))

    def _states(self) -> Iterator[tuple[str, Q]]:
        """Give what the state of a row says besides that of its return, each with its rows."""
        none, asked = ~self.with_return(), is_expected(self.period)
        if is_past_due(self.period):
            yield _("missing"), (none | self.with_return(state=Return.State.DRAFT)) & asked
        else:
            yield _("still to come"), none & asked
        yield _("not expected"), none & ~asked
        yield _("questions"), self.with_return() & ~self.with_return(questions=[])

    def _narrow_spells(self, spells):
        district, state, text = (self.filters.get(name) for name in NARROWING)
        if district:
            spells = spells.filter(district=district)
        spells = having(spells, (read, self._met_by_return, said(self._states)), words_of(text or ""))
        if state == "missing":
            return spells.filter(~self.with_return(state__in=RECEIVED), is_expected(self.period))
        if state == "questioned":
            return spells.filter(self.with_return(), ~self.with_return(questions=[]))
        return spells.filter(self.with_return(state=state)) if state else spells

    def _narrow_returns(self, returns):
        district, state, text = (self.filters.get(name) for name in NARROWING)
        today = Spell.objects.known().filter(library=OuterRef("library")).order_by("-since")
        if district:
            returns = returns.annotate(in_district=Subquery(today.values("district")[:1])).filter(
                in_district=district.pk
            )
        returns = having(returns, SAID_OF_RETURN, words_of(text or ""))
        if state == "questioned":
            returns = returns.exclude(questions=[])
        elif state:
            returns = returns.filter(state=state)
        facts = Spell.objects.as_of().select_related("district", "town", "parent")
        return returns.select_related("library", "period", "submitted_by").prefetch_related(
            Prefetch("library__spells", queryset=facts, to_attr="facts_found")
        )
