"""Take a filing from the first draft to the registry (6.2.1 e)."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fsul_portal.acts.versions import require_version
from fsul_portal.approvals import actions as approvals
from fsul_portal.approvals.models import EDITED
from fsul_portal.approvals.rules import look_up_stages
from fsul_portal.lives.actions import claim, lock
from fsul_portal.numbers.actions import take_many
from fsul_portal.numbers.series import series
from fsul_portal.records.actions import record
from fsul_portal.users import User
from fsul_portal.verdicts import Refusal, require
from members.libraries.actions import FactsRefused, change_facts
from members.libraries.models import Library
from workgroups.coordination.filings.checks.comparisons import Comparison, compare, conflict
from workgroups.coordination.filings.checks.faults import faults, findings, require_faultless, require_none
from workgroups.coordination.filings.checks.findings import FilingRefused, Finding
from workgroups.coordination.filings.kinds.facts import label
from workgroups.coordination.filings.models import Filing
from workgroups.coordination.filings.rules import (
    may_carry_out,
    may_decide,
    may_edit,
    may_enter_decision,
    may_file_for,
    may_recall,
    may_submit,
    may_turn_down,
    may_withdraw,
)
from workgroups.coordination.filings.wording import letters

FILINGS = series("filing", gettext_lazy("Filings"), "FSUL-BA-{year}-{number:04}")
# Stands for the version of a filing that was not on the page.
NEVER_SHOWN = -1
SortedOut = tuple[dict[Filing, Comparison], list[tuple[Filing, str]]]
ASKED = ("effective_on", "resumes_on", "reason", "requested")


@transaction.atomic
def begin(kind: str, library: Library, *, by: User, asked: Mapping[str, Any], token: str = "") -> Filing:
    """Begin a draft; the same form sent twice begins one (6.2.1 e).

    asked: effective_on, reason, requested (plain facts by field) and, where the kind ends, resumes_on.
    """
    require(may_file_for(by, library))
    token = token or uuid.uuid4().hex
    known = Filing.objects.filter(started_by=by, form_token=token).first()
    if known:
        return known
    require_faultless(Filing(kind=kind, library=library, **asked))
    filing, fresh = Filing.objects.get_or_create(
        started_by=by, form_token=token, defaults={"kind": kind, "library": library, **asked}
    )
    if fresh:
        record(filing, "drafted", by=by, after=_told(filing))
    return filing


@transaction.atomic
def edit(filing, *, by, version, asked):
    """Change what a draft or a returned filing asks for (6.2.1 e)."""
    filing = claim(filing, may_edit, by=by, version=version)
    before = _told(filing)
    for field in ASKED:
        setattr(filing, field, asked.get(field))
    require_faultless(filing)
    filing.version += 1
    filing.save(update_fields=[*ASKED, "version"])
    record(filing, EDITED, by=by, before=before, after=_told(filing))
    return filing


@transaction.atomic
def submit(filing: Filing, *, by: User, version: int | None = None, checked: bool = False, note: str = "") -> Filing:
    """Hand a filing in for the district's signature; questions must have been looked at (6.2.1 e)."""
    filing = claim(filing, may_submit, by=by, version=version)
    # Two filings of one kind for one library, handed in at once, meet here.
    Library.objects.select_for_update().get(pk=filing.library_id)
    comparison = compare(filing)
    found = findings(filing, comparison)
    require_none([finding for finding in found if finding.blocks])
    if found and not checked:
        raise FilingRefused([Finding("checked", _("Look at the questions and say that it is right as it stands."))])
    filing.original = comparison.current
    filing.save(update_fields=["original"])
    approvals.submit(filing, by=by, note=note)
    letters.ask_for_opinions(filing)
    return filing


@transaction.atomic
def agree(filing: Filing, *, by: User, version: int | None = None, note: str = "", seen: str = "") -> Filing:
    """Give the consent of one's stage; the last one puts the filing on file (6.2.1 e).

    seen: the digest of the comparison, from whoever says that the registry's change in between has been seen.
    """
    [filing] = _locked([filing])
    comparison, found = _looked_at(filing, seen)
    require(may_decide(by, filing))
    require_version(filing, version)
    require_none(found)
    approvals.agree(filing, by=by, note=note)
    _go_on({filing: comparison}, by, note)
    return filing


@transaction.atomic
def enter_decision(filing, *, by, number, day, version=None, note="", seen=""):
    """Answer the stage that waits for a decision of the committee, with its number and day (6.2.1 e)."""
    [filing] = _locked([filing])
    comparison, found = _looked_at(filing, seen)
    require(may_enter_decision(by, filing))
    require_version(filing, version)
    require_none(found)
    approvals.enter_decision(filing, by=by, number=number, day=day, note=note)
    _go_on({filing: comparison}, by, note)
    return filing


@transaction.atomic
def agree_to_all(filings: Iterable[Filing], *, by: User, versions: Mapping[int, int]) -> SortedOut:
    """Give the consent to each of many that nobody has to look at twice; the others are left alone (6.2.1 e).

    versions: the version of each that was on the page, by its key. However many they are, they are read, decided, put
    on file and told together; what is due today is carried out one by one.
    """
    ready, left = sorted_out(_locked(filings), by=by, versions=versions)
    approvals.agree_to_all(list(ready), by=by)
    _go_on(ready, by, "")
    return ready, left


