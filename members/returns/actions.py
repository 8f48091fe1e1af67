"""Save, hand in, accept and give back returns, and lock their periods (6.2.1 j)."""

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fsul_portal.acts.versions import Stale, require_version
from fsul_portal.approvals import actions as approvals
from fsul_portal.approvals.models import EDITED
from fsul_portal.notices.actions import tell
from fsul_portal.notices.kinds import kind
from fsul_portal.records.actions import record
from fsul_portal.verdicts import Denied, Unready, Way, not_now, require
from members.indicators.models import Indicator
from members.periods.actions import ensure, share
from members.returns.checks import Case, check, history_of, unanswered
from members.returns.due.expected import standing_of
from members.returns.effects import empty_cells
from members.returns.models import Return
from members.returns.rules import may_decide, may_recall, may_take_back, may_write

GIVEN_BACK = kind("return-given-back", gettext_lazy("Returns that come back"))


class ReturnRefused(Unready):
    """Carry what keeps a return from being handed in: what blocks, and what nobody has explained."""


def hold(period):
    """Hold the period, new or old, with other writers until the end of the transaction, and return it.

    Whoever writes a return of the period comes through here, so that nothing slips in while the period is locked.
    """
    code = getattr(period, "code", period)
    ensure([code])
    return share([code])[0]


def findings_of(one, past=None):
    """Return what the checks say of a return as it is now; `past` spares reading once more what came before it."""
    if past is None:
        past = history_of([one.period.code], [one.library_id]).past(one.library_id, one.period.code)
    return check(
        Case(one.figures, one.period.days, standing_of(one.library, one.period), past, is_year=one.period.is_year)
    )


@transaction.atomic
def save_draft(library, period, figures, notes, *, by, version=None):
    """Keep the figures of one library for one period, without handing them in (6.2.1 j)."""
    period = hold(period)
    one = _return_of(library, period, by)
    if one.pk and (one.figures, one.notes) == (figures, notes) and one.can_become(Return.State.SUBMITTED):
        require(may_write(by, one))
        return one
    require(may_write(by, one))
    require_version(one, version)
    before = _as_values(one)
    one.figures, one.notes, one.version = figures, notes, one.version + 1
    one.questions = [finding.as_question() for finding in unanswered(findings_of(one), notes)]
    if one.pk:
        one.save(update_fields=["figures", "notes", "questions", "version"])
    else:
        _insert(one)
    record(one, EDITED, by=by, before=before, after=_as_values(one))
    return one


@transaction.atomic
def submit(one, *, by, version=None):
    """Hand a return in to the district; what blocks or is not explained keeps it back (6.2.1 j)."""
    one = _held(one)
    require(may_write(by, one))
    require_version(one, version)
    if not one.figures:
        way = Way(_("Fill in"), reverse("returns:return-edit", args=[one.library.code, one.period.code]))
        require(not_now(_("There is no figure in this return yet."), way))
    findings = findings_of(one)
    refused = [finding for finding in findings if finding.blocks] + unanswered(findings, one.notes)
    if refused:
        raise ReturnRefused(refused)
    one.questions = []
    one.received_at = one.received_at or timezone.now()
    one.save(update_fields=["questions", "received_at"])
    return approvals.submit(one, by=by)


@transaction.atomic
def hand_in(library, period, figures, notes, *, by, version=None):
    """Save and submit in one step; sent twice by the same person it is handed in once (6.2.1 j)."""
    hold(period)
    try:
        return _handed_in(library, period, figures, notes, by) or submit(
            save_draft(library, period, figures, notes, by=by, version=version), by=by
        )
    except Stale:
        # The same click, twice at once: the other one was faster.
        one = _handed_in(library, period, figures, notes, by)
        if one is None:
            raise
        return one


def _handed_in(library, period, figures, notes, by):
    """Return what this person has handed in already, if it says the same."""
    returns = Return.objects.select_for_update(of=("self",)).filter(state=Return.State.SUBMITTED, submitted_by=by)
    one = returns.filter(library=library, period__code=getattr(period, "code", period)).first()
    return one if one and (one.figures, one.notes) == (figures, notes) else None


