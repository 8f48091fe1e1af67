"""Show editions in the admin."""

from django.contrib import admin

from fsul_portal.pages.backstage import ReadOnlyAdmin
from fsul_portal.templatetags.figures import period
from reports.editions.models import Edition


@admin.register(Edition)
class EditionAdmin(ReadOnlyAdmin):
    list_display = ["kind", "in_words", "number", "provisional", "frozen_at", "published_at"]
    list_filter = ["kind", "provisional"]
    search_fields = ["period"]
    exclude = ["snapshot", "digest", "period", "pdf", "xlsx", "json", "pdf_en", "xlsx_en"]
    readonly_fields = ["in_words"]

    @admin.display(description=Edition._meta.get_field("period").verbose_name, ordering="period")
    def in_words(self, edition: Edition) -> str:
        return period(edition.period)
