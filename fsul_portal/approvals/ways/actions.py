"""Load the default ways, and let the office lay another edition of one."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from fsul_portal.approvals.kinds import KINDS, MatterKind
from fsul_portal.approvals.rounds import words_of
from fsul_portal.approvals.rules import may_edit_ways
from fsul_portal.approvals.stages import Stage
from fsul_portal.approvals.ways.models import WORDS, Way, WayStage
from fsul_portal.records.actions import record
from fsul_portal.users import User
from fsul_portal.verdicts import Overtaken, require

PLAIN = ("key", "step", "permission", "place", "days", "by_decision", "needed", "condition")
TOLD = ("step", "place", "days", "needed", "condition", "by_decision", *WORDS)


@transaction.atomic
def load_default_ways() -> int:
    """Write the first edition of each way that has none; what the office has edited stays. Return how many were new."""
    known = set(Way.objects.values_list("kind", flat=True))
    fresh = [kind for kind in KINDS.values() if kind.key not in known]
    for kind in fresh:
        way = Way.objects.create(kind=kind.key)
        WayStage.objects.bulk_create(_from_code(way, stage) for stage in kind.default)
    for kind in KINDS.values():
        _renew_words(kind)
    return len(fresh)


def _renew_words(kind: MatterKind) -> None:
    """Let editions as delivered speak the words of this release; what the office has written keeps its own."""
    delivered = WayStage.objects.filter(way__kind=kind.key, way__made_by=None)
    for stage in kind.default:
        words = words_of(stage)
        delivered.filter(key=stage.key).exclude(**words).update(**words)


def _from_code(way: Way, stage: Stage) -> WayStage:
    return WayStage(way=way, **{field: getattr(stage, field) for field in PLAIN}, **words_of(stage))


@transaction.atomic
def edit_way(kind: MatterKind, stages: Iterable[dict[str, Any]], *, by: User, edition: int | None = None) -> Way:
    """Lay the next edition of a way; what is under way keeps the stages with which it began.

    stages: facts of WayStage, without the permission, which the seat brings. edition: the one that was on the page.
    """
    require(may_edit_ways(by))
    now_used = Way.objects.in_use().select_for_update().filter(kind=kind.key).first()
    if edition is not None and edition != (now_used.edition if now_used else 0):
        raise Overtaken(_("Somebody has changed this way meanwhile; look at it as it is now."))
    told = [_told(stage) for stage in now_used.stages.all()] if now_used else []
    new = Way(kind=kind.key, edition=(now_used.edition if now_used else 0) + 1, made_by=by)
    rows = [WayStage(way=new, permission=kind.seats[facts["place"]].permission, **facts) for facts in stages]
    if now_used and told == [_told(row) for row in rows]:
        return now_used
    if now_used:
        now_used.replaced_at, now_used.replaced_by = timezone.now(), by
        now_used.save(update_fields=["replaced_at", "replaced_by"])
    new.save(force_insert=True)
    WayStage.objects.bulk_create(rows)
    record(new, "way changed", by=by, before={"stages": told}, after={"stages": [_told(row) for row in rows]})
    return new


def _told(stage: WayStage) -> dict[str, Any]:
    return {field: getattr(stage, field) for field in TOLD}
