"""Hand out a sitting as one PDF, and the sheets that are printed for it (6.2.1 b)."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import patch_cache_control
from django.utils.translation import override
from django.views.decorators.http import require_safe

from committee.decisions.sheets import follow_up_sheet
from committee.meetings.models import Meeting
from committee.meetings.rolls.sheets import sign_in_sheet
from fsul_portal.grammar.downloads import to_keep
from fsul_portal.letters.offers import LANGUAGE_OF_PAPERS
from fsul_portal.users import Request


@require_safe
def meeting_sitting(request: Request, pk: int) -> HttpResponse:
    """Hand out everything of a meeting as one PDF."""
    # What binds and prints is heavy; only whoever asks for it pays for it.
    from committee.meetings.sittings.volumes import sitting

    meeting = get_object_or_404(Meeting.objects.visible_to(request.user), pk=pk)
    with override(LANGUAGE_OF_PAPERS):
        return _handed_out(sitting(meeting), meeting.title)


@require_safe
def meeting_sign_in(request: Request, pk: int) -> HttpResponse:
    """Hand out the sheet on which people sign that they came."""
    from committee.meetings.sittings.volumes import printed

    meeting = get_object_or_404(Meeting.objects.visible_to(request.user), pk=pk)
    with override(LANGUAGE_OF_PAPERS):
        sheet = sign_in_sheet(meeting)
        return _handed_out(printed(sheet), sheet.title)


@require_safe
def meeting_follow_up(request: Request, pk: int) -> HttpResponse:
    """Hand out who has to do what of the decisions of a meeting."""
    from committee.meetings.sittings.volumes import printed

    meeting = get_object_or_404(Meeting.objects.visible_to(request.user), pk=pk)
    with override(LANGUAGE_OF_PAPERS):
        sheet = follow_up_sheet(meeting)
        return _handed_out(printed(sheet), sheet.title)


def _handed_out(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    to_keep(response, name, "pdf")
    patch_cache_control(response, private=True, no_store=True)
    return response
