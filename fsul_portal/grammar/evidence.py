"""Say what holds a duty of the standard on a day."""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Standing(TextChoices):
    HELD = "held", _("held")
    AT_RISK = "at_risk", _("at risk")
    NOT_HELD = "not_held", _("not held")
    NO_RECORD = "no_record", _("no record yet")


@dataclass(frozen=True)
class Evidence:
    """What a room's own records say of a clause; `records` is how many of them there are."""

    standing: Standing
    sentence: str = ""
    url: str = ""
    records: int = 0


NO_RECORD = Evidence(Standing.NO_RECORD)
