"""List what can be done with a group and with a membership (5.2)."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fsul_portal.acts.verbs import Acts, Verb, in_states
from fsul_portal.lives.verbs import CANNOT_BE_UNDONE
from members.bodies.verbs import verbs
from workgroups.groups import actions, rules
from workgroups.groups.forms import ChargeForm, CloseForm, RenameForm, ShareForm
from workgroups.groups.models import Group, Membership

STANDING = in_states(Group.State.STANDING)
CHANGED_AGAIN = gettext_lazy("It can be changed again; the record says what it was.")


def of_closing(group: Group) -> str:
    """Count who leaves with the group."""
    told = {"count": group.memberships.seated().count(), "group": group}
    return _("%(count)s people leave %(group)s; their roles in it end.") % told


def _of_charging(group: Group) -> str:
    return _(
        "What another group has today goes over to %(group)s. The words of the ways of approval stay as they are; the "
        "office changes them under Ways."
    ) % {"group": group}


GROUP_ACTS = Acts(
    "workgroups:group",
    (
        Verb(
            key="charge",
            title=gettext_lazy("Charge with clauses"),
            meaning=gettext_lazy("Whoever leads the group decides what these clauses bring, from now on."),
            done=gettext_lazy("The clauses are set; the rights have followed."),
            icon="shield",
            tone="primary",
            rule=rules.may_change,
            act=actions.charge,
            form=ChargeForm,
            effect=_of_charging,
            way_back=CHANGED_AGAIN,
            offered=STANDING,
        ),
        Verb(
            key="rename",
            title=gettext_lazy("Rename"),
            meaning=gettext_lazy("The group keeps its people and its clauses."),
            done=gettext_lazy("The group is renamed."),
            icon="edit",
            rule=rules.may_change,
            act=actions.rename,
            form=RenameForm,
            effect=lambda group: _("%(group)s appears under its new name everywhere.") % {"group": group},
            way_back=CHANGED_AGAIN,
            offered=STANDING,
            is_silent=True,
        ),
        Verb(
            key="close",
            title=gettext_lazy("Close the group"),
            meaning=gettext_lazy("Its people leave it; what it did stays on record."),
            done=gettext_lazy("The group is closed."),
            icon="lock",
            tone="danger",
            rule=rules.may_close,
            act=actions.close,
            form=CloseForm,
            effect=of_closing,
            way_back=CANNOT_BE_UNDONE,
            offered=STANDING,
        ),
    ),
)

SHARE = Verb(
    key="share",
    title=gettext_lazy("Share out the work"),
    meaning=gettext_lazy("For which of the group's clauses this person is responsible."),
    done=gettext_lazy("The work is shared out."),
    icon="list",
    rule=rules.may_share_out,
    act=actions.share_out,
    form=ShareForm,
    effect=lambda membership: _("The page of the group shows it; no right changes."),
    way_back=CHANGED_AGAIN,
    offered=in_states(Membership.State.NOMINATED, Membership.State.APPROVED, Membership.State.SEATED),
)
MEMBERSHIP_ACTS = Acts(
    "workgroups:membership",
    (*verbs(approve={"title": gettext_lazy("Record the committee's consent")}), SHARE),
)
