"""List what can be done with a correction slip (6.2.1 j)."""

from django.utils.translation import gettext_lazy as _

from fsul_portal.acts.forms import VersionForm
from fsul_portal.acts.verbs import Acts, in_states
from fsul_portal.approvals import verbs as usual
from fsul_portal.approvals.rules import may_give_opinion, may_recall, may_turn_down
from reports.corrections import actions, rules
from reports.corrections.models import Correction
from reports.corrections.wording import effects

State = Correction.State
SHOWS = "reports/corrections/_cells_panel.html"

ACTS = Acts(
    "reports:correction",
    (
        usual.submit(
            title=_("Hand in"),
            meaning=_("The lead of the coordination group is asked to approve it."),
            done=_("Handed in: %(thing)s."),
            rule=rules.may_edit,
            act=actions.submit,
            form=VersionForm,
            effect=effects.of_submitting,
            way_back=_("You can recall it as long as nobody has answered."),
            shows=SHOWS,
        ),
        usual.agree(
            rule=may_give_opinion,
            act=actions.agree,
            effect=effects.of_agreeing,
            way_back=_("What was published stays as it is. Another slip can correct the figure again."),
            shows=SHOWS,
        ),
        usual.give_back(
            rule=may_turn_down, act=actions.give_back, effect=effects.of_ending, shows=SHOWS
        ),
        usual.refuse(
            meaning=_("The slip ends here; a new one may be begun."),
            done=_("Refused; who wrote it has been told."),
            rule=may_turn_down,
            act=actions.refuse,
            effect=effects.of_ending,
            way_back=_("It cannot be undone; a new slip can ask for the same."),
            shows=SHOWS,
        ),
        usual.recall(rule=may_recall, act=actions.recall, effect=effects.of_ending, shows=SHOWS),
        usual.withdraw(
            meaning=_("The slip ends here; what was said about it stays on record."),
            rule=rules.may_withdraw,
            act=actions.withdraw,
            effect=effects.of_ending,
            way_back=_("It cannot be undone; a new slip can ask for the same."),
            offered=in_states(State.DRAFT, State.RETURNED, State.SUBMITTED),
            shows=SHOWS,
        ),
    ),
)  # fmt: skip
