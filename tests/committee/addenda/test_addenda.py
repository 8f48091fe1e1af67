"""Hold how minutes are confirmed, and how they are corrected once they are signed (6.2.1 b)."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from committee.confirmations import actions
from committee.confirmations.models import Confirmation
from committee.meetings.actions import sign_minutes
from committee.meetings.wording.papers import minutes
from fsul_portal.letters.content import texts
from fsul_portal.notices.models import Notice
from tests.committee.addenda.stage import addendum
from tests.committee.items.stage import ROLL, hold, last, written

pytestmark = pytest.mark.clause("6.2.1 b")


@pytest.fixture
def circulated(cast):
    roll = [ROLL[0] | {"person": cast["chair"]}, ROLL[1] | {"person": cast["committee"]}]
    return actions.circulate(written(cast, roll=roll).meeting, by=cast["office"])


def test_whoever_was_due_with_a_vote_is_asked_and_the_chair_signs_last(cast, circulated):
    asked = Notice.objects.filter(subject__startswith="Minutes to confirm").values_list(
        "recipient__username", flat=True
    )
    assert list(asked) == ["committee"]
    with pytest.raises(PermissionDenied, match="1 person has not answered yet"):
        sign_minutes(circulated, by=cast["chair"])
    actions.confirm(circulated, by=cast["committee"], agrees=True)
    assert sign_minutes(circulated, by=cast["chair"]).state == "minuted"


def test_silence_counts_as_agreement_after_the_day(cast, circulated):
    with time_machine.travel(timezone.now() + timedelta(days=20)):
        assert sign_minutes(circulated, by=cast["chair"]).state == "minuted"


def test_an_objection_has_a_text_is_told_and_stands_in_the_minutes(cast, circulated, signed_in):
    url = reverse("committee:meeting-minutes-confirm", args=[circulated.pk])
    sent = {"version": circulated.version, "answer": "objects"}
    assert signed_in("committee").post(url, sent).status_code == 200
    assert signed_in("committee").post(url, sent | {"objection": "第二项表述不准"}).status_code == 302
    told = Notice.objects.filter(subject__startswith="Objection").values_list("recipient__username", flat=True)
    assert list(told) == ["office"]
    meeting = sign_minutes(circulated, by=cast["chair"])
    assert any("第二项表述不准" in text for text in texts(minutes(meeting)))


def test_minutes_that_were_called_back_are_answered_anew(cast, circulated):
    actions.confirm(circulated, by=cast["committee"], agrees=False, objection="不妥")
    meeting = actions.circulate(actions.call_back(circulated, by=cast["office"]), by=cast["office"])
    assert (Confirmation.objects.count(), Confirmation.objects.of_round(meeting).count()) == (1, 0)
    with pytest.raises(PermissionDenied, match="has not answered yet"):
        sign_minutes(meeting, by=cast["chair"])


@pytest.mark.parametrize("name", ["chair", "office", "nanhai"])
def test_nobody_else_answers(cast, circulated, name):
    with pytest.raises(PermissionDenied, match="due at the meeting with a vote"):
        actions.confirm(circulated, by=cast[name], agrees=True)


def test_minutes_without_a_word_are_not_circulated(cast):
    with pytest.raises(PermissionDenied, match="no minutes to circulate yet"):
        actions.circulate(last(hold(cast)).meeting, by=cast["office"])


def test_what_is_signed_is_corrected_by_an_addendum_alone(cast):
    found = addendum(cast)
    assert not any("自评于三月开始" in text for text in texts(minutes(found.meeting)))
    with pytest.raises(PermissionDenied, match="Only the chair"):
        actions.sign_addendum(found, by=cast["office"])
    actions.sign_addendum(found, by=cast["chair"])
    assert any("自评于三月开始" in text for text in texts(minutes(found.meeting)))
    assert Notice.objects.filter(subject__startswith="Addendum").count() == 3
