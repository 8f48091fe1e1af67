"""Ask for the days of a post (5.1, 5.2)."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fsul_portal.acts.forms import NoteForm, ReasonForm
from fsul_portal.lives.forms import day_field

KNOWN = _("The roster is due within ten working days of it.")


class TakeForm(NoteForm):
    field_order = ("since", "known_on", "note")

    since = day_field(_("Sits since"), initial=timezone.localdate)
    known_on = day_field(_("Change known on"), initial=timezone.localdate, help_text=KNOWN)


class LeaveForm(ReasonForm):
    field_order = ("until", "known_on", "note")

    until = day_field(_("Last day"), initial=timezone.localdate)
    known_on = day_field(_("Change known on"), initial=timezone.localdate, help_text=KNOWN)
