"""List what can be done with a filing; portal and admin draw their buttons from it (6.2.1 e)."""

from django.utils.translation import gettext_lazy as _

from fsul_portal.acts.forms import NoteForm, ReasonForm
from fsul_portal.acts.verbs import Acts, Verb, in_states
from fsul_portal.approvals.rules import stage_for
from workgroups.coordination.filings import actions, rules
from workgroups.coordination.filings.checks.faults import questions
from workgroups.coordination.filings.forms import ConsentForm, DecisionForm, SubmitForm
from workgroups.coordination.filings.models import Filing
from workgroups.coordination.filings.wording import effects

State = Filing.State
SHOWS = "workgroups/coordination/filings/_act.html"


def _submit_form(filing, data=None):
    return SubmitForm(filing, data, has_questions=bool(questions(filing)))


def _consent(user, filing):
    """Call consent what it is at the user's stage: sign, approve."""
    stage = stage_for(user, filing)
    return stage.verb if stage else _("Agree")


def _waits_for_a_decision(filing):
    return any(turn.by_decision for turn in filing.open_stages())


def _waits_for_an_opinion(filing):
    return any(not turn.by_decision for turn in filing.open_stages())


def _is_unanswered(filing):
    turns = [turn for turn in filing.turns.all() if turn.round == filing.round]
    return filing.state == State.SUBMITTED and not any(turn.given_at for turn in turns)


ACTS = Acts(
    "workgroups:coordination:filing",
    (
        Verb(
            key="submit",
            title=_("Submit"),
            meaning=_("The signing reviewer of the district library is asked to sign."),
            done=_("Submitted; the district's reviewer has been told."),
            icon="send",
            tone="primary",
            rule=rules.may_submit,
            act=actions.submit,
            form=_submit_form,
            effect=effects.of_submitting,
            way_back=_("You can withdraw it as long as it has not been carried out."),
            offered=in_states(State.DRAFT, State.RETURNED),
            shows=SHOWS,
        ),
        Verb(
            key="agree",
            title=_("Agree"),
            named=_consent,
            meaning=_("Your opinion is kept with your name and the time."),
            done=_("Your consent has been recorded."),
            icon="stamp",
            tone="primary",
            rule=rules.may_decide,
            act=actions.agree,
            form=ConsentForm,
            effect=effects.of_agreeing,
            way_back=_("An opinion that was given stays; what has taken effect is changed by another filing."),
            offered=_waits_for_an_opinion,
            shows=SHOWS,
        ),
        Verb(
            key="enter-decision",
            title=_("Enter the decision"),
            meaning=_("The stage is answered by the number and the day of the decision."),
            done=_("The decision has been entered."),
            icon="stamp",
            tone="primary",
            rule=rules.may_enter_decision,
            act=actions.enter_decision,
            form=DecisionForm,
            effect=effects.of_agreeing,
            way_back=_("An opinion that was given stays; what has taken effect is changed by another filing."),
            offered=_waits_for_a_decision,
            is_silent=True,
            shows=SHOWS,
        ),
        Verb(
            key="give-back",
            title=_("Return for correction"),
            meaning=_("Those who wrote it read your note, correct it and submit it again."),
            done=_("Returned for correction; the submitter has been told."),
            icon="left",
            rule=rules.may_turn_down,
            act=actions.give_back,
            form=ReasonForm,
            effect=effects.of_giving_back,
            way_back=_("It comes to you again when it is submitted again."),
            offered=in_states(State.SUBMITTED),
            shows=SHOWS,
        ),
        Verb(
            key="refuse",
            title=_("Refuse"),
            meaning=_("The filing ends here; a new one may be begun."),
            done=_("Refused; the submitter has been told."),
            icon="close",
            tone="danger",
            rule=rules.may_turn_down,
            act=actions.refuse,
            form=ReasonForm,
            effect=effects.of_ending,
            way_back=_("It cannot be undone; a new filing can ask for the same."),
            offered=in_states(State.SUBMITTED),
            shows=SHOWS,
        ),
        Verb(
            key="recall",
            title=_("Recall"),
            meaning=_("It is a draft again; nobody has answered yet."),
            done=_("Recalled; it is a draft again."),
            icon="left",
            rule=rules.may_recall,
            act=actions.recall,
            form=NoteForm,
            effect=effects.of_recalling,
            way_back=_("Submit it again when it is ready."),
            offered=_is_unanswered,
            is_silent=True,
            shows=SHOWS,
        ),
        Verb(
            key="carry-out",
            title=_("Carry out now"),
            meaning=_("The registry is changed to what was approved."),
            done=_("Carried out; the registry has been changed."),
            icon="check",
            tone="primary",
            rule=rules.may_carry_out,
            act=actions.carry_out,
            form=ConsentForm,
            effect=effects.of_carrying_out,
            way_back=_("What has taken effect is changed by another filing."),
            offered=in_states(State.ACCEPTED),
            shows=SHOWS,
        ),
        Verb(
            key="withdraw",
            title=_("Withdraw"),
            meaning=_("The filing ends here; what was said about it stays on record."),
            done=_("Withdrawn."),
            icon="remove",
            rule=rules.may_withdraw,
            act=actions.withdraw,
            form=NoteForm,
            effect=effects.of_ending,
            way_back=_("It cannot be undone; a new filing can ask for the same."),
            offered=in_states(State.DRAFT, State.RETURNED, State.SUBMITTED, State.ACCEPTED),
            is_silent=True,
            shows=SHOWS,
        ),
    ),
)
