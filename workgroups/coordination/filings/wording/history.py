"""Tell the story of a filing out of its records (6.2.1 e)."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from fsul_portal.approvals.models import EDITED
from fsul_portal.records.course import Deed, course_of
from fsul_portal.records.models import Record
from members.libraries.models import Spell
from workgroups.coordination.filings.kinds.facts import label
from workgroups.coordination.filings.models import Filing

DEEDS = {
    "drafted": Deed(_("began a draft"), "neutral", "edit"),
    EDITED: Deed(_("changed the draft"), "neutral", "edit", tells_changes=True),
    "submitted": Deed(_("submitted it"), "info", "send"),
    "district_signature": Deed(_("signed it for the district library"), "info", "stamp"),
    "decision": Deed(_("approved it for the coordination group"), "success", "check"),
    "agreed": Deed(_("agreed"), "info", "stamp"),
    "recalled": Deed(_("recalled it"), "neutral", "left"),
    "returned": Deed(_("returned it for correction"), "warning", "left"),
    "refused": Deed(_("refused it"), "danger", "close"),
    "withdrawn": Deed(_("withdrew it"), "neutral", "remove"),
    "in_force": Deed(_("changed the registry as approved"), "success", "library"),
}


def records_of(filing: Filing) -> tuple[list[Record], list[dict[str, str | None]]]:
    """Return the records of a filing, and the facts that they speak of."""
    records = filing.told = list(Record.objects.of(filing))
    return records, [side for one in records if one.verb == EDITED for side in (one.before, one.after)]


def timeline(records: Iterable[Record], word: Callable[[str, str | None], str]) -> list[dict[str, Any]]:
    """Return the entries of the component `_timeline`, newest first; `word` says a fact in words."""
    return course_of(records, DEEDS, change=partial(_change, word))


def _change(word, field, before, after):
    """Return (label, before, after) in words: of a fact of the registry, or of the filing itself."""
    if field in Spell.FACTS:
        return label(field), word(field, before), word(field, after)
    return capfirst(Filing._meta.get_field(field).verbose_name), before, after
