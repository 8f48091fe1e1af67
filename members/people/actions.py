"""Keep accounts; what a person may do comes from roles alone (fsul_portal/access)."""

from django.db import transaction

from fsul_portal.access.actions import grant, revoke
from fsul_portal.access.models import Grant
from fsul_portal.access.rules import may_manage_people
from fsul_portal.account.actions import follow_contact
from fsul_portal.grammar.text import masked
from fsul_portal.records.actions import record
from fsul_portal.verdicts import require
from members.people.models import User
from members.people.rules import may_change_account, may_deactivate, may_grant

KEPT = ("username", "name", "email", "position", "reading")


@transaction.atomic
def open_account(facts, *, password, by):
    """Make an account with a first password; it opens nothing until a role is given."""
    require(may_manage_people(by))
    person = User(**facts)
    person.set_password(password)
    person.save(force_insert=True)
    record(person, "account opened", by=by, after=stated(person))
    return person


@transaction.atomic
def appoint_administrator(username: str, password: str) -> User:
    """Make the first account of a new portal, from the machine itself, with the role that gives all others."""
    person = User(username=username)
    person.set_password(password)
    person.save(force_insert=True)
    record(person, "account opened", by=None, after=stated(person))
    grant("administrator", to=person)
    return person


@transaction.atomic
def change_account(person, facts, *, by):
    """Change who somebody is and where he works."""
    person = _locked(person)
    require(may_change_account(by, person))
    before, known = stated(person), reached(person)
    for field, value in facts.items():
        setattr(person, field, value)
    person.save(update_fields=[*facts, "search_words"])
    # Two numbers may look alike once they are masked.
    if stated(person) != before or reached(person) != known:
        record(person, "account changed", by=by, before=before, after=stated(person))
    if reached(person) != known:
        follow_contact(person, by=by)
    return person


@transaction.atomic
def set_password(person, password, *, by):
    """Give a new first password; whoever is signed in with the old one is signed out."""
    person = _locked(person)
    require(may_change_account(by, person))
    person.set_password(password)
    person.save(update_fields=["password"])
    record(person, "password set", by=by)


@transaction.atomic
def deactivate(person, *, by):
    """Close an account; its next request is refused."""
    person = _locked(person)
    require(may_deactivate(by, person))
    if person.is_active:
        person.is_active = False
        person.save(update_fields=["is_active"])
        record(person, "account deactivated", by=by)


@transaction.atomic
def activate(person, *, by):
    """Open a closed account again, with the roles it still holds."""
    person = _locked(person)
    require(may_change_account(by, person))
    if not person.is_active:
        person.is_active = True
        person.save(update_fields=["is_active"])
        record(person, "account activated", by=by)


def give_role(role, *, to, on=None, by):
    """Give somebody else a role."""
    require(may_grant(by, to, role))
    return grant(role, to=to, on=on, by=by)


def end_role(held, *, by):
    """End somebody else's role; its rights are gone with his next request."""
    held = Grant.objects.select_related("person").get(pk=held.pk)
    require(may_grant(by, held.person, held.role))
    return revoke(held, by=by)


def reached(person):
    """Return by what somebody is called and reached."""
    return (person.name, person.position, person.phone, person.email)


def stated(person):
    """Say who somebody is, without what nobody else needs to know."""
    facts = {field: getattr(person, field) for field in KEPT}
    library = person.library.code if person.library else ""
    return facts | {"phone": masked(person.phone), "library": library}


def _locked(person):
    return User.objects.select_for_update(of=("self",)).select_related("library").get(pk=person.pk)
