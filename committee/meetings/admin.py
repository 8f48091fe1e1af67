"""Show the meetings in the admin to those who read them; they are kept in the portal alone."""

from django.contrib import admin
from unfold.admin import TabularInline

from committee.bodies.rules import may_read_meetings
from committee.meetings.models import Meeting, RollEntry
from fsul_portal.pages.backstage import ReadOnlyAdmin


class RollInline(TabularInline):
    model = RollEntry
    extra = 0
    can_delete = False

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_view_permission(self, request, obj=None):
        return bool(may_read_meetings(request.user))


@admin.register(Meeting)
class MeetingAdmin(ReadOnlyAdmin):
    list_display = ["title", "kind", "starts_at", "place", "state", "roll_signed_at", "minutes_final_at"]
    list_filter = ["year", "kind", "state"]
    search_fields = ["title", "place", "items__title", "minutes"]
    exclude = ["version", "form_token"]
    inlines = [RollInline]

    def has_view_permission(self, request, obj=None):
        return bool(may_read_meetings(request.user))

    def has_module_permission(self, request):
        return bool(may_read_meetings(request.user))
