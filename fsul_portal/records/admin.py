"""Show who did what; nobody changes or deletes it here."""

from django.contrib import admin

from fsul_portal.admin import ReadOnlyAdmin
from fsul_portal.records.models import Record


@admin.register(Record)
class RecordAdmin(ReadOnlyAdmin):
    list_display = ["at", "by", "verb", "label", "note", "address"]
    list_filter = ["content_type", "verb"]
    list_select_related = ["by"]
    search_fields = ["label", "note", "by__username", "by__name"]
    date_hierarchy = "at"
    exclude = ["object_id"]
