"""Say who answers for a unit, and who settles what was to be corrected (7.2)."""

from typing import Any

from fsul_portal.lives.rules import in_state, may_as
from fsul_portal.users import User
from fsul_portal.verdicts import Allowed, Verdict
from members.bodies.rules import may_keep


def may_read_checks(user: User) -> Verdict:
    """Everybody may open the list; it shows what is in the own hands (7.2)."""
    return Allowed()


def may_answer(user: User, check: Any) -> Verdict:
    """The reviewer of the district answers for its library (7.2)."""
    return may_as(user, check, "answerer", "keeper") and in_state(check, check.State.ASKED)


def may_settle(user: User, check: Any) -> Verdict:
    """Whoever keeps the seats says that what was wrong is right now (7.2)."""
    return may_keep(user) and in_state(check, check.State.CORRECTED)
