"""Tell the story of a filing out of its records (6.2.1 e)."""

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from fsul_portal.approvals.models import EDITED
from fsul_portal.records.models import Record
from members.libraries.models import Spell
from workgroups.coordination.filings.facts import label, words_of
from workgroups.coordination.filings.models import Filing

ACTS = {
    "drafted": (_("began a draft"), "neutral", "edit"),
    EDITED: (_("changed the draft"), "neutral", "edit"),
    "submitted": (_("submitted it"), "info", "send"),
    "district_signature": (_("signed it for the district library"), "info", "stamp"),
    "decision": (_("approved it for the coordination group"), "success", "check"),
    "agreed": (_("agreed"), "info", "stamp"),
    "recalled": (_("recalled it"), "neutral", "left"),
    "returned": (_("returned it for correction"), "warning", "left"),
    "refused": (_("refused it"), "danger", "close"),
    "withdrawn": (_("withdrew it"), "neutral", "remove"),
    "in_force": (_("changed the registry as approved"), "success", "library"),
}


def timeline(filing):
    """Return the entries of the component `_timeline`, newest first."""
    records = list(Record.objects.of(filing))
    word = words_of([side for one in records if one.verb == EDITED for side in (one.before, one.after)])
    return [_entry(record, word) for record in records]


def _entry(record, word):
    did, tone, icon = ACTS.get(record.verb, (record.verb, "neutral", "dot"))
    entry = {"who": record.by, "at": record.at, "did": did, "note": record.note, "tone": tone, "icon": icon}
    if record.verb == EDITED:
        entry["changes"] = [_change(word, *change) for change in record.changes()]
    return entry


def _change(word, field, before, after):
    """Return (label, before, after) in words: of a fact of the registry, or of the filing itself."""
    if field in Spell.FACTS:
        return label(field), word(field, before), word(field, after)
    return capfirst(Filing._meta.get_field(field).verbose_name), before, after
