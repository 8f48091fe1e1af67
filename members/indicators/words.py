"""Say in words what the dictionary knows of an indicator (6.2.1 j)."""

from collections.abc import Mapping
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from fsul_portal.records.course import Deed
from fsul_portal.templatetags.figures import day, period
from members.indicators.models import Indicator
from members.libraries.models import Spell

# What the history of an indicator says of each act.
DEEDS = {
    "changed": Deed(gettext_lazy("changed the dictionary"), "neutral", "edit", tells_changes=True),
    "asked": Deed(gettext_lazy("lets it be asked"), "success", "check", tells_changes=True),
    "asked no more": Deed(gettext_lazy("lets it be asked no more"), "neutral", "stop", tells_changes=True),
}


def titles_by_code() -> dict[str, str]:
    """Return what every indicator is called in the reader's language."""
    return {one.code: one.title for one in Indicator.objects.all()}


def changed_in_words(name: str, before: Any, after: Any) -> tuple[str, Any, Any]:
    """Return what a record says of a field as people read it."""
    field = Indicator._meta.get_field(name)
    return capfirst(getattr(field, "verbose_name", name)), _read(field, before), _read(field, after)


def _read(field: Any, value: Any) -> Any:
    if isinstance(value, list):
        return " · ".join(str(Spell.Level(level).label) for level in value) or _("all")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return "—" if value in (None, "") else dict(field.flatchoices).get(value, value)


def asked_in_words(indicator: Indicator) -> str:
    """Say from when to when, and of whom, an indicator is asked."""
    if not indicator.in_use:
        return _("not asked")
    said = []
    if indicator.first_month:
        said.append(_("from %(month)s") % {"month": period(indicator.first_month)})
    if indicator.last_month:
        said.append(_("until %(month)s") % {"month": period(indicator.last_month)})
    return " · ".join(
        [*(said or [pgettext("asked", "always")]), *([indicator.levels_asked] if indicator.asked_of else [])]
    )


def facts_of(indicator: Indicator, titles: Mapping[str, str]) -> list[tuple[str, Any]]:
    """Return what the page of an indicator says, as (label, value); what is nothing is left out."""
    facts = [
        (_("Code"), indicator.code),
        (_("Unit"), indicator.unit_title),
        (_("Term of ISO 2789"), indicator.iso_term),
        (_("Counted"), _("at the end of the period") if indicator.is_stock else _("during the period")),
        (_("Over a year"), indicator.get_over_time_display()),
        (_("Over libraries"), indicator.get_over_libraries_display()),
        (_("Reported by"), indicator.get_reported_by_display()),
        (_("How often"), indicator.get_frequency_display()),
        (_("Asked"), asked_in_words(indicator)),
        (_("Part of"), titles.get(indicator.part_of, indicator.part_of)),
        (_("Balance"), indicator.balance),
        (_("Valid from"), indicator.valid_from and day(indicator.valid_from)),
        (_("Valid until"), indicator.valid_until and day(indicator.valid_until)),
    ]
    return [(label, value) for label, value in facts if value]
