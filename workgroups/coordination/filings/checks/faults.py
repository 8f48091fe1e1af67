"""Check a filing before somebody signs it: what blocks it, and what has to be looked at twice (6.2.1 e)."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from members.libraries.models import Spell
from workgroups.coordination.filings.checks.comparisons import Comparison, compare
from workgroups.coordination.filings.checks.findings import FilingRefused, Finding
from workgroups.coordination.filings.models import Filing

LATEST_ENTRY = timedelta(days=60)
FURTHEST_PLAN = timedelta(days=730)
LONGEST_CLOSING = timedelta(days=3650)


def findings(filing: Filing, comparison: Comparison | None = None) -> list[Finding]:
    """Return all that is to be said about a filing, saved or not; whoever has compared already hands it over."""
    days = _of_days(filing)
    if any(finding.blocks for finding in days):
        return days
    comparison = comparison or compare(filing)
    before = comparison.original
    if not before:
        return [*days, Finding("effective_on", _("The library does not belong to the system on that day."))]
    own = [finding for check in filing.what.checks for finding in check(filing, before)]
    return [*days, *_of_others(filing), *_of_facts(filing, before, comparison.word), *own]


def faults(filing: Filing, comparison: Comparison | None = None) -> list[Finding]:
    return [finding for finding in findings(filing, comparison) if finding.blocks]


def questions(filing: Filing) -> list[Finding]:
    return [finding for finding in findings(filing) if not finding.blocks]


def require_faultless(filing: Filing) -> None:
    """Refuse a filing against which something stands."""
    require_none(faults(filing))


def require_none(found: list[Finding]) -> None:
    if found:
        raise FilingRefused(found)


def _of_days(filing):
    """Check the days against that of the submission: what was in time then does not become late while it waits."""
    today = timezone.localdate(None if filing.is_in_hand else filing.submitted_at)
    begins, ends = filing.effective_on, filing.resumes_on
    if begins < today - LATEST_ENTRY:
        return [Finding("effective_on", _("A change more than 60 days ago can no longer be filed; ask the office."))]
    if begins > today + FURTHEST_PLAN:
        return [Finding("effective_on", _("A change more than two years ahead cannot be filed yet."))]
    if ends and ends <= begins:
        return [Finding("resumes_on", _("The day of reopening must come after the first day of closing."))]
    if ends and ends > begins + LONGEST_CLOSING:
        return [Finding("resumes_on", _("A closing of more than ten years is no suspension."))]
    if begins < today:
        return [Finding("effective_on", _("The effective day has passed already: is this a late entry?"), blocks=False)]
    return []


def _of_others(filing):
    """Let one filing of a kind be under way for a library at a time."""
    if filing.state in Filing.UNDER_WAY:
        # It was asked when this one was handed in; since then the database keeps any other out.
        return []
    if not getattr(filing, "has_rival", True):
        return []
    under_way = Filing.objects.filter(library=filing.library, kind=filing.kind, state__in=Filing.UNDER_WAY)
    other = under_way.exclude(pk=filing.pk).first()
    if other is None:
        return []
    sentence = _("Another filing of this kind is under way for this library: %(filing)s.") % {"filing": other}
    return [Finding("", sentence, link=other.get_absolute_url())]


def _of_facts(filing, before, word):
    """Check that something changes, to a state that may follow, in a town of the own district."""
    wanted = filing.requested
    if all(wanted[field] == before.get(field) for field in wanted):
        return [Finding("", _("Nothing would change: the registry says this already."))]
    found = []
    if "status" in wanted and wanted["status"] not in Spell.MOVES[Spell.Status(before["status"])]:
        states = {"before": Spell.Status(before["status"]).label, "after": Spell.Status(wanted["status"]).label}
        found.append(Finding("", _("On that day the library is %(before)s; it cannot become %(after)s.") % states))
    if wanted.get("town") and not word.is_in(wanted["town"], before["district"]):
        found.append(Finding("town", _("This town does not belong to the district of the library.")))
    return found
