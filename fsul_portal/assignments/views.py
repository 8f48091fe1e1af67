"""Show a person's tasks, and do them."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from fsul_portal.assignments import actions
from fsul_portal.assignments.forms import NoteForm
from fsul_portal.assignments.models import Assignment
from fsul_portal.assignments.rules import may_check, may_do, may_withdraw
from fsul_portal.grammar.things import may_read
from fsul_portal.records.acts import in_words
from fsul_portal.records.models import Record
from fsul_portal.registers.paging import page_of
from fsul_portal.users import Request, User
from fsul_portal.verdicts import Verdict, require


@require_safe
def task_list(request: Request) -> HttpResponse:
    """List what the person has to do, and what waits for a look at it."""
    rows = Assignment.objects.with_things()
    page = page_of(request.GET, rows.open_to(request.user))
    context = {"page": page, "to_check": rows.awaiting_check_of(request.user)[:50]}
    return render(request, "assignments/task_list.html", context)


@require_safe
def task_detail(request: Request, pk: int) -> HttpResponse:
    """Show one task with what can be done."""
    return _page(request, _seen_by(request.user, pk))


@require_POST
def task_done(request: Request, pk: int) -> HttpResponse:
    return _act(request, pk, "done", may_do, actions.mark_done, _("The task is done."))


@require_POST
def task_check(request: Request, pk: int) -> HttpResponse:
    return _act(request, pk, "check", may_check, actions.check, _("The task is checked."))


@require_POST
def task_send_back(request: Request, pk: int) -> HttpResponse:
    return _act(request, pk, "send_back", may_check, actions.send_back, _("The task is open again."))


@require_POST
def task_withdraw(request: Request, pk: int) -> HttpResponse:
    return _act(request, pk, "withdraw", may_withdraw, actions.withdraw, _("The task is withdrawn."))


def _act(
    request: Request,
    pk: int,
    verb: str,
    may: Callable[[User, Assignment], Verdict],
    action: Callable[..., Assignment],
    sentence: str,
) -> HttpResponse:
    assignment = _seen_by(request.user, pk)
    require(may(request.user, assignment))
    form = _form(verb, request.POST)
    if form.is_valid():
        try:
            action(assignment, by=request.user, note=form.cleaned_data["note"])
        except ValidationError as refusal:
            form.add_error("note", refusal)
        else:
            messages.success(request, sentence)
            return redirect(assignment)
    return _page(request, assignment, **{verb: form})


def _form(verb: str, data: QueryDict | None = None) -> NoteForm:
    # Several of these stand on one page, and each field needs an id of its own.
    return NoteForm(data, auto_id=f"{verb}_%s", required=verb == "send_back")


def _page(request: Request, assignment: Assignment, **filled: NoteForm) -> HttpResponse:
    user = request.user
    records = Record.objects.of(assignment)[:50]
    context = {
        "assignment": assignment,
        "forms": {verb: _form(verb) for verb in ("done", "check", "send_back", "withdraw")} | filled,
        "may_read_thing": may_read(user, assignment.thing),
        "may_do": may_do(user, assignment),
        "may_check": may_check(user, assignment),
        "may_withdraw": may_withdraw(user, assignment),
        "acts": [{"who": act.by, "did": in_words(act.verb), "at": act.at, "note": act.note} for act in records],
    }
    return render(request, "assignments/task_detail.html", context)


def _seen_by(user: User, pk: int) -> Assignment:
    rows = Assignment.objects.visible_to(user).select_related("person", "checker", "assigned_by", "done_by")
    return get_object_or_404(rows, pk=pk)
