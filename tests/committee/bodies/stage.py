"""Bring the bodies that meet into every situation."""

from datetime import timedelta

from django.utils import timezone

from committee.bodies import actions
from committee.bodies.actions import let_meet
from committee.bodies.models import Body
from committee.bodies.register import ACTS
from members.divisions.models import Division

__all__ = ["ACTS"]

RIGHTS = {"plan": {"office"}, "quorum": {"office"}, "feed": {"office"}}


def nanhai():
    place = Division.objects.get(code="440605")
    return let_meet("district", place, name=place.name, name_en=place.name_en)


def things(cast):
    return {"body": Body.objects.committee().pk}


def situations(cast):
    """Yield (situation, body); whoever keeps another body is told in the tests of this room."""
    yield "of the committee", Body.objects.committee()
    day = timezone.localdate() + timedelta(days=40)
    yield "planned", actions.plan(Body.objects.committee(), lines=[(day, "年度计划")], by=cast["office"])
