"""Ask whether somebody comes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from committee.meetings.models import Meeting
from committee.meetings.replies.actions import FACTS
from committee.meetings.replies.models import Reply
from fsul_portal.acts.forms import ActForm


class ReplyForm(ActForm):
    """Attend, send a deputy, or be excused; what belongs to another answer is let go of (6.2.1 b)."""

    answer = forms.ChoiceField(label=_("Your reply"), choices=Reply.Answer.choices, widget=forms.RadioSelect)
    deputy_name = forms.CharField(
        label=_("Name of the deputy"), help_text=_("If you send a deputy."), max_length=60, required=False
    )
    deputy_position = forms.CharField(
        label=_("Position of the deputy"), help_text=_("Unit and post."), max_length=60, required=False
    )
    reason = forms.CharField(
        label=_("Why you are excused"), help_text=_("If you are excused."), max_length=200, required=False
    )

    def __init__(self, meeting: Meeting, data: Any = None, *, known: Reply | None = None) -> None:
        super().__init__(meeting, data, initial={name: getattr(known, name) for name in FACTS} if known else None)
