"""List what can be done with a month (6.2.1 j)."""

from django.utils.translation import gettext_lazy, ngettext

from fsul_portal.acts.verbs import Acts, Verb
from members.months import actions, rules
from members.months.forms import LockForm
from members.returns.due.completeness import completeness


def _of_locking(period):
    counts = completeness(period)
    values = {"accepted": counts.accepted, "expected": counts.expected, "missing": counts.missing}
    sentence = ngettext(
        "Locks %(accepted)s return of %(expected)s libraries; %(missing)s are missing.",
        "Locks %(accepted)s returns of %(expected)s libraries; %(missing)s are missing.",
        counts.accepted,
    )
    return sentence % values


ACTS = Acts(
    "months:month",
    (
        Verb(
            key="lock",
            title=gettext_lazy("Lock"),
            meaning=gettext_lazy(
                "Nothing in a locked period changes any more. For a month the monthly report is built at once; a year "
                "closes its months with it."
            ),
            done=gettext_lazy("%(thing)s is locked."),
            icon="lock",
            tone="primary",
            rule=rules.may_lock,
            act=actions.lock,
            form=LockForm,
            effect=_of_locking,
            way_back=gettext_lazy("It cannot be undone; who is missing stays missing."),
            offered=lambda period: not period.is_locked,
            shows="members/months/_lock.html",
        ),
    ),
    key="code",
)
