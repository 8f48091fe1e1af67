"""Take a paper from the proposal to the day on which another one replaces it."""

from datetime import date
from typing import Any, TypeVar

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fsul_portal.acts.versions import Stale
from fsul_portal.approvals import actions as approvals
from fsul_portal.lives.actions import begin, claim, lock, step
from fsul_portal.lives.models import Fault
from fsul_portal.numbers.actions import take
from fsul_portal.papers import letters, rules
from fsul_portal.papers.models import Opinion, Paper
from fsul_portal.records.actions import record
from fsul_portal.users import User
from fsul_portal.verdicts import Overtaken, Unready, require

Kept = TypeVar("Kept", bound=Paper)
Remarked = TypeVar("Remarked", bound=Opinion)


@transaction.atomic
def propose(paper: Kept, *, by: User, token: str = "") -> Kept:
    """Propose that something be written, or that what is in force be written anew."""
    require(rules.may_propose(by, paper))
    return begin(paper, "paper proposed", by=by, token=token)


@transaction.atomic
def write(paper: Kept, *, by: User, text: str, version: int | None = None, note: str = "") -> Kept:
    """Write the next edition; the ones before stay beside it."""
    paper = claim(paper, rules.may_write, by=by, version=version)
    last = paper.edition
    paper.editions.create(number=last.number + 1 if last else 1, text=text, written_by=by)
    to = "" if paper.state == paper.State.DRAFT else paper.State.DRAFT
    return step(paper, "paper written", to=to, by=by, note=note)


@transaction.atomic
def consult(paper: Kept, *, by: User, until: date, version: int | None = None, note: str = "") -> Kept:
    """Ask for opinions on the newest edition, until a day."""
    paper = claim(paper, rules.may_consult, by=by, version=version)
    if until < timezone.localdate():
        raise Unready([Fault("until", _("This day is over."))])
    paper = step(paper, "paper consulted", to=paper.State.CONSULTED, by=by, note=note, consult_until=until)
    letters.tell_consulted(paper)
    return paper


@transaction.atomic
def speak(paper: Paper, *, by: User, text: str, edition: int, clause: str = "", unit: str = "") -> Any:
    """Give an opinion on an edition; whoever read an older one looks at the new one first."""
    paper = claim(paper, rules.may_speak, by=by)
    # The same form sent twice gives one opinion.
    same = {"edition": edition, "clause": clause, "text": text, "given_by": by}
    if found := paper.consulted.filter(**same).first():
        return found
    if edition != paper.edition.number:
        raise Stale(_("There is a newer edition by now; look at it first."))
    late = paper.consult_until is not None and timezone.localdate() > paper.consult_until
    unit = unit or paper.unit_of(by)
    given = paper.consulted.create(**same, unit=unit, is_late=late)
    record(paper, "paper opinion", by=by, after={"clause": clause, "unit": unit}, note=text)
    return given


@transaction.atomic
def answer(opinion: Remarked, *, by: User, outcome: str, reason: str = "") -> Remarked:
    """Say what became of an opinion; what is not accepted as it stands gets a reason."""
    claim(opinion.paper, rules.may_write, by=by)
    opinion = lock(opinion)
    require(rules.may_answer(by, opinion))
    if outcome != opinion.Outcome.ACCEPTED and not reason.strip():
        raise Unready([Fault("reason", _("Say why it was not accepted as it stands."))])
    opinion.outcome, opinion.reason = outcome, reason
    opinion.answered_at, opinion.answered_by = timezone.now(), by
    opinion.save(update_fields=["outcome", "reason", "answered_at", "answered_by"])
    record(opinion.paper, "paper answered", by=by, after={"clause": opinion.clause, "outcome": outcome}, note=reason)
    return opinion


@transaction.atomic
def answer_one(
    paper: Kept, *, by: User, opinion: int, outcome: str, reason: str = "", version: int | None = None
) -> Kept:
    """Say what became of one of the opinions of a paper, chosen by its key."""
    paper = claim(paper, rules.may_answer_some, by=by, version=version)
    given = paper.consulted.filter(pk=opinion).first()
    if given is None:
        raise Unready([Fault("opinion", _("There is no such opinion here."))])
    answer(given, by=by, outcome=outcome, reason=reason)
    return paper


@transaction.atomic
def submit(paper: Kept, *, by: User, version: int | None = None, note: str = "") -> Kept:
    """Put it to decision, on the way of its kind."""
    return approvals.submit(claim(paper, rules.may_submit, by=by, version=version), by=by, note=note)


@transaction.atomic
def agree(paper: Kept, *, by: User, version: int | None = None, note: str = "") -> Kept:
    """Give the consent of one's stage."""
    return approvals.agree(claim(paper, rules.may_decide, by=by, version=version), by=by, note=note)


