"""Take a report from the draft over remarks and review to the published edition (6.1 d, 6.2.1 j)."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from committee.decisions.grounds.actions import Ground, deciding_on, grounded, rest
from committee.decisions.grounds.rules import may_rest_on
from committee.decisions.models import Decision
from fsul_portal.approvals import actions as approvals
from fsul_portal.approvals.rules import may_enter_decision, may_give_opinion, may_recall, may_turn_down
from fsul_portal.lives.actions import claim
from fsul_portal.records.actions import record
from fsul_portal.users import User
from reports.editions.life import letters
from reports.editions.life.rules import may_consult, may_publish, may_submit, waits_for_signature
from reports.editions.models import Edition
from reports.editions.rewriting import write_anew


@transaction.atomic
def consult(edition: Edition, *, by: User, until: date, note: str = "", version: int | None = None) -> Edition:
    """Open a draft to the remarks of those who read all reports until a day; once more, to change the day (6.1 d)."""
    edition = claim(edition, may_consult, by=by, version=version)
    _go_to(edition, edition.State.CONSULTED, "consulted", by, note, consult_until=until)
    letters.tell_consulted(edition, note)
    return edition


@transaction.atomic
def submit(edition: Edition, *, by: User, note: str = "", version: int | None = None) -> Edition:
    """Put a report to review on its way (6.1 d, 6.2.1 j)."""
    edition = approvals.submit(claim(edition, may_submit, by=by, version=version), by=by, note=note)
    letters.ask_for_opinions(edition)
    return edition


@transaction.atomic
def agree(
    edition: Edition,
    *,
    by: User,
    note: str = "",
    decision: Decision | None = None,
    number: str = "",
    day: date | None = None,
    version: int | None = None,
) -> Edition:
    """Give the consent of one's stage; with the last one the documents are written anew (6.1 d).

    The chair's approval of an annual report rests on the decision about it wherever the committee has taken one.
    """
    edition = claim(edition, may_give_opinion, by=by, version=version)
    ground = _ground(edition, decision, number, day) if waits_for_signature(edition) else None
    said: dict[str, Any] = {"number": ground.number, "day": ground.day} if ground else {}
    edition = approvals.agree(edition, by=by, note=note, **said)
    if ground:
        rest(edition, ground)
    return _went_on(edition, by)


def _ground(edition: Edition, decision: Decision | None, number: str, day: date | None) -> Ground | None:
    """Return what the approval rests on: what was named, else the decision about it; none in force holds it up."""
    if not (decision or number or day):
        about = deciding_on(edition)
        decision = next((one for one in about if may_rest_on(one)), about[0] if about else None)
    return grounded(decision, number, day) if decision or number or day else None


@transaction.atomic
def enter_decision(
    edition: Edition,
    *,
    by: User,
    decision: Decision | None = None,
    number: str = "",
    day: date | None = None,
    note: str = "",
    version: int | None = None,
) -> Edition:
    """Answer a stage that waits for a decision with one of the register, or with an older one (6.1 d)."""
    edition = claim(edition, may_enter_decision, by=by, version=version)
    ground = grounded(decision, number, day)
    edition = approvals.enter_decision(edition, by=by, number=ground.number, day=ground.day, note=note)
    rest(edition, ground)
    return _went_on(edition, by)


def _went_on(edition: Edition, by: User) -> Edition:
    if edition.state == edition.State.ACCEPTED:
        write_anew(edition, by=by)
        letters.tell_approved(edition)
    else:
        letters.ask_for_opinions(edition)
    return edition


@transaction.atomic
def give_back(edition: Edition, *, by: User, note: str, version: int | None = None) -> Edition:
    """Return a report to the office, with what is to be corrected (6.1 d)."""
    edition = claim(edition, may_turn_down, by=by, version=version)
    approvals.give_back(edition, by=by, note=note)
    letters.tell_returned(edition, note)
    return edition


@transaction.atomic
def recall(edition: Edition, *, by: User, note: str = "", version: int | None = None) -> Edition:
    """Take back what was put to review, as long as nobody has answered (6.1 d)."""
    return approvals.recall(claim(edition, may_recall, by=by, version=version), by=by, note=note)


@transaction.atomic
def publish(edition: Edition, *, by: User, version: int | None = None) -> Edition:
    """Open an approved edition to all who read published reports; it never changes again (6.2.1 j)."""
    edition = claim(edition, may_publish, by=by, version=version)
    return _go_to(edition, edition.State.IN_FORCE, "published", by, published_at=timezone.now(), published_by=by)


def _go_to(edition: Edition, state: str, verb: str, by: User, note: str = "", **facts: Any) -> Edition:
    """Take a step that nobody has to agree to, and remember it."""
    edition.become(state)
    edition.version += 1
    for field, value in facts.items():
        setattr(edition, field, value)
    edition.save(update_fields=["state", "version", *facts])
    after = {"consult_until": edition.consult_until.isoformat()} if "consult_until" in facts else None
    record(edition, verb, by=by, after=after, note=note)
    return edition
