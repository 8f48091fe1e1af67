"""Show how the data is read and by whom, and issue tokens (6.2.1 j)."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fsul_portal.acts.views import act_view
from fsul_portal.registers.views import RegisterForm
from fsul_portal.users import Request, User
from reports.editions.models import Edition
from reports.opendata.actions import issue
from reports.opendata.api.answers import MOST_ROWS, USUAL_ROWS
from reports.opendata.models import Openness, Token
from reports.opendata.rules import may_keep_tokens
from reports.opendata.verbs import OPENNESS_ACTS


@require_safe
def open_data(request: Request) -> HttpResponse:
    """Say what is open, to whom, and how one reads it; the office opens and closes it here (6.2.1 j)."""
    openness = Openness.now()
    context = {
        "openness": openness,
        "offers": OPENNESS_ACTS.offers(request.user, openness),
        "may_keep_tokens": may_keep_tokens(request.user),
        "tokens": Token.objects.standing().count(),
        "editions": Edition.objects.filter(published_at__isnull=False).count(),
        "site": settings.SITE_URL,
        "limits": {"rows": USUAL_ROWS, "most": MOST_ROWS, "a_minute": settings.API_REQUESTS_A_MINUTE},
    }
    return render(request, "reports/opendata/open_data.html", context)


class IssueView(RegisterForm):
    """Issue a token, and show its secret in the answer; it is kept nowhere, so nobody can show it again."""

    def form_valid(self, form: Form) -> HttpResponse:
        issued = issue(by=self.request.user, **form.cleaned_data)
        if not issued.secret:
            messages.info(self.request, _("This token has been issued already; its secret was shown then."))
            return redirect(issued.token)
        context: dict[str, Any] = {"register": self.register, "token": issued.token, "secret": issued.secret}
        response = render(self.request, "reports/opendata/token_issued.html", context | {"site": settings.SITE_URL})
        patch_cache_control(response, private=True, no_store=True)
        return response


def _openness_of(user: User, pk: int) -> Openness:
    if pk != Openness.ONE:
        raise Http404
    return Openness.now()


def _shown(openness: Openness, user: User) -> dict[str, Any]:
    return {"crumbs": [(_("Open data"), reverse("reports:open-data"))], "clause": "6.2.1 j"}


openness_act = act_view(OPENNESS_ACTS, find=_openness_of, shown=_shown)
