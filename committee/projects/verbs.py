"""List what can be done with a key project (6.1 c, 6.2.1 f)."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from committee.decisions.grounds.forms import ground_form
from committee.projects import actions, forms, rules
from committee.projects.models import Project
from fsul_portal.acts.forms import NoteForm, ReasonForm
from fsul_portal.acts.verbs import Acts, Verb, in_states
from fsul_portal.lives.verbs import CANNOT_BE_UNDONE

State = Project.State


def _of_deciding(project: Project) -> str:
    return _("%(project)s becomes a key project and gets its number.") % {"project": project.title}


def _of_ending(project: Project) -> str:
    return _("%(paper)s ends here.") % {"paper": project}


def _of_milestones(project: Project) -> str:
    told = {"count": project.milestones.count(), "left": project.milestones.filter(done_on__isnull=True).count()}
    return _("%(count)s milestones, %(left)s of them not reached yet.") % told


def _of_risks(project: Project) -> str:
    return _("%(count)s risks are open.") % {"count": project.risks.filter(closed_on__isnull=True).count()}


def _of_updating(project: Project) -> str:
    return _("So far it was said to be done to %(progress)s per cent.") % {"progress": project.progress}


def _has_open_milestones(project: Project) -> bool:
    return project.state == State.UNDER_WAY and project.milestones.filter(done_on__isnull=True).exists()


def _may_be_moved(project: Project) -> bool:
    running = project.state in (State.DECIDED, State.UNDER_WAY)
    return running and project.milestones.filter(done_on__isnull=True).exists()


def _has_open_risks(project: Project) -> bool:
    return project.state in Project.IN_HAND and project.risks.filter(closed_on__isnull=True).exists()


FOLLOWING_UP = (
    Verb(
        key="update",
        title=gettext_lazy("Update of the month"),
        meaning=gettext_lazy("How far it is, what was done, what comes next."),
        done=gettext_lazy("The update is kept."),
        icon="edit",
        tone="primary",
        rule=rules.may_update,
        act=actions.update,
        form=forms.UpdateForm,
        effect=_of_updating,
        way_back=gettext_lazy("The same month sent once more corrects it; the record keeps both."),
        offered=in_states(State.UNDER_WAY),
    ),
    Verb(
        key="reach",
        title=gettext_lazy("Milestone reached"),
        meaning=gettext_lazy("On which day, and what shows it."),
        done=gettext_lazy("The milestone is reached."),
        icon="check",
        rule=rules.may_reach,
        act=actions.reach_milestone,
        form=forms.ReachForm,
        effect=_of_milestones,
        way_back=CANNOT_BE_UNDONE,
        offered=_has_open_milestones,
    ),
    Verb(
        key="milestone",
        title=gettext_lazy("Add a milestone"),
        meaning=gettext_lazy("What is to be reached by which day."),
        done=gettext_lazy("The milestone is added."),
        icon="flag",
        rule=rules.may_plan,
        act=actions.add_milestone,
        form=forms.MilestoneForm,
        effect=_of_milestones,
        way_back=gettext_lazy("Its day is moved by a decision of the committee."),
        offered=in_states(*Project.IN_HAND),
    ),
    Verb(
        key="move",
        title=gettext_lazy("Move a milestone"),
        meaning=gettext_lazy("By a decision of the committee; the first day stays beside it."),
        done=gettext_lazy("The milestone is moved."),
        icon="calendar",
        rule=rules.may_move,
        act=actions.move_milestone,
        form=forms.MoveForm,
        effect=_of_milestones,
        way_back=gettext_lazy("It is moved again by another decision."),
        offered=_may_be_moved,
        is_silent=True,
    ),
    Verb(
        key="risk",
        title=gettext_lazy("Add a risk"),
        meaning=gettext_lazy("What may go wrong, and what is done against it."),
        done=gettext_lazy("The risk is added."),
        icon="warning",
        rule=rules.may_plan,
        act=actions.add_risk,
        form=forms.RiskForm,
        effect=_of_risks,
        way_back=gettext_lazy("Once it is gone, say so; it stays on record."),
        offered=in_states(*Project.IN_HAND),
    ),
    Verb(
        key="risk-gone",
        title=gettext_lazy("A risk is gone"),
        meaning=gettext_lazy("It no longer counts; it stays on record."),
        done=gettext_lazy("The risk is closed."),
        icon="shield",
        rule=rules.may_close_risk,
        act=actions.close_risk,
        form=forms.CloseRiskForm,
        effect=_of_risks,
        way_back=gettext_lazy("If it comes back, it is added once more."),
        offered=_has_open_risks,
        is_silent=True,
    ),
)
DECIDING = (
    Verb(
        key="decide",
        title=gettext_lazy("Enter the decision"),
        meaning=gettext_lazy("The decision of the committee by which it is taken up."),
        done=gettext_lazy("The decision has been entered."),
        icon="stamp",
        tone="primary",
        rule=rules.may_decide,
        act=actions.decide,
        form=ground_form(forms.CLAUSE),
        effect=_of_deciding,
        way_back=gettext_lazy("It can be ended early, with the reason."),
        offered=in_states(State.PROPOSED),
    ),
    Verb(
        key="drop",
        title=gettext_lazy("Not taken up"),
        meaning=gettext_lazy("The proposal is put away, with the reason."),
        done=gettext_lazy("The proposal is put away."),
        icon="remove",
        rule=rules.may_drop,
        act=actions.drop,
        form=ReasonForm,
        effect=_of_ending,
        way_back=gettext_lazy("It can be proposed anew."),
        offered=in_states(State.PROPOSED),
        is_silent=True,
    ),
    Verb(
        key="begin",
        title=gettext_lazy("Begin"),
        meaning=gettext_lazy("From the next month on an update is due each month."),
        done=gettext_lazy("The project has begun."),
        icon="play",
        tone="primary",
        rule=rules.may_begin,
        act=actions.begin_project,
        form=NoteForm,
        effect=_of_milestones,
        way_back=gettext_lazy("It can be ended early, with the reason."),
        offered=in_states(State.DECIDED),
    ),
    Verb(
        key="accept",
        title=pgettext_lazy("project", "Accept"),
        meaning=gettext_lazy("What it has reached is accepted, and it is over."),
        done=gettext_lazy("The project is accepted."),
        icon="check",
        rule=rules.may_accept,
        act=actions.accept,
        form=forms.OutcomeForm,
        effect=_of_ending,
        way_back=CANNOT_BE_UNDONE,
        offered=in_states(State.UNDER_WAY),
        is_silent=True,
    ),
    Verb(
        key="end",
        title=gettext_lazy("End early"),
        meaning=gettext_lazy("It ends without being accepted, with the reason."),
        done=gettext_lazy("The project has ended."),
        icon="stop",
        tone="danger",
        rule=rules.may_end,
        act=actions.end,
        form=ReasonForm,
        effect=_of_ending,
        way_back=CANNOT_BE_UNDONE,
        offered=in_states(State.DECIDED, State.UNDER_WAY),
        is_silent=True,
    ),
)

ACTS = Acts("committee:project", (*DECIDING[:3], *FOLLOWING_UP, *DECIDING[3:]))
