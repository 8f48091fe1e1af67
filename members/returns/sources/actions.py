"""Keep how an export of the library system is read, on record (6.2.1 j)."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fsul_portal.records.actions import record
from fsul_portal.users import User
from fsul_portal.verdicts import not_now, require
from members.returns.sources.models import ExportSource
from members.returns.sources.rules import may_keep_source

FIELDS = ("name", "library_heading", "period_heading", "headings", "codes", "skipped", "several", "is_used")


@transaction.atomic
def keep_source(source: ExportSource, *, by: User) -> ExportSource:
    """Keep what the columns and codes of an export mean; returns that came before stay as they are (6.2.1 j)."""
    require(may_keep_source(by))
    fresh = source._state.adding
    named = ExportSource.objects.select_for_update().filter(name=source.name).exclude(pk=source.pk).first()
    wanted = {name: getattr(source, name) for name in FIELDS}
    if named is not None:
        # The same form, sent twice, makes one.
        if fresh and {name: getattr(named, name) for name in FIELDS} == wanted:
            return named
        require(not_now(_("There is an export of this name already.")))
    stored = ExportSource.objects.select_for_update().get(pk=source.pk) if not fresh else ExportSource()
    said = {name: getattr(stored, name) for name in FIELDS} if not fresh else {}
    changed = [name for name in FIELDS if said.get(name) != wanted[name]]
    if not fresh and not changed:
        return stored
    for name, value in wanted.items():
        setattr(stored, name, value)
    stored.set_at, stored.set_by = timezone.now(), by
    stored.save()
    told = {name: said[name] for name in changed if name in said}, {name: wanted[name] for name in changed}
    record(stored, "source set", by=by, before=told[0], after=told[1])
    return stored
