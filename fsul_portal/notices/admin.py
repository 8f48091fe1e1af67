"""Show the administrator who was told what, and which letters did not go out."""

from django.contrib import admin

from fsul_portal.grammar.words import Words
from fsul_portal.notices.kinds import KINDS
from fsul_portal.notices.models import Delivery, Notice
from fsul_portal.notices.robots.models import GroupRobot
from fsul_portal.pages.backstage import ReadOnlyAdmin
from fsul_portal.users import User


@admin.register(Notice)
class NoticeAdmin(ReadOnlyAdmin):
    list_display = ["subject", "recipient", "kind_in_words", "written_at", "read_at"]
    list_select_related = ["recipient"]
    search_fields = ["subject", "recipient__username", "recipient__name"]
    date_hierarchy = "written_at"
    fields = readonly_fields = ["subject", "body", "recipient", "kind_in_words", "written_at", "read_at"]

    @admin.display(description=Notice._meta.get_field("kind").verbose_name, ordering="kind")
    def kind_in_words(self, notice: Notice) -> Words:
        return KINDS.get(notice.kind, "—")


@admin.register(Delivery)
class DeliveryAdmin(ReadOnlyAdmin):
    list_display = ["notice", "recipient", "by_way_of", "state", "attempts", "due_at", "sent_at", "problem"]
    list_filter = ["state", "due_at"]
    list_select_related = ["notice__recipient", "robot"]
    search_fields = ["notice__subject", "notice__recipient__username", "problem"]

    fields = readonly_fields = [*list_display, "begun_at"]

    @admin.display(description=Delivery._meta.get_field("channel").verbose_name, ordering="channel")
    def by_way_of(self, delivery: Delivery) -> Words:
        return delivery.way_out

    @admin.display(description=Notice._meta.get_field("recipient").verbose_name)
    def recipient(self, delivery: Delivery) -> User | GroupRobot:
        return delivery.robot or delivery.notice.recipient
