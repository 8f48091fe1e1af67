"""The card of returns (6.2.1 j)."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Count, Q, Value
from django.urls import reverse
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from fsul_portal.finding.hits import Find, Hit, hit_of
from fsul_portal.finding.matches import Match, month_of
from fsul_portal.rooms import Card, Due, Entry, Waiting
from fsul_portal.templatetags.figures import period as in_words
from members.libraries.finding.matches import of_library
from members.libraries.models import Library, spells_along
from members.periods.models import Period
from members.returns.due.days import deadline, due_on, is_over, periods_due
from members.returns.due.lists import BACK, FILL, ReturnList
from members.returns.due.scope import see_periods
from members.returns.models import Return


def returns_to_fill_in(user):
    """Lead those who report to what has not been handed in this month, and to what came back earlier (6.2.1 j)."""
    found, address = ReturnList(user, FILL), reverse("returns:return-list")
    # Both at once: every page of the desk pays for each question.
    counted = [
        rows.order_by().values(tab=Value(tab)).annotate(rows=Count("pk")).values_list("tab", "rows")
        for tab, rows in ((FILL, found.to_fill_in()), (BACK, found.given_back()))
    ]
    counts = dict(counted[0].union(counted[1], all=True))
    yield Waiting(gettext("Returns to fill in"), counts.get(FILL, 0), f"{address}?tab={FILL}")
    yield Waiting(gettext("Returns given back earlier"), counts.get(BACK, 0), f"{address}?tab={BACK}")


def returns_due(user, first, last):
    """Give the days by which periods are reported for, one line a period: his own, or the office's (6.2.1 j)."""
    reports = Library.objects.in_hands_of(user, "members.report_returns").exists()
    due_now = periods_due(first, last)
    if reports:
        see_periods(user, [period.code for period in due_now if is_over(period)])
    for period in due_now:
        due, words = deadline(period), {"period": in_words(period.code)}
        open_ones = ReturnList(user, FILL, period.code).to_fill_in().count() if reports and is_over(period) else 0
        title = gettext("Returns of %(period)s") % words
        if open_ones:
            left = ngettext("%(count)s return to hand in", "%(count)s returns to hand in", open_ones)
            title = gettext("%(returns)s, %(left)s") % {"returns": title, "left": left % {"count": open_ones}}
        if not due.known:
            title = gettext("%(returns)s (holidays not known yet)") % {"returns": title}
        address = f"{reverse('returns:return-list')}?period={period.code}"
        own = bool(open_ones) or (reports and not is_over(period))
        key, last = f"returns-{period.code}", due_on(period)
        yield Due(key, due.day, _("Returns due"), title, address, own, on_time_until=last)


_of_library: Any = of_library()


def of_period_or_library(word: str) -> Q:
    """Meet the period where the word is one, else the library: of a million returns each condition reads an index."""
    code = month_of(word)
    found: Q = Q(period__in=Period.objects.filter(code__startswith=code).values("pk")) if code else _of_library(word)
    return found


MET_BY: tuple[Match, ...] = (of_period_or_library,)


def names_a_period(words: Sequence[str]) -> bool:
    """Say whether returns are asked for at all: each library has one for every month, its page leads to them."""
    return any(map(month_of, words))


def along(returns: Any) -> Any:
    return returns.select_related("library", "period").prefetch_related(spells_along("library__spells"))


def return_hit(one: Return, words: Sequence[str]) -> Hit:
    """Show a return with its library and its state."""
    facts = one.library.facts
    return hit_of(one, f"{in_words(one.period.code)} · {facts.name if facts else one.library.code}", one.library.code)


CARD = Card(
    dues=returns_due,
    clauses=("6.2.1 j",),
    menu=(Entry(_("Reports"), _("Returns"), "returns:return-list", "table", 10, key="r"),),
    desk=returns_to_fill_in,
    finds=(Find(Return, MET_BY, "table", along, return_hit, asked=names_a_period, sort=60),),
    acts={
        "acceptance": pgettext_lazy("act", "accepted"),
        "imported": pgettext_lazy("act", "imported"),
    },
    permissions={
        "members.report_returns": _("Enters and submits returns"),
        "members.certify_returns": _("Certifies the returns of the own library"),
        "members.accept_returns": _("Accepts returns or gives them back"),
        "members.import_returns": _("Takes returns in from files"),
        "members.view_return": _("Looks at returns, reports and indicators in the admin"),
    },
)
