"""Show the turns of matters and the opinions given in them; they are written by the actions of the duties alone."""

from django.contrib import admin

from fsul_portal.approvals.models import Turn
from fsul_portal.pages.backstage import ReadOnlyAdmin


@admin.register(Turn)
class TurnAdmin(ReadOnlyAdmin):
    list_display = ["given_at", "given_by", "on_behalf_of", "key", "verdict", "note"]
    list_filter = ["verdict", "kind"]
    list_select_related = ["given_by", "on_behalf_of"]
    search_fields = ["note", "given_by__username", "given_by__name"]
    date_hierarchy = "given_at"
    exclude = ["object_id", "place_id"]
