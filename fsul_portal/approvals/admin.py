"""Show the opinions that were given; they are written by the actions of the duties alone."""

from django.contrib import admin

from fsul_portal.approvals.models import Opinion
from fsul_portal.backstage import ReadOnlyAdmin


@admin.register(Opinion)
class OpinionAdmin(ReadOnlyAdmin):
    list_display = ["given_at", "given_by", "stage", "verdict", "note"]
    list_filter = ["verdict", "stage"]
    list_select_related = ["given_by"]
    search_fields = ["note", "given_by__username", "given_by__name"]
    date_hierarchy = "given_at"
    exclude = ["object_id"]
