"""List what can be done with a channel and with a question (7.3)."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fsul_portal.acts.forms import ReasonForm
from fsul_portal.acts.verbs import Acts, Verb, in_states
from fsul_portal.lives.verbs import CANNOT_BE_UNDONE
from fsul_portal.templatetags.figures import moment
from workgroups.channels import actions, rules
from workgroups.channels.forms import AnswerForm, ChangeForm, MembersForm
from workgroups.channels.models import Channel
from workgroups.channels.questions.models import Question

STANDING = in_states(Channel.State.STANDING)

CHANNEL_ACTS = Acts(
    "workgroups:channel",
    (
        Verb(
            key="members",
            title=gettext_lazy("Take the members in"),
            meaning=gettext_lazy(
                "Paste the list of the platform or choose its file; it is matched by name, unit and code."
            ),
            done=gettext_lazy("The members are taken in; look through those that nobody was found for."),
            icon="people",
            tone="primary",
            rule=rules.may_change,
            act=actions.take_in,
            form=MembersForm,
            effect=lambda channel: (
                _("The %(count)s lines of before are replaced.") % {"count": channel.members.count()}
            ),
            way_back=gettext_lazy("Take another list in; the record says who came and who went."),
            offered=STANDING,
        ),
        Verb(
            key="change",
            title=gettext_lazy("Change the channel"),
            meaning=gettext_lazy("Name, platform, owner, administrators, rules."),
            done=gettext_lazy("The channel is changed."),
            icon="edit",
            rule=rules.may_change,
            act=actions.change,
            form=ChangeForm,
            effect=lambda channel: _("%(channel)s gets other facts; its members stay.") % {"channel": channel},
            way_back=gettext_lazy("It can be changed again; the record says what it was."),
            offered=STANDING,
            is_silent=True,
        ),
        Verb(
            key="close",
            title=gettext_lazy("Close the channel"),
            meaning=gettext_lazy("It no longer counts; who was in it stays on record."),
            done=gettext_lazy("The channel is closed."),
            icon="lock",
            tone="danger",
            rule=rules.may_change,
            act=actions.close,
            form=ReasonForm,
            effect=lambda channel: _("%(channel)s no longer covers any library.") % {"channel": channel},
            way_back=CANNOT_BE_UNDONE,
            offered=STANDING,
        ),
    ),
)

QUESTION_ACTS = Acts(
    "workgroups:question",
    (
        Verb(
            key="answer",
            title=gettext_lazy("Enter the answer"),
            meaning=gettext_lazy("What was answered in the channel, and when."),
            done=gettext_lazy("The answer is entered."),
            icon="send",
            tone="primary",
            rule=rules.may_answer,
            act=actions.answer,
            form=AnswerForm,
            effect=lambda question: _("It was due by %(at)s.") % {"at": moment(question.due_at)},
            way_back=CANNOT_BE_UNDONE,
            offered=in_states(Question.State.ASKED),
        ),
    ),
)