@transaction.atomic
def accept(one, *, by, note="", version=None):
    """Agree to a return on behalf of the district; its figures count from now on (6.2.1 j)."""
    one = _held(one)
    require(may_decide(by, one))
    require_version(one, version)
    return approvals.agree(one, by=by, note=note)


def to_look_at(one, codes=None):
    """Return why nobody accepts this return in passing, or "": the form asks about the same things (6.2.1 j)."""
    if one.questions or any(one.notes.values()):
        return _("It has questions or explanations; open it and decide.")
    empty = empty_cells(one, codes)
    if empty:
        return _("No figure was given for: %(codes)s; open it and decide.") % {"codes": ", ".join(empty)}
    return ""


def accept_unquestioned(one, *, by, version=None):
    """Accept one of many; what somebody has to look at is not accepted in passing (6.2.1 j)."""
    sentence = to_look_at(one)
    if sentence:
        require(not_now(sentence, Way(str(one), one.get_absolute_url())))
    return accept(one, by=by, version=version)


def sorted_out(user, returns):
    """Return those that may be accepted in passing, and the others with the sentence that keeps them back."""
    ready, left, codes = [], [], list(Indicator.objects.values_list("code", flat=True))
    for one in returns:
        verdict = may_decide(user, one)
        sentence = verdict.sentence if isinstance(verdict, Denied) else to_look_at(one, codes)
        if sentence:
            left.append((one, sentence))
        else:
            ready.append(one)
    return ready, left


def accept_many(ticked, *, by):
    """Accept each (return, version) in a transaction of its own; return the accepted ones, and the rest with why."""
    accepted, left = [], []
    for one, version in ticked:
        try:
            accepted.append(accept_unquestioned(one, by=by, version=version))
        except PermissionDenied as refusal:
            left.append((one, str(refusal)))
    return accepted, left


@transaction.atomic
def give_back(one, *, by, note, version=None):
    """Return a return for correction, and tell who handed it in (6.2.1 j)."""
    one = _held(one)
    require(may_decide(by, one))
    require_version(one, version)
    approvals.give_back(one, by=by, note=note)
    _tell_writers(one, note)
    return one


@transaction.atomic
def take_back(one, *, by, note, version=None):
    """Give an accepted return back for correction, while its month is open (6.2.1 j)."""
    one = _held(one)
    require(may_take_back(by, one))
    require_version(one, version)
    approvals.take_back(one, by=by, note=note)
    _tell_writers(one, note)
    return one


@transaction.atomic
def recall(one, *, by, note="", version=None):
    """Take back what was handed in, as long as the district has not answered (6.2.1 j)."""
    one = _held(one)
    require(may_recall(by, one))
    require_version(one, version)
    if one.round == 1:
        # It was never with the district, so it has not been handed in yet.
        one.received_at = None
        one.save(update_fields=["received_at"])
    return approvals.recall(one, by=by, note=note)


def _tell_writers(one, note):
    people = {person.pk: person for person in (one.submitted_by, one.started_by) if person}
    tell(
        list(people.values()),
        key=f"{GIVEN_BACK}:{one.pk}:{one.version}",
        subject=lambda: (
            _("Returned for correction: %(library)s, %(period)s") % {"library": one.library, "period": one.period}
        ),
        body=note,
        link=one.get_absolute_url(),
    )


def _insert(one):
    """Write a new return; whoever began the same one a moment earlier keeps it."""
    try:
        with transaction.atomic():
            one.save(force_insert=True)
    except IntegrityError as refusal:
        raise Stale(_("Somebody has begun this return at the same moment; look at it again as it is now.")) from refusal


def _held(one):
    """Return the return as it is now, with its period; the period is held first, as everywhere."""
    period = hold(one.period)
    one = approvals.lock(one)
    one.period = period
    return one


def _return_of(library, period, by):
    stored = Return.objects.filter(library=library, period=period).first()
    one = approvals.lock(stored) if stored else Return(started_by=by)
    one.library, one.period = library, period
    return one


def _as_values(one):
    """Return what records show of a return: each figure and each note under its own name."""
    return one.figures | {f"{code}.note": note for code, note in one.notes.items()}
