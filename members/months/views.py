"""Show how complete each month is, and lock it (6.2.1 j)."""

from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fsul_portal.acts.views import act_view
from fsul_portal.records.models import Record
from fsul_portal.registers.paging import page_of
from fsul_portal.rooms import offered
from fsul_portal.templatetags.figures import period as period_in_words
from members.chasing.models import Chase
from members.chasing.rules import may_chase
from members.divisions.models import Division, title_at
from members.months.lists import lockable_by
from members.months.verbs import ACTS
from members.periods.models import Period, month_before, month_due, period_days, period_named
from members.returns.due.completeness import (
    completeness,
    completeness_of_months,
    districts_by_sums,
    due_spells,
    first_missing,
    missing_spells,
    whole_of,
)
from members.returns.due.days import deadline
from members.returns.due.expected import last_spells_excluded
from members.returns.due.scope import scope_of
from members.returns.models import Return

MONTHS_A_PAGE = 20
NAMES_SHOWN = 100


@require_safe
def month_list(request):
    """List the months with what was expected, received and accepted, and who locked them (6.2.1 j)."""
    stored = {period.code: period for period in Period.objects.select_related("locked_by")}
    lockable, chosen = lockable_by(request.user), request.GET.get("tab") == "lock"
    codes = months_since([code for code in stored if len(code) == 7])
    if chosen:
        codes = list(lockable.values_list("code", flat=True))
    page = page_of(request.GET, codes, usual=MONTHS_A_PAGE)
    periods = [stored.get(code) or unsaved(code) for code in page.object_list]
    scope = scope_of(request.user)
    counts = completeness_of_months(periods, scope.libraries)
    page.object_list = [(period, counts[period.code]) for period in periods]
    years = [period for code, period in sorted(stored.items(), reverse=True) if period.is_year]
    context = {"page": page, "years": years, "tabs": _tabs(lockable.count(), chosen), "scope": scope}
    return render(request, "members/months/month_list.html", context)


def _tabs(lockable, chosen):
    """Return the tabs for whoever has a month to lock."""
    if not (lockable or chosen):
        return []
    return [
        {"title": _("All"), "url": "?", "current": not chosen},
        {"title": _("To lock"), "url": "?tab=lock", "current": chosen, "count": lockable},
    ]


def months_since(stored):
    """Return the codes of all months from the first one with anything to the one that is due, newest first."""
    newest = max([month_due(), *stored])
    oldest = min([month_due(), *stored])
    codes = [newest]
    while codes[-1] > oldest:
        codes.append(month_before(codes[-1]))
    return codes


def unsaved(code):
    first_day, last_day = period_days(code)
    return Period(code=code, first_day=first_day, last_day=last_day)


@require_safe
def month_detail(request, code):
    """Show one period by district: who is complete, who is missing, who need not report and why (6.2.1 j)."""
    period = _period_or_404(code)
    scope = scope_of(request.user)
    excluded = _excluded(period, scope.libraries)
    first_excluded = list(excluded[:NAMES_SHOWN])
    known = districts_by_sums(period) if scope.libraries is None and period.pk else None
    districts = list(by_district(period, scope.libraries)) if known is None else known
    context = {
        "period": period,
        "scope": scope,
        "counts": completeness(period, scope.libraries) if known is None else whole_of(period, known),
        "districts": districts,
        "to_chase": _to_chase(request.user, period, districts),
        "missing": first_missing(period, scope.libraries, known, most=NAMES_SHOWN),
        "excluded": first_excluded,
        "excluded_count": excluded.count() if len(first_excluded) == NAMES_SHOWN else len(first_excluded),
        "deadline": deadline(period),
        "over": period.last_day < timezone.localdate(),
        "offers": ACTS.offers(request.user, period),
        "course": _course(period),
        "reports": offered("month", period, request.user),
        "chases": Chase.objects.filter(period__code=period.code).select_related("district", "chased_by"),
    }
    return render(request, "members/months/month_detail.html", context)


def _period_or_404(code):
    try:
        return period_named(code)
    except ValueError as error:
        raise Http404 from error


def by_district(period, libraries=None):
    """Return the counts of each district, in the office's order, in one query."""
    returns = Return.objects.filter(period__code=period.code)
    received = Q(library__in=returns.received().values("library_id"))
    accepted = Q(library__in=returns.accepted().values("library_id"))
    rows = due_spells(period, libraries).order_by("district__sort")
    named = rows.values("district__code", "district__sort", title=title_at("district"))
    return named.annotate(
        expected=Count("pk"), received=Count("pk", filter=received), accepted=Count("pk", filter=accepted)
    )


def _to_chase(user, period, districts):
    """Return (district, how many are missing) where this person may chase."""
    missing = {row["district__code"]: row["expected"] - row["received"] for row in districts}
    places = Division.objects.filter(code__in=[code for code, count in missing.items() if count]).order_by("sort")
    return [(place, missing[place.code]) for place in places if may_chase(user, period, place)]


def _excluded(period, libraries):
    spells = last_spells_excluded(period)
    if libraries is not None:
        spells = spells.filter(library__in=libraries)
    return spells.select_related("library", "district").in_office_order()


def _course(period):
    """Return what was done to the period as the component `_timeline` takes it."""
    records = Record.objects.of(period) if period.pk else []
    return [
        {"who": record.by, "at": record.at, "did": _("locked the period"), "icon": "lock", "tone": "success"}
        for record in records
        if record.verb == "locked"
    ]


def _found(user, code):
    return _period_or_404(code)


def _shown(period, user):
    """Show on the page of every act who is missing."""
    return {
        "period": period,
        "scope": scope_of(user),
        "deadline": deadline(period),
        "counts": completeness(period),
        "missing": missing_spells(period)[:NAMES_SHOWN],
        "name": period_in_words(period.code),
        "crumbs": [(_("Months"), reverse("months:month-list")), (period, period.get_absolute_url())],
        "clause": "6.2.1 j",
    }


month_act = act_view(ACTS, find=_found, shown=_shown)
