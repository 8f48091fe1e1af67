"""Show the administrator who was told what, and which letters did not go out."""

from django.contrib import admin

from fsul_portal.notices.models import Delivery, Notice
from fsul_portal.pages.backstage import ReadOnlyAdmin
from fsul_portal.users import User


@admin.register(Notice)
class NoticeAdmin(ReadOnlyAdmin):
    list_display = ["subject", "recipient", "kind", "written_at", "read_at"]
    list_select_related = ["recipient"]
    search_fields = ["subject", "recipient__username", "recipient__name"]
    date_hierarchy = "written_at"


@admin.register(Delivery)
class DeliveryAdmin(ReadOnlyAdmin):
    list_display = ["notice", "recipient", "channel", "state", "attempts", "due_at", "sent_at", "problem"]
    list_filter = ["state", "channel"]
    list_select_related = ["notice__recipient"]
    search_fields = ["notice__subject", "notice__recipient__username", "problem"]

    @admin.display(description=Notice._meta.get_field("recipient").verbose_name)
    def recipient(self, delivery: Delivery) -> User:
        return delivery.notice.recipient
