"""Show who did what; nobody changes or deletes it here."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import DropdownFilter

from fsul_portal.grammar.words import Words
from fsul_portal.pages.backstage import ReadOnlyAdmin
from fsul_portal.records.acts import in_words
from fsul_portal.records.course import changed_in
from fsul_portal.records.models import Record
from fsul_portal.rooms import act_words


class ActFilter(DropdownFilter):
    """Offer the acts by their names; so many stand in a box that opens, not one below the other."""

    title = _("act")
    parameter_name = "verb"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Words]]:
        return sorted(act_words().items(), key=lambda one: str(one[1]))

    def queryset(self, request: HttpRequest, records: QuerySet[Record]) -> QuerySet[Record]:
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
    def act(self, record: Record) -> Words:
        return in_words(record.verb)

    @admin.display(description=_("before and after"))
    def changed(self, record: Record) -> SafeString | str:
        change = changed_in(record)
        lines = [change(*one) for one in record.changes()]
        return format_html_join("\n", "<div><strong>{}</strong> {} → {}</div>", lines) or "—"
