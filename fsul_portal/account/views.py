"""Show a person his own account, and let him keep what is his to keep."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import PasswordChangeView
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST
from django.views.i18n import set_language

from fsul_portal.access.models import Grant
from fsul_portal.access.roles import ROLES
from fsul_portal.account import actions
from fsul_portal.account.forms import DetailsForm, ShortcutsForm
from fsul_portal.account.models import SignedIn
from fsul_portal.account.shortcuts import OFF
from fsul_portal.account.tours import STEPS, tour_of
from fsul_portal.notices.actions import choose
from fsul_portal.users import Request, User


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def account(request: Request) -> HttpResponse:
    """Show who one is, how one is reached and where one is signed in; take what has changed."""
    user = request.user
    form = DetailsForm(request.POST or None, person=user, language=get_language() or settings.LANGUAGE_CODE)
    if request.method == "POST" and form.is_valid():
        _keep(user, form.cleaned_data)
        messages.success(request, _("Your details are saved."))
        return speak(redirect("account"), form.cleaned_data["language"])
    context = {
        "form": form,
        "held": [
            (ROLES[one.role].title, one.place) for one in Grant.objects.in_force().filter(person=user).with_places()
        ],
        "sessions": SignedIn.objects.open(user),
        "this_session": request.session.session_key,
    }
    return render(request, "account/account.html", context)


@transaction.atomic
def _keep(user: User, chosen: dict[str, Any]) -> None:
    actions.keep_details(user, chosen, by=user)
    actions.choose_language(user, chosen["language"])
    choose(user, language=chosen["letters"], ways={})


def speak(response: HttpResponse, language: str) -> HttpResponse:
    """Let the browser ask for a language from now on."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        samesite="Lax",
        secure=settings.LANGUAGE_COOKIE_SECURE,
    )
    return response


@login_not_required
def language(request: HttpRequest) -> HttpResponseBase:
    """Change the language of the portal; whoever is signed in finds it so at his next sign-in."""
    chosen = request.POST.get("language", "")
    if request.user.is_authenticated and chosen in dict(settings.LANGUAGES):
        actions.choose_language(request.user, chosen)
    return set_language(request)


class PasswordChange(PasswordChangeView):
    """Take a new password through the action, and stay signed in here."""

    def form_valid(self, form: Any) -> HttpResponse:
        user = form.user
        changed = actions.change_password(user, form.cleaned_data["new_password1"], by=user)
        update_session_auth_hash(self.request, changed)
        actions.note_session(self.request)
        return redirect(self.get_success_url())


@require_POST
def session_end(request: Request, pk: int) -> HttpResponse:
    """End one of one's own sessions."""
    actions.end_session(get_object_or_404(SignedIn.objects.open(request.user), pk=pk), by=request.user)
    messages.success(request, _("That session is ended; it has to sign in again."))
    return redirect("account")


@require_POST
def sessions_end_others(request: Request) -> HttpResponse:
    """End all of one's own sessions but this one."""
    count = actions.end_other_sessions(request)
    messages.success(request, ngettext("%d other session is ended.", "%d other sessions are ended.", count) % count)
    return redirect("account")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def shortcuts(request: Request) -> HttpResponse:
    """List the shortcuts of the keyboard, and let a person switch off what gets in his way."""
    # Whoever switches off all of them sends a form without a single answer.
    form = ShortcutsForm(request.POST if request.method == "POST" else None, person=request.user)
    if form.is_valid():
        request.session[OFF] = actions.switch_off_shortcuts(request.user, form.off)
        messages.success(request, _("Your shortcuts are saved."))
        return redirect("shortcuts")
    return render(request, "account/shortcuts.html", {"form": form})


@require_POST
def tour(request: Request) -> HttpResponse:
    """Go on with the tour, leave it, or begin it anew."""
    here = tour_of(request.user)
    done = {"next": here.number if here else STEPS, "skip": STEPS, "again": 0}.get(request.POST.get("do", ""))
    if done is not None:
        actions.go_on_with_tour(request.user, done)
    return redirect("help")
