"""Show who did what; nobody changes or deletes it here."""

from django.contrib import admin
from django.core.exceptions import FieldDoesNotExist
from django.utils.html import format_html_join
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from fsul_portal.backstage import ReadOnlyAdmin
from fsul_portal.records.acts import in_words
from fsul_portal.records.models import Record
from fsul_portal.rooms import act_words


class ActFilter(admin.SimpleListFilter):
    """Offer the acts by their names."""

    title = _("act")
    parameter_name = "verb"

    def lookups(self, request, model_admin):
        return sorted(act_words().items(), key=lambda one: str(one[1]))

    def queryset(self, request, records):
        return records.filter(verb=self.value()) if self.value() else records


@admin.register(Record)
class RecordAdmin(ReadOnlyAdmin):
    list_display = ["at", "by", "act", "label", "note", "address"]
    list_filter = [("content_type", admin.RelatedOnlyFieldListFilter), ActFilter]
    list_select_related = ["by"]
    search_fields = ["label", "note", "by__username", "by__name"]
    date_hierarchy = "at"
    fields = readonly_fields = ["at", "by", "act", "content_type", "label", "changed", "note", "address"]

    @admin.display(description=_("act"), ordering="verb")
    def act(self, record):
        return in_words(record.verb)

    @admin.display(description=_("before and after"))
    def changed(self, record):
        kind = record.content_type and record.content_type.model_class()
        lines = [
            (*_in_words(kind, name, before), _in_words(kind, name, after)[1])
            for name, before, after in record.changes()
        ]
        return format_html_join("\n", "<div><strong>{}</strong> {} → {}</div>", lines) or "—"


def _in_words(kind, name, value):
    """Return the label of a field and its value as people read it; both stay as they are where nothing is known."""
    try:
        field = kind._meta.get_field(name)
    except (AttributeError, FieldDoesNotExist):
        return name, "—" if value in (None, "") else value
    names = dict(getattr(field, "flatchoices", ()))
    return capfirst(getattr(field, "verbose_name", name)), "—" if value in (None, "") else names.get(value, value)
