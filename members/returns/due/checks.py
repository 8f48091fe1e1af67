"""Look at the due day of new portals when the portal starts (6.2.1 j)."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from members.returns.due.models import FIRST, LAST


@register()
def the_first_due_day_is_one_of_every_month(**__: Any) -> list[CheckMessage]:
    """Refuse a day that some months lack: the first rule could not be loaded."""
    if FIRST <= settings.RETURN_DUE_DAY <= LAST:
        return []
    return [Error(f"RETURN_DUE_DAY is {settings.RETURN_DUE_DAY}, not from {FIRST} to {LAST}.", id="members.E001")]
