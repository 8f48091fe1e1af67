"""List what can be done with a filing; portal and admin draw their buttons from it (6.2.1 e)."""

from django.utils.translation import gettext_lazy as _

from fsul_portal.acts.verbs import Acts, Verb, in_states
from fsul_portal.approvals import verbs as usual
from workgroups.coordination.filings import actions, rules
from workgroups.coordination.filings.checks.faults import questions
from workgroups.coordination.filings.forms import ConsentForm, DecisionForm, SubmitForm
from workgroups.coordination.filings.models import Filing
from workgroups.coordination.filings.wording import effects

State = Filing.State
SHOWS = "workgroups/coordination/filings/_act.html"


def _submit_form(filing, data=None):
    return SubmitForm(filing, data, has_questions=bool(questions(filing)))


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
        usual.submit(
            meaning=_("The signing reviewer of the district library is asked to sign."),
            done=_("Submitted; the district's reviewer has been told."),
            rule=rules.may_submit,
            act=actions.submit,
            form=_submit_form,
            effect=effects.of_submitting,
            way_back=_("You can withdraw it as long as it has not been carried out."),
            shows=SHOWS,
        ),
        usual.agree(
            rule=rules.may_decide,
            act=actions.agree,
            form=ConsentForm,
            effect=effects.of_agreeing,
            way_back=_("An opinion that was given stays; what has taken effect is changed by another filing."),
            offered=_waits_for_an_opinion,
            shows=SHOWS,
        ),
        usual.enter_decision(
            rule=rules.may_enter_decision,
            act=actions.enter_decision,
            form=DecisionForm,
            effect=effects.of_agreeing,
            way_back=_("An opinion that was given stays; what has taken effect is changed by another filing."),
            offered=_waits_for_a_decision,
            shows=SHOWS,
        ),
        usual.give_back(
            done=_("Returned for correction; the submitter has been told."),
            rule=rules.may_turn_down,
            act=actions.give_back,
            effect=effects.of_giving_back,
            shows=SHOWS,
        ),
        usual.refuse(
            meaning=_("The filing ends here; a new one may be begun."),
            done=_("Refused; the submitter has been told."),
            rule=rules.may_turn_down,
            act=actions.refuse,
            effect=effects.of_ending,
            way_back=_("It cannot be undone; a new filing can ask for the same."),
            shows=SHOWS,
        ),
        usual.recall(
            rule=rules.may_recall,
            act=actions.recall,
            effect=effects.of_recalling,
            offered=_is_unanswered,
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
        usual.withdraw(
            meaning=_("The filing ends here; what was said about it stays on record."),
            rule=rules.may_withdraw,
            act=actions.withdraw,
            effect=effects.of_ending,
            way_back=_("It cannot be undone; a new filing can ask for the same."),
            offered=in_states(State.DRAFT, State.RETURNED, State.SUBMITTED, State.ACCEPTED),
            shows=SHOWS,
        ),
    ),
)
