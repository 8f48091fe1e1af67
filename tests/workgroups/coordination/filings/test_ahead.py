"""What is approved and lies ahead stands on the library's page and, as a small mark, in the list (6.2.1 e)."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from fsul_portal.templatetags.figures import day as in_words
from tests.workgroups.coordination.filings.filings import NEW_ADDRESS

pytestmark = pytest.mark.clause("6.2.1 e")
PAGE, LIST = "/members/libraries/NH003/", "/members/"


def read(client, path):
    return re.sub(r"<[^>]+>|\s+", " ", client.get(path).content.decode())


def test_a_move_that_is_approved_is_told_before_its_day(approved, signed_in):
    filing = approved()
    told = f"自{in_words(filing.effective_on)}起迁至{NEW_ADDRESS}。"
    client = signed_in("observer")
    assert (read(client, PAGE).count(told), read(client, f"{PAGE}?day=2025-01-01").count(told)) == (1, 0)
    assert client.get(LIST).content.decode().count(f"{filing.effective_on:%Y-%m-%d}起") == 1
    assert read(client, "/members/libraries/NH002/").count("起迁至") == 0


@pytest.mark.parametrize(
    ("days", "sentence"),
    [(20, "自{day}起暂停开放，{until}恢复开放。"), (None, "自{day}起暂停开放，恢复时间另行通知。")],
)
def test_a_closing_says_when_it_opens_again(approved, signed_in, days, sentence):
    until = timezone.localdate() + timedelta(days=60)
    filing = approved(kind="suspension", **({"until": until} if days else {}))
    told = sentence.format(day=in_words(filing.effective_on), until=in_words(until))
    assert read(signed_in("office"), PAGE).count(told) == 1


def test_what_is_not_approved_is_told_to_nobody(submitted, signed_in):
    submitted()
    assert read(signed_in("office"), PAGE).count("起迁至") == 0
