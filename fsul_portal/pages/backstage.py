"""Give the admin the portal's own entrance, lists that answer to their filters alone, and rows one can only read."""

from typing import Any

from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import PAGE_VAR
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied, SuspiciousOperation, ValidationError
from django.core.paginator import InvalidPage
from django.db import DataError, transaction
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from unfold.admin import ModelAdmin
from unfold.sites import UnfoldAdminSite
from unfold.views import ChangeList

from fsul_portal.pages.slimming import lighten
from fsul_portal.users import Request

UNREADABLE = (IncorrectLookupParameters, InvalidPage, ValueError, OverflowError, DataError)


class PortalAdminSite(UnfoldAdminSite):
    """The admin shares the portal's own login page; whoever is logged in without the right reads why not."""

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        if request.user.is_authenticated:
            raise PermissionDenied(
                _("The administration is open to the leads of the groups, the office and the administrator.")
            )
        return redirect_to_login(request.GET.get(REDIRECT_FIELD_NAME, request.get_full_path()))

    def register(self, model_or_iterable: Any, admin_class: type | None = None, **attributes: Any) -> None:
        """Put every list on the same base, those of packages too."""
        admin_class = admin_class or ModelAdmin
        if not issubclass(admin_class, FiltersOnly):
            admin_class = type(admin_class.__name__, (FiltersOnly, admin_class), {"__module__": admin_class.__module__})
        super().register(model_or_iterable, admin_class, **attributes)

    def search(self, request: Request, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        try:
            int(request.GET.get("page", 1))
            page: HttpResponse = super().search(request, extra_context)
            return page
        except (InvalidPage, ValueError) as problem:
            raise SuspiciousOperation("This search has no such page.") from problem


class FilteredList(ChangeList):
    """Answer to the listed filters alone; the rest of what can be asked of a table is nobody's question."""

    def __init__(self, request: Request, *args: Any, **kwargs: Any) -> None:
        try:
            # What the database cannot read must not spoil the request's own transaction.
            with transaction.atomic():
                super().__init__(request, *args, **kwargs)
        except UNREADABLE as problem:
            raise SuspiciousOperation("A filter of this list cannot be read.") from problem

    def get_filters(self, request: Request) -> tuple[Any, ...]:
        found: tuple[Any, ...] = super().get_filters(request)
        # Each filter has taken out what it understands; the hierarchy of dates has put in the bounds of its own.
        left, asked = set(found[2]), set(self.get_filters_params())
        refused = left - ({f"{self.date_hierarchy}__gte", f"{self.date_hierarchy}__lt"} - asked)
        if refused:
            raise SuspiciousOperation(f"This list has no filter {', '.join(sorted(refused))}.")
        return found

    def get_results(self, request: Request) -> None:
        super().get_results(request)
        if int(request.GET.get(PAGE_VAR, 1)) not in self.paginator.page_range:
            raise IncorrectLookupParameters


class Named:
    """Stand for a row in the headings of its pages: all that it is, under the name that people call it."""

    def __init__(self, row: Model, name: str) -> None:
        self.row, self.name_of_row = row, name

    def __getattr__(self, name: str) -> Any:
        return getattr(self.row, name)

    def __str__(self) -> str:
        return self.name_of_row


class FiltersOnly:
    """Stand before every admin class: a light list that answers to its filters, and rows that are called by name."""

    opts: Any
    list_per_page = 50

    def name_of(self, row: Any) -> str:
        """Say how people call a row, where its own words are those of a machine."""
        return str(row)

    def changelist_view(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        page: HttpResponse = super().changelist_view(request, *args, **kwargs)  # type: ignore[misc]
        if isinstance(page, TemplateResponse):
            page.add_post_render_callback(lighten)
        return page

    def changeform_view(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._called_by_name(super().changeform_view(request, *args, **kwargs))  # type: ignore[misc]

    def history_view(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._called_by_name(super().history_view(request, *args, **kwargs))  # type: ignore[misc]

    def delete_view(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._called_by_name(super().delete_view(request, *args, **kwargs))  # type: ignore[misc]

    def _called_by_name(self, page: HttpResponse) -> HttpResponse:
        words = getattr(page, "context_data", None) or {}
        for part in ("original", "object"):
            row = words.get(part)
            if isinstance(row, Model):
                name = self.name_of(row)
                words[part] = Named(row, name)
                words |= {
                    key: str(words[key]).replace(str(row), name) for key in ("title", "subtitle") if words.get(key)
                }
        return page

    def get_changelist(self, request: Request, **kwargs: Any) -> type[FilteredList]:
        return FilteredList

    def response_action(self, request: Request, queryset: QuerySet[Any]) -> HttpResponse | None:
        for key in request.POST.getlist(ACTION_CHECKBOX_NAME):
            try:
                self.opts.pk.clean(key, None)
            except ValidationError as problem:
                raise SuspiciousOperation("A chosen row has no such key.") from problem
        # The class behind this one, which mypy cannot see from here, has it.
        answer: HttpResponse | None = super().response_action(request, queryset)  # type: ignore[misc]
        return answer


class ReadOnlyAdmin(FiltersOnly, ModelAdmin):
    """Show rows; they are written by actions alone."""

    def has_add_permission(self, request: Request) -> bool:
        return False

    def has_change_permission(self, request: Request, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: Request, obj: Model | None = None) -> bool:
        return False
