"""Ask for the days of an entry."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fsul_portal.acts.forms import NoteForm, ReasonForm
from fsul_portal.ledgers.models import LedgerEntry
from fsul_portal.lives.forms import day_field


class RenewForm(NoteForm):
    since = day_field(_("First day"))
    until = day_field(_("Last day"), required=False)

    def __init__(self, thing: LedgerEntry, data: Any = None, *, initial: dict[str, Any] | None = None) -> None:
        super().__init__(thing, data, initial={"since": thing.next_day} | (initial or {}))


class EndForm(ReasonForm):
    ended_on = day_field(_("Ends on"), initial=timezone.localdate)