def sorted_out(filings: Sequence[Filing], *, by: User, versions: Mapping[int, int] | None = None) -> SortedOut:
    """Return how those compare that may be agreed to in passing, and the others with what keeps them back."""
    ready: dict[Filing, Comparison] = {}
    left: list[tuple[Filing, str]] = []
    look_up_stages(by, filings)
    for filing in filings:
        comparison = compare(filing)
        try:
            require(may_decide(by, filing))
            require_version(filing, versions.get(filing.pk, NEVER_SHOWN) if versions is not None else None)
            if comparison.has_moved or findings(filing, comparison):
                raise FilingRefused([Finding("", _("Something is flagged: open it and decide on it alone."))])
        except (Refusal, FilingRefused) as refused:
            left.append((filing, str(refused)))
        else:
            ready[filing] = comparison
    return ready, left


def _locked(filings: Iterable[Filing]) -> list[Filing]:
    """Return filings as they are now, with all that a decision reads, locked in one order for everybody."""
    keys = [filing.pk for filing in filings]
    return list(Filing.objects.with_all().select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk"))


def _looked_at(filing: Filing, seen: str) -> tuple[Comparison, list[Finding]]:
    """Return how a filing compares, and what stands against a consent: all that is read for it, once."""
    comparison = compare(filing)
    return comparison, [*faults(filing, comparison), *_unseen(comparison, seen)]


def _go_on(compared: Mapping[Filing, Comparison], by: User, note: str) -> None:
    """Put on file what is approved now, carry out what is due, and tell everybody how it stands."""
    approved = [filing for filing in compared if filing.state == Filing.State.ACCEPTED]
    if approved:
        numbers = take_many(FILINGS, timezone.localdate().year, len(approved))
        for filing, number in zip(approved, numbers, strict=True):
            filing.number, filing.seen = number.text, compared[filing].current
        Filing.objects.bulk_update(approved, ["number", "seen"])
    refusals = {filing: _take_effect(filing, by) for filing in approved}
    letters.tell_consented(compared, refusals, note)


@transaction.atomic
def recall(filing, *, by, note="", version=None):
    """Take a submission back as long as nobody has answered (6.2.1 e)."""
    return approvals.recall(claim(filing, may_recall, by=by, version=version), by=by, note=note)


@transaction.atomic
def give_back(filing: Filing, *, by: User, note: str, version: int | None = None) -> Filing:
    """Return a filing for correction (6.2.1 e)."""
    filing = approvals.give_back(claim(filing, may_turn_down, by=by, version=version), by=by, note=note)
    letters.tell_turned_down(filing, note)
    return filing


@transaction.atomic
def refuse(filing, *, by, note, version=None):
    """Refuse a filing for good (6.2.1 e)."""
    filing = approvals.refuse(claim(filing, may_turn_down, by=by, version=version), by=by, note=note)
    letters.tell_turned_down(filing, note)
    return filing


@transaction.atomic
def withdraw(filing, *, by, note="", version=None):
    """Take back what has not been carried out (6.2.1 e)."""
    filing = claim(filing, may_withdraw, by=by, version=version)
    was_approved = filing.state == Filing.State.ACCEPTED
    approvals.withdraw(filing, by=by, note=note)
    if was_approved:
        letters.tell_withdrawn(filing)
    return filing


@transaction.atomic
def carry_out(filing, *, by, version=None, note="", seen=""):
    """Carry out by hand what the registry did not take on its day (6.2.1 e)."""
    filing = claim(filing, may_carry_out, by=by, version=version)
    comparison = compare(filing)
    require_none(_unseen(comparison, seen))
    filing.seen = comparison.current
    filing.save(update_fields=["seen"])
    refusal = _change_registry(filing, by)
    if refusal:
        raise FilingRefused([Finding("", refusal)])
    return filing


@transaction.atomic
def apply_filing(filing, *, by=None):
    """Let the registry say what was approved, once its day has come; calling it again does nothing (6.2.1 e)."""
    filing = lock(filing)
    refusal = _take_effect(filing, by)
    if refusal:
        letters.tell_not_carried_out(filing, refusal)
    return filing


def _take_effect(filing: Filing, by: User) -> str:
    """Carry out an approved filing whose day has come; return the sentence with which it was refused, or ""."""
    is_due = filing.state == Filing.State.ACCEPTED and filing.effective_on <= timezone.localdate()
    return _change_registry(filing, by) if is_due else ""


def _change_registry(filing: Filing, by: User) -> str:
    """Change the registry, all or nothing; return the sentence with which it was refused, or ""."""
    changed = ", ".join(label(field) for field in conflict(filing, filing.facts_now))
    if changed:
        return _("The registry was changed after the decision: %(fields)s.") % {"fields": changed}
    try:
        with transaction.atomic():
            day, until, facts = filing.what.changes(filing)
            change_facts(filing.library, facts, on=day, until=until, by=by, reason=filing.number or "")
    except FactsRefused as refused:
        return refused.sentence
    filing.applied_at, filing.applied_by = timezone.now(), by
    filing.save(update_fields=["applied_at", "applied_by"])
    approvals.enter_into_force(filing, by=by)
    return ""


def _unseen(comparison: Comparison, seen: str) -> list[Finding]:
    """Find fault with a decision on facts that were not on the page."""
    if not comparison.has_moved or seen == comparison.digest:
        return []
    return [Finding("seen", _("The registry has changed meanwhile: look at all three columns first."))]


def _told(filing):
    return {field: getattr(filing, field) for field in ASKED if field != "requested"} | filing.requested
