"""Set the stage for the table of permissions, knock at every door as every person, and spell what they get."""

from copy import deepcopy
from datetime import timedelta
from pathlib import Path

from django.contrib import admin
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from fsul_portal.rooms import FLOORS
from tests.responses import put_away
from tests.stages import things_of

TABLE = Path(__file__).with_name("permissions.txt")
# Adding, deleting and history pages of the admin are alike for all models; a test of their own holds them.
ALIKE = ("_add", "_delete", "_history")
PEOPLE = (
    "(nobody)",
    "admin",
    "chair",
    "committee",
    "office",
    "central",
    "coordination-lead",
    "technical-lead",
    "resources-lead",
    "nanhai",
    "nanhai-reviewer",
    "chancheng",
    "branch",
    "observer",
)


def admin_models():
    """Return {"app_model": model} of what we show in the admin, the sign-ins of axes with it."""
    ours = (*FLOORS, "axes")
    shown = [model for model in admin.site._registry if model._meta.app_label in ours]
    return {f"{model._meta.app_label}_{model._meta.model_name}": model for model in shown}


def doors():
    """Return the names of all pages of the portal and of our part of the admin.

    `healthz` has a test of its own; the gallery is there for developers alone.
    """
    found = {*_names(get_resolver().url_patterns, ""), *_admin_names()}
    return sorted(name for name in found if name != "healthz" and not name.startswith("gallery"))


def _names(patterns, prefix):
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            if pattern.namespace != "admin":
                yield from _names(
                    pattern.url_patterns, f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
                )
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield f"{prefix}{pattern.name}"


def _admin_names():
    every = {pattern.name for pattern in _all_admin(get_resolver().url_patterns)}
    yield "admin:index"
    for model in admin_models():
        yield from (
            f"admin:{name}" for name in every if name and name.startswith(f"{model}_") and not name.endswith(ALIKE)
        )


def _all_admin(patterns):
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            if pattern.namespace == "admin" or pattern.namespace is None:
                yield from _all_admin(pattern.url_patterns)
        else:
            yield pattern


def set_table(cast):
    """Make one of each thing, and return {name: key} of what the doors need to be found."""
    from axes.models import AccessAttempt, AccessFailureLog, AccessLog
    from django.contrib.sessions.models import Session

    from committee.meetings.models import Meeting
    from committee.meetings.wording.papers import NOTICE
    from fsul_portal.access.deputies.actions import name_deputy
    from fsul_portal.account.models import SignedIn
    from fsul_portal.assignments.actions import assign
    from fsul_portal.dues.actions import open_feed
    from fsul_portal.files.actions import attach
    from fsul_portal.letters.actions import draft
    from fsul_portal.links.actions import link
    from fsul_portal.notices.actions import tell
    from fsul_portal.remarks.actions import remark
    from fsul_portal.runs.actions import request_run
    from members.libraries.models import Library

    today = timezone.localdate()
    things = things_of(cast)
    library = Library.objects.get(code="NH002")
    reviewer = cast["nanhai-reviewer"]
    # To tomorrow: a run over midnight would find the deputy gone.
    days = {"first_day": today, "last_day": today + timedelta(days=1)}
    deputy = name_deputy(reviewer, cast["nanhai"], **days, by=reviewer)
    run = request_run("nobody.takes.this", key="table", title="任务", by=cast["office"])
    tell([cast["nanhai"]], key="table", subject="通知")
    notice = cast["nanhai"].notices.get(key="table")
    document = draft(NOTICE, Meeting.objects.get(pk=things["meeting"]), by=cast["office"])
    task = assign("任务", thing=library, by=cast["office"], to=cast["nanhai"])
    file = attach(task, SimpleUploadedFile("a.pdf", b"%PDF-1.7"), by=cast["nanhai"])
    AccessAttempt.objects.create(username="nanhai", failures_since_start=1)
    for kind in (AccessFailureLog, AccessLog):
        kind.objects.create(username="nanhai", ip_address="127.0.0.1")
    signed_in = SignedIn.objects.create(
        person=cast["nanhai"],
        session=Session.objects.create(session_key="a" * 32, expire_date=timezone.now() + timedelta(days=1)),
        since=timezone.now(),
        seen_at=timezone.now(),
    )
    return things | {
        "session": signed_in.pk,
        "deputy": deputy.pk,
        "invited": cast["chair"].pk,
        "run": run.pk,
        "notice": notice.pk,
        "document": document.pk,
        "library": library.code,
        "year": Meeting.objects.filter(state="minuted").first().year,
        "number": "filing",
        "task": task.pk,
        "file": file.pk,
        # The administrator ends no role of his own.
        "fsul_portal_grant": cast["nanhai"].grants.first().pk,
        "calendar": (feed := open_feed(by=cast["office"])).pk,
        "signature": feed.signature,
        "link": link(task, library, by=cast["office"]).pk,
        "remark": remark(task, "意见", by=cast["nanhai"]).pk,
    }


