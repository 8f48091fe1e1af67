"""Show the keepers of the portal what works, waits or has failed."""

from django.contrib import admin

from fsul_portal.pages.backstage import ReadOnlyAdmin
from fsul_portal.runs.models import Run


@admin.register(Run)
class RunAdmin(ReadOnlyAdmin):
    list_display = ["title", "task", "state", "requested_by", "requested_at", "heartbeat_at", "losses", "finished_at"]
    list_filter = ["state", "task"]
    list_select_related = ["requested_by"]
    search_fields = ["title", "key", "error"]
    date_hierarchy = "requested_at"
    exclude = ["claim", "content_type", "object_id"]
