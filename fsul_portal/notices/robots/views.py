"""Show the robots of groups to the administrator, and take what he changes."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fsul_portal.notices.robots import actions
from fsul_portal.notices.robots.forms import RobotChangeForm, RobotForm
from fsul_portal.notices.robots.models import GroupRobot
from fsul_portal.notices.robots.rules import may_keep_robots
from fsul_portal.notices.words import NotSent
from fsul_portal.users import Request
from fsul_portal.verdicts import Overtaken, Unready, require

PAGE = "notices/robots/robot_edit.html"
shows_and_takes = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def robot_list(request: Request) -> HttpResponse:
    """List the robots; of an address only its host is seen."""
    require(may_keep_robots(request.user))
    return render(request, "notices/robots/robot_list.html", {"robots": GroupRobot.objects.all()})


@shows_and_takes
def robot_new(request: Request) -> HttpResponse:
    """Add the robot of a group."""
    require(may_keep_robots(request.user))
    form = RobotForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.add_robot(**form.cleaned_data, by=request.user)
        except Unready as unready:
            _show(form, unready)
        else:
            messages.success(request, _("The portal posts into this group from now on; try it once."))
            return redirect("robot-list")
    return render(request, PAGE, {"form": form})


@shows_and_takes
def robot_edit(request: Request, pk: int) -> HttpResponse:
    """Change a robot, or take it out of use."""
    require(may_keep_robots(request.user))
    robot, status = get_object_or_404(GroupRobot, pk=pk), 200
    form = RobotChangeForm(robot, request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.change_robot(robot, **form.answers(), by=request.user)
        except Unready as unready:
            _show(form, unready)
        except Overtaken as clash:
            form, status = RobotChangeForm(robot, form.kept(robot)), 409
            form.add_error(None, str(clash))
        else:
            messages.success(request, _("The robot is changed."))
            return redirect("robot-list")
    return render(request, PAGE, {"form": form, "robot": robot}, status=status)


@require_POST
def robot_try(request: Request, pk: int) -> HttpResponse:
    """Post one line into the group, and say what came of it."""
    robot = get_object_or_404(GroupRobot, pk=pk)
    try:
        actions.try_robot(robot, by=request.user)
    except (NotSent, OSError) as problem:
        told = {"robot": robot, "reason": problem}
        messages.error(request, _("Nothing was posted into %(robot)s: %(reason)s") % told)
    else:
        messages.success(request, _("One line was posted into %(robot)s.") % {"robot": robot})
    return redirect("robot-list")


def _show(form: Any, unready: Unready) -> None:
    for finding in unready.findings:
        form.add_error(finding.field, finding.sentence)
