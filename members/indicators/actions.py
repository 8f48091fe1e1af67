"""Change the dictionary of indicators, on record."""

from django.db import transaction

from fsul_portal.records.actions import record
from fsul_portal.verdicts import require
from members.indicators.models import Indicator
from members.indicators.rules import may_change_indicators

CHANGEABLE = (
    "name",
    "name_en",
    "unit",
    "unit_en",
    "over_time",
    "over_libraries",
    "definition",
    "definition_en",
    "sort",
    "asked_from",
    "asked_of",
)


@transaction.atomic
def change_indicator(indicator, *, by):
    """Keep what a form has set on an indicator; its code stays for ever (6.2.1 j)."""
    require(may_change_indicators(by))
    stored = Indicator.objects.select_for_update().get(pk=indicator.pk)
    fields = [name for name in CHANGEABLE if getattr(stored, name) != getattr(indicator, name)]
    if not fields:
        return stored
    before = {name: getattr(stored, name) for name in fields}
    for name in fields:
        setattr(stored, name, getattr(indicator, name))
    stored.save(update_fields=fields)
    record(stored, "changed", by=by, before=before, after={name: getattr(stored, name) for name in fields})
    return stored
