"""Remind of the clocks of problems, and of those that stand still (6.1 f)."""

from datetime import date

from committee.problems.models import Problem
from fsul_portal.cases import letters
from fsul_portal.notices.models import Notice
from fsul_portal.notices.reminders import reminder


@reminder("6.1 f")
def remind_of_problems(day: date) -> list[Notice]:
    """Tell whoever has a problem in hand, and the office, of clocks that ran out and of fifteen days of nothing."""
    return letters.remind(Problem, day)
