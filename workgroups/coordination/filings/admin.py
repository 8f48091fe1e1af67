"""Let the leads decide filings in the admin: the queue, the comparison, three buttons (6.2.1 e)."""

from typing import Any, NamedTuple

from django.contrib import admin, messages
from django.contrib.admin import helpers
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from fsul_portal.acts.verbs import Verb, perform
from fsul_portal.grammar.words import Words
from fsul_portal.pages.backstage import Named, ReadOnlyAdmin
from fsul_portal.templatetags.figures import iso, iso_moment
from workgroups.coordination.filings import actions
from workgroups.coordination.filings.detail import dossier
from workgroups.coordination.filings.forms import ConsentForm
from workgroups.coordination.filings.models import Filing
from workgroups.coordination.filings.rules import may_decide
from workgroups.coordination.filings.verbs import ACTS

# The address in the admin and the verb of the portal; Enter presses the first, so it is the one that does least.
DECISIONS = {"return": "give-back", "approve": "agree", "refuse": "refuse"}

TONES = {
    Filing.State.DRAFT: "default",
    Filing.State.WITHDRAWN: "default",
    Filing.State.SUBMITTED: "info",
    Filing.State.RETURNED: "warning",
    Filing.State.ACCEPTED: "success",
    Filing.State.IN_FORCE: "success",
    Filing.State.REFUSED: "danger",
}


class Decision(NamedTuple):
    """A button of the page: where it leads, what it is called here, its verb, and what it will do with its numbers."""

    url: str
    title: Words
    verb: Verb
    effect: Words


class QueueFilter(admin.SimpleListFilter):
    """Show what waits for the person's own decision unless he asks for more."""

    title = _("Queue")
    parameter_name = "queue"

    def lookups(self, request, model_admin):
        return [("all", _("All filings"))]

    def choices(self, changelist):
        chosen = self.value() == "all"
        yield {
            "selected": not chosen,
            "query_string": changelist.get_query_string(remove=[self.parameter_name]),
            "display": _("Waiting for my decision"),
        }
        yield {
            "selected": chosen,
            "query_string": changelist.get_query_string({self.parameter_name: "all"}),
            "display": _("All filings"),
        }

    def queryset(self, request, queryset):
        return queryset if self.value() == "all" else queryset.open_to(request.user)


