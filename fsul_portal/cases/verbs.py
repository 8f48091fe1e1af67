"""Build the acts of a case."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fsul_portal.acts.forms import NoteForm, ReasonForm
from fsul_portal.acts.verbs import Verb, in_states
from fsul_portal.cases import actions, rules
from fsul_portal.cases.forms import FindingForm, GiveForm, SolveForm
from fsul_portal.cases.models import Case
from fsul_portal.lives.verbs import in_words
from fsul_portal.templatetags.figures import day

State = Case.State
UNTIL_CLOSED = in_states(State.OPEN, State.ASSIGNED, State.SOLVED, State.REVIEWED)


def _until(case: Case) -> str:
    return _("%(case)s; the solution is due on %(day)s.") % {"case": case, "day": day(case.solution_due_on)}


VERBS = (
    Verb(
        key="give",
        title=gettext_lazy("Assign"),
        meaning=gettext_lazy("Whoever it is given to is told, and says how it was solved."),
        done=gettext_lazy("Assigned; the person has been told."),
        icon="people",
        tone="primary",
        rule=rules.may_assign,
        act=actions.give_to,
        form=GiveForm,
        effect=_until,
        way_back=gettext_lazy("You can give it to somebody else."),
        offered=in_states(State.OPEN, State.ASSIGNED),
    ),
    Verb(
        key="progress",
        title=gettext_lazy("Say how it stands"),
        meaning=gettext_lazy("Your note stands in its course."),
        done=gettext_lazy("Noted."),
        icon="edit",
        rule=rules.may_progress,
        act=actions.report_progress,
        form=ReasonForm,
        effect=_until,
        way_back=gettext_lazy("A note that was made stays; you can make another one."),
        offered=UNTIL_CLOSED,
        is_silent=True,
    ),
    Verb(
        key="solve",
        title=gettext_lazy("Solve"),
        meaning=gettext_lazy("Whoever raised it is told what was done."),
        done=gettext_lazy("Solved; whoever raised it has been told."),
        icon="check",
        tone="primary",
        rule=rules.may_solve,
        act=actions.solve,
        form=SolveForm,
        effect=_until,
        way_back=gettext_lazy("It comes back to you if something is missing."),
        offered=in_states(State.ASSIGNED),
    ),
    Verb(
        key="review",
        title=gettext_lazy("Review the solution"),
        meaning=gettext_lazy("You agree with the solution; it can be closed."),
        done=gettext_lazy("The solution is reviewed."),
        icon="eye",
        tone="primary",
        rule=rules.may_review,
        act=actions.review,
        form=FindingForm,
        effect=_until,
        way_back=gettext_lazy("It can be sent back until it is closed."),
        offered=in_states(State.SOLVED),
    ),
    Verb(
        key="send-back",
        title=gettext_lazy("Not solved"),
        meaning=gettext_lazy("It goes back to whoever worked on it, with what is missing; its day stays."),
        done=gettext_lazy("Sent back."),
        icon="left",
        rule=rules.may_send_back,
        act=actions.send_back,
        form=ReasonForm,
        effect=_until,
        way_back=gettext_lazy("It comes to you again when it is solved."),
        offered=in_states(State.SOLVED, State.REVIEWED),
        is_silent=True,
    ),
    Verb(
        key="close",
        title=gettext_lazy("Close"),
        meaning=gettext_lazy("Nobody works on it any more."),
        done=gettext_lazy("Closed."),
        icon="close",
        rule=rules.may_close,
        act=actions.close,
        form=NoteForm,
        effect=lambda case: _("%(case)s is closed.") % {"case": case},
        way_back=gettext_lazy("It can be opened again; its clocks begin anew."),
        offered=UNTIL_CLOSED,
    ),
    Verb(
        key="reopen",
        title=gettext_lazy("Open again"),
        meaning=gettext_lazy("It turned out not to be over; the keepers are told."),
        done=gettext_lazy("Open again."),
        icon="refresh",
        rule=rules.may_reopen,
        act=actions.reopen,
        form=ReasonForm,
        effect=lambda case: (
            _("%(case)s is open again; a solution is due on %(day)s.")
            % {"case": case, "day": day(case.due("solution").day)}
        ),
        way_back=gettext_lazy("It can be closed again."),
        offered=in_states(State.CLOSED),
    ),
)


def verbs(**words: Any) -> tuple[Verb, ...]:
    """Return the verbs of a case."""
    return in_words(VERBS, words)
