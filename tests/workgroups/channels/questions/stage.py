"""Bring questions in channels into every situation."""

from datetime import timedelta

from django.utils import timezone

from tests.workgroups.channels.stage import channel_of
from workgroups.channels import actions
from workgroups.channels.verbs import QUESTION_ACTS as ACTS

__all__ = ["ACTS"]

RIGHTS = {"answer": {"office", "chair", "nanhai"}}


def ask(cast, hours=1, channel=None):
    asked_at = timezone.now() - timedelta(hours=hours)
    channel = channel or channel_of(cast)
    return actions.enter_question(channel=channel, text="如何办理读者证挂失", asked_at=asked_at, by=cast["office"])


def answered(cast, hours=1, after=0.5):
    question = ask(cast, hours)
    replied_at = question.asked_at + timedelta(hours=after)
    return actions.answer(question, answer="凭身份证在任一成员馆办理", replied_at=replied_at, by=cast["office"])


def things(cast):
    return {"question": ask(cast).pk}


def situations(cast):
    """Yield (situation, question) for each situation of a question."""
    yield "asked", ask(cast)
    yield "answered", answered(cast)
