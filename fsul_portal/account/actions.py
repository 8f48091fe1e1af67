"""Keep what a person says of himself, and where he is signed in."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import TypeVar

from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from fsul_portal.account.models import Preference, SignedIn
from fsul_portal.account.rules import may_end_session, may_keep_details
from fsul_portal.account.shortcuts import shortcuts_of, switched_off
from fsul_portal.gate.addresses import current_address
from fsul_portal.grammar.text import masked
from fsul_portal.records.actions import record
from fsul_portal.users import Request, User
from fsul_portal.verdicts import require

AGENT_LENGTH = 300

# What follows when somebody is reached otherwise; each room adds its own: (person, by).
FOLLOWS: list[Callable[[User, User], None]] = []

Follow = TypeVar("Follow", bound=Callable[[User, User], None])


def after_contact(function: Follow) -> Follow:
    """Register what a room does when somebody is called or reached otherwise, in the same transaction."""
    FOLLOWS.append(function)
    return function


def follow_contact(person: User, *, by: User) -> None:
    """Let the rooms do what follows from other ways to reach a person."""
    for follow in FOLLOWS:
        follow(person, by)


@transaction.atomic
def keep_details(person: User, facts: Mapping[str, str], *, by: User) -> User:
    """Keep how a person is reached; facts: phone and email."""
    person = _locked(person)
    require(may_keep_details(by, person))
    before, known = reached_by(person), (person.phone, person.email)
    for field in ("phone", "email"):
        setattr(person, field, facts[field])
    person.save(update_fields=["phone", "email"])
    # Two numbers may look alike once they are masked.
    if (person.phone, person.email) != known:
        record(person, "details changed", by=by, before=before, after=reached_by(person))
        follow_contact(person, by=by)
    return person


def reached_by(person: User) -> dict[str, str]:
    """Say how a person is reached, as a record may keep it."""
    return {"phone": masked(person.phone), "email": person.email}


@transaction.atomic
def change_password(person: User, password: str, *, by: User) -> User:
    """Take a new password from its owner; a session opened with the old one is over with its next request."""
    person = _locked(person)
    require(may_keep_details(by, person))
    person.set_password(password)
    person.save(update_fields=["password"])
    SignedIn.objects.filter(person=person).delete()
    record(person, "password changed", by=by)
    return person


def choose_language(person: User, language: str) -> None:
    """Keep in which language a person wants the portal."""
    Preference.objects.update_or_create(person=person, defaults={"language": language})


def language_of(person: User) -> str:
    """Return the language a person has chosen, empty where he has not."""
    return Preference.objects.filter(person=person).values_list("language", flat=True).first() or ""


@transaction.atomic
def switch_off_shortcuts(person: User, keys: set[str]) -> list[str]:
    """Switch off just these shortcuts, and return all that are off; what the person cannot use now stays as it was."""
    person = _locked(person)
    usable = {one.keys for one in shortcuts_of(person)}
    off = sorted(set(switched_off(person)) - usable | keys & usable)
    Preference.objects.update_or_create(person=person, defaults={"shortcuts_off": off})
    return off


def go_on_with_tour(person: User, steps: int) -> None:
    """Keep how many steps of the tour are done: 0 begins anew."""
    Preference.objects.update_or_create(person=person, defaults={"tour_steps": steps})


def note_session(request: HttpRequest) -> None:
    """Note that this session was seen; whoever calls it sees to it that this is not on every page."""
    key, person, now = request.session.session_key, request.user.pk, timezone.now()
    seen = {"address": current_address(), "seen_at": now}
    if key is None or person is None or SignedIn.objects.filter(session=key).update(**seen):
        return
    begun = datetime.fromtimestamp(request.session.get("begun_at", now.timestamp()), UTC)
    agent = request.headers.get("User-Agent", "")[:AGENT_LENGTH]
    # Two pages that a browser opens at once meet here, and one of them writes.
    row = SignedIn(session_id=key, person_id=person, agent=agent, since=begun, **seen)
    SignedIn.objects.bulk_create([row], ignore_conflicts=True)


@transaction.atomic
def end_session(signed_in: SignedIn, *, by: User) -> None:
    """End one session; its next request is led to the login page."""
    require(may_end_session(by, signed_in))
    Session.objects.filter(pk=signed_in.session_id).delete()
    record(by, "session ended", by=by, after={"browser": str(signed_in.browser)})


@transaction.atomic
def end_other_sessions(request: Request) -> int:
    """End all sessions of the person but the one he asks from; return how many."""
    others = SignedIn.objects.open(request.user).exclude(session=request.session.session_key)
    count = others.count()
    Session.objects.filter(pk__in=list(others.values_list("session", flat=True))).delete()
    if count:
        record(request.user, "sessions ended", by=request.user, after={"sessions": count})
    return count


def _locked(person: User) -> User:
    return get_user_model().objects.select_for_update(of=("self",)).get(pk=person.pk)
