"""Serve the pages that belong to no room: health, errors, the page of roles."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views import defaults
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from fsul_portal.access.deputies.models import Deputy
from fsul_portal.access.models import Grant
from fsul_portal.access.roles import ROLES
from fsul_portal.account.actions import language_of
from fsul_portal.account.shortcuts import OFF, switched_off
from fsul_portal.account.views import speak
from fsul_portal.pages.broker import broker_answers
from fsul_portal.users import Request

# The key of a session under which it is kept when the person was here before.
LAST_HERE = "last_here"


class Entrance(LoginView):
    """Let somebody in, speak the language of his account, and remember when he came in the last time."""

    redirect_authenticated_user = True

    def form_valid(self, form: Any) -> HttpResponse:
        person = form.get_user()
        before, language = person.last_login, language_of(person)
        answer = super().form_valid(form)
        self.request.session[OFF] = switched_off(person)
        if before:
            self.request.session[LAST_HERE] = before.isoformat()
        return speak(answer, language) if language else answer


@login_not_required
@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """Answer 200 when the database and the broker answer, else 503 with which one does not."""
    silent = [name for name, answers in (("database", _database_answers), ("broker", broker_answers)) if not answers()]
    if silent:
        return JsonResponse({"status": "unavailable", "not_answering": silent}, status=503)
    return JsonResponse({"status": "ok"})


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


@require_safe
def roles(request: Request) -> HttpResponse:
    """Show every role, what it may do and who holds it (5.2)."""
    held = Grant.objects.in_force().select_related("person", "content_type").with_places()
    holders: dict[str, list[Grant]] = {key: [] for key in ROLES}
    for grant in held:
        holders[grant.role].append(grant)
    rows = [(role, holders[key]) for key, role in ROLES.items()]
    deputies = Deputy.objects.in_force().select_related("absent", "deputy")
    return render(request, "access/role_list.html", {"rows": rows, "deputies": deputies})


@login_not_required
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "403_csrf.html", status=403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that a request cannot be read; a program, which reads no pages, gets it as data."""
    if request.path.startswith("/api/"):
        sentence = _("The request cannot be read.")
        told = {"status": 400, "message": sentence, "fields": []}
        return JsonResponse(told, status=400, json_dumps_params={"ensure_ascii": False})
    return defaults.bad_request(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    """Say that something went wrong, with the number under which it stands in the log; no database is asked."""
    return render(request, "500.html", {"request_id": getattr(request, "number", "")}, status=500)
