"""The card of the plans of annual reports (6.1 d)."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from fsul_portal.access.rules import holds
from fsul_portal.rooms import Card, Entry, Waiting
from fsul_portal.users import User
from reports.planning.models import ReportPlan
from reports.planning.rules import SETS, may_read_plans


def plans_to_set(user: User) -> Iterator[Waiting]:
    """Lead the chair to the plans that wait to be set (6.1 d)."""
    if holds(user, SETS):
        count = ReportPlan.objects.filter(state=ReportPlan.State.DRAFT).exclude(written_by=user).count()
        yield Waiting(gettext("Plans of annual reports to set"), count, reverse("reports:plan-list"))


CARD = Card(
    desk=plans_to_set,
    clauses=("6.1 d",),
    menu=(Entry(_("Reports"), _("Plans of annual reports"), "reports:plan-list", "list", 35, may_read_plans),),
    acts={
        "plan written": pgettext_lazy("act", "wrote the plan of the annual report"),
        "plan set": pgettext_lazy("act", "set the plan of the annual report"),
    },
)
