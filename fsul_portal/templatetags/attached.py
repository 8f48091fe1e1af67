"""Show on a record's page what hangs on it: files, links, remarks; each is one tag."""

from typing import Any

from django import template
from django.db.models import Model
from django.template import Context
from django.urls import reverse

from fsul_portal.files.forms import AttachForm
from fsul_portal.files.models import Attachment
from fsul_portal.files.rules import agrees_to_attach
from fsul_portal.grammar.things import kind_of
from fsul_portal.links.actions import links_of
from fsul_portal.links.rules import may_unlink
from fsul_portal.remarks.forms import RemarkForm, TextForm
from fsul_portal.remarks.models import Remark
from fsul_portal.remarks.rules import agrees_to_remark, may_answer, may_close
from fsul_portal.users import User
from fsul_portal.verdicts import Verdict

register = template.Library()


@register.inclusion_tag("components/_attachments.html", takes_context=True)
def attachments(context: Context, thing: Model) -> dict[str, Any]:
    """List the files of a record with all their versions, and take a new one."""
    user = context["request"].user
    files: list[Any] = list(Attachment.objects.of(thing).select_related("attached_by"))
    replaced = {file.replaces_id for file in files}
    allowed = agrees_to_attach(user, thing)
    for file in files:
        file.is_replaced = file.pk in replaced
        file.can_be_withdrawn = bool(allowed) and not file.withdrawn_at and file.attached_by_id == user.pk
    return {
        "files": files,
        "may_attach": allowed,
        "form": AttachForm(thing=thing, known=_standing(files)) if allowed else None,
        "action": reverse("file-attach", args=[kind_of(thing), thing.pk]),
        "request": context["request"],
        "csrf_token": context.get("csrf_token"),
    }


def _standing(files: list[Any]) -> list[Attachment]:
    return [file for file in files if not (file.is_replaced or file.withdrawn_at)]


@register.inclusion_tag("components/_linked.html", takes_context=True)
def linked(context: Context, thing: Model) -> dict[str, Any]:
    """List what is linked with a record, as far as the person may read it, and lead to where more is linked."""
    user = context["request"].user
    return {
        "links": [{"one": one, "may_remove": may_unlink(user, one.link)} for one in links_of(thing, to=user)],
        "action": reverse("link-add", args=[kind_of(thing), thing.pk]),
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("components/_remarks.html", takes_context=True)
def remarks(context: Context, thing: Model, field: str = "") -> dict[str, Any]:
    """List the remarks on a record, or on one field of it, and take a new one."""
    user = context["request"].user
    rows = Remark.objects.of(thing).select_related("remarked_by", "answered_by")
    # Asked once, however many remarks there are.
    allowed = agrees_to_remark(user, thing)
    shown = [_shown(remark, thing, user, allowed) for remark in (rows.filter(field=field) if field else rows)]
    return {
        "remarks": shown,
        "may_remark": allowed,
        "form": RemarkForm(initial={"field": field}, auto_id=f"remark_{field}_%s"),
        "action": reverse("remark-make", args=[kind_of(thing), thing.pk]),
        "request": context["request"],
        "csrf_token": context.get("csrf_token"),
    }


def _shown(remark: Remark, thing: Model, user: User, allowed: Verdict) -> dict[str, Any]:
    # The record is here already; the label of a field would ask for it once a remark.
    remark.thing = thing
    return {
        "remark": remark,
        "may_answer": may_answer(user, remark, allowed),
        "may_close": may_close(user, remark),
        "form": TextForm(auto_id=f"answer_{remark.pk}_%s"),
    }
