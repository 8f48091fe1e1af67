"""Serve the lists, pages, forms and files of all registers, each told which one it serves."""

import io
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

from django.conf import settings
from django.contrib import messages
from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django.views.generic import DetailView, FormView, ListView

from fsul_portal.grammar.downloads import to_keep
from fsul_portal.registers import actions
from fsul_portal.registers.forms import ColumnsForm, KeepForm, without_page
from fsul_portal.registers.lists import Listing
from fsul_portal.registers.paging import page_of
from fsul_portal.sheets import Column, Table, write_csv, write_xlsx
from fsul_portal.users import Request, User
from fsul_portal.verdicts import Unready, require

if TYPE_CHECKING:
    from fsul_portal.registers.register import Register

    ListOfAnything = ListView[Any]
    PageOfAnything = DetailView[Any]
    FormOfAnything = FormView[Form]
else:
    ListOfAnything, PageOfAnything, FormOfAnything = ListView, DetailView, FormView

# Each view is told its own by `as_view(register=…)`, which takes only what the class has already.
REGISTER = cast("Register", None)

KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class RegisterList(ListOfAnything):
    """List what a person may read, narrowed and ordered as the address says."""

    http_method_names = ["get", "head"]
    register = REGISTER
    request: Request

    def get_queryset(self) -> QuerySet[Any]:
        require(self.register.may_read(self.request.user))
        self.listing = Listing(self.register, self.request.user, self.request.GET)
        return self.listing.rows

    def get_template_names(self) -> list[str]:
        return [self.register.list_template]

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        register, listing, user = self.register, self.listing, self.request.user
        page = page_of(self.request.GET, listing.rows, usual=register.rows_a_page)
        context = {
            "register": register,
            "listing": listing,
            "page": page,
            "lines": listing.lines(page.object_list),
            "tabs": _tabs(listing),
            "above": (register.above[0], reverse(register.above[1])),
            "may_create": register.may_create(user),
            "columns_form": ColumnsForm(listing.known, chosen=listing.columns),
            "keep_form": KeepForm(initial={"query": listing.asked}, auto_id="keep_%s"),
        }
        return (
            super().get_context_data(object_list=page.object_list)
            | context
            | register.beside_list(user, listing)
            | more
        )


def _tabs(listing: Listing) -> list[dict[str, Any]]:
    return [
        {
            "title": tab.title,
            "url": f"?{tab.asked or f'tab={tab.key}'}",
            "current": tab is listing.tab,
            "count": tab.rows().count() if tab.is_counted else None,
        }
        for tab in listing.tabs
    ]


class RegisterPage(PageOfAnything):
    """Show a thing: its facts, how far it is, what hangs on it, what one may do."""

    http_method_names = ["get", "head"]
    register = REGISTER
    request: Request

    def get_queryset(self) -> QuerySet[Any]:
        return self.register.fetched(self.register.rows(self.request.user))

    def get_template_names(self) -> list[str]:
        return [self.register.page_template]

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        page = self.register.page(self.object, self.request.user)
        return super().get_context_data(**more) | {"register": self.register} | page


class RegisterPrint(RegisterPage):
    """Show a thing as it goes on paper, without anything to press."""

    def get_template_names(self) -> list[str]:
        return [self.register.print_template]

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        return super().get_context_data(**more) | {"site": settings.SITE_URL}


class RegisterForm(FormOfAnything):
    """Take something new in; the same form sent twice makes one, and what stands against it is shown at its field."""

    http_method_names = ["get", "head", "post"]
    register = REGISTER
    request: Request

    def get_form(self, form_class: type[Form] | None = None) -> Form:
        require(self.register.may_read(self.request.user))
        require(self.register.may_create(self.request.user))
        return super().get_form(form_class)

    def get_form_class(self) -> type[Form]:
        # Without a form a register has no such page.
        assert self.register.form is not None
        return self.register.form

    def get_template_names(self) -> list[str]:
        return [self.register.form_template]

    def form_valid(self, form: Form) -> HttpResponse:
        try:
            thing = self.register.create(by=self.request.user, **form.cleaned_data)
        except Unready as unready:
            for finding in unready.findings:
                form.add_error(finding.field if finding.field in form.fields else None, finding.sentence)
            return self.form_invalid(form)
        messages.success(self.request, self.register.created)
        return redirect(thing)

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        return super().get_context_data(**more) | {"register": self.register}


def finder(register: "Register") -> Callable[..., Any]:
    """Return how the acts of a register find their thing; a stranger finds nothing."""

    def find(user: User, **key: Any) -> Any:
        return get_object_or_404(register.fetched(register.rows(user)), **key)

    return find


def _as_csv(register: "Register", listing: Listing) -> bytes:
    return write_csv([column.title for column in listing.heads()], listing.values())


def _as_xlsx(register: "Register", listing: Listing) -> bytes:
    heads = [Column(str(column.title), as_text=column.is_code) for column in listing.heads()]
    file = io.BytesIO()
    write_xlsx(file, [Table(str(register.title), heads, listing.values())])
    return file.getvalue()


WRITERS = {"csv": _as_csv, "xlsx": _as_xlsx}


def export_of(register: "Register") -> Callable[..., HttpResponse]:
    @require_safe
    def export(request: Request, format: str) -> HttpResponse:
        """Hand out exactly what the list shows, all pages of it, as a file that runs nothing."""
        require(register.may_read(request.user))
        listing = Listing(register, request.user, request.GET)
        write = WRITERS[format]
        response = HttpResponse(write(register, listing), content_type=KINDS[format])
        to_keep(response, str(register.title), format)
        patch_cache_control(response, private=True, no_store=True)
        return response

    return export


def arrange_of(register: "Register") -> Callable[..., HttpResponse]:
    @require_POST
    def arrange(request: Request) -> HttpResponse:
        """Keep the columns or a filter of a list for this person, or let a filter go."""
        require(register.may_read(request.user))
        query = without_page(QueryDict(request.POST.get("query", "")))
        if "drop" in request.POST:
            actions.drop_filter(register, request.POST["drop"], by=request.user)
        elif "name" in request.POST:
            _keep_filter(register, request)
        else:
            _choose_columns(register, request)
        # Only ever to the list itself: what came along is its query, never another address.
        return redirect(f"{register.address('list')}?{query}" if query else register.address("list"))

    return arrange


def _keep_filter(register: "Register", request: Request) -> None:
    form = KeepForm(request.POST)
    if "name" in form.errors:
        messages.error(request, _("Give the filters a name of at most 60 characters; nothing has been kept."))
    elif form.errors:
        messages.error(request, str(form.errors["query"][0]))
    elif actions.keep_filter(register, form.cleaned_data["name"], form.cleaned_data["query"], by=request.user):
        messages.success(request, _("The filters are kept as “%(name)s”.") % form.cleaned_data)
    else:
        messages.error(request, _("You have kept 20 filters of this list; let go of one first."))


def _choose_columns(register: "Register", request: Request) -> None:
    form = ColumnsForm(register.columns, request.POST)
    if form.is_valid():
        actions.choose_columns(register, list(dict.fromkeys(form.cleaned_data["columns"])), by=request.user)
    else:
        messages.error(request, _("There is no such column; nothing has been changed."))