@admin.register(Filing)
class FilingAdmin(ReadOnlyAdmin):
    """The queue of a lead; everything goes through the actions of the portal (6.2.1 e)."""

    list_display = ("shown_kind", "shown_library", "shown_district", "shown_day", "shown_state", "shown_since")
    list_filter = (QueueFilter, ("state", admin.ChoicesFieldListFilter))
    show_full_result_count = False
    search_fields = ("library__code", "number")
    search_help_text = _("Code of the library or filing number")
    ordering = ("-submitted_at", "-pk")
    actions = ("approve_selected",)
    list_before_template = "admin/workgroups/filing/_queue.html"

    def get_queryset(self, request):
        return Filing.objects.visible_to(request.user).for_lists()

    def name_of(self, row: Filing) -> str:
        return row.called

    def changelist_view(self, request, extra_context=None):
        """Show the queue with its two tabs."""
        everything = request.GET.get(QueueFilter.parameter_name) == "all"
        tabs = [(_("Waiting for my decision"), "?", not everything), (_("All filings"), "?queue=all", everything)]
        return super().changelist_view(request, {"queue_tabs": tabs, **(extra_context or {})})

    @admin.display(description=_("kind"))
    def shown_kind(self, filing):
        return capfirst(filing.what.title)

    @admin.display(description=_("member library"))
    def shown_library(self, filing):
        return str(filing.library)

    @admin.display(description=_("district"))
    def shown_district(self, filing):
        return filing.library.facts.district if filing.library.facts else None

    @admin.display(description=_("takes effect on"), ordering="effective_on")
    def shown_day(self, filing):
        return iso(filing.effective_on)

    @display(description=_("state"), ordering="state", label=TONES)
    def shown_state(self, filing):
        return filing.state, filing.get_state_display()

    @admin.display(description=_("Waiting since"))
    def shown_since(self, filing):
        return iso_moment(filing.waiting_since) if filing.state == Filing.State.SUBMITTED else None

    def get_urls(self):
        decisions = [
            path(
                f"<int:pk>/{key}/",
                self.admin_site.admin_view(self.decide),
                {"decision": key},
                name=f"workgroups_filing_{key}",
            )
            for key in DECISIONS
        ]
        return [*decisions, *super().get_urls()]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Show a filing with everything that bears on the decision; nothing is changed here (6.2.1 e)."""
        if request.method not in {"GET", "HEAD"}:
            return HttpResponseNotAllowed(["GET", "HEAD"])
        return self._page(request, self._filing(request, object_id))

    def decide(self, request, pk, decision):
        """Approve, return or refuse, by POST alone and by the portal's own rules (6.2.1 e)."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        verb = ACTS[DECISIONS[decision]]
        filing = self._filing(request, str(pk))
        form, status = perform(verb, filing, by=request.user, sent=request.POST, files=request.FILES)
        if form is not None:
            return self._page(request, self._filing(request, str(pk)), form, status)
        messages.success(request, f"{filing}: {verb.done}")
        return redirect("admin:workgroups_filing_changelist")

    @admin.action(description=_("Approve those with nothing flagged"), permissions=["view"])
    def approve_selected(self, request, queryset):
        """Approve several at once, after a look at the list, and none that anybody has to look at twice (6.2.1 e)."""
        if "confirmed" in request.POST:
            return self._approve(request, queryset)
        ready, skipped = actions.sorted_out(list(queryset.with_all()), by=request.user)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.model._meta,
            "title": _("Approve several filings"),
            "ready": ready,
            "skipped": skipped,
            "checkbox_name": helpers.ACTION_CHECKBOX_NAME,
        }
        return render(request, "admin/workgroups/filing/approve_selected.html", context)

    def _approve(self, request, filings):
        """Approve those that nobody has to look at twice, each in the version that was on the page."""
        shown = {filing.pk: request.POST.get(f"version-{filing.pk}", "") for filing in filings}
        versions = {pk: int(version) for pk, version in shown.items() if version.isdecimal()}
        ready, skipped = actions.agree_to_all(filings, by=request.user, versions=versions)
        for filing in ready:
            messages.success(request, f"{filing}: {ACTS['agree'].done}")
        for filing, sentence in skipped:
            messages.warning(request, f"{filing}: {sentence}")
        return redirect(request.get_full_path())

    def _filing(self, request, object_id):
        filing = self.get_object(request, object_id)
        if filing is None:
            raise Http404
        if not self.has_view_permission(request, filing):
            raise PermissionDenied
        return filing

    def _page(self, request, filing, form=None, status=200):
        shown = dossier(filing, request.user)
        verdict = may_decide(request.user, filing)
        context = {
            **self.admin_site.each_context(request),
            **shown,
            "opts": self.model._meta,
            "title": self.name_of(filing),
            "original": Named(filing, self.name_of(filing)),
            "tone": TONES.get(filing.state, ""),
            "verdict": verdict,
            "form": (form or ConsentForm(filing)) if verdict else None,
            "decisions": _decisions(filing, request.user) if verdict else [],
        }
        return render(request, "admin/workgroups/filing/change_form.html", context, status=status)


def _decisions(filing: Filing, user: Any) -> list[Decision]:
    """Return the buttons of a page, each with the words of its verb."""
    verbs = {key: ACTS[verb] for key, verb in DECISIONS.items()}
    return [
        Decision(
            reverse(f"admin:workgroups_filing_{key}", args=[filing.pk]),
            verb.title_for(user, filing),
            verb,
            verb.effect(filing),
        )
        for key, verb in verbs.items()
    ]
