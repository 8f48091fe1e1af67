"""Build the acts of a paper."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from fsul_portal.acts.forms import NoteForm, ReasonForm
from fsul_portal.acts.verbs import Verb, in_states
from fsul_portal.approvals import verbs as usual
from fsul_portal.lives.verbs import CANNOT_BE_UNDONE, in_words
from fsul_portal.papers import actions, rules
from fsul_portal.papers.forms import (
    AnswerForm,
    ConsultForm,
    DecisionForm,
    EditionForm,
    IssueForm,
    NextReviewForm,
    SpeakForm,
)
from fsul_portal.papers.models import Paper

State = Paper.State


def _of_writing(paper: Paper) -> str:
    return _("It becomes edition %(number)s.") % {"number": paper.edition.number + 1 if paper.edition else 1}


def _of_consulting(paper: Paper) -> str:
    return _("%(count)s people are asked for their opinion.") % {"count": paper.people_asked.count()}


def _of_speaking(paper: Paper) -> str:
    return _("It is about edition %(number)s.") % {"number": paper.edition.number if paper.edition else 1}


def _of_replying(paper: Paper) -> str:
    left = paper.unanswered().count()
    return ngettext("%(count)s opinion has no answer yet.", "%(count)s opinions have no answer yet.", left) % {
        "count": left
    }


def _has_unanswered(paper: Paper) -> bool:
    return paper.state in Paper.IN_HAND and paper.unanswered().exists()


def _of_submitting(paper: Paper) -> str:
    return _("%(seats)s are asked in turn.") % {"seats": ", ".join(str(stage.seat) for stage in paper.stages_ahead())}


def _of_answering(paper: Paper) -> str:
    return _("%(count)s answers are open at this stage.") % {"count": len(paper.open_stages())}


def _of_issuing(paper: Paper) -> str:
    if paper.replaces:
        return _("It gets the next number; %(paper)s ends on the same day.") % {"paper": paper.replaces}
    return _("It gets the next number.")


def _of_ending(paper: Paper) -> str:
    return _("%(paper)s ends here.") % {"paper": paper}


WRITING = (
    Verb(
        key="write",
        title=gettext_lazy("Write"),
        meaning=gettext_lazy("The editions before stay beside it."),
        done=gettext_lazy("The edition is kept."),
        icon="edit",
        rule=rules.may_write,
        act=actions.write,
        form=EditionForm,
        effect=_of_writing,
        way_back=gettext_lazy("You can write another edition until it is put to decision."),
        offered=in_states(*Paper.IN_HAND),
    ),
    Verb(
        key="consult",
        title=gettext_lazy("Ask for opinions"),
        meaning=gettext_lazy("Each opinion is kept, with what became of it."),
        done=gettext_lazy("Those who are asked have been told."),
        icon="people",
        rule=rules.may_consult,
        act=actions.consult,
        form=ConsultForm,
        effect=_of_consulting,
        way_back=gettext_lazy("Another edition ends the consultation; what was said stays."),
        offered=in_states(State.DRAFT),
    ),
    Verb(
        key="speak",
        title=gettext_lazy("Give an opinion"),
        meaning=gettext_lazy("It is kept with your unit, and with what became of it."),
        done=gettext_lazy("Your opinion is kept."),
        icon="edit",
        rule=rules.may_speak,
        act=actions.speak,
        form=SpeakForm,
        effect=_of_speaking,
        way_back=gettext_lazy("What was said stays; you can give another opinion until the consultation ends."),
        offered=in_states(State.CONSULTED),
    ),
    Verb(
        key="answer",
        title=gettext_lazy("Answer an opinion"),
        meaning=gettext_lazy("Say whether it was accepted, and why not."),
        done=gettext_lazy("The answer is kept beside the opinion."),
        icon="check",
        rule=rules.may_answer_some,
        act=actions.answer_one,
        form=AnswerForm,
        effect=_of_replying,
        way_back=CANNOT_BE_UNDONE,
        offered=_has_unanswered,
    ),
    usual.submit(
        title=gettext_lazy("Put to decision"),
        meaning=gettext_lazy("Its text does not change while it is being decided."),
        done=gettext_lazy("Put to decision; those whose turn it is have been told."),
        rule=rules.may_submit,
        act=actions.submit,
        form=NoteForm,
        effect=_of_submitting,
        way_back=gettext_lazy("You can recall it as long as nobody has answered."),
        offered=in_states(State.DRAFT, State.CONSULTED, State.RETURNED),
    ),
)
DECIDING = (
    usual.agree(
        rule=rules.may_decide,
        act=actions.agree,
        effect=_of_answering,
        way_back=gettext_lazy("An opinion that was given stays; what is in force is replaced by another paper."),
    ),
    usual.enter_decision(
        rule=rules.may_enter_decision,
        act=actions.enter_decision,
        form=DecisionForm,
        effect=_of_answering,
        way_back=gettext_lazy("An opinion that was given stays; what is in force is replaced by another paper."),
    ),
    usual.give_back(
        rule=rules.may_turn_down,
        act=actions.give_back,
        effect=_of_answering,
    ),
    usual.refuse(
        meaning=gettext_lazy("It ends here; another paper may be proposed."),
        done=gettext_lazy("Refused."),
        rule=rules.may_turn_down,
        act=actions.refuse,
        effect=_of_ending,
        way_back=CANNOT_BE_UNDONE,
    ),
    usual.recall(
        rule=rules.may_recall,
        act=actions.recall,
        effect=_of_answering,
    ),
)
IN_FORCE = (
    Verb(
        key="issue",
        title=gettext_lazy("Issue"),
        meaning=gettext_lazy("From its day on everybody keeps to it."),
        done=gettext_lazy("Issued; those who were asked have been told."),
        icon="send",
        tone="primary",
        rule=rules.may_issue,
        act=actions.issue,
        form=IssueForm,
        effect=_of_issuing,
        way_back=gettext_lazy("It can be withdrawn until its day; the number stays taken."),
        offered=in_states(State.ACCEPTED),
    ),
    Verb(
        key="review",
        title=gettext_lazy("Review"),
        meaning=gettext_lazy("What you found is kept, and when it is looked at again."),
        done=gettext_lazy("Reviewed."),
        icon="eye",
        rule=rules.may_review,
        act=actions.review,
        form=NextReviewForm,
        effect=lambda paper: _("%(paper)s stays in force.") % {"paper": paper},
        way_back=gettext_lazy("It can be reviewed again at any time."),
        offered=in_states(State.IN_FORCE),
    ),
    Verb(
        key="repeal",
        title=gettext_lazy("Repeal"),
        meaning=gettext_lazy("It is no longer in force from today, and nothing takes its place."),
        done=gettext_lazy("Repealed."),
        icon="close",
        tone="danger",
        rule=rules.may_repeal,
        act=actions.repeal,
        form=ReasonForm,
        effect=_of_ending,
        way_back=CANNOT_BE_UNDONE,
        offered=in_states(State.IN_FORCE),
    ),
    usual.withdraw(
        meaning=gettext_lazy("It ends here; what was said about it stays on record."),
        rule=rules.may_withdraw,
        act=actions.withdraw,
        effect=_of_ending,
        way_back=CANNOT_BE_UNDONE,
        offered=in_states(*(state for state, moves in Paper.MOVES.items() if State.WITHDRAWN in moves)),
    ),
)


def verbs(**words: Any) -> tuple[Verb, ...]:
    """Return the verbs of a paper."""
    return in_words((*WRITING, *DECIDING, *IN_FORCE), words)
