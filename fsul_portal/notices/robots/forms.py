"""Ask where a robot posts, and what."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fsul_portal.acts.forms import VersionForm
from fsul_portal.notices.kinds import FOR_GROUPS, KINDS
from fsul_portal.notices.robots.models import GroupRobot


def _kinds() -> list[tuple[str, Any]]:
    return [(kind, title) for kind, title in KINDS.items() if kind in FOR_GROUPS]


class RobotForm(forms.Form):
    """Name a group, its robot, and which kinds of notices it reads."""

    name = forms.CharField(label=_("Group"), help_text=_("As it is called on its platform."), max_length=60)
    maker = forms.ChoiceField(label=_("Platform"), choices=GroupRobot.Maker.choices)
    address = forms.CharField(
        label=_("Address of the robot"),
        help_text=_("The platform shows it when the robot is made; here nobody is shown it again."),
        max_length=500,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    secret = forms.CharField(
        label=_("Key of the signature"),
        help_text=_("Where the robot asks for a signature (DingTalk, Feishu)."),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    kinds = forms.MultipleChoiceField(
        label=_("What the group reads"), choices=_kinds, widget=forms.CheckboxSelectMultiple
    )


class RobotChangeForm(VersionForm, RobotForm):
    """Change a robot; address and key are never shown, and stay as they are when left empty."""

    is_enabled = forms.BooleanField(label=_("In use"), required=False)
    field_order = ["name", "maker", "address", "secret", "kinds", "is_enabled"]

    def __init__(self, robot: GroupRobot, data: Any = None) -> None:
        facts = {name: getattr(robot, name) for name in ("name", "maker", "kinds", "is_enabled")}
        super().__init__(robot, data, initial=facts)
        self.fields["address"].required = False
        self.fields["address"].help_text = _("Left empty, it stays as it is.")
        self.fields["secret"].help_text = _("Left empty, it stays as it is.")
