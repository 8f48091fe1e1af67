"""Hold that the office issues tokens and opens the data, that a secret is shown once, and nobody else may (6.2.1 j)."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from fsul_portal.records.models import Record
from fsul_portal.verdicts import Overtaken, Refusal
from reports.opendata import actions
from reports.opendata.models import Openness, Token, hashed

pytestmark = [pytest.mark.django_db, pytest.mark.clause("6.2.1 j")]
NEW, LIST, PAGE = "/reports/tokens/new/", "/reports/tokens/", "/reports/open-data/"


@pytest.fixture(autouse=True)
def in_english():
    cache.clear()
    with translation.override("en"):
        yield


@pytest.fixture
def typed(signed_in):
    """Return what the office types into the form of a token."""
    form = signed_in("office").get(NEW).context["form"]
    until = timezone.localdate() + timedelta(days=100)
    return {"token": form["token"].value(), "holder": "市统计局", "purpose": "年鉴", "expires_on": until.isoformat()}


@pytest.fixture
def token(person):
    until = timezone.localdate() + timedelta(days=100)
    return actions.issue(by=person("office"), holder="市统计局", purpose="年鉴", expires_on=until).token


def test_a_secret_is_shown_in_the_answer_to_its_form_and_never_again(signed_in, typed):
    client = signed_in("office")
    answer = client.post(NEW, typed)
    secret, token = answer.context["secret"], Token.objects.get()
    assert secret in answer.content.decode()
    assert "no-store" in answer.headers["Cache-Control"]
    assert (token.digest, token.hint) == (hashed(secret), secret[-4:])
    assert Client().get("/api/editions", headers={"authorization": f"Bearer {secret}"}).status_code == 200
    again = client.post(NEW, typed, follow=True)
    assert again.redirect_chain == [(token.get_absolute_url(), 302)]
    assert secret not in again.content.decode() + client.get(LIST).content.decode()
    assert Token.objects.count() == 1


@pytest.mark.checklist("A1")
def test_the_database_keeps_no_secret(signed_in, typed):
    secret = signed_in("office").post(NEW, typed).context["secret"]
    kept = [str(row) for model in (Token, Record) for row in model.objects.values()]
    assert [row for row in kept if secret in row or secret.removeprefix("fsul_") in row] == []


@pytest.mark.parametrize("days", [-1, 3 * 366 + 1])
def test_a_token_ends_within_three_years(signed_in, typed, days):
    day = timezone.localdate() + timedelta(days=days)
    answer = signed_in("office").post(NEW, typed | {"expires_on": day.isoformat()})
    assert list(answer.context["form"].errors) == ["expires_on"]
    assert Token.objects.count() == 0


@pytest.mark.parametrize("username", ["observer", "chair", "nanhai", "admin"])
def test_nobody_but_the_office_issues_sees_or_revokes(signed_in, person, token, username):
    client = signed_in(username)
    statuses = [client.get(address).status_code for address in (LIST, NEW, token.get_absolute_url())]
    assert statuses == [403, 403, 404]
    until = timezone.localdate()
    for act in (
        lambda by: actions.issue(by=by, holder="a", purpose="b", expires_on=until),
        lambda by: actions.revoke(token, by=by),
        lambda by: actions.open_to_everybody(Openness.now(), by=by),
    ):
        with pytest.raises(Refusal):
            act(person(username))


def test_a_token_is_revoked_on_its_page_and_only_once(signed_in, person, token):
    client = signed_in("office")
    client.post(reverse("reports:token-revoke", args=[token.pk]), {"note": "已离职"})
    token.refresh_from_db()
    assert (token.revoked_by, str(token.standing)) == (person("office"), "revoked")
    assert Record.objects.of(token).values_list("verb", "note")[0] == ("token revoked", "已离职")
    with pytest.raises(Overtaken):
        actions.revoke(token, by=person("office"))


def test_the_office_opens_and_closes_and_everybody_reads_how_it_is(signed_in):
    signed_in("office").post(reverse("reports:openness-open", args=[1]), {})
    page = signed_in("observer").get(PAGE)
    assert "向所有人开放" in page.content.decode()
    assert page.context["offers"].open == []
    signed_in("office").post(reverse("reports:openness-close", args=[1]), {})
    assert not Openness.now().is_open
    assert signed_in("office").get(reverse("reports:openness-open", args=[2])).status_code == 404


def test_two_who_press_at_once_turn_it_once(person):
    actions.open_to_everybody(Openness.now(), by=person("office"))
    with pytest.raises(Overtaken):
        actions.open_to_everybody(Openness(pk=1), by=person("office"))


def test_only_the_office_reads_how_many_tokens_stand(signed_in, token):
    assert "有效令牌" in signed_in("office").get(PAGE).content.decode()
    assert "有效令牌" not in signed_in("observer").get(PAGE).content.decode()
