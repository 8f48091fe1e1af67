"""Remark, answer, close."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from fsul_portal.grammar.text import clean
from fsul_portal.records.actions import record
from fsul_portal.remarks.models import Remark
from fsul_portal.remarks.rules import may_answer, may_close, may_remark
from fsul_portal.users import User
from fsul_portal.verdicts import require


@transaction.atomic
def remark(thing: Model, text: str, *, by: User, field: str = "") -> Remark:
    """Make a remark on a record, or on one field of it; sent twice it is made once."""
    # Whoever sends the same form at the same moment is waited for.
    thing = type(thing)._base_manager.select_for_update(of=("self",)).get(pk=thing.pk)
    require(may_remark(by, thing))
    _require_field(thing, field)
    said = Remark.objects.of(thing).open().filter(field=field, text=clean(text), remarked_by=by)
    twice = said.filter(answered_at__isnull=True).first()
    if twice:
        return twice
    made = Remark.objects.create(thing=thing, field=field, text=clean(text), remarked_by=by)
    record(thing, "remarked", by=by, after={"field": field} if field else None, note=made.text)
    return made


@transaction.atomic
def answer(one: Remark, text: str, *, by: User) -> Remark:
    """Answer a remark."""
    one = _lock(one)
    require(may_answer(by, one))
    one.answer, one.answered_at, one.answered_by = clean(text), timezone.now(), by
    one.save(update_fields=["answer", "answered_at", "answered_by"])
    record(one.thing, "remark answered", by=by, note=one.answer)
    return one


@transaction.atomic
def close(one: Remark, *, by: User) -> Remark:
    """Say that nothing more is to be said about it."""
    one = _lock(one)
    require(may_close(by, one))
    one.closed_at, one.closed_by = timezone.now(), by
    one.save(update_fields=["closed_at", "closed_by"])
    record(one.thing, "remark closed", by=by)
    return one


def _lock(one: Remark) -> Remark:
    return Remark.objects.select_for_update(of=("self",)).get(pk=one.pk)


def _require_field(thing: Model, field: str) -> None:
    # Its own fields alone: what other records say of it has no name on its page.
    if field and field not in {one.name for one in thing._meta.fields}:
        raise ValidationError(_("There is no such field."))
