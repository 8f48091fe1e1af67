"""Open and close channels, take in who is in them, and keep what is asked there (7.3)."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from fsul_portal.lives.actions import begin, claim, step
from fsul_portal.lives.models import Fault
from fsul_portal.records.actions import record
from fsul_portal.users import User
from fsul_portal.verdicts import Unready, require
from members.libraries.models import Library
from workgroups.channels.matching import lines_of, match
from workgroups.channels.models import Channel, ChannelMember
from workgroups.channels.questions.models import Question
from workgroups.channels.rules import may_answer, may_ask, may_change, may_keep_channel


@transaction.atomic
def open_channel(*, by: User, token: str = "", **facts: Any) -> Channel:
    """Put a channel into the register."""
    channel = Channel(**facts)
    require(may_keep_channel(by, channel))
    return begin(channel, "channel opened", by=by, token=token)


@transaction.atomic
def change(channel: Channel, *, by: User, version: int | None = None, note: str = "", **facts: Any) -> Channel:
    """Put the facts of a channel right."""
    channel = claim(channel, may_change, by=by, version=version)
    return step(channel, "channel changed", by=by, note=note, **facts)


@transaction.atomic
def take_in(channel: Channel, *, text: str, by: User, version: int | None = None, note: str = "") -> Channel:
    """Replace the list of members by what was copied from the platform."""
    channel = claim(channel, may_change, by=by, version=version)
    found = match(lines_of(text))
    if not found:
        raise Unready([Fault("text", _("No name stands in it."))])
    before = set(channel.members.values_list("written", flat=True))
    channel.members.all().delete()
    ChannelMember.objects.bulk_create(
        ChannelMember(channel=channel, written=one.written, person=one.person, library=one.library) for one in found
    )
    after = {one.written for one in found}
    told = {"came": sorted(after - before)[:50], "went": sorted(before - after)[:50], "members": len(after)}
    record(channel, "members listed", by=by, after=told)
    return step(channel, "members taken in", pair="listed", by=by, note=note)


@transaction.atomic
def close(channel: Channel, *, by: User, version: int | None = None, note: str = "") -> Channel:
    """Close a channel; its libraries are covered by others, or by none."""
    channel = claim(channel, may_change, by=by, version=version)
    return step(channel, "channel closed", to=channel.State.CLOSED, pair="closed", by=by, note=note)


@transaction.atomic
def enter_question(
    *, channel: Channel, text: str, asked_at: datetime, by: User, library: Library | None = None, token: str = ""
) -> Question:
    """Enter what was asked in a channel, with the moment at which it was."""
    question = Question(channel=channel, text=text, asked_at=asked_at, library=library)
    question.due_at = asked_at + timedelta(hours=settings.CHANNEL_ANSWER_HOURS)
    require(may_ask(by, question))
    return begin(question, "question entered", by=by, token=token)


@transaction.atomic
def answer(question: Question, *, answer: str, replied_at: datetime, by: User, version: int | None = None) -> Question:
    """Enter what was answered, with the moment at which it was."""
    question = claim(question, may_answer, by=by, version=version)
    facts: dict[str, Any] = {"answer": answer, "replied_at": replied_at}
    return step(question, "question answered", to=question.State.ANSWERED, pair="answered", by=by, **facts)