@transaction.atomic
def enter_decision(
    paper: Kept, *, by: User, number: str, day: date, version: int | None = None, note: str = ""
) -> Kept:
    """Answer the stage that waits for a decision, with its number and day."""
    paper = claim(paper, rules.may_enter_decision, by=by, version=version)
    return approvals.enter_decision(paper, by=by, number=number, day=day, note=note)


@transaction.atomic
def give_back(paper: Kept, *, by: User, note: str, version: int | None = None) -> Kept:
    """Return it to the drafters, with what is to be corrected."""
    return approvals.give_back(claim(paper, rules.may_turn_down, by=by, version=version), by=by, note=note)


@transaction.atomic
def refuse(paper: Kept, *, by: User, note: str, version: int | None = None) -> Kept:
    """Refuse it for good."""
    return approvals.refuse(claim(paper, rules.may_turn_down, by=by, version=version), by=by, note=note)


@transaction.atomic
def recall(paper: Kept, *, by: User, version: int | None = None, note: str = "") -> Kept:
    """Take it back as long as nobody has answered."""
    return approvals.recall(claim(paper, rules.may_recall, by=by, version=version), by=by, note=note)


@transaction.atomic
def issue(paper: Kept, *, by: User, in_force_on: date, version: int | None = None, note: str = "") -> Kept:
    """Give it its number and the day from which it is in force; what it replaces ends on that day."""
    paper = claim(paper, rules.may_issue, by=by, version=version)
    today = timezone.localdate()
    if in_force_on < today:
        raise Unready([Fault("in_force_on", _("Nothing is in force before it was issued."))])
    if paper.replaces:
        _end_on(paper.replaces, in_force_on, by)
    number = take(paper.SERIES, today.year).text
    facts = {"number": number, "in_force_on": in_force_on, "review_due_on": paper.first_review(in_force_on)}
    paper = step(paper, "paper issued", to=paper.State.ISSUED, pair="issued", by=by, note=note, **facts)
    letters.tell_issued(paper)
    return paper


@transaction.atomic
def enter_into_force(paper: Kept, *, by: User | None = None) -> Kept:
    """Let it enter into force on its day, and what it replaces be replaced."""
    paper = claim(paper, rules.may_enter_into_force, by=by)
    if paper.replaces:
        old = lock(paper.replaces)
        if old.state == old.State.ISSUED:
            old = step(old, "paper in force", to=old.State.IN_FORCE, by=by)
        if old.can_become(old.State.REPLACED):
            step(old, "paper replaced", to=old.State.REPLACED, by=by)
    return step(paper, "paper in force", to=paper.State.IN_FORCE, by=by)


def enter_all_due(model: type[Paper], day: date) -> int:
    """Let everything enter into force whose day has come, each in a transaction of its own; return how many."""
    return len([enter_into_force(paper) for paper in model.objects.entering(day).order_by("in_force_on", "pk")])


@transaction.atomic
def review(paper: Kept, *, by: User, note: str, review_due_on: date, version: int | None = None) -> Kept:
    """Say that it was looked at again, with what was found, and when the next time is."""
    paper = claim(paper, rules.may_review, by=by, version=version)
    if review_due_on <= timezone.localdate():
        raise Unready([Fault("review_due_on", _("The next review lies ahead."))])
    return step(paper, "paper reviewed", pair="reviewed", by=by, note=note, review_due_on=review_due_on)


@transaction.atomic
def repeal(paper: Kept, *, by: User, note: str, version: int | None = None) -> Kept:
    """Repeal it from today, without another one in its place."""
    paper = claim(paper, rules.may_repeal, by=by, version=version)
    return step(paper, "paper repealed", to=paper.State.REPEALED, by=by, note=note, ended_on=timezone.localdate())


@transaction.atomic
def withdraw(paper: Kept, *, by: User, version: int | None = None, note: str = "") -> Kept:
    """Take back what is not in force; what it was to replace stays in force."""
    paper = claim(paper, rules.may_withdraw, by=by, version=version)
    if paper.state == paper.State.ISSUED and paper.replaces:
        step(lock(paper.replaces), "paper stays", by=by, ended_on=None)
    return approvals.withdraw(paper, by=by, note=note)


def _end_on(old: Paper, day: date, by: User) -> None:
    """Let what is replaced end; of two that replace it at once, one comes too late."""
    old = lock(old)
    if old.ended_on:
        raise Overtaken(_("What it replaces has been replaced or repealed already."))
    if old.in_force_on is None or day <= old.in_force_on:
        raise Unready([Fault("in_force_on", _("It cannot replace what is not in force before it."))])
    step(old, "paper ends", by=by, ended_on=day)
