"""Say in sentences what follows when a filing is approved, for those who decide (6.2.1 e)."""

from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _

from fsul_portal.templatetags.figures import day as day_in_words
from fsul_portal.templatetags.figures import period as period_in_words
from members.libraries.models import Spell
from workgroups.coordination.filings.kinds.facts import status_word


def of_place(filing, before, word):
    """Say what a move means for lists and map."""
    wanted = filing.requested
    told = [_("Lists, map and reports show the new address from that day on; earlier days keep the old one.")]
    if wanted["town"] != before.get("town"):
        told.append(
            _("It counts in %(new)s from then on, no longer in %(old)s.")
            % {"new": word("town", wanted["town"]), "old": word("town", before.get("town")) or "—"}
        )
    if not wanted["longitude"]:
        told.append(_("It has no place on the map until coordinates are filed."))
    return told


def of_closing(filing, before, word):
    """Say how long a library is closed, which months have nothing to count, and what comes after."""
    if not filing.resumes_on:
        return [_("It stays suspended until a filing says otherwise; whole months of it have nothing to report.")]
    told = [
        _("It opens again by itself on %(day)s, in the state it had: %(state)s.")
        % {"day": day_in_words(filing.resumes_on), "state": status_word(before.get("status") or Spell.Status.OPEN)}
    ]
    months = whole_months(filing.effective_on, filing.resumes_on)
    if months:
        span = "—".join(map(period_in_words, dict.fromkeys((months[0], months[-1]))))
        told.append(_("It is closed in all of %(months)s and has nothing to report there.") % {"months": span})
    return told


def whole_months(first, after):
    """Return the months (2026-03) of which every day lies from `first` to the day before `after`."""
    months, begin = [], first if first.day == 1 else _next_month(first)
    while _next_month(begin) <= after:
        months.append(f"{begin:%Y-%m}")
        begin = _next_month(begin)
    return months


def _next_month(day):
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def ahead_of_any(filing: Any) -> str:
    """Say in a sentence on the page of the library what is approved and lies ahead."""
    return _("%(what)s from %(day)s on.") % {"what": filing.what.title, "day": day_in_words(filing.effective_on)}


def ahead_of_moving(filing: Any) -> str:
    values = {"address": filing.requested.get("address", ""), "day": day_in_words(filing.effective_on)}
    return _("From %(day)s on it is at %(address)s.") % values


def ahead_of_closing(filing: Any) -> str:
    values = {"day": day_in_words(filing.effective_on), "until": day_in_words(filing.resumes_on)}
    if filing.resumes_on:
        return _("It is closed from %(day)s on and opens again on %(until)s.") % values
    return _("It is closed from %(day)s on until further notice.") % values
