"""List what can be done with a return that has been written; its page draws its buttons from it (6.2.1 j)."""

from django.utils.translation import gettext_lazy as _

from fsul_portal.acts.forms import NoteForm, VersionForm
from fsul_portal.acts.verbs import Acts, Verb, in_states
from fsul_portal.approvals import verbs as usual
from fsul_portal.approvals.rules import stage_for
from fsul_portal.grammar.words import Words
from fsul_portal.users import User
from members.returns import actions, effects, rules
from members.returns.forms import GiveBackForm, HandInForm
from members.returns.models import Return

State = Return.State
SHOWS = "members/returns/_act.html"


def _at_his_stage(user: User, one: Return) -> Words:
    """Call it what the way calls it: accept, certify."""
    stage = stage_for(user, one)
    return stage.verb if stage else _("Accept")


ACTS = Acts(
    "returns:return",
    (
        usual.submit(
            title=_("Hand in"),
            meaning=_("The district looks at the figures and accepts them, or returns them for correction."),
            done=_("Handed in: %(thing)s."),
            rule=rules.may_write,
            act=actions.submit,
            form=HandInForm,
            effect=effects.of_submitting,
            way_back=_("You can recall it as long as nobody has answered."),
            shows=SHOWS,
        ),
        Verb(
            key="accept",
            title=_("Accept"),
            named=_at_his_stage,
            meaning=_("Your opinion is kept with your name and the time."),
            done=_("Your consent has been recorded: %(thing)s."),
            icon="check",
            tone="primary",
            rule=rules.may_decide,
            act=actions.accept,
            form=NoteForm,
            effect=effects.of_accepting,
            way_back=_("It can be given back until the month is locked."),
            offered=in_states(State.SUBMITTED),
            shows=SHOWS,
        ),
        usual.give_back(
            done=_("Returned for correction: %(thing)s."),
            tone="danger",
            rule=rules.may_decide,
            act=actions.give_back,
            form=GiveBackForm,
            effect=effects.of_giving_back,
            shows=SHOWS,
        ),
        usual.recall(
            meaning=_("It is a draft again; you can change it and submit it anew."),
            rule=rules.may_recall,
            act=actions.recall,
            form=VersionForm,
            effect=effects.of_recalling,
            shows=SHOWS,
        ),
        Verb(
            key="take-back",
            title=_("Give back what was accepted"),
            meaning=_("The month is not locked yet: those who wrote it correct it and hand it in again."),
            done=_("Given back: %(thing)s."),
            icon="left",
            tone="danger",
            rule=rules.may_take_back,
            act=actions.take_back,
            form=GiveBackForm,
            effect=effects.of_giving_back,
            way_back=_("It counts again once it is handed in and accepted again."),
            offered=in_states(State.ACCEPTED),
            shows=SHOWS,
        ),
    ),
)
