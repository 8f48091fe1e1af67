"""Serve the page on which many reports take a step at once (6.2.1 j)."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from fsul_portal.acts.verbs import Verb
from fsul_portal.users import Request, User
from fsul_portal.verdicts import Refusal, Unready
from reports.editions.life.verbs import ACTS
from reports.editions.models import Edition, EditionQuerySet

MOST = 60
# Which reports a person may take on together, by the act; the rule of the act is asked of each all the same.
CANDIDATES: dict[str, Callable[[User], EditionQuerySet]] = {
    "submit": lambda user: Edition.objects.submittable_by(user),
    "agree": lambda user: Edition.objects.open_to(user),
    "publish": lambda user: Edition.objects.publishable_by(user),
}


@require_http_methods(["GET", "HEAD", "POST"])
def edition_several(request: Request, act: str) -> HttpResponse:
    """Show the reports that can take this step, and take it with those that are chosen (6.2.1 j)."""
    if act not in CANDIDATES:
        raise Http404
    verb = ACTS[act]
    if request.method == "POST":
        _take(request, verb, request.POST.getlist("edition"))
        return redirect("reports:edition-list")
    editions = list(_candidates(request.user, act)[:MOST])
    ready = [edition for edition in editions if verb.rule(request.user, edition)]
    context = {"act": act, "verb": verb, "editions": ready, "title": _title(verb, request.user, ready)}
    return render(request, "reports/editions/edition_several.html", context)


def _candidates(user: User, act: str) -> EditionQuerySet:
    # The rules look at the turns, not at the figures.
    return CANDIDATES[act](user).with_turns().order_by("period", "kind", "number").defer("snapshot")


def _title(verb: Verb, user: User, editions: list[Edition]) -> Any:
    return verb.title_for(user, editions[0]) if editions else verb.title


def _take(request: Request, verb: Verb, chosen: list[str]) -> None:
    """Take the step with each for itself: what stands against one does not hold up the others."""
    keys = [int(key) for key in chosen if key.isdigit()]
    done = 0
    for edition in _candidates(request.user, verb.key).filter(pk__in=keys)[:MOST]:
        try:
            verb.act(edition, by=request.user)
            done += 1
        except (Refusal, Unready) as refusal:
            messages.error(request, _("%(report)s: %(sentence)s") % {"report": edition, "sentence": refusal})
    if done:
        sentence = ngettext("Done with %(count)s report.", "Done with %(count)s reports.", done)
        messages.success(request, sentence % {"count": done})
    else:
        messages.info(request, _("Nothing was done: choose reports first."))
