"""Show returns, take figures and decisions (6.2.1 j)."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from fsul_portal.acts.views import act_view
from fsul_portal.approvals.progress import progress
from fsul_portal.rooms import offered
from fsul_portal.users import Request
from members.indicators.versions.reading import Dictionaries
from members.periods.models import month_due
from members.returns import actions
from members.returns.checks.asked import asked_of_many
from members.returns.due.completeness import completeness, missing_spells
from members.returns.due.days import deadline, is_late
from members.returns.due.lists import ACROSS, ALL, BACK, FILL, WAITING, ReturnList, periods_offered
from members.returns.due.scope import scope_of
from members.returns.effects import of_accepting_many
from members.returns.forms import ListFilters
from members.returns.lines import Line, changed_since, for_review, lines_of, timeline
from members.returns.models import Return
from members.returns.rules import may_import, may_write
from members.returns.verbs import ACTS

MISSING_SHOWN = 20
MANY = 200
TABS = {
    FILL: gettext_lazy("To fill in"),
    BACK: gettext_lazy("Given back earlier"),
    WAITING: gettext_lazy("Waiting for me"),
    ALL: gettext_lazy("All"),
}


def read_list(request: Request) -> tuple[ReturnList, ListFilters]:
    """Return the list of returns that the address asks for, and its filter form; what makes no sense is ignored."""
    tab = ReturnList(request.user, request.GET.get("tab", "")).tab
    asked = request.GET.copy()
    if tab not in ACROSS and not asked.get("period"):
        asked["period"] = month_due()
    form = ListFilters(periods_offered(), asked, any_period=tab in ACROSS)
    form.is_valid()
    return ReturnList(request.user, tab, form.cleaned_data.get("period", ""), form.cleaned_data), form


@require_safe
def return_list(request):
    """List what is to be filled in, what waits, and all returns of a period (6.2.1 j)."""
    found, form = read_list(request)
    district = found.filters.get("district")
    missing = missing_spells(found.period, found.scope, district)
    context = {
        "list": found,
        "form": form,
        "page": found.page(request.GET),
        "tabs": _tabs(found),
        "counts": completeness(found.period, found.scope, district),
        "scope": scope_of(request.user),
        "deadline": deadline(found.period),
        "missing": missing[:MISSING_SHOWN] if found.tab == ALL else [],
        "may_import": may_import(request.user),
        "query": request.GET.urlencode(),
    }
    if found.tab == WAITING:
        context["plain"] = _without_questions(context["page"])
    return render(request, "members/returns/return_list.html", context)


def _without_questions(page):
    """Return the keys of the returns which may be ticked: nobody has to look at them one by one."""
    asked = asked_of_many([row.one for row in page.object_list])
    return {row.one.pk for row in page.object_list if not actions.to_look_at(row.one, asked[row.one.pk])}


def _tabs(found):
    address, counts = reverse("returns:return-list"), found.counts
    chosen = f"&period={found.code}" if found.code else ""
    return [
        {"title": title, "url": f"{address}?tab={key}{chosen}", "current": key == found.tab, "count": counts[key]}
        for key, title in TABS.items()
        if key != BACK or counts[key] or key == found.tab
    ]


@require_safe
def return_detail(request, pk):
    """Show the figures of a return, what is odd about them, and what has happened to it (6.2.1 j)."""
    one, indicators = _seen_return(request.user, pk), Dictionaries().now
    context = {
        "one": one,
        "library": one.library,
        "lines": _in_order(one, lines_of(one, indicators)),
        "since": changed_since(one, request.user, indicators),
        "stages": progress(one),
        "course": timeline(one, indicators),
        "deadline": deadline(one.period),
        "late": is_late(one),
        "may_write": may_write(request.user, one),
        "offers": ACTS.offers(request.user, one),
        "later": offered("locked return", one, request.user) if one.period.is_locked else [],
    }
    return render(request, "members/returns/return_detail.html", context)


def _in_order(one: Return, lines: list[Line]) -> list[Line]:
    """Show who has to decide first what he has to look at; else the order is that of the dictionary."""
    return for_review(lines) if one.state == Return.State.SUBMITTED else lines


def _seen_return(user, pk):
    returns = Return.objects.visible_to(user).select_related("library", "period", "submitted_by", "decided_by")
    return get_object_or_404(returns.with_turns(), pk=pk)


@require_POST
def return_accept_many(request):
    """Show what accepting the ticked returns does; then accept those about which nothing is odd (6.2.1 j)."""
    ticked = [_ticked(request.user, tick) for tick in dict.fromkeys(request.POST.getlist("one")[:MANY])]
    if "confirmed" not in request.POST:
        ready, left = actions.sorted_out(request.user, [one for one, __ in ticked])
        context = {"ready": ready, "left": left, "effect": of_accepting_many(ready, left)}
        return render(request, "members/returns/return_accept_many.html", context)
    accepted, left = actions.accept_many(ticked, by=request.user)
    done = ngettext("%(count)s return accepted.", "%(count)s returns accepted.", len(accepted))
    messages.success(request, done % {"count": len(accepted)})
    for one, sentence in left:
        messages.warning(request, f"{one}: {sentence}")
    return redirect(reverse("returns:return-list") + f"?tab={WAITING}")


def _ticked(user, tick):
    """Return a return and the version in which it was on the page."""
    pk, __, version = tick.partition(":")
    return _seen_return(user, _whole(pk)), _whole(version)


def _whole(text):
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


def _shown(one, user):
    """Show on the page of every act the figures and how far they are."""
    name = f"{one.library} {one.period}"
    return {
        "one": one,
        "library": one.library,
        "lines": _in_order(one, lines_of(one)),
        "name": name,
        "crumbs": [(_("Returns"), reverse("returns:return-list")), (name, one.get_absolute_url())],
        "clause": "6.2.1 j",
    }


return_act = act_view(ACTS, find=_seen_return, shown=_shown)
