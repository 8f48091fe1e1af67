"""Show a person's own notices."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from fsul_portal.notices import actions
from fsul_portal.notices.models import Notice


@require_safe
def notice_list(request):
    """List the notices of the person, newest first."""
    page = Paginator(Notice.objects.visible_to(request.user), 30).get_page(request.GET.get("page"))
    return render(request, "notices/notice_list.html", {"page": page})


@require_POST
def notice_open(request, pk):
    """Mark a notice as read and lead to what it speaks of."""
    notice = get_object_or_404(Notice.objects.visible_to(request.user), pk=pk)
    actions.mark_read(notice)
    return redirect(notice.link or "notice-list")


@require_POST
def notices_read(request):
    """Mark all notices as read."""
    actions.mark_all_read(request.user)
    return redirect("notice-list")
