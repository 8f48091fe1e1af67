"""List what can be done with a meeting; its pages draw their buttons from it (6.2.1 b, 7.1)."""

from django.utils.translation import gettext_lazy as _

from committee.meetings import actions, rules
from committee.meetings.forms import CancelForm, MinutesForm, RevisionForm
from committee.meetings.models import Meeting
from committee.meetings.rolls.entries import RollForm
from committee.meetings.wording import effects
from fsul_portal.acts.forms import VersionForm
from fsul_portal.acts.verbs import Acts, Verb, in_states

State = Meeting.State
INVITATION = "committee/meetings/_invitation.html"
ROLL = "committee/meetings/_roll_stored.html"
MINUTES = "committee/meetings/_minutes.html"

ACTS = Acts(
    "committee:meeting",
    (
        Verb(
            key="roll",
            title=_("Write the roll"),
            meaning=_("Who was due, and who came."),
            done=_("The roll is saved."),
            icon="people",
            rule=rules.may_write_roll,
            act=actions.write_roll,
            form=RollForm,
            effect=effects.of_writing_the_roll,
            way_back=_("You can change it until it is signed."),
            offered=in_states(State.CALLED),
            fields="committee/meetings/_roll_fields.html",
            kept="committee/meetings/_roll_form.html",
            stored=ROLL,
        ),
        Verb(
            key="roll-sign",
            address="roll/sign",
            title=_("Sign the roll"),
            meaning=_(
                "With your signature the meeting has been held; its roll, time and place do not change any more."
            ),
            done=_("The roll is signed; the minutes can be written now."),
            icon="stamp",
            tone="primary",
            rule=rules.may_sign_roll,
            act=actions.sign_roll,
            form=VersionForm,
            effect=effects.of_signing_the_roll,
            way_back=_("It cannot be undone."),
            offered=in_states(State.CALLED),
            shows=ROLL,
        ),
        Verb(
            key="revise",
            title=_("Change the meeting"),
            meaning=_("Time, place, title and agenda; the number belongs to the year."),
            done=_("The meeting is changed."),
            icon="edit",
            rule=rules.may_revise,
            act=actions.revise_meeting,
            form=RevisionForm,
            effect=effects.of_revising,
            way_back=_("You can change it again until the roll is signed; each change is told."),
            offered=in_states(State.CALLED),
            is_silent=True,
            stored=INVITATION,
        ),
        Verb(
            key="cancel",
            title=_("Cancel the meeting"),
            meaning=_("A cancelled meeting does not count, and its number is not given again."),
            done=_("The meeting is cancelled."),
            icon="close",
            tone="danger",
            rule=rules.may_cancel,
            act=actions.cancel_meeting,
            form=CancelForm,
            effect=effects.of_cancelling,
            way_back=_("It cannot be undone; call another meeting instead."),
            offered=in_states(State.CALLED),
            is_silent=True,
            shows="committee/meetings/_invitation_stored.html",
        ),
        Verb(
            key="minutes",
            title=_("Write the minutes"),
            meaning=_("What was heard, discussed and decided."),
            done=_("The minutes are saved; the chair can sign them."),
            icon="edit",
            rule=rules.may_write_minutes,
            act=actions.write_minutes,
            form=MinutesForm,
            effect=effects.of_writing_minutes,
            way_back=_("You can change them until the chair has signed; every version stays on record."),
            offered=in_states(State.HELD),
            stored=MINUTES,
        ),
        Verb(
            key="minutes-sign",
            address="minutes/sign",
            title=_("Sign the minutes"),
            meaning=_("With your signature the minutes are final and the meeting counts."),
            done=_("The minutes are final; the meeting counts."),
            icon="stamp",
            tone="primary",
            rule=rules.may_sign_minutes,
            act=actions.sign_minutes,
            form=VersionForm,
            effect=effects.of_signing_minutes,
            way_back=_("It cannot be undone; nothing of the meeting changes any more."),
            offered=in_states(State.HELD),
            shows="committee/meetings/_to_sign.html",
        ),
    ),
)