def address(name, things):
    """Return the address of a door with the stage's things in its arguments."""
    if name.startswith("admin:"):
        return _admin_address(name, things)
    key = name.rsplit(":", 1)[-1].split("-")[0]
    tries = (
        {},
        {"pk": things.get(key)},
        {"code": things["library"]},
        {"code": things["period"]},
        {"pk": things["edition"], "form": "json"},
        {"code": things["library"], "period": things["period"]},
        {"period": things["period"]},
        {"kind": "fsul_portal.assignment", "pk": things["task"]},
        {"pk": things.get(key), "signature": things["signature"]},
        {"format": "csv"},
        {"form": "csv"},
        {"key": things.get(key, "0" * 12)},
        {"name": "first-steps"},
        {"paper": "meeting-notice", "pk": things["meeting"]},
        {"pk": things.get(key), "line": things["line"]},
        {"year": things.get(key)},
        {"pk": things.get(key), "person": things["invited"]},
        {"pk": things.get(key), "person": things["invited"], "signature": things["signature"]},
    )
    if name.startswith("api:"):
        tries = ({}, {"kind": "monthly", "period": "2026-08", "edition": 1})
    if key == "way":
        tries = ({}, {"kind": "filing-move"})
    if key in ("indicator", "formula"):
        tries = ({}, {"code": {"indicator": "L03", "formula": "K01"}[key]})
    if key == "check" and name.startswith("returns:"):
        tries = ({}, {"slot": "swing"})
    if name == "reports:edition-district":
        tries = ({"pk": things["edition"], "code": "440605"},)
    if name == "reports:edition-chart":
        tries = ({"pk": things["edition"], "name": "months"},)
    if name == "reports:edition-library":
        tries = ({"pk": things["edition"], "code": "NH001"},)
    if name == "reports:edition-several":
        tries = ({"act": "publish"},)
    if key == "month":
        tries = ({}, {"code": things["period"]}, {"code": things["period"], "district": "440605"})
    for arguments in tries:
        try:
            return reverse(name, kwargs=arguments)
        except Exception:
            continue
    raise LookupError(f"No arguments are known for {name}.")


def _admin_address(name, things):
    key = name.removeprefix("admin:").rsplit("_", 1)[0]
    model = admin_models().get(key)
    for arguments in ([], [things.get(key) or (model and model._default_manager.order_by("pk").first().pk)]):
        try:
            return reverse(name, args=arguments)
        except Exception:
            continue
    raise LookupError(f"No arguments are known for {name}.")


def knock(client, path, method):
    """Return what a person gets; whatever the visit changed is undone."""
    cookies = deepcopy(client.cookies)
    with transaction.atomic():
        response = put_away(getattr(client, method.lower())(path))
        transaction.set_rollback(True)
    client.cookies = cookies
    return response


def clients_of(cast):
    """Return a client for each person, signed in where there is an account."""
    clients = {person: Client() for person in PEOPLE}
    for person in set(PEOPLE) & set(cast):
        clients[person].force_login(cast[person], backend="django.contrib.auth.backends.ModelBackend")
    return clients


def rows(cast, things, look=lambda door, response: None):
    """Return (door, method, statuses) for every door; a method which nobody may use is left out.

    look: is shown every door and what each person got there.
    """
    clients, found = clients_of(cast), []
    for name in doors():
        path = address(name, things)
        for method in _methods(name):
            responses = [knock(clients[person], path, method) for person in PEOPLE]
            for response in responses:
                look(name, response)
            statuses = [response.status_code for response in responses]
            if set(statuses[1:]) != {405}:
                found.append((name, method, statuses))
    return found


def _methods(name):
    """Return the methods worth trying: what the admin shows by itself is only read."""
    shown_only = name.startswith("admin:") and name.endswith(("_change", "_changelist", "index"))
    return ("GET",) if shown_only else ("GET", "POST")


def written(table):
    """Spell the table as it stands in the file."""
    head = [f"{'':4} {person}" for person in PEOPLE]
    lines = ["# The status each person gets at each door; the order of the people:", *(f"#{line}" for line in head)]
    lines += [f"{name} {method}: {' '.join(map(str, statuses))}" for name, method, statuses in table]
    return "\n".join(lines) + "\n"
