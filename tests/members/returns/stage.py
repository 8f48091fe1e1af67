"""Bring a return into every situation."""

from members.libraries.models import Library
from members.months.actions import lock
from members.returns import actions
from members.returns.models import Return
from members.returns.sources.actions import keep_source
from members.returns.sources.models import ExportSource
from members.returns.verbs import ACTS
from tests.members.returns.figures import SOUND

__all__ = ["ACTS"]

RIGHTS = {
    "submit": {"nanhai"},
    "accept": {"nanhai-reviewer"},
    "give-back": {"nanhai-reviewer"},
    "recall": {"nanhai"},
    "take-back": {"nanhai-reviewer", "office"},
}


def things(cast):
    """Hand in the return of a month that is over, and say how an export is read."""
    one = actions.hand_in(Library.objects.get(code="NH002"), "2026-08", SOUND, {}, by=cast["nanhai"])
    source = ExportSource(name="流通统计", library_heading="馆藏地点", headings={"L01": "外借册次"})
    source = keep_source(source, by=cast["office"])
    return {"return": one.pk, "period": one.period.code, "source": source.pk}


def situations(cast):
    """Yield (situation, return) for each situation of a return; each in a library or month of its own."""
    nanhai, reviewer = cast["nanhai"], cast["nanhai-reviewer"]

    def library(code):
        return Library.objects.get(code=code)

    def hand_in(code, period="2026-05"):
        return actions.hand_in(library(code), period, SOUND, {}, by=nanhai)

    yield "draft", actions.save_draft(library("NH001"), "2026-03", SOUND, {}, by=nanhai)
    yield "draft without a figure", actions.save_draft(library("NH001"), "2026-04", {}, {}, by=nanhai)
    yield "submitted", hand_in("NH002")
    yield "returned", actions.give_back(hand_in("NH003"), by=reviewer, note="核对")
    yield "accepted", actions.accept(hand_in("NH004"), by=reviewer)
    late = actions.save_draft(library("NH002"), "2026-08", SOUND, {}, by=nanhai)
    locked = actions.accept(hand_in("NH001", "2026-08"), by=reviewer)
    lock("2026-08", by=cast["office"], acknowledged=99)
    yield "accepted, month locked", Return.objects.get(pk=locked.pk)
    yield "draft, month locked", Return.objects.get(pk=late.pk)
