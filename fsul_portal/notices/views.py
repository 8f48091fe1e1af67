"""Show a person's own notices."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fsul_portal.notices import actions
from fsul_portal.notices.forms import ChoiceForm
from fsul_portal.notices.models import Notice
from fsul_portal.registers.paging import page_of
from fsul_portal.users import Request


@never_cache
@require_safe
def notice_list(request: Request) -> HttpResponse:
    """List the notices of the person, newest first."""
    notices = Notice.objects.visible_to(request.user).prefetch_related("deliveries")
    page = page_of(request.GET, notices)
    return render(request, "notices/notice_list.html", {"page": page})


@require_POST
def notice_open(request: Request, pk: int) -> HttpResponse:
    """Mark a notice as read and lead to what it speaks of."""
    notice = get_object_or_404(Notice.objects.visible_to(request.user), pk=pk)
    actions.mark_read(notice)
    # A notice leads to a page of the portal, never out of it.
    stays = notice.link.startswith("/") and url_has_allowed_host_and_scheme(notice.link, allowed_hosts=None)
    return redirect(notice.link if stays else "notice-list")


@require_POST
def notices_read(request: Request) -> HttpResponse:
    """Mark all notices as read."""
    count = actions.mark_all_read(request.user)
    if count:
        messages.success(request, ngettext("%d notice marked as read.", "%d notices marked as read.", count) % count)
    return redirect("notice-list")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def notice_settings(request: Request) -> HttpResponse:
    """Let a person choose when to be told outside of the portal, and in which language."""
    form = ChoiceForm(request.POST or None, person=request.user)
    if request.method == "POST" and form.is_valid():
        actions.choose(request.user, language=form.cleaned_data["language"], ways=form.ways)
        messages.success(request, _("From now on you are told as you have chosen."))
        return redirect("notice-settings")
    return render(request, "notices/notice_settings.html", {"form": form})
