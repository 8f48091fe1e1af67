"""Take remarks in."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fsul_portal.grammar.things import may_read, thing_or_404
from fsul_portal.remarks import actions
from fsul_portal.remarks.forms import RemarkForm, TextForm
from fsul_portal.remarks.models import Remark
from fsul_portal.remarks.rules import may_answer, may_remark
from fsul_portal.users import Request, User
from fsul_portal.verdicts import require


@require_POST
def remark_make(request: Request, kind: str, pk: int) -> HttpResponse:
    """Make a remark on a record, and lead back to its page."""
    thing = thing_or_404(request.user, kind, pk)
    require(may_remark(request.user, thing))

    def act(said: dict[str, Any]) -> None:
        actions.remark(thing, said["text"], by=request.user, field=said["field"])

    return _act(request, thing, RemarkForm(request.POST), _("The remark is made."), act)


@require_POST
def remark_answer(request: Request, pk: int) -> HttpResponse:
    one = _seen_by(request.user, pk)
    require(may_answer(request.user, one))

    def act(said: dict[str, Any]) -> None:
        actions.answer(one, said["text"], by=request.user)

    return _act(request, one.thing, TextForm(request.POST), _("The remark is answered."), act)


@require_POST
def remark_close(request: Request, pk: int) -> HttpResponse:
    one = _seen_by(request.user, pk)
    actions.close(one, by=request.user)
    messages.success(request, _("The remark is closed."))
    return redirect(one.thing)


def _act(
    request: Request, thing: Any, form: Form, sentence: str, act: Callable[[dict[str, Any]], None]
) -> HttpResponse:
    """Do it with what the form says; what is wrong is told on the page of the record, where the form stands."""
    if not form.is_valid():
        messages.error(request, _("Write a few words, at most 2,000 characters."))
        return redirect(thing)
    try:
        act(form.cleaned_data)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, sentence)
    return redirect(thing)


def _seen_by(user: User, pk: int) -> Remark:
    one = get_object_or_404(Remark.objects.prefetch_related("thing"), pk=pk)
    if not may_read(user, one.thing):
        raise Http404
    return one
