"""Bring liaison channels into every situation."""

from members.divisions.models import Division
from workgroups.channels import actions
from workgroups.channels.models import Channel
from workgroups.channels.verbs import CHANNEL_ACTS as ACTS

__all__ = ["ACTS"]

KEEPERS = {"office", "chair", "nanhai"}
RIGHTS = {"members": KEEPERS, "change": KEEPERS, "close": KEEPERS}
LIST = "南海-关南海\nNH002 冯分馆\n路人甲"


def channel_of(cast, code="440605"):
    district = Division.objects.get(code=code) if code else None
    return actions.open_channel(name=f"联络群{Channel.objects.count()}", district=district, by=cast["office"])


def things(cast):
    return {"channel": actions.take_in(channel_of(cast), text=LIST, by=cast["office"]).pk}


def situations(cast):
    """Yield (situation, channel) for a channel of 南海; who keeps those of the city has tests of its own."""
    office = cast["office"]
    yield "of a district, empty", channel_of(cast)
    yield "of a district, listed", actions.take_in(channel_of(cast), text=LIST, by=office)
    yield "closed", actions.close(channel_of(cast), by=office, note="并群")
