"""Take a filing from the first draft to the registry (6.2.1 e)."""

import uuid

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fsul_portal.acts.versions import require_version
from fsul_portal.approvals import actions as approvals
from fsul_portal.approvals.models import EDITED
from fsul_portal.numbers.actions import take
from fsul_portal.numbers.series import series
from fsul_portal.records.actions import record
from fsul_portal.verdicts import require
from members.libraries.actions import FactsRefused, change_facts
from members.libraries.models import Library
from workgroups.coordination.filings.checks.comparisons import compare, conflict
from workgroups.coordination.filings.checks.faults import questions, require_faultless
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
ASKED = ("effective_on", "resumes_on", "reason", "requested")


@transaction.atomic
def begin(kind, library, *, by, asked, token=""):
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
    filing = approvals.lock(filing)
    require(may_edit(by, filing))
    require_version(filing, version)
    before = _told(filing)
    for field in ASKED:
        setattr(filing, field, asked.get(field))
    require_faultless(filing)
    filing.version += 1
    filing.save(update_fields=[*ASKED, "version"])
    record(filing, EDITED, by=by, before=before, after=_told(filing))
    return filing


@transaction.atomic
def submit(filing, *, by, version=None, checked=False, note=""):
    """Hand a filing in for the district's signature; questions must have been looked at (6.2.1 e)."""
    filing = approvals.lock(filing)
    require(may_submit(by, filing))
    require_version(filing, version)
    # Two filings of one kind for one library, handed in at once, meet here.
    Library.objects.select_for_update().get(pk=filing.library_id)
    require_faultless(filing)
    if questions(filing) and not checked:
        raise FilingRefused([Finding("checked", _("Look at the questions and say that it is right as it stands."))])
    filing.original = compare(filing).current
    filing.save(update_fields=["original"])
    approvals.submit(filing, by=by, note=note)
    letters.ask_for_opinions(filing)
    return filing


@transaction.atomic
def agree(filing, *, by, version=None, note="", seen=""):
    """Give the consent of one's stage; the last one puts the filing on file (6.2.1 e).

    seen: the digest of the comparison, from whoever says that the registry's change in between has been seen.
    """
    filing, comparison = _ready(filing, may_decide, by, version, seen)
    return _go_on(approvals.agree(filing, by=by, note=note), comparison, by, note)


@transaction.atomic
def enter_decision(filing, *, by, number, day, version=None, note="", seen=""):
    """Answer the stage that waits for a decision of the committee, with its number and day (6.2.1 e)."""
    filing, comparison = _ready(filing, may_enter_decision, by, version, seen)
    approvals.enter_decision(filing, by=by, number=number, day=day, note=note)
    return _go_on(filing, comparison, by, note)


@transaction.atomic
def recall(filing, *, by, note="", version=None):
    """Take a submission back as long as nobody has answered (6.2.1 e)."""
    filing = approvals.lock(filing)
    require(may_recall(by, filing))
    require_version(filing, version)
    return approvals.recall(filing, by=by, note=note)


def _ready(filing, rule, by, version, seen):
    """Return the filing, locked, and how it compares, once nothing stands against a consent."""
    filing = approvals.lock(filing)
    require(rule(by, filing))
    require_version(filing, version)
    comparison = compare(filing)
    require_faultless(filing, comparison)
    _require_seen(comparison, seen)
    return filing, comparison


def _go_on(filing, comparison, by, note):
    if filing.state == Filing.State.ACCEPTED:
        return _put_on_file(filing, comparison, by, note)
    letters.ask_for_opinions(filing)
    return filing


@transaction.atomic
def give_back(filing, *, by, note, version=None):
    """Return a filing for correction (6.2.1 e)."""
    filing = approvals.lock(filing)
    require(may_turn_down(by, filing))
    require_version(filing, version)
    approvals.give_back(filing, by=by, note=note)
    letters.tell_outcome(filing, note)
    return filing


@transaction.atomic
def refuse(filing, *, by, note, version=None):
    """Refuse a filing for good (6.2.1 e)."""
    filing = approvals.lock(filing)
    require(may_turn_down(by, filing))
    require_version(filing, version)
    approvals.refuse(filing, by=by, note=note)
    letters.tell_outcome(filing, note)
    return filing


@transaction.atomic
def withdraw(filing, *, by, note="", version=None):
    """Take back what has not been carried out (6.2.1 e)."""
    filing = approvals.lock(filing)
    require(may_withdraw(by, filing))
    require_version(filing, version)
    was_approved = filing.state == Filing.State.ACCEPTED
    approvals.withdraw(filing, by=by, note=note)
    if was_approved:
        letters.tell_withdrawn(filing)
    return filing


@transaction.atomic
def carry_out(filing, *, by, version=None, note="", seen=""):
    """Carry out by hand what the registry did not take on its day (6.2.1 e)."""
    filing = approvals.lock(filing)
    require(may_carry_out(by, filing))
    require_version(filing, version)
    comparison = compare(filing)
    _require_seen(comparison, seen)
    filing.seen = comparison.current
    filing.save(update_fields=["seen"])
    refusal = _refusal(filing, by)
    if refusal:
        raise FilingRefused([Finding("", refusal)])
    return _enter_into_force(filing, by)


@transaction.atomic
def apply_filing(filing, *, by=None):
    """Let the registry say what was approved, once its day has come; calling it again does nothing (6.2.1 e)."""
    filing = approvals.lock(filing)
    if filing.state != Filing.State.ACCEPTED or filing.effective_on > timezone.localdate():
        return filing
    refusal = _refusal(filing, by)
    if refusal:
        letters.tell_not_carried_out(filing, refusal)
        return filing
    return _enter_into_force(filing, by)


def _enter_into_force(filing, by):
    filing.applied_at, filing.applied_by = timezone.now(), by
    filing.save(update_fields=["applied_at", "applied_by"])
    return approvals.enter_into_force(filing, by=by)


def _refusal(filing, by):
    """Change the registry, all or nothing; return the sentence with which it was refused, or ""."""
    changed = ", ".join(str(label(field)) for field in conflict(filing))
    if changed:
        return _("The registry was changed after the decision: %(fields)s.") % {"fields": changed}
    try:
        with transaction.atomic():
            day, until, facts = filing.what.changes(filing)
            change_facts(filing.library, facts, on=day, until=until, by=by, reason=filing.number or "")
    except FactsRefused as refused:
        return refused.sentence
    return ""


def _put_on_file(filing, comparison, by, note):
    number = take(FILINGS, timezone.localdate().year)
    filing.number, filing.seen = number.text, comparison.current
    filing.save(update_fields=["number", "seen"])
    letters.tell_outcome(filing, note)
    return apply_filing(filing, by=by)


def _require_seen(comparison, seen):
    if comparison.has_moved and seen != comparison.digest:
        sentence = _("The registry has changed meanwhile: look at all three columns first.")
        raise FilingRefused([Finding("seen", sentence)])


def _told(filing):
    return {field: getattr(filing, field) for field in ASKED if field != "requested"} | filing.requested
