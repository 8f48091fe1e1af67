"""Show the ways that matters take, and let the office edit one."""

from typing import Any

from django.contrib import messages
from django.forms.models import model_to_dict
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from fsul_portal.approvals.kinds import KINDS, MatterKind
from fsul_portal.approvals.rounds import words_of
from fsul_portal.approvals.rules import may_edit_ways
from fsul_portal.approvals.stages import Stage
from fsul_portal.approvals.ways.actions import edit_way
from fsul_portal.approvals.ways.forms import EditionForm, StageForm, StageFormSet
from fsul_portal.approvals.ways.models import WORDS, Way, WayStage
from fsul_portal.grammar.words import Words
from fsul_portal.users import Request
from fsul_portal.verdicts import Overtaken, require


@require_safe
def way_list(request: Request) -> HttpResponse:
    """Show by which stages each kind of matter goes; everybody may know the way."""
    ways = {way.kind: way for way in Way.objects.in_use().prefetch_related("stages").select_related("made_by")}
    rows = [(kind, ways.get(kind.key), _stages(kind, ways.get(kind.key))) for kind in KINDS.values()]
    return render(request, "approvals/way_list.html", {"rows": rows, "may_edit": may_edit_ways(request.user)})


def _stages(kind: MatterKind, way: Way | None) -> list[tuple[WayStage | Stage, Words]]:
    """Return (stage, words of its condition) of the way in use, or of the code's own."""
    stages = way.stages.all() if way else kind.default
    # Of a condition that the code no longer knows the key is left; the stage is then asked always.
    known = {"": "", **{key: one.title for key, one in kind.conditions.items()}}
    return [(stage, known.get(stage.condition, stage.condition)) for stage in stages]


@require_http_methods(["GET", "HEAD", "POST"])
def way_edit(request: Request, kind: str) -> HttpResponse:
    """Edit a way; what is under way stays as it was."""
    what = KINDS.get(kind)
    if what is None:
        raise Http404
    require(may_edit_ways(request.user))
    way = _way_in_use(what)
    head = EditionForm(request.POST or None, initial=_edition(way))
    stages: Any = StageFormSet(request.POST or None, form_kwargs={"kind": what}, initial=_initial(what, way))
    context: dict[str, Any] = {"kind": what, "form": head, "stages": stages}
    if request.method == "POST" and head.is_valid() and stages.is_valid():
        try:
            laid = edit_way(what, stages.stages(), by=request.user, edition=head.cleaned_data["edition"])
        except Overtaken as clash:
            # Shown again with what was typed, beside what holds now; whoever has seen both may go on.
            way = _way_in_use(what)
            context |= {"form": EditionForm(initial=_edition(way)), "clash": str(clash), "now": _stages(what, way)}
        else:
            messages.success(request, _("From now on edition %(edition)s holds.") % {"edition": laid.edition})
            return redirect("way-list")
    return render(request, "approvals/way_edit.html", context, status=409 if "clash" in context else 200)


def _way_in_use(kind: MatterKind) -> Way | None:
    return Way.objects.in_use().filter(kind=kind.key).prefetch_related("stages").first()


def _edition(way: Way | None) -> dict[str, int]:
    return {"edition": way.edition if way else 0}


def _initial(kind: MatterKind, way: Way | None) -> list[dict[str, Any]]:
    if way:
        return [model_to_dict(stage, StageForm.Meta.fields) for stage in way.stages.all()]
    plain = [field for field in StageForm.Meta.fields if field not in WORDS]
    return [{field: getattr(stage, field) for field in plain} | words_of(stage) for stage in kind.default]
