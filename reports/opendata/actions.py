"""Issue and revoke tokens, and open the data to everybody or close it again (6.2.1 j)."""

import uuid
from datetime import date
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from fsul_portal.records.actions import record
from fsul_portal.users import User
from fsul_portal.verdicts import require
from reports.opendata.models import HINT_LENGTH, Openness, Token, hashed, new_secret
from reports.opendata.rules import may_close, may_keep_tokens, may_open, may_revoke


class Issued(NamedTuple):
    """A token, and its secret where it was made just now; it is never to be had again."""

    token: Token
    secret: str


@transaction.atomic
def issue(*, by: User, holder: str, purpose: str, expires_on: date, token: str = "") -> Issued:
    """Issue a token; the same form sent twice issues one, whose secret is told the first time only (6.2.1 j)."""
    require(may_keep_tokens(by))
    secret = new_secret()
    facts = {"holder": holder, "purpose": purpose, "expires_on": expires_on}
    kept = {"digest": hashed(secret), "hint": secret[-HINT_LENGTH:]}
    issued, fresh = Token.objects.get_or_create(
        issued_by=by, form_token=token or uuid.uuid4().hex, defaults=facts | kept
    )
    if fresh:
        record(issued, "token issued", by=by, after=facts | {"expires_on": expires_on.isoformat()})
    return Issued(issued, secret if fresh else "")


@transaction.atomic
def revoke(token: Token, *, by: User, note: str = "") -> Token:
    """Take a token back: with the next request it opens nothing (6.2.1 j)."""
    token = Token.objects.select_for_update().get(pk=token.pk)
    require(may_revoke(by, token))
    token.revoked_at, token.revoked_by = timezone.now(), by
    token.save(update_fields=["revoked_at", "revoked_by"])
    record(token, "token revoked", by=by, note=note)
    return token


@transaction.atomic
def open_to_everybody(openness: Openness, *, by: User) -> Openness:
    """Let everybody read what is published, without a token (6.2.1 j)."""
    openness = _locked()
    require(may_open(by, openness))
    return _turn(openness, to=True, by=by)


@transaction.atomic
def ask_for_tokens(openness: Openness, *, by: User) -> Openness:
    """Let only those read who have a token (6.2.1 j)."""
    openness = _locked()
    require(may_close(by, openness))
    return _turn(openness, to=False, by=by)


def _locked() -> Openness:
    Openness.objects.get_or_create(pk=Openness.ONE)
    return Openness.objects.select_for_update().get(pk=Openness.ONE)


def _turn(openness: Openness, *, to: bool, by: User) -> Openness:
    openness.is_open, openness.changed_at, openness.changed_by = to, timezone.now(), by
    openness.save(update_fields=["is_open", "changed_at", "changed_by"])
    record(openness, "data opened" if to else "data closed", by=by)
    return openness
