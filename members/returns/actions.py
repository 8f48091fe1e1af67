"""Save, hand in, accept and give back returns, and lock their periods (6.2.1 j)."""

from collections.abc import Collection, Iterable
from typing import Any

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
from fsul_portal.users import User
from fsul_portal.verdicts import Denied, Unready, Way, not_now, require
from members.indicators.models import Indicator
from members.indicators.versions.reading import digest_of
from members.libraries.models import Library
from members.periods.actions import ensure, share
from members.periods.models import Period
from members.returns.checks import Case, Checks, Finding, Past, Peers, check, history_of, names_of, unanswered
from members.returns.checks.asked import Asked, asked_of_many
from members.returns.due.expected import standing_of
from members.returns.effects import empty_cells
from members.returns.models import Return
from members.returns.rollup.actions import Change, count_again
from members.returns.rollup.sums import Stand, stand_of
from members.returns.rules import may_decide, may_recall, may_take_back, may_write, stands_beside

GIVEN_BACK = kind("return-given-back", gettext_lazy("Returns that come back"))


class ReturnRefused(Unready):
    """Carry what keeps a return from being handed in: what blocks, and what nobody has explained."""


def hold(period: Period | str) -> Period:
    """Hold the period, new or old, with other writers until the end of the transaction, and return it.

    Whoever writes a return of the period comes through here, so that nothing slips in while the period is locked.
    """
    code = period if isinstance(period, str) else period.code
    ensure([code])
    return share([code])[0]


def findings_of(one: Return, past: Past | None = None, indicators: Iterable[Indicator] | None = None) -> list[Finding]:
    """Return what the checks say of a return as it is now; what is known already is not read once more."""
    if past is None:
        past = history_of([one.period.code], [one.library_id]).past(one.library_id, one.period.code)
    known = list(Indicator.objects.all() if indicators is None else indicators)
    names, rows = names_of(known), Checks(digest=digest_of(known)).at(one.period.code)
    stood = standing_of(one.library, one.period)
    case = Case(one.figures, one.period.days, stood, past, is_year=one.period.is_year, rows=rows, names=names)
    case.peers = Peers(one.period)
    return check(case)


@transaction.atomic
def save_draft(
    library: Library,
    period: Period | str,
    figures: dict[str, Any],
    notes: dict[str, str],
    *,
    by: User,
    version: int | None = None,
) -> Return:
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
    if period.is_year:
        # What is written decides whether it may stand beside months.
        require(stands_beside(one))
    one.questions = [finding.as_question() for finding in unanswered(findings_of(one), notes)]
    if one.pk:
        one.save(update_fields=["figures", "notes", "questions", "version"])
    else:
        _insert(one)
        _counted(one, None)
    record(one, EDITED, by=by, before=before, after=_as_values(one))
    return one


@transaction.atomic
def submit(one: Return, *, by: User, version: int | None = None) -> Return:
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
    before, one.questions = stand_of(one), []
    one.received_at = one.received_at or timezone.now()
    one.save(update_fields=["questions", "received_at"])
    return _counted(approvals.submit(one, by=by), before)


@transaction.atomic
def hand_in(
    library: Library,
    period: Period | str,
    figures: dict[str, Any],
    notes: dict[str, str],
    *,
    by: User,
    version: int | None = None,
) -> Return:
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


def _handed_in(
    library: Library, period: Period | str, figures: dict[str, Any], notes: dict[str, str], by: User
) -> Return | None:
    """Return what this person has handed in already, if it says the same."""
    returns = Return.objects.select_for_update(of=("self",)).filter(state=Return.State.SUBMITTED, submitted_by=by)
    one = returns.filter(library=library, period__code=getattr(period, "code", period)).first()
    return one if one and (one.figures, one.notes) == (figures, notes) else None


@transaction.atomic
def accept(one: Return, *, by: User, note: str = "", version: int | None = None) -> Return:
    """Agree to a return on behalf of the district; its figures count from now on (6.2.1 j)."""
    one = _held(one)
    require(may_decide(by, one))
    require_version(one, version)
    before = stand_of(one)
    approvals.agree(one, by=by, note=note)
    return _counted(one, before)


