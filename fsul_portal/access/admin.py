"""Show sign-ins and failures, and let the administrator lift a pause."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, TypeVar

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib import admin
from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _

from fsul_portal.access.lockout import lift_pauses, pausing
from fsul_portal.access.rules import may_lift_pauses
from fsul_portal.pages.backstage import FilteredList, ReadOnlyAdmin
from fsul_portal.templatetags.figures import iso_moment
from fsul_portal.users import Request


def _named(attempt: Any) -> str:
    return f"{attempt.username or '—'} · {iso_moment(attempt.attempt_time)}"


Marked = TypeVar("Marked", bound=Iterable[Any])


@admin.register(AccessAttempt)
class AccessAttemptAdmin(ReadOnlyAdmin):
    """Failures that still count; deleting them lets people sign in again."""

    list_display = ["attempt_time", "username", "ip_address", "failures_since_start", "waits_until"]
    search_fields = ["username", "ip_address"]
    date_hierarchy = "attempt_time"
    # What was typed beside the password is nobody's business: people type passwords into the wrong box.
    fields = readonly_fields = [*list_display, "user_agent", "path_info"]

    def name_of(self, row: Any) -> str:
        return _named(row)

    @admin.display(description=_("has to wait until"))
    def waits_until(self, attempt: Any) -> datetime | None:
        marked = attempt if hasattr(attempt, "waits_until") else _mark([attempt])[0]
        until: datetime | None = marked.waits_until
        return until

    def get_changelist_instance(self, request: Request) -> FilteredList:
        changelist: FilteredList = super().get_changelist_instance(request)
        _mark(changelist.result_list)
        return changelist

    def has_delete_permission(self, request: Request, obj: Model | None = None) -> bool:
        return bool(may_lift_pauses(request.user))

    def delete_model(self, request: Request, obj: Model) -> None:
        lift_pauses(AccessAttempt.objects.filter(pk=obj.pk), by=request.user)

    def delete_queryset(self, request: Request, queryset: QuerySet[Any]) -> None:
        lift_pauses(AccessAttempt.objects.filter(pk__in=queryset.values("pk")), by=request.user)


def _mark(attempts: Marked) -> Marked:
    """Say of each row until when it makes somebody wait; the same three queries for one row and for fifty."""
    waiting = pausing({one.username for one in attempts}, {one.ip_address for one in attempts})
    for attempt in attempts:
        attempt.waits_until = next((one.ends_at for one in waiting if one.counts(attempt)), None)
    return attempts


@admin.register(AccessFailureLog)
class AccessFailureLogAdmin(ReadOnlyAdmin):
    list_display = ["attempt_time", "username", "ip_address", "user_agent", "locked_out"]
    list_filter = ["locked_out"]
    search_fields = ["username", "ip_address"]
    date_hierarchy = "attempt_time"
    fields = readonly_fields = [*list_display, "path_info"]

    def name_of(self, row: Any) -> str:
        return _named(row)


@admin.register(AccessLog)
class AccessLogAdmin(ReadOnlyAdmin):
    list_display = ["attempt_time", "logout_time", "username", "ip_address", "user_agent"]
    search_fields = ["username", "ip_address"]
    date_hierarchy = "attempt_time"
    fields = readonly_fields = [*list_display, "path_info"]

    def name_of(self, row: Any) -> str:
        return _named(row)
