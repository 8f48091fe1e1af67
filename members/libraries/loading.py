"""Take files of libraries in through the portal: look first, then all of it or none."""

from datetime import date
from io import BytesIO

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from fsul_portal.sheets import mark_errors, read_sheet
from fsul_portal.verdicts import Overtaken, require
from members.libraries import uploads
from members.libraries.columns import LIBRARY_COLUMNS
from members.libraries.forms import UploadForm
from members.libraries.plans import CREATED, UPDATED
from members.libraries.resources import LibraryResource, load
from members.libraries.rules import may_import_libraries
from members.libraries.tables import FORMATS
from members.libraries.words import changes_in_words, division_names

CHANGES_SHOWN = 50
PROBLEMS_SHOWN = 200


@require_http_methods(["GET", "HEAD", "POST"])
def library_import(request):
    """Take a file and lead to its preview."""
    require(may_import_libraries(request.user))
    form = UploadForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        on = form.cleaned_data["on"].isoformat()
        token = uploads.keep(form.cleaned_data["file"], by=request.user, on=on)
        return redirect("members:import-preview", token)
    return render(request, "members/libraries/import.html", {"form": form, "columns": LIBRARY_COLUMNS})


@require_http_methods(["GET", "HEAD", "POST"])
def import_preview(request, token):
    """Show what a kept file would do; take it in when that is confirmed and still the same (6.2.1 e)."""
    require(may_import_libraries(request.user))
    upload = uploads.find(token, by=request.user)
    if upload is None:
        return gone(request)
    if request.method == "POST":
        return take_in(request, token, upload)
    context = preview_of(planned(upload, request.user)) | {"upload": upload, "token": token}
    return render(request, "members/libraries/import_preview.html", context)


def preview_of(plan):
    """Gather what somebody must see before he confirms."""
    names = division_names()
    changed = [line for line in plan.lines if line.outcome in (CREATED, UPDATED)]
    return {
        "plan": plan,
        "counts": plan.found(),
        "rows": [(line, changes_in_words(line.before, line.after, names)) for line in changed[:CHANGES_SHOWN]],
        "rows_left": max(0, len(changed) - CHANGES_SHOWN),
        "problems": sorted(plan.problems, key=lambda one: one.row)[:PROBLEMS_SHOWN],
        "problems_left": max(0, len(plan.problems) - PROBLEMS_SHOWN),
        "questions": sorted(plan.questions, key=lambda one: one.row)[:PROBLEMS_SHOWN],
        "questions_left": max(0, len(plan.questions) - PROBLEMS_SHOWN),
        "nothing_to_do": not changed and not plan.problems,
    }


def take_in(request, token, upload):
    """Write what was confirmed, unless the registry has moved on since the preview."""
    try:
        plan = planned(upload, request.user, dry_run=False, confirmed=request.POST.get("digest", ""))
    except Overtaken as refusal:
        messages.warning(request, str(refusal))
        return redirect("members:import-preview", token)
    upload.remove()
    sentence = _("Taken in: %(created)s new, %(updated)s changed, %(unchanged)s unchanged.")
    messages.success(request, sentence % plan.counts())
    return redirect("members:library-list")


@require_safe
def import_problems(request, token):
    """Hand the uploaded table back as a workbook with its mistakes marked."""
    require(may_import_libraries(request.user))
    upload = uploads.find(token, by=request.user)
    if upload is None:
        return gone(request)
    plan = planned(upload, request.user)
    file = BytesIO()
    mark_errors(upload.read(), plan.problems, file, name=upload.name)
    response = HttpResponse(file.getvalue(), content_type=FORMATS["xlsx"])
    response["Content-Disposition"] = 'attachment; filename="libraries-marked.xlsx"'
    return response


def planned(upload, user, *, dry_run=True, confirmed=None):
    on = date.fromisoformat(upload.wishes["on"])
    resource = LibraryResource(on=on, by=user, note=upload.name, confirmed=confirmed)
    return load(resource, read_sheet(upload.read(), name=upload.name), dry_run=dry_run)


def gone(request):
    messages.info(request, _("This upload is no longer kept. Please choose the file again."))
    return redirect("members:import")