def to_look_at(one: Return, asked: Asked | None = None) -> str:
    """Return why nobody accepts this return in passing, or "": the form asks about the same things (6.2.1 j)."""
    if one.questions or any(one.notes.values()):
        return _("It has questions or explanations; open it and decide.")
    empty = empty_cells(one, asked)
    if empty:
        return _("No figure was given for: %(codes)s; open it and decide.") % {"codes": ", ".join(empty)}
    return ""


def accept_unquestioned(one: Return, *, by: User, version: int | None = None) -> Return:
    """Accept one of many; what somebody has to look at is not accepted in passing (6.2.1 j)."""
    sentence = to_look_at(one)
    if sentence:
        require(not_now(sentence, Way(str(one), one.get_absolute_url())))
    return accept(one, by=by, version=version)


def sorted_out(user: User, returns: Collection[Return]) -> tuple[list[Return], list[tuple[Return, str]]]:
    """Return those that may be accepted in passing, and the others with the sentence that keeps them back."""
    ready, left, asked = [], [], asked_of_many(returns)
    for one in returns:
        verdict = may_decide(user, one)
        sentence = verdict.sentence if isinstance(verdict, Denied) else to_look_at(one, asked[one.pk])
        if sentence:
            left.append((one, sentence))
        else:
            ready.append(one)
    return ready, left


def accept_many(ticked: Iterable[tuple[Return, int]], *, by: User) -> tuple[list[Return], list[tuple[Return, str]]]:
    """Accept each (return, version) in a transaction of its own; return the accepted ones, and the rest with why."""
    accepted, left = [], []
    for one, version in ticked:
        try:
            accepted.append(accept_unquestioned(one, by=by, version=version))
        except PermissionDenied as refusal:
            left.append((one, str(refusal)))
    return accepted, left


@transaction.atomic
def give_back(one: Return, *, by: User, note: str, version: int | None = None) -> Return:
    """Return a return for correction, and tell who handed it in (6.2.1 j)."""
    one = _held(one)
    require(may_decide(by, one))
    require_version(one, version)
    before = stand_of(one)
    approvals.give_back(one, by=by, note=note)
    _counted(one, before)
    _tell_writers(one, note)
    return one


@transaction.atomic
def take_back(one: Return, *, by: User, note: str, version: int | None = None) -> Return:
    """Give an accepted return back for correction, while its month is open (6.2.1 j)."""
    one = _held(one)
    require(may_take_back(by, one))
    require_version(one, version)
    before = stand_of(one)
    approvals.take_back(one, by=by, note=note)
    _counted(one, before)
    _tell_writers(one, note)
    return one


@transaction.atomic
def recall(one: Return, *, by: User, note: str = "", version: int | None = None) -> Return:
    """Take back what was handed in, as long as the district has not answered (6.2.1 j)."""
    one = _held(one)
    require(may_recall(by, one))
    require_version(one, version)
    before = stand_of(one)
    if one.round == 1:
        # It was never with the district, so it has not been handed in yet.
        one.received_at = None
        one.save(update_fields=["received_at"])
    return _counted(approvals.recall(one, by=by, note=note), before)


def _counted(one: Return, before: Stand | None) -> Return:
    """Let the sums follow what a return was and is now."""
    count_again([Change(one.library_id, one.period, before, stand_of(one))])
    return one


def _tell_writers(one: Return, note: str) -> None:
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


def _insert(one: Return) -> None:
    """Write a new return; whoever began the same one a moment earlier keeps it."""
    try:
        with transaction.atomic():
            one.save(force_insert=True)
    except IntegrityError as refusal:
        raise Stale(_("Somebody has begun this return at the same moment; look at it again as it is now.")) from refusal


def _held(one: Return) -> Return:
    """Return the return as it is now, with its period; the period is held first, as everywhere."""
    period = hold(one.period)
    one = approvals.lock(one)
    one.period = period
    return one


def _return_of(library: Library, period: Period, by: User) -> Return:
    stored = Return.objects.filter(library=library, period=period).first()
    one = approvals.lock(stored) if stored else Return(started_by=by)
    one.library, one.period = library, period
    return one


def _as_values(one: Return) -> dict[str, Any]:
    """Return what records show of a return: each figure and each note under its own name."""
    return one.figures | {f"{code}.note": note for code, note in one.notes.items()}
