"""Show the keepers of the portal what works, waits or has failed, and when the portal does what by itself."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.db.models import ForeignKey, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_celery_beat import admin as beat
from django_celery_beat.models import PeriodicTask
from unfold.admin import ModelAdmin

from fsul_portal.pages.backstage import FiltersOnly, ReadOnlyAdmin
from fsul_portal.rooms import job_words
from fsul_portal.runs.models import Run
from fsul_portal.runs.timetable import in_words

# The package shows its table as its programmers need it; whoever imports it here finds it registered.
assert beat
admin.site.unregister(PeriodicTask)


@admin.register(Run)
class RunAdmin(ReadOnlyAdmin):
    list_display = ["called", "state", "requested_by", "requested_at", "heartbeat_at", "losses", "finished_at"]
    list_filter = ["state"]
    list_select_related = ["requested_by"]
    search_fields = ["title", "title_en", "key", "error"]
    date_hierarchy = "requested_at"
    exclude = ["claim", "content_type", "object_id", "task", "key", "parameters", "title_en", "message_en"]

    @admin.display(description=gettext_lazy("title"), ordering="title")
    def called(self, run: Run) -> str:
        return str(run)


if TYPE_CHECKING:
    Choice = forms.ModelChoiceField[Any]
else:
    Choice = forms.ModelChoiceField


class TimesField(Choice):
    def label_from_instance(self, schedule: Any) -> str:
        return in_words(schedule)


@admin.register(PeriodicTask)
class JobAdmin(FiltersOnly, ModelAdmin):
    """Let the office set when the portal does what by itself; which jobs there are, the cards of the rooms say."""

    list_display = ["job", "enabled", "times", "last_run_at"]
    list_filter = ["enabled"]
    list_select_related = ["interval", "crontab"]
    ordering = ["task"]
    fields = ["job", "enabled", "interval", "crontab", "last_run_at", "total_run_count"]
    readonly_fields = ["job", "last_run_at", "total_run_count"]
    actions = None

    def get_queryset(self, request: HttpRequest) -> QuerySet[PeriodicTask]:
        rows: QuerySet[PeriodicTask] = super().get_queryset(request)
        return rows.filter(task__in=job_words())

    def name_of(self, row: PeriodicTask) -> str:
        return str(job_words().get(row.task, row.task))

    @admin.display(description=gettext_lazy("what is done"), ordering="task")
    def job(self, row: PeriodicTask) -> str:
        return self.name_of(row)

    @admin.display(description=gettext_lazy("times"))
    def times(self, row: PeriodicTask) -> str:
        return in_words(row.interval or row.crontab)

    def formfield_for_foreignkey(self, field: ForeignKey[Any, Any], request: HttpRequest, **kwargs: Any) -> Any:
        return super().formfield_for_foreignkey(field, request, form_class=TimesField, **kwargs)

    def response_change(self, request: HttpRequest, row: PeriodicTask) -> HttpResponse:
        words = {"job": self.name_of(row), "times": self.times(row)}
        messages.success(request, _("Saved: %(job)s, %(times)s.") % words)
        return HttpResponse(
            status=302, headers={"Location": reverse("admin:django_celery_beat_periodictask_changelist")}
        )
