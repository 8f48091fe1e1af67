"""Declare a duty's list, page, form, print view and export once."""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any

from django.db.models import Model, QuerySet
from django.forms import Form
from django.http import QueryDict
from django.urls import URLPattern, path, re_path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fsul_portal.acts.urls import act_paths
from fsul_portal.acts.verbs import Acts
from fsul_portal.acts.views import act_view
from fsul_portal.approvals.models import Matter
from fsul_portal.approvals.progress import progress
from fsul_portal.finding.matches import Match
from fsul_portal.grammar.words import Words
from fsul_portal.records.course import Deed, course_of
from fsul_portal.records.models import Record
from fsul_portal.registers import views
from fsul_portal.registers.columns import Column
from fsul_portal.registers.filters import Narrowing, narrowing_of
from fsul_portal.registers.lists import Listing, Tab
from fsul_portal.rooms import everybody
from fsul_portal.users import User
from fsul_portal.verdicts import Denied, Verdict

MOST_RECORDS = 100


def _names_no_action(**answers: Any) -> Any:
    raise TypeError("This register names no action that creates.")


class Register:
    """What a duty shows and takes; an heir declares the attributes, and overrides a method where it differs.

    name: of its addresses, `workgroups:coordination:filing`. The queryset of the model knows `visible_to(user)` and,
    where lists need more, `for_lists()`. filters: fields of the model, or an heir of Narrowing. form: a TokenForm;
    `create(by=user, **answers)` is the action behind it. deeds: how its records are told. parts: what hangs on a thing.
    Where a rule or an action says it all, it takes the place of the method: `may_create = staticmethod(may_begin)`.
    """

    name: str
    model: type[Model]
    title: Words
    lead: Words = ""
    clause: str = ""
    icon: str = "folder"
    above: tuple[Words, str] = (_("Dashboard"), "dashboard")  # where its list hangs, and the address of that
    columns: Sequence[Column] = ()
    filters: Sequence[str] | type[Narrowing] = ()
    search: Sequence[Match] = ()
    order: tuple[str, ...] = ()
    rows_a_page: int = 50
    empty: Words = _("There is nothing here yet.")

    facts: Sequence[Column] = ()
    acts: Acts | None = None
    deeds: Mapping[str, Deed] | None = None
    parts: Sequence[str] = ()  # of attachments, linked, remarks, tasks

    form: type[Form] | None = None
    new_title: Words = _("New entry")
    created: Words = _("Saved.")

    list_template = "registers/list.html"
    page_template = "registers/page.html"
    form_template = "registers/form.html"
    print_template = "registers/print.html"

    def may_read(self, user: User) -> Verdict:
        return everybody(user)

    def may_create(self, user: User) -> Verdict:
        return Denied(gettext("Nothing is entered here."))

    # What takes its place may ask for its answers by name, each with its type.
    create: Callable[..., Any] = staticmethod(_names_no_action)

    def rows(self, user: User) -> Any:
        manager: Any = self.model._default_manager
        return manager.visible_to(user)

    def fetched(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Fetch along what list, export and page show of each row."""
        return rows.for_lists() if hasattr(rows, "for_lists") else rows

    def tabs(self, user: User) -> Sequence[Tab]:
        return ()

    def open_tab(self, tabs: Sequence[Tab], query: QueryDict) -> Tab | None:
        """Return the tab that is open; the first one, where none or an unknown one is asked for."""
        first = tabs[0] if tabs else None
        return next((tab for tab in tabs if tab.key == query.get("tab", "")), first)

    def narrowing(self, query: QueryDict, rows: QuerySet[Any], user: User) -> Narrowing:
        return self._narrowing(query, rows, searched=self.search)

    @cached_property
    def _narrowing(self) -> type[Narrowing]:
        return narrowing_of(self.model, self.filters)

    def beside_list(self, user: User, listing: Listing) -> dict[str, Any]:
        """Return what a list template of the room needs beside the list."""
        return {}

    def beside_page(self, thing: Any, user: User) -> dict[str, Any]:
        """Return what a page template of the room needs beside the page."""
        return {}

    def stages(self, thing: Any) -> list[dict[str, Any]]:
        return progress(thing) if isinstance(thing, Matter) else []

    def course(self, thing: Any) -> list[dict[str, Any]]:
        return course_of(Record.objects.of(thing)[:MOST_RECORDS], self.deeds) if self.deeds is not None else []

    def page(self, thing: Any, user: User) -> dict[str, Any]:
        """Return everything that the page of a thing shows; the page of each of its acts shows the same."""
        told = {
            "thing": thing,
            "facts": [column.drawn(thing) for column in self.facts],
            "stages": self.stages(thing),
            "timeline": self.course(thing),
            "offers": self.acts.offers(user, thing) if self.acts else None,
        }
        return told | self.beside_page(thing, user)

    def crumbs(self, thing: Any) -> list[tuple[Words, str]]:
        return [(self.title, self.address("list")), (str(thing), thing.get_absolute_url())]

    def act_page(self, thing: Any, user: User) -> dict[str, Any]:
        facts = [(fact.title, fact.of(thing)) for fact in self.facts]
        return {"crumbs": self.crumbs(thing), "clause": self.clause, "facts": facts} | self.beside_page(thing, user)

    @property
    def noun(self) -> str:
        return self.name.rsplit(":", 1)[-1]

    def address(self, page: str, *args: Any) -> str:
        return reverse(f"{self.name}-{page}", args=args)

    def urls(self, root: str) -> list[URLPattern]:
        """Return the addresses below `root`, such as `filings/`, of what the register has."""
        thing, noun = f"{root}<int:pk>/", self.noun
        found = [
            path(root, views.RegisterList.as_view(register=self), name=f"{noun}-list"),
            re_path(rf"^{root}export\.(?P<format>csv|xlsx)$", views.export_of(self), name=f"{noun}-export"),
            path(f"{root}arrange/", views.arrange_of(self), name=f"{noun}-arrange"),
        ]
        if self.form:
            found.append(path(f"{root}new/", views.RegisterForm.as_view(register=self), name=f"{noun}-new"))
        if self.facts:
            found += [
                path(thing, views.RegisterPage.as_view(register=self), name=f"{noun}-detail"),
                path(f"{thing}print/", views.RegisterPrint.as_view(register=self), name=f"{noun}-print"),
            ]
        if self.acts:
            found += act_paths(thing, self.acts, act_view(self.acts, find=views.finder(self), shown=self.act_page))
        return found
