"""Show on one page how the system stands and what waits for the person."""

from datetime import datetime, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from fsul_portal.dues.months import is_late, waits, week_ahead
from fsul_portal.pages.views import LAST_HERE
from fsul_portal.records.news import news_for
from fsul_portal.rooms import dues_between, waiting_for
from fsul_portal.users import Request
from members.periods.models import month_due
from members.returns.due.scope import period_seen_by, scope_of
from reports.dashboard import desk
from reports.dashboard.figures import chart_of

# Whoever has not been here for long, or never, is told of so many days.
TOLD_BACK = timedelta(days=7)
PAST_DAYS_SHOWN = timedelta(days=60)
NEWS_SHOWN, NEWS_LISTED = 6, 100


@require_safe
def dashboard(request: Request) -> HttpResponse:
    """Show the dashboard: every number comes from the records, and says of what it speaks.

    What costs more follows after the page, each panel by itself; without a script a link leads to it.
    """
    scope = scope_of(request.user).of_reports
    due = period_seen_by(request.user, month_due())
    context = {
        "scope": scope,
        "today": timezone.localdate(),
        # Of one library its return is told, and nobody counts to one.
        "network": None if scope.library else desk.network_today(scope),
        "returns": desk.returns_of(scope, due),
        "own_return": desk.own_return(scope, due),
        "waiting": waiting_for(request.user),
        "meetings": desk.meetings_of_year(request.user),
    }
    return render(request, "reports/dashboard/dashboard.html", context)


@require_safe
def week(request: Request) -> HttpResponse:
    """Tell what is due in the seven days that begin today, and what of the person's own is past its day."""
    today, last = week_ahead()
    dues = dues_between(request.user, today - PAST_DAYS_SHOWN, last)
    late = [due for due in dues if is_late(due)]
    ahead = [due for due in dues if due not in late and (due.day >= today or waits(due))]
    return _panel(request, "week", gettext("Due this week"), {"late": late, "week": ahead})


@require_safe
def figures(request: Request) -> HttpResponse:
    """Show the months of one indicator as a chart, and the newest report's key figures."""
    scope = scope_of(request.user).of_reports
    context = {"scope": scope, "chart": chart_of(request.user, scope), "latest": desk.latest_figures(request.user)}
    return _panel(request, "figures", gettext("Figures"), context)


@require_safe
def news(request: Request) -> HttpResponse:
    """Tell what others have done since the person was here before."""
    since = _last_here(request)
    most = NEWS_SHOWN if request.htmx else NEWS_LISTED
    context = {"since": since, "news": news_for(request.user, since, most)}
    return _panel(request, "news", gettext("New since you were here"), context)


def _panel(request: Request, name: str, title: str, context: dict[str, Any]) -> HttpResponse:
    """Answer with the panel alone where the first page asks for it, else with a page of its own."""
    panel = f"reports/dashboard/_{name}.html"
    if request.htmx:
        return render(request, panel, context)
    return render(request, "reports/dashboard/panel.html", context | {"panel": panel, "title": title})


def _last_here(request: Request) -> datetime:
    kept = request.session.get(LAST_HERE)
    return datetime.fromisoformat(kept) if kept else timezone.now() - TOLD_BACK
