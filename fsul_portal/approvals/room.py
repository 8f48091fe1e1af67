"""The card of approvals: the acts which all matters share, and the turns that wait."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime

from django.db.models import Count, Exists, Min, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from fsul_portal.approvals.clocks.matters import with_matters
from fsul_portal.approvals.kinds import KINDS, MatterKind
from fsul_portal.approvals.models import Turn
from fsul_portal.approvals.rules import may_see_waits
from fsul_portal.rooms import Card, Due, Waiting
from fsul_portal.users import User


def turns(user: User) -> list[Waiting]:
    """Count the matters whose turn it is, each list once; a matter with two open turns is one row."""
    matters: Counter[str] = Counter()
    kinds: dict[str, MatterKind] = {}
    oldest: dict[str, datetime] = {}
    # A kind that left the code has no list to lead to; the clocks tell of it further.
    waiting = Turn.objects.open_to(user).filter(kind__in=KINDS).order_by()
    rows = waiting.values_list("kind", "content_type", "object_id").annotate(since=Min("opened_at"))
    for kind, __, ___, since in rows:
        url = KINDS[kind].listed()
        kinds[url] = KINDS[kind]
        matters[url] += 1
        oldest[url] = min(since, oldest.get(url, since))
    return [Waiting(what.waiting, matters[url], url, timezone.localdate(oldest[url])) for url, what in kinds.items()]


def turns_due(user: User, first: date, last: date) -> Iterator[Due]:
    """Give the days by which answers are due, a line for each day and kind however many there are."""
    asked = Turn.objects.open().filter(due_on__range=(first, last), kind__in=KINDS)
    asked = asked.annotate(own=Exists(Turn.objects.open_to(user).filter(pk=OuterRef("pk"))))
    shown = asked if may_see_waits(user) else asked.filter(own=True)
    rows = shown.order_by("due_on", "kind", "-own").values_list("due_on", "kind", "own")
    counted = list(rows.annotate(count=Count("object_id", distinct=True), one=Min("pk")))
    alone = Turn.objects.filter(pk__in=[one for *_, count, one in counted if count == 1])
    turns = {turn.pk: turn for turn in alone.prefetch_related(with_matters()[0])}
    for day, kind, own, count, one in counted:
        yield _due(day, KINDS[kind], count, turns.get(one), own=own)


def _due(day: date, kind: MatterKind, count: int, alone: Turn | None, *, own: bool) -> Due:
    key = f"turns-{day}-{kind.key}-{'own' if own else 'others'}"
    if alone:
        return Due(key, day, _("Answer due"), alone.matter.called, alone.matter.get_absolute_url(), own)
    title = ngettext("%(kind)s: %(count)s answer", "%(kind)s: %(count)s answers", count)
    words = {"kind": kind.title, "count": count}
    return Due(key, day, _("Answer due"), title % words, kind.listed() if own else reverse("wait-list"), own)


CARD = Card(
    desk=turns,
    dues=turns_due,
    acts={
        "agreed": pgettext_lazy("act", "agreed"),
        "recalled": pgettext_lazy("act", "recalled"),
        "taken back": pgettext_lazy("act", "gave back after acceptance"),
        "drafted": pgettext_lazy("act", "began a draft"),
        "edited": pgettext_lazy("act", "edited"),
        "submitted": pgettext_lazy("act", "submitted"),
        "returned": pgettext_lazy("act", "returned for correction"),
        "refused": pgettext_lazy("act", "refused"),
        "withdrawn": pgettext_lazy("act", "withdrew"),
        "in_force": pgettext_lazy("act", "put into force"),
    },
)
