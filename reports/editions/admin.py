"""Show editions in the admin."""

from django.contrib import admin

from fsul_portal.pages.backstage import ReadOnlyAdmin
from reports.editions.models import Edition


@admin.register(Edition)
class EditionAdmin(ReadOnlyAdmin):
    list_display = ["kind", "period", "number", "provisional", "frozen_at", "published_at"]
    list_filter = ["kind", "provisional"]
    search_fields = ["period"]
    exclude = ["snapshot", "pdf", "xlsx", "json"]
