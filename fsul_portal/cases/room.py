"""The card of cases."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fsul_portal.cases.models import Case
from fsul_portal.grammar.things import kind_of, readable
from fsul_portal.lives.models import heirs
from fsul_portal.rooms import Card, Due
from fsul_portal.users import User


def solutions_due(user: User, first: date, last: date) -> Iterator[Due]:
    """Give the days by which cases are to be solved; each waits for whoever has it in hand."""
    for model in heirs(Case):
        cases: Any = readable(model, user)
        for case in cases.unsolved().filter(solution_due_on__range=(first, last)).order_by("solution_due_on", "pk"):
            key, own = f"{kind_of(case)}-{case.pk}", case.assignee_id == user.pk
            yield Due(key, case.solution_due_on, _("To be solved"), str(case), case.get_absolute_url(), own)


CARD = Card(
    dues=solutions_due,
    acts={
        "case opened": pgettext_lazy("act", "raised"),
        "case assigned": pgettext_lazy("act", "assigned"),
        "case progress": pgettext_lazy("act", "said how it stands"),
        "case drawn in": pgettext_lazy("act", "drew others in"),
        "case step given": pgettext_lazy("act", "gave a step"),
        "case solved": pgettext_lazy("act", "solved"),
        "case reviewed": pgettext_lazy("act", "reviewed the solution"),
        "case sent back": pgettext_lazy("act", "sent back"),
        "case closed": pgettext_lazy("act", "closed the case"),
        "case reopened": pgettext_lazy("act", "opened again"),
    },
)
